"""The plan of an Action in versions: drafted from the approved one, edited, approved with a reason.

What came of an activity is reported on the version that is carried out; everything else changes in
a draft. Deployments and feedback follow their activity by its lineage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import ActivityInput, ActivityReport, DeliverableInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.actions import action_row
from roster.queries.deployments import days_of_activity
from roster.read import Deliverable
from roster.reference import activities as lists
from roster.search_terms import make_actions_findable
from roster.serial import to_json
from roster.tables import Action, Activity, ActivityPlan, Deployment, Expert, Feedback
from roster.vocabulary import ActivityStatus, DeploymentStatus, PlanStatus

_COPIED = (
    "facility_id",
    "origin",
    "lineage",
    "status",
    "type",
    "also",
    "title",
    "intervention",
    "intervention_basis",
    "starts",
    "ends",
    "place",
    "modality",
    "is_remote",
    "days",
    "participants",
    "women",
    "institutions",
    "counterparts",
    "deliverables",
    "note",
)


def draft(session: Session, actor: Actor, code: str, *, clock: Clock) -> ActivityPlan:
    """Begin a new version as a copy of the approved one.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        A draft is being written already.
    """
    action = _own(session, actor, code)
    plans = _plans(session, action)
    if any(plan.status is PlanStatus.DRAFT for plan in plans):
        raise Conflict("A draft of the plan is being written already. Go on with it.")
    present = _approved(plans)
    made = ActivityPlan(
        facility_id=action.facility_id,
        origin=action.origin,
        created_at=clock.now(),
        action_id=action.id,
        version=max((plan.version for plan in plans), default=0) + 1,
        status=PlanStatus.DRAFT,
        by=actor.account_id,
    )
    session.add(made)
    session.flush()
    for number, row in enumerate(_activities(session, present), start=1):
        copied = {name: getattr(row, name) for name in _COPIED}
        session.add(Activity(plan_id=made.id, number=number, **copied))
    session.flush()
    records.log_change(session, actor, made, "drafted", clock.now(), version=made.version)
    return made


def discard(session: Session, actor: Actor, code: str, *, clock: Clock) -> None:
    """Throw the draft away; the approved version stays as it is.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        There is no draft, or nothing but the draft.
    """
    action = _own(session, actor, code)
    plan = _draft(session, action)
    if _approved(_plans(session, action)) is None:
        raise Conflict("This draft is the only plan of the Action. Change it instead.")
    records.log_change(session, actor, plan, "removed", clock.now(), version=plan.version)
    for row in _activities(session, plan):
        session.delete(row)
    session.delete(plan)
    session.flush()


def write_activity(
    session: Session,
    actor: Actor,
    code: str,
    lineage: UUID | None,
    given: ActivityInput,
    *,
    clock: Clock,
) -> Activity:
    """Write an activity into the draft: a new one at its end, or one that stands there.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        There is no draft.
    """
    plan = _draft(session, _own(session, actor, code))
    if lineage is None:
        last = max((one.number for one in _activities(session, plan)), default=0)
        row = Activity(
            facility_id=plan.facility_id,
            origin=plan.origin,
            plan_id=plan.id,
            number=last + 1,
            type=given.type,
            title=given.title,
        )
    else:
        row = _activity(session, plan, lineage)
    _fill(row, given)
    session.add(row)
    session.flush()
    act = "activity_added" if lineage is None else "activity_changed"
    records.log_change(session, actor, plan, act, clock.now(), lineage=row.lineage)
    return row


def drop_activity(
    session: Session, actor: Actor, code: str, lineage: UUID, *, clock: Clock
) -> None:
    """Take an activity out of the draft.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        There is no draft, or the activity was done: what was done stays in the plan.
    """
    plan = _draft(session, _own(session, actor, code))
    row = _activity(session, plan, lineage)
    if row.status is ActivityStatus.DONE:
        raise Conflict("This activity was done: what was done stays in the plan.")
    session.delete(row)
    session.flush()
    _number(session, _activities(session, plan))
    records.log_change(session, actor, plan, "activity_dropped", clock.now(), lineage=lineage)


def move_activity(
    session: Session, actor: Actor, code: str, lineage: UUID, *, up: bool, clock: Clock
) -> None:
    """Move an activity one place up or down in the draft; at the end it stays.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        There is no draft.
    """
    plan = _draft(session, _own(session, actor, code))
    rows = _activities(session, plan)
    at = rows.index(_activity(session, plan, lineage))
    to = max(0, min(len(rows) - 1, at - 1 if up else at + 1))
    rows.insert(to, rows.pop(at))
    _number(session, rows)
    records.log_change(session, actor, plan, "activity_moved", clock.now(), lineage=lineage)


def approve(
    session: Session, actor: Actor, code: str, reason: str, *, clock: Clock
) -> ActivityPlan:
    """Approve the draft: it is carried out from now on, the version before stays to be read.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        There is no draft, or nothing stands in it.
    InvalidInput
        Nobody said why.
    """
    action = _own(session, actor, code)
    plan, now = _draft(session, action), clock.now()
    if not reason.strip():
        words = "Say why the plan is as it is: whoever reads the next version will ask."
        raise InvalidInput(words, (FieldError("/reason", words),))
    if not _activities(session, plan):
        raise Conflict("No activity stands in the plan yet. Add one first.")
    before = _approved(_plans(session, action))
    if before is not None:
        before.status = PlanStatus.REPLACED
        session.add(before)
    plan.status, plan.reason = PlanStatus.APPROVED, reason.strip()
    plan.approved_on, plan.approved_by = now.date(), actor.account_id
    session.add(plan)
    session.flush()
    _follow(session, action, plan, now)
    make_actions_findable(session, [action])
    records.log_change(session, actor, plan, "approved", now, version=plan.version)
    return plan


def report(
    session: Session,
    actor: Actor,
    code: str,
    lineage: UUID,
    given: ActivityReport,
    *,
    clock: Clock,
) -> Activity:
    """Say what came of an activity of the approved plan; a draft beside it says the same.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        No version of the plan is approved yet.
    InvalidInput
        It was done on days that are still to come.
    """
    action = _own(session, actor, code)
    plans, now = _plans(session, action), clock.now()
    present = _approved(plans)
    if present is None:
        raise Conflict("Approve the plan first: nothing of it is carried out yet.")
    done = given.status is ActivityStatus.DONE
    if done and given.starts and given.starts.first_day > now.date():
        words = "What was done cannot begin in the future."
        raise InvalidInput(words, (FieldError("/starts", words),))
    row = _activity(session, present, lineage)
    before = row.status
    for plan in (present, *(one for one in plans if one.status is PlanStatus.DRAFT)):
        twin = next((one for one in _activities(session, plan) if one.lineage == lineage), None)
        if twin is not None:
            _fill_report(twin, given)
            session.add(twin)
    session.flush()
    act = given.status.value if given.status is not before else "reported"
    records.log_change(session, actor, row, act, now, lineage=lineage)
    return row


def _own(session: Session, actor: Actor, code: str) -> Action:
    require(actor, Permission.WRITE_ACTIONS)
    return action_row(session, actor, code, Permission.WRITE_ACTIONS)


def _plans(session: Session, action: Action) -> list[ActivityPlan]:
    query = select(ActivityPlan).where(ActivityPlan.action_id == action.id)
    return list(session.exec(query.order_by(col(ActivityPlan.version))))


def _approved(plans: list[ActivityPlan]) -> ActivityPlan | None:
    return next((plan for plan in plans if plan.status is PlanStatus.APPROVED), None)


def _draft(session: Session, action: Action) -> ActivityPlan:
    plans = _plans(session, action)
    found = next((plan for plan in plans if plan.status is PlanStatus.DRAFT), None)
    if found is None:
        raise Conflict("An approved plan is not changed. Begin a new version first.")
    return found


def _activities(session: Session, plan: ActivityPlan | None) -> list[Activity]:
    if plan is None:
        return []
    query = select(Activity).where(Activity.plan_id == plan.id)
    return list(session.exec(query.order_by(col(Activity.number), col(Activity.id))))


def _activity(session: Session, plan: ActivityPlan, lineage: UUID) -> Activity:
    found = next((one for one in _activities(session, plan) if one.lineage == lineage), None)
    if found is None:
        raise NotFound("There is no such activity in this plan.")
    return found


def _number(session: Session, rows: list[Activity]) -> None:
    for number, row in enumerate(rows, start=1):
        row.number = number
        session.add(row)
    session.flush()


def _fill(row: Activity, given: ActivityInput) -> None:
    if given.intervention is None:
        row.intervention, row.intervention_basis = lists.intervention_of(given.type), "rule"
    elif given.intervention is not row.intervention:
        row.intervention, row.intervention_basis = given.intervention, "judgement"
    row.type, row.title = given.type, given.title
    row.also = [one.value for one in given.also if one is not given.type]
    row.modality, row.is_remote = given.modality, None
    row.starts, row.ends, row.place = given.starts, given.ends, given.place
    row.days, row.participants, row.women = given.days, given.participants, given.women
    row.institutions, row.counterparts = list(given.institutions), list(given.counterparts)
    row.deliverables, row.note = _deliverables(given.deliverables), given.note


def _fill_report(row: Activity, given: ActivityReport) -> None:
    row.status, row.note = given.status, given.note
    row.starts, row.ends = given.starts, given.ends
    row.participants, row.women = given.participants, given.women
    row.institutions = list(given.institutions)
    row.deliverables = _deliverables(given.deliverables)


def _deliverables(given: tuple[DeliverableInput, ...]) -> list[dict[str, object]]:
    return [to_json(Deliverable(one.title, one.due, one.done)) for one in given]


def _follow(session: Session, action: Action, plan: ActivityPlan, now: datetime) -> None:
    """Let deployments and feedback follow their activities into the approved version."""
    rows = {one.lineage: one for one in _activities(session, plan)}
    sent = session.exec(
        select(Deployment).where(
            Deployment.action_id == action.id, col(Deployment.lineage).in_(list(rows))
        )
    ).all()
    heard = session.exec(
        select(Feedback).where(
            Feedback.action_id == action.id, col(Feedback.lineage).in_(list(rows))
        )
    )
    for one in (*sent, *heard):
        if one.lineage is not None:
            one.activity_id = rows[one.lineage].id
            session.add(one)
    session.flush()
    _date(session, [one for one in sent if one.starts is None], rows, now)


def _date(
    session: Session,
    sent: Iterable[Deployment],
    rows: Mapping[UUID, Activity],
    now: datetime,
) -> None:
    """Give planned deployments without a day of their own the days that their activity now has."""
    dated = []
    for one in sent:
        first, last = days_of_activity(rows[one.lineage]) if one.lineage else (None, None)
        if first is not None and one.status is DeploymentStatus.PLANNED:
            one.starts, one.ends = first, last
            session.add(one)
            dated.append(one.expert_id)
    session.flush()
    people = session.exec(select(Expert).where(col(Expert.id).in_(dated))).all()
    records.refresh(session, people, now)
