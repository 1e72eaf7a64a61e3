"""The versions of an Action's plan, beside each other."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.actions import action_row
from roster.queries.activities import activity_view, as_told
from roster.read import (
    ActivityChange,
    ActivityView,
    FieldChange,
    PlanBook,
    PlanDifference,
    PlanVersion,
)
from roster.tables import Account, Activity, ActivityPlan, Change
from roster.vocabulary import ActivityStatus, ActivityType, PlanStatus

COMPARED = (
    "type",
    "also",
    "title",
    "intervention",
    "modality",
    "starts",
    "ends",
    "place",
    "days",
    "participants",
    "women",
    "institutions",
    "counterparts",
    "deliverables",
    "note",
)
"""Fields of an activity that a plan decides, in the order of telling."""


def plan_book(session: Session, actor: Actor, code: str) -> PlanBook:
    """Return every version of an Action's plan, with what asks for a new one.

    Raises
    ------
    NotFound
    """
    action = action_row(session, actor, code)
    plans = session.exec(
        select(ActivityPlan)
        .where(ActivityPlan.action_id == action.id)
        .order_by(col(ActivityPlan.version))
    ).all()
    rows = session.exec(
        select(Activity)
        .where(col(Activity.plan_id).in_([plan.id for plan in plans]))
        .order_by(col(Activity.number), col(Activity.id))
    ).all()
    accounts = {one for plan in plans for one in (plan.by, plan.approved_by) if one}
    names = dict(
        session.exec(select(Account.id, Account.name).where(col(Account.id).in_(accounts))).all()
    )
    versions = tuple(
        PlanVersion(
            version=plan.version,
            status=plan.status,
            reason=plan.reason,
            created_at=plan.created_at,
            by=names.get(plan.by) if plan.by else None,
            approved_on=plan.approved_on,
            approved_by=names.get(plan.approved_by) if plan.approved_by else None,
            activities=tuple(
                as_told(activity_view(row), actor) for row in rows if row.plan_id == plan.id
            ),
        )
        for plan in plans
    )
    present = next((plan for plan in plans if plan.status is PlanStatus.APPROVED), None)
    drafted = any(plan.status is PlanStatus.DRAFT for plan in plans)
    asks = None
    if present is not None and not drafted:
        asks = _mission_done(session, [row for row in rows if row.plan_id == present.id])
    return PlanBook(versions=versions, mission_done=asks)


def _mission_done(session: Session, activities: list[Activity]) -> str | None:
    """Return the fact-finding mission that was reported under this very version, if one was.

    What was done before the version was made is in it already: its rows were written as done.
    """
    missions = {
        row.id: row.title
        for row in activities
        if row.status is ActivityStatus.DONE and ActivityType.FACT_FINDING in (row.type, *row.also)
    }
    reported = session.exec(
        select(Change.record_id)
        .where(
            Change.record == "activity",
            Change.act == ActivityStatus.DONE.value,
            col(Change.record_id).in_(missions),
        )
        .order_by(col(Change.seq).desc())
    ).first()
    return missions[reported] if reported else None


def plan_difference(book: PlanBook, before: int, after: int) -> PlanDifference:
    """Say what changed from one version to another, in the order of the plans.

    Raises
    ------
    NotFound
        There is no such version.
    """
    versions = {one.version: one for one in book.versions}
    if before not in versions or after not in versions:
        raise NotFound("There is no such version of this plan.")
    old = {one.lineage: one for one in versions[before].activities if one.lineage}
    new = {one.lineage: one for one in versions[after].activities if one.lineage}
    changes = [_change(lineage, old.get(lineage), one) for lineage, one in new.items()]
    dropped = [
        ActivityChange(lineage, "dropped", one.title)
        for lineage, one in old.items()
        if lineage not in new
    ]
    return PlanDifference(before, after, (*(one for one in changes if one), *dropped))


def _change(lineage: UUID, old: ActivityView | None, new: ActivityView) -> ActivityChange | None:
    if old is None:
        return ActivityChange(lineage, "added", new.title)
    fields = tuple(
        FieldChange(name, getattr(old, name), getattr(new, name))
        for name in COMPARED
        if getattr(old, name) != getattr(new, name)
    )
    return ActivityChange(lineage, "changed", new.title, fields) if fields else None
