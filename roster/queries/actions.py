"""Actions with their present plans, and published facts beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.read import (
    ActionResultView,
    ActionView,
    ActivityView,
    ExpertiseView,
    FactSheetView,
)
from roster.tables import (
    Action,
    ActionExpertise,
    ActionResult,
    Activity,
    ActivityPlan,
    FactSheet,
)
from roster.vocabulary import ActivityType

R = TypeVar("R")


def list_actions(session: Session, actor: Actor) -> tuple[ActionView, ...]:
    """Return every Action of the facility by name, in six queries however many there are."""
    actions = session.exec(
        select(Action)
        .where(Action.facility_id == actor.facility_id)
        .order_by(col(Action.name), col(Action.id))
    ).all()
    return _views(session, actions)


def get_action(session: Session, actor: Actor, code: str) -> ActionView:
    """Return one Action of the facility by its code.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Action).where(Action.code == code, Action.facility_id == actor.facility_id)
    ).all()
    if not found:
        raise NotFound("There is no such Action in this facility.")
    return _views(session, found)[0]


def fact_sheets(session: Session, actor: Actor, kind: str) -> tuple[FactSheetView, ...]:
    """Return the sheets of one kind, by code."""
    rows = session.exec(
        select(FactSheet)
        .where(FactSheet.kind == kind, FactSheet.facility_id == actor.facility_id)
        .order_by(col(FactSheet.code), col(FactSheet.id))
    )
    return tuple(map(_sheet_view, rows))


def published_sheets(session: Session, kind: str) -> tuple[FactSheetView, ...]:
    """Return the sheets of one kind of every facility, by code: they were published, so all may."""
    rows = session.exec(
        select(FactSheet)
        .where(FactSheet.kind == kind)
        .order_by(col(FactSheet.code), col(FactSheet.id))
    )
    return tuple(map(_sheet_view, rows))


def _sheet_view(row: FactSheet) -> FactSheetView:
    return FactSheetView(
        kind=row.kind, code=row.code, title=row.title, content=row.content, source=row.source
    )


def _views(session: Session, actions: Sequence[Action]) -> tuple[ActionView, ...]:
    ids = [action.id for action in actions]
    plans = _present_plans(session, ids)
    activities = _grouped(
        session.exec(
            select(Activity)
            .where(col(Activity.plan_id).in_([plan.id for plan in plans.values()]))
            .order_by(col(Activity.number), col(Activity.id))
        ),
        lambda row: row.plan_id,
    )
    results = _grouped(
        session.exec(
            select(ActionResult)
            .where(col(ActionResult.action_id).in_(ids))
            .order_by(col(ActionResult.position), col(ActionResult.id))
        ),
        lambda row: row.action_id,
    )
    expertise = _grouped(
        session.exec(
            select(ActionExpertise)
            .where(col(ActionExpertise.action_id).in_(ids))
            .order_by(col(ActionExpertise.country), col(ActionExpertise.id))
        ),
        lambda row: row.action_id,
    )
    return tuple(
        _view(
            action,
            plans.get(action.id),
            activities[plans[action.id].id] if action.id in plans else [],
            results[action.id],
            expertise[action.id],
        )
        for action in actions
    )


def _present_plans(session: Session, action_ids: list[UUID]) -> dict[UUID, ActivityPlan]:
    rows = session.exec(
        select(ActivityPlan)
        .where(col(ActivityPlan.action_id).in_(action_ids))
        .order_by(col(ActivityPlan.version))
    )
    return {plan.action_id: plan for plan in rows}


def _grouped(rows: Iterable[R], key: Callable[[R], UUID]) -> dict[UUID, list[R]]:
    groups: dict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _view(
    action: Action,
    plan: ActivityPlan | None,
    activities: list[Activity],
    results: list[ActionResult],
    expertise: list[ActionExpertise],
) -> ActionView:
    return ActionView(
        id=action.id,
        code=action.code,
        origin=action.origin,
        name=action.name,
        status=action.status,
        on_hold=action.on_hold,
        region=action.region,
        scope=action.scope,
        countries=tuple(action.countries),
        regional_body=action.regional_body,
        topics=tuple(action.topics),
        topics_from_text=tuple(action.topics_from_text),
        areas=tuple(action.areas),
        authority=action.authority,
        objective=action.objective,
        starts=action.starts,
        ends=action.ends,
        notes=tuple(action.notes),
        plan_version=plan.version if plan else 0,
        plan_reason=(plan.reason or "") if plan else "",
        activities=tuple(map(_activity_view, activities)),
        results=tuple(
            ActionResultView(constituent=row.constituent, title=row.title, expected=row.expected)
            for row in results
        ),
        expertise=tuple(
            ExpertiseView(
                country=row.country,
                country_group=row.country_group,
                kind=row.kind,
                is_eu=row.is_eu,
                basis=row.basis,
                as_printed=row.as_printed,
            )
            for row in expertise
        ),
    )


def _activity_view(row: Activity) -> ActivityView:
    return ActivityView(
        id=row.id,
        number=row.number,
        type=row.type,
        also=tuple(ActivityType(code) for code in row.also),
        title=row.title,
        intervention=row.intervention,
        intervention_basis=row.intervention_basis,
    )
