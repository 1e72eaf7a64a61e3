"""Actions with their present plans, and published facts beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_actions
from roster.queries.activities import activity_view, as_told
from roster.read import (
    ActionResultView,
    ActionStep,
    ActionView,
    ExpertiseView,
    FactSheetView,
    RequestOf,
)
from roster.tables import (
    Account,
    Action,
    ActionEvent,
    ActionExpertise,
    ActionResult,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    FactSheet,
    RoleGrant,
)
from roster.vocabulary import PlanStatus, Role

R = TypeVar("R")


def list_actions(session: Session, actor: Actor) -> tuple[ActionView, ...]:
    """Return every Action that the actor may know of by name, in a few queries for any number."""
    actions = session.exec(
        select(Action).where(visible_actions(actor)).order_by(col(Action.name), col(Action.id))
    ).all()
    return tuple(_as_told(one, actor) for one in views_of_actions(session, actions))


def get_action(session: Session, actor: Actor, code: str) -> ActionView:
    """Return one Action that the actor may know of by its code.

    Raises
    ------
    NotFound
    """
    (view,) = views_of_actions(session, [action_row(session, actor, code)])
    return _as_told(view, actor)


def _as_told(view: ActionView, actor: Actor) -> ActionView:
    return replace(view, activities=tuple(as_told(one, actor) for one in view.activities))


def action_row(
    session: Session, actor: Actor, code: str, permission: Permission = Permission.READ_ACTIONS
) -> Action:
    """Return the row of an Action that the actor may know of.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Action).where(Action.code == code, visible_actions(actor, permission))
    ).first()
    if found is None:
        raise NotFound("There is no such Action in this facility.")
    return found


def steps_of(session: Session, action_id: UUID) -> tuple[ActionStep, ...]:
    """Return the steps of an Action's life, the newest first."""
    rows = session.exec(
        select(ActionEvent, Account.name)
        .join(Account, col(Account.id) == col(ActionEvent.by), isouter=True)
        .where(ActionEvent.action_id == action_id)
        .order_by(col(ActionEvent.created_at).desc(), col(ActionEvent.id))
    )
    return tuple(
        ActionStep(
            at=row.created_at,
            from_status=row.from_status,
            to_status=row.to_status,
            on_hold=row.on_hold,
            reason=row.reason,
            by=name,
        )
        for row, name in rows
    )


def requests_of(session: Session, action_id: UUID) -> tuple[RequestOf, ...]:
    """Return the requests that led to an Action, the first one first."""
    rows = session.exec(
        select(AssistanceRequest)
        .where(AssistanceRequest.action_id == action_id)
        .order_by(col(AssistanceRequest.received_on), col(AssistanceRequest.code))
    )
    return tuple(RequestOf(row.id, row.code, row.title) for row in rows)


def officers(session: Session, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the accounts that may look after an Action of the facility, by name."""
    ids = with_roles(session, actor.facility_id, Role.PROJECT_OFFICER, Role.COORDINATOR)
    rows = session.exec(
        select(Account.id, Account.name)
        .where(col(Account.id).in_(ids))
        .order_by(col(Account.name), col(Account.id))
    )
    return tuple((key, name) for key, name in rows)


def with_roles(session: Session, facility_id: UUID, *roles: Role) -> tuple[UUID, ...]:
    """Return the active accounts that hold one of some roles in a facility."""
    found = session.exec(
        select(RoleGrant.account_id)
        .join(Account, col(Account.id) == col(RoleGrant.account_id))
        .where(
            RoleGrant.facility_id == facility_id,
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.ended_at).is_(None),
            col(Account.is_active).is_(True),
        )
        .distinct()
    )
    return tuple(found)


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


def views_of_actions(session: Session, actions: Sequence[Action]) -> tuple[ActionView, ...]:
    """Return Actions with their present plans, in the order given, in a few queries."""
    ids = [action.id for action in actions]
    plans = _present_plans(session, ids)
    activities = _activities(session, plans.values())
    results = _results(session, ids)
    expertise = _expertise(session, ids)
    looked_after = {action.officer_id for action in actions if action.officer_id}
    names = dict(
        session.exec(
            select(Account.id, Account.name).where(col(Account.id).in_(looked_after))
        ).all()
    )
    return tuple(
        replace(
            _view(
                action,
                plans.get(action.id),
                activities[plans[action.id].id] if action.id in plans else [],
                results[action.id],
                expertise[action.id],
            ),
            officer=names.get(action.officer_id) if action.officer_id else None,
        )
        for action in actions
    )


def _present_plans(session: Session, action_ids: list[UUID]) -> dict[UUID, ActivityPlan]:
    rows = session.exec(
        select(ActivityPlan)
        .where(col(ActivityPlan.action_id).in_(action_ids))
        .order_by(col(ActivityPlan.status) == PlanStatus.APPROVED, col(ActivityPlan.version))
    )
    # The approved version is the last; where none was approved yet, it is the newest.
    return {plan.action_id: plan for plan in rows}


def _activities(session: Session, plans: Iterable[ActivityPlan]) -> dict[UUID, list[Activity]]:
    """Return the activities by plan, in the plan's order."""
    rows = session.exec(
        select(Activity)
        .where(col(Activity.plan_id).in_([plan.id for plan in plans]))
        .order_by(col(Activity.number), col(Activity.id))
    )
    return _grouped(rows, lambda row: row.plan_id)


def _results(session: Session, action_ids: list[UUID]) -> dict[UUID, list[ActionResult]]:
    rows = session.exec(
        select(ActionResult)
        .where(col(ActionResult.action_id).in_(action_ids))
        .order_by(col(ActionResult.position), col(ActionResult.id))
    )
    return _grouped(rows, lambda row: row.action_id)


def _expertise(session: Session, action_ids: list[UUID]) -> dict[UUID, list[ActionExpertise]]:
    rows = session.exec(
        select(ActionExpertise)
        .where(col(ActionExpertise.action_id).in_(action_ids))
        .order_by(col(ActionExpertise.country), col(ActionExpertise.id))
    )
    return _grouped(rows, lambda row: row.action_id)


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
        activities=tuple(map(activity_view, activities)),
        results=tuple(
            ActionResultView(
                constituent=row.constituent,
                title=row.title,
                expected=row.expected,
                id=row.id,
                state=row.state,
                note=row.note,
            )
            for row in results
        ),
        officer_id=action.officer_id,
        standing_reason=action.standing_reason,
        closed_on=action.closed_on,
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
