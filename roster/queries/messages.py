"""The messages of one account."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.paging import page_of
from roster.read import MessageRow, PageOf, Paging
from roster.tables import Message


def count_unread(session: Session, account_id: UUID | None, facility_id: UUID) -> int:
    """Count what an account was told in a facility and has not read."""
    if account_id is None:
        return 0
    return session.exec(
        select(func.count()).where(
            col(Message.account_id) == account_id,
            col(Message.facility_id) == facility_id,
            col(Message.read_at).is_(None),
        )
    ).one()


def messages_of(
    session: Session, actor: Actor, paging: Paging, *, unread: bool = False
) -> PageOf[MessageRow]:
    """Return what the actor was told in her facility, unread first, then the latest first."""
    query = select(Message).where(
        Message.account_id == actor.account_id, Message.facility_id == actor.facility_id
    )
    if unread:
        query = query.where(col(Message.read_at).is_(None))
    query = query.order_by(
        col(Message.read_at).is_not(None), col(Message.created_at).desc(), col(Message.id)
    )
    rows, total = page_of(session, query, paging)
    items = tuple(_row(row) for row in rows)
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def get_message(session: Session, actor: Actor, message_id: UUID) -> Message:
    """Return one of the actor's own messages.

    Raises
    ------
    NotFound
    """
    found = session.get(Message, message_id)
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound("There is no such message in your box.")
    return found


def message_row(session: Session, actor: Actor, message_id: UUID) -> MessageRow:
    """Return one of the actor's own messages as she reads it.

    Raises
    ------
    NotFound
    """
    return _row(get_message(session, actor, message_id))


def _row(one: Message) -> MessageRow:
    return MessageRow(
        id=one.id,
        kind=one.kind,
        at=one.created_at,
        record=one.record,
        record_id=one.record_id,
        detail=one.detail,
        due_on=date.fromisoformat(one.due_on) if one.due_on else None,
        read_at=one.read_at,
        state=one.state,
        problem=one.problem,
    )
