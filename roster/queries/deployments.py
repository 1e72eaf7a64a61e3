"""Who is sent for which activity, with checklist and overlaps, as far as the reader may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.inputs import DeploymentInput
from roster.policy import Actor, Permission, visible_actions, visible_experts
from roster.queries.actions import action_row, requests_of
from roster.queries.experts import rows_by_id
from roster.read import Clash, DeploymentView, Sendable, StepView
from roster.tables import (
    Account,
    Action,
    Activity,
    ActivityPlan,
    Deployment,
    DeploymentStep,
    Expert,
    Release,
    Seat,
    ShortlistEntry,
    Team,
)
from roster.vocabulary import (
    LEFT_STAGES,
    OFF_ROSTER,
    ChecklistStep,
    DeploymentStatus,
    PlanStatus,
    ReleaseOutcome,
    Role,
)


def get_deployment(
    session: Session,
    actor: Actor,
    deployment_id: UUID,
    permission: Permission = Permission.READ_ACTIONS,
) -> tuple[Deployment, Action]:
    """Return the row of a deployment with its Action, where the actor may know of both.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Deployment, Action)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(Deployment.id == deployment_id, visible_actions(actor, permission))
    ).first()
    if found is None:
        raise NotFound("There is no such deployment in this facility.")
    return found[0], found[1]


def deployments_of(session: Session, actor: Actor, code: str) -> tuple[DeploymentView, ...]:
    """Return who is sent for an Action, by first day; names only for whom they concern.

    Whoever may read the roster sees the people that she sees there; a liaison officer the names
    of those who come to her countries; everybody else the country that they come from.

    Raises
    ------
    NotFound
    """
    action = action_row(session, actor, code)
    rows = session.exec(
        select(Deployment, Expert)
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(Deployment.action_id == action.id)
        .order_by(
            col(Deployment.starts).is_(None),
            col(Deployment.starts),
            col(Expert.folded_name),
            col(Deployment.id),
        )
    ).all()
    sent = [deployment for deployment, _ in rows]
    opened = _opened(session, actor, {expert.id for _, expert in rows})
    named = _hosts(actor, action)
    steps = _steps(session, sent)
    released = _released(session, action.id, sent)
    titles = _present_titles(session, action.id)
    clashes = _clashes(session, actor, sent) if opened else {}
    return tuple(
        DeploymentView(
            id=row.id,
            expert_id=expert.id if expert.id in opened else None,
            name=expert.display_name if named or expert.id in opened else None,
            country=expert.home_country,
            lineage=row.lineage,
            activity=titles.get(row.lineage) if row.lineage else None,
            is_dropped=row.lineage is not None and row.lineage not in titles,
            role=row.role,
            days=row.days,
            starts=row.starts,
            ends=row.ends,
            status=row.status,
            reason=row.reason,
            steps=_checklist(steps[row.id], row.id in released),
            clashes=clashes.get(row.id, ()) if expert.id in opened else (),
        )
        for row, expert in rows
    )


def _opened(session: Session, actor: Actor, ids: Iterable[UUID]) -> frozenset[UUID]:
    rule = visible_experts(actor)
    return frozenset(session.exec(select(Expert.id).where(col(Expert.id).in_(list(ids)), rule)))


def _hosts(actor: Actor, action: Action) -> bool:
    """Whether the actor is a liaison officer of a country that the Action is for."""
    return any(
        grant.role is Role.LIAISON_OFFICER and grant.country in action.countries
        for grant in actor.grants_for(Permission.READ_ACTIONS)
    )


def _present_titles(session: Session, action_id: UUID) -> dict[UUID, str]:
    """Return the activities of the approved plan and of a draft beside it, by lineage."""
    rows = session.exec(
        select(Activity.lineage, Activity.title)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(ActivityPlan.action_id == action_id, ActivityPlan.status != PlanStatus.REPLACED)
        .order_by(col(ActivityPlan.status) == PlanStatus.APPROVED)
    )
    return dict(rows.all())


Ticked = tuple[DeploymentStep, str | None]


def _steps(session: Session, sent: Sequence[Deployment]) -> Mapping[UUID, list[Ticked]]:
    rows = session.exec(
        select(DeploymentStep, Account.name)
        .join(Account, col(Account.id) == col(DeploymentStep.by), isouter=True)
        .where(col(DeploymentStep.deployment_id).in_([one.id for one in sent]))
    )
    found: dict[UUID, list[Ticked]] = defaultdict(list)
    for step, name in rows:
        found[step.deployment_id].append((step, name))
    return found


def _checklist(ticked: Sequence[Ticked], released: bool) -> tuple[StepView, ...]:
    held = {row.step: (row, name) for row, name in ticked}
    found = []
    for step in ChecklistStep:
        if step in held:
            row, name = held[step]
            found.append(StepView(step, row.done_on, row.note, name))
        else:
            by_itself = released and step is ChecklistStep.RELEASE
            found.append(StepView(step, None, by_itself=by_itself))
    return tuple(found)


def _released(session: Session, action_id: UUID, sent: Sequence[Deployment]) -> frozenset[UUID]:
    """Return the deployments for which a release was granted, for all of their days."""
    asked = [one.id for one in requests_of(session, action_id)]
    granted: dict[UUID, list[Release]] = defaultdict(list)
    for row in session.exec(
        select(Release).where(
            col(Release.expert_id).in_([one.expert_id for one in sent]),
            Release.outcome == ReleaseOutcome.GRANTED,
            or_(col(Release.request_id).is_(None), col(Release.request_id).in_(asked)),
        )
    ):
        granted[row.expert_id].append(row)
    return frozenset(
        one.id for one in sent if any(_covers(row, one) for row in granted[one.expert_id])
    )


