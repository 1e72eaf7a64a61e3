"""Who is sent for an Action: planned, checked, done or called off."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.actions import DeploymentOut, DeploymentsOut
from roster import records
from roster.delivery import deployments
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import DeploymentInput, Input, StepInput, Text
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.deployments import deployments_of, get_deployment
from roster.read import DeploymentView
from roster.tables import Deployment

router = new_router("actions")
_WRITE = [requires(Permission.WRITE_ACTIONS)]
_REFUSALS = problems(NotFound, Conflict, InvalidInput)


class CallOffInput(Input):
    """Why a deployment is called off."""

    reason: Text = Field(examples=["The visa was refused"])


def _seen(session: Session, actor: Actor, code: str, clock: Clock) -> tuple[DeploymentView, ...]:
    session.flush()
    found = deployments_of(session, actor, code)
    ids = [one.expert_id for one in found if one.expert_id]
    at = clock.now()
    records.log_views(session, actor, ids, what="deployment", purpose=code, at=at)
    return found


def _out(session: Session, actor: Actor, row: Deployment, clock: Clock) -> DeploymentOut:
    _, action = get_deployment(session, actor, row.id)
    found = _seen(session, actor, action.code, clock)
    return DeploymentOut.model_validate(next(one for one in found if one.id == row.id))


@router.get(
    "/actions/{code}/deployments",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def list_deployments(
    code: str, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeploymentsOut:
    """Return who is sent for an Action, with checklists and overlaps."""
    found = _seen(session, actor, code, clock)
    return DeploymentsOut(items=[DeploymentOut.model_validate(one) for one in found])


@router.post(
    "/actions/{code}/deployments", status_code=201, dependencies=_WRITE, responses=_REFUSALS
)
def plan_deployment(
    code: str, given: DeploymentInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeploymentOut:
    """Plan that somebody goes: on these days she is away for every other request."""
    made = deployments.plan_deployment(session, actor, code, given, clock=clock)
    return _out(session, actor, made, clock)


@router.get(
    "/deployments/{deployment_id}",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def get_one_deployment(
    deployment_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeploymentOut:
    """Return one deployment with its checklist and overlaps."""
    row, action = get_deployment(session, actor, deployment_id)
    found = next(one for one in deployments_of(session, actor, action.code) if one.id == row.id)
    if found.expert_id:
        ids, at = [found.expert_id], clock.now()
        records.log_views(session, actor, ids, what="deployment", purpose=action.code, at=at)
    return DeploymentOut.model_validate(found)


@router.put("/deployments/{deployment_id}", dependencies=_WRITE, responses=_REFUSALS)
def change_deployment(
    deployment_id: UUID,
    given: DeploymentInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> DeploymentOut:
    """Change the part, the days or the dates of somebody who is to go."""
    row = deployments.change_deployment(session, actor, deployment_id, given, clock=clock)
    return _out(session, actor, row, clock)


@router.post("/deployments/{deployment_id}/steps", dependencies=_WRITE, responses=_REFUSALS)
def tick_step(
    deployment_id: UUID, given: StepInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeploymentOut:
    """Tick a line of the checklist; without a day, take its tick away."""
    row = deployments.tick(session, actor, deployment_id, given, clock=clock)
    return _out(session, actor, row, clock)


@router.post("/deployments/{deployment_id}/done", dependencies=_WRITE, responses=_REFUSALS)
def finish_deployment(
    deployment_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeploymentOut:
    """Write down that somebody went: from now on it is evidence in her record."""
    row = deployments.finish(session, actor, deployment_id, clock=clock)
    return _out(session, actor, row, clock)


@router.post("/deployments/{deployment_id}/cancel", dependencies=_WRITE, responses=_REFUSALS)
def cancel_deployment(
    deployment_id: UUID,
    given: CallOffInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> DeploymentOut:
    """Call a planned deployment off; ticks of its checklist stay."""
    row = deployments.cancel(session, actor, deployment_id, given.reason, clock=clock)
    return _out(session, actor, row, clock)
