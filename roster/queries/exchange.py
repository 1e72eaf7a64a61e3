"""Requests and Actions of a facility as rows of an exchange; no person's name is among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from roster.exchange_format.fields import ACTIONS, ACTIVITIES, REQUESTS, Field
from roster.policy import Actor, Permission, require
from roster.read.exchange import ExchangeKind, ExchangeRow
from roster.tables import Action, Activity, ActivityPlan, AssistanceRequest
from roster.vocabulary import PlanStatus


def exported_rows(session: Session, actor: Actor, kind: ExchangeKind) -> tuple[ExchangeRow, ...]:
    """Return every row of a kind, by code.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    if kind is ExchangeKind.REQUESTS:
        return _requests(session, actor)
    if kind is ExchangeKind.ACTIONS:
        return tuple(
            ExchangeRow(kind, number, cells_of(ACTIONS, row, _own(row)))
            for number, row in enumerate(actions_by_code(session, actor).values(), 1)
        )
    return _activities(session, actor)


def cells_of(fields: Sequence[Field], row: SQLModel, own: dict[str, str]) -> dict[str, str]:
    """Return a record as cells: each field as its reader takes it back."""
    return {
        one.name: own.get(one.name, "") if one.is_own else one.write(getattr(row, one.name))
        for one in fields
    }


def _own(row: AssistanceRequest | Action) -> dict[str, str]:
    return {"origin": row.origin.value, "imported_from": row.imported_from or ""}


def requests_by_code(session: Session, actor: Actor) -> dict[str, AssistanceRequest]:
    """Return the requests of the facility."""
    rows = session.exec(
        select(AssistanceRequest)
        .where(AssistanceRequest.facility_id == actor.facility_id)
        .order_by(col(AssistanceRequest.code))
    )
    return {row.code: row for row in rows}


def actions_by_code(session: Session, actor: Actor) -> dict[str, Action]:
    """Return the Actions of the facility."""
    rows = session.exec(
        select(Action).where(Action.facility_id == actor.facility_id).order_by(col(Action.code))
    )
    return {row.code: row for row in rows}


def present_plans(session: Session, actor: Actor) -> dict[UUID, ActivityPlan]:
    """Return the newest approved plan of each Action."""
    rows = session.exec(
        select(ActivityPlan)
        .where(
            ActivityPlan.facility_id == actor.facility_id,
            ActivityPlan.status == PlanStatus.APPROVED,
        )
        .order_by(col(ActivityPlan.version))
    )
    return {plan.action_id: plan for plan in rows}


def present_activities(session: Session, actor: Actor) -> dict[UUID, list[Activity]]:
    """Return the activities of the newest approved plan of each Action, in their order."""
    of_plan = {plan.id: action_id for action_id, plan in present_plans(session, actor).items()}
    found: dict[UUID, list[Activity]] = defaultdict(list)
    for row in session.exec(
        select(Activity)
        .where(Activity.facility_id == actor.facility_id)
        .order_by(col(Activity.number), col(Activity.created_at), col(Activity.id))
    ):
        if row.plan_id in of_plan:
            found[of_plan[row.plan_id]].append(row)
    return dict(found)


def _requests(session: Session, actor: Actor) -> tuple[ExchangeRow, ...]:
    codes = {row.id: code for code, row in actions_by_code(session, actor).items()}
    return tuple(
        ExchangeRow(
            ExchangeKind.REQUESTS,
            number,
            cells_of(
                REQUESTS,
                row,
                {**_own(row), "action": codes.get(row.action_id, "") if row.action_id else ""},
            ),
        )
        for number, row in enumerate(requests_by_code(session, actor).values(), 1)
    )


def _activities(session: Session, actor: Actor) -> tuple[ExchangeRow, ...]:
    parts = present_activities(session, actor)
    pairs = (
        (code, one)
        for code, action in actions_by_code(session, actor).items()
        for one in parts.get(action.id, ())
    )
    return tuple(
        ExchangeRow(ExchangeKind.ACTIVITIES, number, cells_of(ACTIVITIES, one, {"action": code}))
        for number, (code, one) in enumerate(pairs, 1)
    )
