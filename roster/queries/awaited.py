"""Answers that countries owe, as the first page of officers tells of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.queries.calls import visible_calls
from roster.read import Awaited
from roster.tables import Call, CallRecipient, Expert, Release
from roster.vocabulary import ReleaseOutcome


def awaited_calls(session: Session, actor: Actor, today: date) -> tuple[Awaited, ...]:
    """Return who has not answered which open call that the actor may see, in no order."""
    rows = session.execute(
        select_columns(
            col(CallRecipient.country), col(Call.created_at), col(Call.deadline), col(Call.id)
        )
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .where(
            visible_calls(actor),
            col(Call.closed_at).is_(None),
            col(Call.deadline) >= today,
            col(CallRecipient.answer).is_(None),
        )
    )
    return tuple(
        Awaited(country, asked_at.date(), due_on, call_id)
        for country, asked_at, due_on, call_id in rows
    )


def awaited_releases(session: Session, actor: Actor, today: date) -> tuple[Awaited, ...]:
    """Return the releases for requests of a facility that wait for an answer, in no order."""
    rows = session.execute(
        select_columns(col(Expert.home_country), col(Release.created_at), col(Release.due_on))
        .join(Release, col(Release.expert_id) == col(Expert.id))
        .where(
            col(Release.facility_id) == actor.facility_id,
            visible_experts(actor, Permission.WRITE_CALLS),
            col(Release.request_id).is_not(None),
            *_waits(today),
        )
    )
    return tuple(Awaited(country, at.date(), due_on) for country, at, due_on in rows)


def count_pending(session: Session, actor: Actor, today: date) -> int:
    """Count the releases of a facility that are asked for and still wait for an answer."""
    return session.exec(
        select(func.count()).where(col(Release.facility_id) == actor.facility_id, *_waits(today))
    ).one()


def _waits(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a release is pending, as `outcome_on` says it."""
    in_time = or_(col(Release.due_on).is_(None), col(Release.due_on) >= today)
    return col(Release.outcome) == ReleaseOutcome.PENDING, in_time
