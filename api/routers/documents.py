"""CVs: taken in as files, shown beside what was read in them, confirmed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Form, Query, Response, UploadFile

from api.deps import ActorDep, ClockDep, InstallationDep, SessionDep, new_router, path_of, requires
from api.paging import Page, PageDep, page_out
from api.problems import problems
from api.schemas.documents import DocumentRowOut, UploadOut
from api.schemas.experts import ExpertRowOut
from api.schemas.readings import ReadingOut
from roster import confirmations, documents
from roster.errors import Conflict, FileRefused, FileTooLarge, InvalidInput, NotAllowed, NotFound
from roster.inputs import Confirmation, CountryCode
from roster.policy import Permission
from roster.queries.documents import documents_page
from roster.queries.experts import expert_row
from roster.vocabulary import DocumentState

router = new_router("documents")


@router.post(
    "/documents",
    status_code=202,
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(FileRefused, FileTooLarge, InvalidInput),
)
def upload_cv(
    file: UploadFile,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    tasks: BackgroundTasks,
    response: Response,
    country: Annotated[
        CountryCode | None,
        Form(description="Whose people it is about; needed by who answers for several countries"),
    ] = None,
) -> UploadOut:
    """Take a CV in: kept encrypted, read soon after. The same file twice is one document."""
    upload = documents.Upload(
        file_name=file.filename or "unnamed", content=file.file.read(), country=country
    )
    stored = documents.store_cv(
        session,
        actor,
        upload,
        vault=installation.vault,
        clock=installation.clock,
        most_bytes=installation.settings.upload_max_bytes,
    )
    if stored.state is DocumentState.RECEIVED:
        # After the answer, hence after the commit; a crash in between is made good at start.
        tasks.add_task(installation.jobs.enqueue_reading, stored.id)
    response.headers["Location"] = href = path_of("documents", stored.id)
    return UploadOut(id=stored.id, state=stored.state, href=href)


@router.get("/documents", dependencies=[requires(Permission.UPLOAD_CVS)], responses=problems())
def list_documents(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    state: DocumentState | None = None,
    country: Annotated[CountryCode | None, Query(description="Whose people it is about")] = None,
) -> Page[DocumentRowOut]:
    """List the CVs that the caller may open, the newest first; `state` says how far each is."""
    found = documents_page(session, actor, paging, state=state, country=country)
    return page_out(found, DocumentRowOut.model_validate)


@router.get(
    "/documents/{document_id}",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound, NotAllowed),
)
def get_reading(
    document_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    purpose: Annotated[
        str,
        Query(
            max_length=80,
            pattern=r"^[\w-]*$",
            description="A request's id or a code; needed of whoever neither keeps the record "
            "nor confirms the CV. It is written down and shown to the person.",
        ),
    ] = "",
) -> ReadingOut:
    """Return a CV's text beside the facts read in it; both are empty until it was read."""
    if purpose:
        documents.state_purpose(session, actor, document_id, purpose, clock=clock)
    found = documents.get_reading(session, actor, document_id, clock=clock)
    return ReadingOut.model_validate(found)


@router.post(
    "/documents/{document_id}/confirmation",
    status_code=201,
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def confirm_cv(
    document_id: UUID,
    given: Confirmation,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> ExpertRowOut:
    """Confirm what was read: the person is on the roster, and in the next ranking."""
    confirmed = confirmations.confirm_cv(session, actor, document_id, given, clock=clock)
    response.headers["Location"] = path_of("experts", confirmed.id)
    return ExpertRowOut.model_validate(expert_row(confirmed))
