"""Notices in the outbox of a facility, as far as somebody may see the people they are for."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_experts
from roster.queries.paging import page_of
from roster.read import NoticeRow, PageOf, Paging
from roster.tables import Expert, Notice
from roster.vocabulary import NoticeKind, NoticeState

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


def notice_row(session: Session, actor: Actor, notice_id: UUID) -> NoticeRow:
    """Return a notice as it stands in the outbox.

    Raises
    ------
    NotFound
    """
    notice = get_notice(session, actor, notice_id)
    return _row(notice, session.get_one(Expert, notice.expert_id))


def count_notices(
    session: Session, actor: Actor, kind: NoticeKind = NoticeKind.CV_UPLOADED
) -> dict[NoticeState, int]:
    """Count the notices of people whose records the actor may change, by how far they came."""
    rows = session.exec(
        select(Notice.state, func.count())
        .join(Expert, col(Expert.id) == col(Notice.expert_id))
        .where(visible_experts(actor, _SEEN), Notice.kind == kind)
        .group_by(col(Notice.state))
    )
    return {NoticeState(state): count for state, count in rows}


def undelivered_notice(session: Session, actor: Actor, expert_id: UUID) -> UUID | None:
    """Return the notice that has still to reach a person, for whoever may change the record."""
    return session.exec(
        select(Notice.id)
        .join(Expert, col(Expert.id) == col(Notice.expert_id))
        .where(
            Expert.id == expert_id,
            visible_experts(actor, _SEEN),
            Notice.kind == NoticeKind.CV_UPLOADED,
            col(Notice.state).in_((NoticeState.WAITING, NoticeState.FAILED)),
        )
        .order_by(col(Notice.created_at).desc())
    ).first()


def notice_rows(
    session: Session,
    actor: Actor,
    states: tuple[NoticeState, ...],
    paging: Paging,
    kinds: tuple[NoticeKind, ...] = tuple(NoticeKind),
) -> PageOf[NoticeRow]:
    """Return notices of some kinds in some states, the oldest first."""
    query = (
        select(Notice)
        .join(Expert, col(Expert.id) == col(Notice.expert_id))
        .where(
            visible_experts(actor, _SEEN),
            col(Notice.state).in_(states),
            col(Notice.kind).in_(kinds),
        )
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
        kind=notice.kind,
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
