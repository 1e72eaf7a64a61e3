"""What is held on a person: fact by fact, with decisions, and as a CV that other systems read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.paging import Page, PageDep, page_out_of
from api.problems import problems
from api.schemas.experts import DecidedFactOut, FactOut
from roster import experts, fact_decisions
from roster.cv_format import europass, json_resume
from roster.cv_format.anonymous import without_identity
from roster.cv_format.contents import contents_of
from roster.errors import Conflict, InvalidInput, NotFound, RecordMerged
from roster.inputs import Code, Input
from roster.policy import Permission
from roster.queries.decided_facts import decided_fact, read_fact, read_facts
from roster.vocabulary import FactKind, FactStatus

router = new_router("experts")
Purpose = Annotated[
    str, Query(max_length=80, pattern=r"^[\w-]*$", description="A request's id or a code")
]


_WRITE = [requires(Permission.WRITE_EXPERTS)]


class SeenDecision(Input):
    """The decision on a fact that the caller saw."""

    version: Code = Field(description="As it was read", examples=["proposed."])


class FactVerdict(SeenDecision):
    """What is said of one fact that waits."""

    verdict: Literal["right", "wrong"]


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
    "/experts/{expert_id}/decisions",
    dependencies=_WRITE,
    responses=problems(NotFound, RecordMerged, InvalidInput),
)
def list_fact_decisions(
    expert_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    paging: PageDep,
    purpose: Purpose = "api",
) -> Page[DecidedFactOut]:
    """List the facts of a person that wait for a decision, then decisions that can be undone.

    These are facts that were read in CVs and what the person says herself; the look is recorded.
    """
    experts.open_record(session, actor, expert_id, purpose=purpose, clock=clock)
    found = read_facts(session, actor, expert_id)
    return page_out_of(found, paging, DecidedFactOut.model_validate, lambda fact: fact.id)


@router.get("/facts/{fact_id}", dependencies=_WRITE, responses=problems(NotFound, RecordMerged))
def get_decided_fact(
    fact_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep, purpose: Purpose = "api"
) -> DecidedFactOut:
    """Return one fact with the decision that stands on it; the look is recorded.

    The `ETag` is that of the person's record: whatever changes there changes it.
    """
    fact, expert = read_fact(session, actor, fact_id)
    experts.open_record(session, actor, expert.id, purpose=purpose, clock=clock)
    return DecidedFactOut.model_validate(decided_fact(session, fact))


@router.post(
    "/facts/{fact_id}/decision",
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def decide_fact(
    fact_id: UUID, given: FactVerdict, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DecidedFactOut:
    """Say of one fact that waits whether it is right; said again it does no more.

    A draft answers `409`: its CV is confirmed as a whole.
    """
    fact = fact_decisions.decide_fact(
        session, actor, fact_id, given.verdict, given.version, clock=clock
    )
    return DecidedFactOut.model_validate(decided_fact(session, fact))


@router.post(
    "/facts/{fact_id}/undo",
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def undo_fact_decision(
    fact_id: UUID, given: SeenDecision, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DecidedFactOut:
    """Take back what was decided on one fact: it waits again, and what fell by it stands again.

    A correction made then is rejected; what the person denied stands again.
    """
    fact = fact_decisions.undo_decision(session, actor, fact_id, given.version, clock=clock)
    return DecidedFactOut.model_validate(decided_fact(session, fact))


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
