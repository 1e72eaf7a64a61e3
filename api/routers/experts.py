"""People on the roster."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.paging import Page, PageDep, page_out
from api.problems import problems
from api.schemas.experts import ExpertRecordOut, ExpertRowOut
from roster import experts
from roster.errors import Conflict, InvalidInput, NotFound, RecordMerged
from roster.inputs import CountryCode, Input, Line
from roster.policy import Permission
from roster.queries.experts import ExpertFilter, expert_row, list_experts
from roster.vocabulary import ExpertKind, ExpertStatus

router = new_router("experts")


class StatusInput(Input):
    """The new standing of a person."""

    status: ExpertStatus = Field(description="active, paused, inactive or withdrawn")


class UnavailabilityInput(Input):
    """Days on which a person cannot travel, both included."""

    starts: date = Field(examples=["2027-03-01"])
    ends: date = Field(examples=["2027-03-12"])
    reason: Line | None = None


@router.get(
    "/experts",
    dependencies=[requires(Permission.READ_EXPERTS)],
    responses=problems(),
)
def list_people(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    country: Annotated[
        CountryCode | None, Query(description="Of the employing administration, ISO 3166-1")
    ] = None,
    kind: Annotated[ExpertKind | None, Query()] = None,
    status: Annotated[ExpertStatus | None, Query(description="All but drafts if left out")] = None,
) -> Page[ExpertRowOut]:
    """List the people whom the caller may know of, by name; POST /search finds them by words."""
    wanted = ExpertFilter(country=country, kind=kind, status=status)
    found = list_experts(session, actor, wanted, paging)
    return page_out(found, ExpertRowOut.model_validate)


@router.get(
    "/experts/{expert_id}",
    dependencies=[requires(Permission.READ_EXPERTS)],
    responses=problems(NotFound, RecordMerged),
)
def get_record(
    expert_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    purpose: Annotated[
        str, Query(max_length=80, pattern=r"^[\w-]*$", description="A request's id or a code")
    ] = "api",
) -> ExpertRecordOut:
    """Return all that is held on a person; that it was looked at is written down.

    A record that went into another answers 404 with `merged_into`, the record to ask for.
    """
    record = experts.open_record(session, actor, expert_id, purpose=purpose, clock=clock)
    return ExpertRecordOut.model_validate(record)


@router.post(
    "/experts/{expert_id}/status",
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(NotFound, Conflict),
)
def set_status(
    expert_id: UUID, given: StatusInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ExpertRowOut:
    """Pause a person, bring her back, or let her go."""
    changed = experts.set_status(session, actor, expert_id, given.status, clock=clock)
    return ExpertRowOut.model_validate(expert_row(changed))


@router.post(
    "/experts/{expert_id}/unavailability",
    status_code=201,
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(NotFound, InvalidInput),
)
def add_unavailability(
    expert_id: UUID,
    given: UnavailabilityInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> ExpertRowOut:
    """Write that a person cannot travel from one day to another."""
    changed = experts.add_unavailability(
        session,
        actor,
        expert_id,
        starts=given.starts,
        ends=given.ends,
        reason=given.reason,
        clock=clock,
    )
    return ExpertRowOut.model_validate(expert_row(changed))
