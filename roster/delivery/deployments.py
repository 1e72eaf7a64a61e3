"""Who is sent: planned, gone through a checklist, done and written into the record, or called off.

A planned deployment keeps the person away from every other request on its days; one that is done
is evidence in her record, which the next ranking reads and names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from roster import records, stages
from roster.dates import PartialDate, Period
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import DeploymentInput, StepInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.actions import action_row
from roster.queries.deployments import days_of_activity, get_deployment, present_activity
from roster.queries.experts import get_expert
from roster.read import ActivityExperience, FactValue, Mission, TopicExperience
from roster.tables import (
    Action,
    Activity,
    AssistanceRequest,
    Deployment,
    DeploymentStep,
    Expert,
    Facility,
    Source,
)
from roster.telling.notices import require_informed
from roster.vocabulary import (
    LEFT_STAGES,
    ActivityType,
    DeploymentStatus,
    ExpertStatus,
    Origin,
    SourceKind,
    Stage,
)


def plan_deployment(
    session: Session, actor: Actor, code: str, given: DeploymentInput, *, clock: Clock
) -> Deployment:
    """Plan that somebody goes, for an activity of the plan or for the whole Action.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The person is not active, or was not told that she is on the roster.
    """
    require(actor, Permission.WRITE_ACTIONS)
    action = action_row(session, actor, code, Permission.WRITE_ACTIONS)
    expert = get_expert(session, actor, given.expert_id, Permission.WRITE_ACTIONS)
    if expert.status is not ExpertStatus.ACTIVE:
        raise Conflict(
            f"This person’s record is {expert.status.value}: nobody who is not active is sent. "
            "Ask the focal point to make the record active first."
        )
    require_informed(session, [expert.id])
    deployment = Deployment(
        facility_id=action.facility_id,
        origin=_origin(actor, action, expert),
        created_at=clock.now(),
        action_id=action.id,
        expert_id=expert.id,
    )
    _fill(session, action, deployment, given)
    session.add(deployment)
    session.flush()
    records.refresh(session, [expert], clock.now())
    records.log_change(
        session, actor, deployment, "planned", clock.now(), action=action.id, expert=expert.id
    )
    return deployment


def change_deployment(
    session: Session, actor: Actor, deployment_id: UUID, given: DeploymentInput, *, clock: Clock
) -> Deployment:
    """Change the part, the days or the dates of somebody who is to go.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is done or cancelled, or it is another person's.
    """
    deployment, action, expert = _planned(session, actor, deployment_id)
    if given.expert_id != expert.id:
        raise Conflict("This is another person’s part. Cancel it and plan one for her.")
    _fill(session, action, deployment, given)
    session.add(deployment)
    records.refresh(session, [expert], clock.now())
    records.log_change(session, actor, deployment, "changed", clock.now())
    return deployment


def tick(
    session: Session, actor: Actor, deployment_id: UUID, given: StepInput, *, clock: Clock
) -> Deployment:
    """Tick a line of the checklist with its day and a note, or take the tick away.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The deployment was cancelled.
    InvalidInput
        The day is still to come.
    """
    require(actor, Permission.WRITE_ACTIONS)
    deployment, _ = get_deployment(session, actor, deployment_id, Permission.WRITE_ACTIONS)
    if deployment.status is DeploymentStatus.CANCELLED:
        raise Conflict("This deployment was cancelled. Plan a new one instead.")
    if given.done_on is not None and given.done_on > clock.now().date():
        words = "That day is still to come."
        raise InvalidInput(words, (FieldError("/done_on", words),))
    held = session.exec(
        select(DeploymentStep).where(
            DeploymentStep.deployment_id == deployment.id, DeploymentStep.step == given.step
        )
    ).first()
    if given.done_on is None:
        if held is not None:
            session.delete(held)
    else:
        step = held or DeploymentStep(
            facility_id=deployment.facility_id,
            origin=deployment.origin,
            created_at=clock.now(),
            deployment_id=deployment.id,
            step=given.step,
            done_on=given.done_on,
        )
        step.done_on, step.note, step.by = given.done_on, given.note or "", actor.account_id
        session.add(step)
    session.flush()
    act = "ticked" if given.done_on else "unticked"
    records.log_change(session, actor, deployment, act, clock.now(), step=given.step.value)
    return deployment


def finish(session: Session, actor: Actor, deployment_id: UUID, *, clock: Clock) -> Deployment:
    """Write down that somebody went: from now on it is evidence in her record.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is done or cancelled already, its days are not known, or it is not over.
    """
    deployment, action, expert = _planned(session, actor, deployment_id)
    starts, now = deployment.starts, clock.now()
    ends = deployment.ends or starts
    if starts is None or ends is None:
        raise Conflict("Say first on which days it was: evidence needs its dates.")
    if ends > now.date():
        raise Conflict("It is not over yet: its last day is still to come.")
    deployment.status = DeploymentStatus.DONE
    session.add(deployment)
    expert.deployments += 1
    expert.last_deployed = max(filter(None, (expert.last_deployed, ends)))
    session.add(expert)
    session.flush()
    _testify(session, actor, action, deployment, expert, now)
    records.refresh(session, [expert], now)
    _complete_entries(session, actor, action, expert, now)
    records.log_change(session, actor, deployment, "done", now, action=action.id, expert=expert.id)
    return deployment


def cancel(
    session: Session, actor: Actor, deployment_id: UUID, reason: str, *, clock: Clock
) -> Deployment:
    """Call off a deployment that was planned; ticks of its checklist stay.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is done or cancelled already.
    InvalidInput
        Nobody said why.
    """
    deployment, _, expert = _planned(session, actor, deployment_id)
    if not reason.strip():
        words = "Say why it is called off."
        raise InvalidInput(words, (FieldError("/reason", words),))
    deployment.status, deployment.reason = DeploymentStatus.CANCELLED, reason.strip()
    session.add(deployment)
    records.refresh(session, [expert], clock.now())
    records.log_change(session, actor, deployment, "cancelled", clock.now(), expert=expert.id)
    return deployment


def _planned(
    session: Session, actor: Actor, deployment_id: UUID
) -> tuple[Deployment, Action, Expert]:
    require(actor, Permission.WRITE_ACTIONS)
    deployment, action = get_deployment(session, actor, deployment_id, Permission.WRITE_ACTIONS)
    if deployment.status is not DeploymentStatus.PLANNED:
        raise Conflict("This deployment is done or cancelled already: it stays as it is.")
    expert = get_expert(session, actor, deployment.expert_id, Permission.WRITE_ACTIONS)
    return deployment, action, expert


def _origin(actor: Actor, action: Action, expert: Expert) -> Origin:
    """Say how real a deployment is: as real as the least real part of it."""
    parts = (expert.origin, action.origin, actor.origin)
    return next((one for one in parts if one is not Origin.REAL), Origin.REAL)


def _fill(session: Session, action: Action, deployment: Deployment, given: DeploymentInput) -> None:
    activity = present_activity(session, action, given.lineage) if given.lineage else None
    deployment.lineage = given.lineage
    deployment.activity_id = activity.id if activity else None
    deployment.role, deployment.days = given.role, given.days
    deployment.starts, deployment.ends = given.starts, given.ends or given.starts
    if activity is not None and given.starts is None:
        deployment.starts, deployment.ends = days_of_activity(activity)


def _testify(
    session: Session,
    actor: Actor,
    action: Action,
    deployment: Deployment,
    expert: Expert,
    now: datetime,
) -> None:
    """Write what the deployment shows into the record, confirmed, with the Action as its source."""
    activity = session.get(Activity, deployment.activity_id) if deployment.activity_id else None
    source = Source(
        facility_id=action.facility_id,
        origin=deployment.origin,
        kind=SourceKind.DEPLOYMENT,
        label=f"Deployment, {action.name}",
        account_id=actor.account_id,
        deployment_id=deployment.id,
    )
    session.add(source)
    session.flush()
    programme = session.get_one(Facility, action.facility_id).name
    mission = _mission(action, activity, deployment, programme)
    starts, ends = deployment.starts, deployment.ends or deployment.starts
    period = Period(
        PartialDate.of(starts) if starts else None, PartialDate.of(ends) if ends else None
    )
    records.testify(
        session,
        actor,
        expert,
        source,
        [mission, *_shown(action, activity)],
        period=period,
        quote=f"{action.name}: {activity.title}" if activity else action.name,
        at=now,
    )


def _mission(
    action: Action, activity: Activity | None, deployment: Deployment, programme: str
) -> Mission:
    return Mission(
        what=f"{activity.title}, {action.name}" if activity else action.name,
        countries=tuple(action.countries),
        region=None if action.countries else action.regional_body or action.region,
        for_whom=action.authority,
        role=deployment.role.replace("_", " ") or None,
        programme=programme,
        days=deployment.days,
    )


def _shown(action: Action, activity: Activity | None) -> Sequence[FactValue]:
    kinds = (activity.type.value, *activity.also) if activity else ()
    return (
        *(TopicExperience(code) for code in action.topics),
        *(ActivityExperience(ActivityType(kind)) for kind in dict.fromkeys(kinds)),
    )


def _complete_entries(
    session: Session, actor: Actor, action: Action, expert: Expert, now: datetime
) -> None:
    """Move whoever went to the last stage of the shortlists that led to the Action."""
    requests = session.exec(
        select(AssistanceRequest).where(AssistanceRequest.action_id == action.id)
    ).all()
    for request in requests:
        entry = stages.entry_of(session, request, expert)
        if entry is not None and entry.stage not in {*LEFT_STAGES, Stage.COMPLETED}:
            stages.move(session, actor, entry, Stage.COMPLETED, at=now)
