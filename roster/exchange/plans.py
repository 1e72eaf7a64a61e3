"""Activities of an exchange: put into the plan of their Action; a change makes a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from roster import records
from roster.exchange.work import Work, changes_of, misses, said_in, told_of, write
from roster.exchange_format.reading import ReadRow
from roster.queries.exchange import present_activities, present_plans
from roster.read.exchange import OnKnown, RowAct
from roster.search_terms import make_actions_findable
from roster.tables import Action, Activity, ActivityPlan
from roster.vocabulary import ActivityStatus, PlanStatus


@dataclass
class _Plan:
    """The plan of an Action as it stands, and what becomes of it."""

    action: Action
    version: ActivityPlan | None
    held: Sequence[Activity]
    changed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    """Values by activity."""
    new: list[dict[str, Any]] = field(default_factory=list)


def take_activities(work: Work, rows: Sequence[ReadRow]) -> None:
    """Take activities into the plans of their Actions."""
    by_action: dict[str, list[ReadRow]] = {}
    for one in rows:
        if one.code in work.actions:
            by_action.setdefault(one.code, []).append(one)
        elif one.code not in work.waits:
            detail = f"There is no Action {one.code}, neither here nor in these rows."
            work.refuse(one, "action", detail)
    if not by_action:
        return
    work.session.flush()
    held = present_activities(work.session, work.actor)
    plans = present_plans(work.session, work.actor)
    for code, group in by_action.items():
        action = work.actions[code]
        plan = _Plan(action, plans.get(action.id), held.get(action.id, []))
        before = len(work.problems)
        _compare(work, plan, group)
        if (plan.changed or plan.new) and len(work.problems) == before:
            _write(work, plan)
    make_actions_findable(work.session, [work.actions[code] for code in by_action])


def _compare(work: Work, plan: _Plan, rows: Sequence[ReadRow]) -> None:
    """Find each row's activity by its number; where several share one, in their order."""
    waiting: dict[int, list[Activity]] = {}
    for activity in plan.held:
        waiting.setdefault(activity.number, []).append(activity)
    for one in rows:
        same_number = waiting.get(one.values["number"], [])
        if same_number:
            _compare_one(work, plan, one, same_number.pop(0))
        elif not misses(work, one):
            plan.new.append(said_in(one))
            work.note(one, RowAct.NEW)


def _compare_one(work: Work, plan: _Plan, one: ReadRow, activity: Activity) -> None:
    if work.orders.known is OnKnown.SKIP:
        work.note(one, RowAct.SKIPPED)
        return
    changes = changes_of(work, one, activity)
    work.note(one, RowAct.CHANGED if changes else RowAct.SAME, told_of(changes))
    if changes:
        plan.changed[activity.id] = {each.name: one.values[each.name] for each, _, _ in changes}


def _write(work: Work, plan: _Plan) -> None:
    """Write the next version of a plan; the present one stays as replaced."""
    at, action = work.orders.at, plan.action
    base: dict[str, Any] = {
        "facility_id": action.facility_id, "origin": action.origin, "created_at": at,
    }  # fmt: skip
    made = ActivityPlan(
        **base,
        imported_from=work.orders.source,
        action_id=action.id,
        version=plan.version.version + 1 if plan.version else 1,
        reason=f"imported from {work.orders.source}",
        approved_on=at.date(),
        approved_by=work.actor.account_id,
        by=work.actor.account_id,
    )
    if plan.version is not None:
        plan.version.status = PlanStatus.REPLACED
        work.session.add(plan.version)
    work.session.add(made)
    work.session.flush()
    for old in plan.held:
        kept = old.model_dump(exclude={"id", "plan_id", "created_at"})
        copy = Activity(**{**kept, "plan_id": made.id, "created_at": at})
        write(work, plan.changed.get(old.id, {}), copy)
    for values in plan.new:
        status = {"status": ActivityStatus.PLANNED}
        work.session.add(Activity(**{**base, **status, **values, "plan_id": made.id}))
    work.session.flush()
    records.log_change(work.session, work.actor, made, "imported", at, action=action.id)