def _covers(release: Release, one: Deployment) -> bool:
    first, last = one.starts, one.ends or one.starts
    if first is None or last is None:
        return release.request_id is not None
    begins = release.valid_from is None or release.valid_from <= first
    return begins and (release.valid_to is None or release.valid_to >= last)


def days_of_activity(activity: Activity) -> tuple[date | None, date | None]:
    """Return the days of an activity where both are known to the day; else none."""
    first, last = activity.starts, activity.ends or activity.starts
    if first is None or last is None or {first.precision, last.precision} != {"day"}:
        return None, None
    return first.first_day, last.last_day


def present_activity(session: Session, action: Action, lineage: UUID) -> Activity:
    """Return an activity as the approved plan has it, else as the draft has.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Activity)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(
            ActivityPlan.action_id == action.id,
            ActivityPlan.status != PlanStatus.REPLACED,
            Activity.lineage == lineage,
        )
        .order_by((col(ActivityPlan.status) == PlanStatus.APPROVED).desc())
    ).first()
    if found is None:
        raise NotFound("There is no such activity in the plan of this Action.")
    return found


def clashes_with(
    session: Session, actor: Actor, code: str, given: DeploymentInput
) -> tuple[Clash, ...]:
    """Return what a person does already on the days of a deployment that is to be planned.

    They are its own days, else those of its activity; of an activity that is dated loosely, all
    days that it may take.

    Raises
    ------
    NotFound
    """
    starts, ends = given.starts, given.ends or given.starts
    if starts is None and given.lineage is not None:
        action = action_row(session, actor, code, Permission.WRITE_ACTIONS)
        activity = present_activity(session, action, given.lineage)
        last = activity.ends or activity.starts
        starts = activity.starts.first_day if activity.starts else None
        ends = last.last_day if last else None
    if starts is None or ends is None:
        return ()
    return clashes_of(session, actor, given.expert_id, starts, ends)


def clashes_of(
    session: Session,
    actor: Actor,
    expert_id: UUID,
    starts: date,
    ends: date,
    *,
    but: UUID | None = None,
) -> tuple[Clash, ...]:
    """Return other deployments of a person that fall on these days, by first day.

    One of another facility is told without its name.
    """
    rows = session.exec(
        select(Deployment, Action)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(
            Deployment.expert_id == expert_id,
            Deployment.status != DeploymentStatus.CANCELLED,
            _on_days(starts, ends),
        )
        .order_by(col(Deployment.starts), col(Deployment.id))
    )
    return tuple(_clash(actor, row, action) for row, action in rows if row.id != but)


def _clashes(
    session: Session, actor: Actor, sent: Sequence[Deployment]
) -> dict[UUID, tuple[Clash, ...]]:
    """Return the overlaps of many planned deployments at once."""
    dated = [one for one in sent if one.starts and one.status is DeploymentStatus.PLANNED]
    rows = session.exec(
        select(Deployment, Action)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(
            col(Deployment.expert_id).in_([one.expert_id for one in dated]),
            Deployment.status != DeploymentStatus.CANCELLED,
            col(Deployment.starts).is_not(None),
        )
        .order_by(col(Deployment.starts), col(Deployment.id))
    ).all()
    found: dict[UUID, tuple[Clash, ...]] = {}
    for one in dated:
        found[one.id] = tuple(
            _clash(actor, other, action)
            for other, action in rows
            if other.id != one.id and other.expert_id == one.expert_id and _meets(one, other)
        )
    return found


def _meets(one: Deployment, other: Deployment) -> bool:
    if one.starts is None or other.starts is None:
        return False
    return one.starts <= (other.ends or other.starts) and other.starts <= (one.ends or one.starts)


def _on_days(starts: date, ends: date) -> ColumnElement[bool]:
    last = func.coalesce(col(Deployment.ends), col(Deployment.starts))
    return and_(col(Deployment.starts) <= ends, last >= starts)


def _clash(actor: Actor, row: Deployment, action: Action) -> Clash:
    known = action.facility_id == actor.facility_id
    starts = row.starts or date.min
    return Clash(
        action=action.name if known else None,
        code=action.code if known else None,
        starts=starts,
        ends=row.ends or starts,
    )


def sendable(session: Session, actor: Actor, code: str) -> tuple[Sendable, ...]:
    """Return who may be deployed: those of the teams kept and on the shortlists, by name.

    Raises
    ------
    NotFound
    """
    action = action_row(session, actor, code, Permission.WRITE_ACTIONS)
    asked = [one.id for one in requests_of(session, action.id)]
    seated = set(
        session.exec(
            select(Seat.expert_id)
            .join(Team, col(Team.id) == col(Seat.team_id))
            .where(
                col(Team.request_id).in_(asked),
                Team.status != "dropped",
                col(Seat.expert_id).is_not(None),
            )
        )
    )
    listed = set(
        session.exec(
            select(ShortlistEntry.expert_id).where(
                col(ShortlistEntry.request_id).in_(asked),
                col(ShortlistEntry.stage).not_in(LEFT_STAGES),
            )
        )
    )
    sent = set(
        session.exec(
            select(Deployment.expert_id).where(
                Deployment.action_id == action.id,
                Deployment.status != DeploymentStatus.CANCELLED,
            )
        )
    )
    people = rows_by_id(session, [one for one in seated | listed | sent if one])
    there = [one for one in people.values() if one.status not in OFF_ROSTER]
    return tuple(
        Sendable(one, in_team=one.id in seated, is_sent=one.id in sent)
        for one in sorted(there, key=lambda one: (one.display_name.casefold(), str(one.id)))
    )
