"""The plan of an Action in versions: drafted, edited, approved; what came of its activities."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.actions import PlanBookOut, PlanDifferenceOut
from roster.delivery import plans
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import ActivityInput, ActivityReport, Input, Text
from roster.policy import Actor, Permission
from roster.queries.plans import plan_book, plan_difference

router = new_router("actions")
_WRITE = [requires(Permission.WRITE_ACTIONS)]
_REFUSALS = problems(NotFound, Conflict, InvalidInput)


class ApprovalInput(Input):
    """Why a plan is as it is."""

    reason: Text = Field(examples=["After the fact-finding mission"])


class PlaceInput(Input):
    """Where an activity goes in the order of a draft."""

    up: bool = Field(description="True: one place up; False: one place down")


def _book(session: Session, actor: Actor, code: str) -> PlanBookOut:
    session.flush()
    return PlanBookOut.model_validate(plan_book(session, actor, code))


@router.get(
    "/actions/{code}/plans",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def list_plans(code: str, session: SessionDep, actor: ActorDep) -> PlanBookOut:
    """Return every version of an Action's plan."""
    return _book(session, actor, code)


@router.get(
    "/actions/{code}/plans/difference",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def compare_plans(
    code: str,
    session: SessionDep,
    actor: ActorDep,
    before: Annotated[int, Query(ge=1, le=100_000)],
    after: Annotated[int, Query(ge=1, le=100_000)],
) -> PlanDifferenceOut:
    """Say what changed from one version to another: added, dropped, changed fields."""
    book = plan_book(session, actor, code)
    return PlanDifferenceOut.model_validate(plan_difference(book, before, after))


@router.post("/actions/{code}/plans", status_code=201, dependencies=_WRITE, responses=_REFUSALS)
def draft_plan(code: str, session: SessionDep, actor: ActorDep, clock: ClockDep) -> PlanBookOut:
    """Begin a new version as a copy of the approved one."""
    plans.draft(session, actor, code, clock=clock)
    return _book(session, actor, code)


@router.delete("/actions/{code}/plans/draft", dependencies=_WRITE, responses=_REFUSALS)
def discard_plan(code: str, session: SessionDep, actor: ActorDep, clock: ClockDep) -> PlanBookOut:
    """Throw the draft away; the approved version stays as it is."""
    plans.discard(session, actor, code, clock=clock)
    return _book(session, actor, code)


@router.post("/actions/{code}/plans/draft/approval", dependencies=_WRITE, responses=_REFUSALS)
def approve_plan(
    code: str, given: ApprovalInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> PlanBookOut:
    """Approve the draft with a reason; the version before stays to be read."""
    plans.approve(session, actor, code, given.reason, clock=clock)
    return _book(session, actor, code)


@router.post(
    "/actions/{code}/plans/draft/activities",
    status_code=201,
    dependencies=_WRITE,
    responses=_REFUSALS,
)
def add_activity(
    code: str, given: ActivityInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> PlanBookOut:
    """Add an activity to the end of the draft."""
    plans.write_activity(session, actor, code, None, given, clock=clock)
    return _book(session, actor, code)


@router.put(
    "/actions/{code}/plans/draft/activities/{lineage}", dependencies=_WRITE, responses=_REFUSALS
)
def change_activity(
    code: str,
    lineage: UUID,
    given: ActivityInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> PlanBookOut:
    """Change an activity of the draft; what is left out is emptied."""
    plans.write_activity(session, actor, code, lineage, given, clock=clock)
    return _book(session, actor, code)


@router.delete(
    "/actions/{code}/plans/draft/activities/{lineage}", dependencies=_WRITE, responses=_REFUSALS
)
def drop_activity(
    code: str, lineage: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> PlanBookOut:
    """Take an activity out of the draft."""
    plans.drop_activity(session, actor, code, lineage, clock=clock)
    return _book(session, actor, code)


@router.post(
    "/actions/{code}/plans/draft/activities/{lineage}/place",
    dependencies=_WRITE,
    responses=_REFUSALS,
)
def place_activity(
    code: str,
    lineage: UUID,
    given: PlaceInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> PlanBookOut:
    """Move an activity one place up or down in the draft."""
    plans.move_activity(session, actor, code, lineage, up=given.up, clock=clock)
    return _book(session, actor, code)


@router.put("/actions/{code}/activities/{lineage}", dependencies=_WRITE, responses=_REFUSALS)
def report_activity(
    code: str,
    lineage: UUID,
    given: ActivityReport,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> PlanBookOut:
    """Say what came of an activity of the approved plan."""
    plans.report(session, actor, code, lineage, given, clock=clock)
    return _book(session, actor, code)
