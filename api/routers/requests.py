"""Requests for assistance."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import File, Form, Query, Response, UploadFile
from pydantic import Field

from api.deps import (
    ActorDep,
    ClockDep,
    InstallationDep,
    SessionDep,
    new_router,
    path_of,
    requires,
)
from api.letters import letter_out, text_of_letter
from api.paging import Page, PageDep, page_out
from api.problems import problems
from api.schemas.requests import LetterOut, RequestDetailOut, RequestHeadOut, RequestRowOut
from roster import requests
from roster.errors import Conflict, FileRefused, FileTooLarge, InvalidInput, NotFound, UnknownTerm
from roster.inputs import Input, Line, NewRequest
from roster.policy import Permission
from roster.queries.own_words import own_words_of
from roster.queries.requests import list_requests, request_detail
from roster.tables import AssistanceRequest
from roster.vocabulary import RequestStatus

router = new_router("requests")


class MoveInput(Input):
    """Where a request goes next; rejecting or forwarding it needs a reason."""

    status: RequestStatus
    reason: Line | None = Field(default=None, examples=["Outside the facility's areas"])


def _head(request: AssistanceRequest) -> RequestHeadOut:
    return RequestHeadOut(
        id=request.id,
        href=path_of("requests", request.id),
        code=request.code,
        status=request.status,
    )


@router.post(
    "/requests",
    status_code=201,
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(UnknownTerm, InvalidInput),
)
def create_request(
    given: NewRequest, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> RequestHeadOut:
    """Take a request in."""
    made = requests.create_request(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("requests", made.id)
    return _head(made)


@router.get("/requests", dependencies=[requires(Permission.READ_REQUESTS)], responses=problems())
def list_all_requests(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    status: Annotated[RequestStatus | None, Query()] = None,
    only_open: Annotated[bool, Query(description="Only those that wait for a decision")] = False,
) -> Page[RequestRowOut]:
    """List the requests of the facility, the newest first."""
    found = list_requests(session, actor, paging, only_open=only_open, status=status)
    return page_out(found, RequestRowOut.model_validate)


@router.post(
    "/requests/read-letter",
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(FileRefused, FileTooLarge, InvalidInput),
)
def read_letter(
    installation: InstallationDep,
    session: SessionDep,
    actor: ActorDep,
    text: Annotated[str, Form(max_length=100_000, description="The letter, in any language")] = "",
    file: Annotated[UploadFile | None, File(description="The letter as a file")] = None,
) -> LetterOut:
    """Read a letter, given as text or as a file; propose fields of a request, store nothing."""
    document = text_of_letter(
        text,
        file.file.read() if file else b"",
        file.filename if file else None,
        installation.settings,
    )
    own = own_words_of(session, actor.facility_id)
    return letter_out(document, installation.clock.now().date(), own)


@router.get(
    "/requests/{request_id}",
    dependencies=[requires(Permission.READ_REQUESTS)],
    responses=problems(NotFound),
)
def get_request(request_id: UUID, session: SessionDep, actor: ActorDep) -> RequestDetailOut:
    """Return a request with its history and its rankings."""
    return RequestDetailOut.model_validate(request_detail(session, actor, request_id))


@router.put(
    "/requests/{request_id}",
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(NotFound, UnknownTerm, InvalidInput),
)
def update_request(
    request_id: UUID, given: NewRequest, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> RequestHeadOut:
    """Change what is asked for; rankings made before stay as they were shown."""
    return _head(requests.update_request(session, actor, request_id, given, clock=clock))


@router.post(
    "/requests/{request_id}/status",
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(NotFound, Conflict),
)
def move_request(
    request_id: UUID, given: MoveInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> RequestHeadOut:
    """Move a request one step on."""
    moved = requests.move_request(
        session, actor, request_id, given.status, reason=given.reason, clock=clock
    )
    return _head(moved)
