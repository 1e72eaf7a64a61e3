"""Notices in the outbox of a facility, as far as somebody may see the people they are for."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_experts
from roster.queries.paging import page_of
from roster.read import NoticeRow, PageOf, Paging
from roster.tables import Expert, Notice
from roster.vocabulary import NoticeState

_SEEN = Permission.WRITE_EXPERTS


def get_notice(session: Session, actor: Actor, notice_id: UUID) -> Notice:
    """Return a notice for a person whose record the actor may change.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Notice)
        .join(Expert, col(Expert.id) == col(Notice.expert_id))
        .where(Notice.id == notice_id, visible_experts(actor, _SEEN))
    ).first()
    if found is None:
        raise NotFound("There is no such notice on the part of the roster that you can see.")
    return found


def notice_of_token(session: Session, token_hash: str) -> Notice | None:
    """Return the notice of a personal link."""
    return session.exec(select(Notice).where(Notice.token_hash == token_hash)).first()


def notice_rows(
    session: Session, actor: Actor, states: tuple[NoticeState, ...], paging: Paging
) -> PageOf[NoticeRow]:
    """Return notices in some states, the oldest first."""
    query = (
        select(Notice)
        .join(Expert, col(Expert.id) == col(Notice.expert_id))
        .where(visible_experts(actor, _SEEN), col(Notice.state).in_(states))
        .order_by(col(Notice.created_at), col(Notice.id))
    )
    rows, total = page_of(session, query, paging)
    people = {
        expert.id: expert
        for expert in session.exec(
            select(Expert).where(col(Expert.id).in_([row.expert_id for row in rows]))
        )
    }
    items = tuple(_row(row, people[row.expert_id]) for row in rows)
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def _row(notice: Notice, expert: Expert) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        expert_id=expert.id,
        display_name=expert.display_name,
        origin=notice.origin,
        state=notice.state,
        has_address=notice.address is not None,
        created_at=notice.created_at,
        sent_at=notice.sent_at,
        opened_at=notice.opened_at,
        problem=notice.problem,
    )
