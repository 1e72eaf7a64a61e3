"""What is held on a person: fact by fact, and as a CV that other systems read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.paging import Page, PageDep, page_out_of
from api.problems import problems
from api.schemas.experts import FactOut
from roster import experts
from roster.cv_format import europass, json_resume
from roster.cv_format.anonymous import without_identity
from roster.cv_format.contents import contents_of
from roster.errors import InvalidInput, NotFound, RecordMerged
from roster.policy import Permission
from roster.vocabulary import FactKind, FactStatus

router = new_router("experts")
Purpose = Annotated[
    str, Query(max_length=80, pattern=r"^[\w-]*$", description="A request's id or a code")
]


class CvForm(StrEnum):
    """The forms in which a record leaves as a CV."""

    EUROPASS = "europass"
    JSON_RESUME = "json-resume"


@router.get(
    "/experts/{expert_id}/facts",
    dependencies=[requires(Permission.READ_EXPERTS)],
    responses=problems(NotFound, RecordMerged, InvalidInput),
)
def list_facts(
    expert_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    paging: PageDep,
    kind: Annotated[FactKind | None, Query()] = None,
    status: Annotated[FactStatus | None, Query(description="Proposed or confirmed")] = None,
    purpose: Purpose = "api",
) -> Page[FactOut]:
    """List the standing facts of a person with source, quote and standing; the look is recorded."""
    record = experts.open_record(session, actor, expert_id, purpose=purpose, clock=clock)
    wanted = [
        fact for fact in record.facts if kind in {None, fact.kind} and status in {None, fact.status}
    ]
    return page_out_of(wanted, paging, FactOut.model_validate, lambda fact: fact.id)


@router.get(
    "/experts/{expert_id}/cv",
    dependencies=[requires(Permission.READ_EXPERTS)],
    response_class=Response,
    responses={
        200: {
            "description": "The CV",
            "content": {europass.MEDIA_TYPE: {}, json_resume.MEDIA_TYPE: {}},
        },
        **problems(NotFound, RecordMerged),
    },
)
def get_cv(
    expert_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    form: Annotated[CvForm, Query(description="Europass XML or JSON Resume")] = CvForm.EUROPASS,
    purpose: Purpose = "api",
    anonymous: Annotated[
        bool,
        Query(description="True: a number for the name; no contact, employer, place or free text"),
    ] = False,
) -> Response:
    """Return a record as a CV: what the caller may see of it; contact data as on the record."""
    record = experts.open_record(session, actor, expert_id, purpose=purpose, clock=clock)
    cv = contents_of(record)
    if anonymous:
        cv = without_identity(cv, expert_id)
    if form is CvForm.EUROPASS:
        return Response(europass.europass(cv, at=clock.now()), media_type=europass.MEDIA_TYPE)
    return Response(json_resume.json_resume(cv), media_type=json_resume.MEDIA_TYPE)
