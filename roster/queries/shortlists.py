"""Shortlists: who stands at which stage, and how they came there."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.experts import expert_row
from roster.read import ShortlistEntryView, StageMove
from roster.tables import Account, Expert, ShortlistEntry, ShortlistEvent


def get_entry(session: Session, actor: Actor, entry_id: UUID) -> ShortlistEntry:
    """Return the row of one person on a shortlist of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.get(ShortlistEntry, entry_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such entry on a shortlist of this facility.")
    return found


def shortlist_of(
    session: Session, actor: Actor, request_id: UUID
) -> tuple[ShortlistEntryView, ...]:
    """Return everybody on the shortlist of a request, in the order of the ranking."""
    rows = session.exec(
        select(ShortlistEntry, Expert)
        .join(Expert, col(Expert.id) == col(ShortlistEntry.expert_id))
        .where(
            ShortlistEntry.request_id == request_id,
            ShortlistEntry.facility_id == actor.facility_id,
        )
        .order_by(
            col(ShortlistEntry.place).is_(None), col(ShortlistEntry.place), col(ShortlistEntry.id)
        )
    ).all()
    moves = _moves(session, [entry.id for entry, _ in rows])
    return tuple(
        ShortlistEntryView(
            id=entry.id,
            request_id=entry.request_id,
            person=expert_row(expert),
            stage=entry.stage,
            note=entry.note,
            ranking_id=entry.ranking_run_id,
            place=entry.place,
            score=entry.score,
            moves=tuple(moves.get(entry.id, ())),
        )
        for entry, expert in rows
    )


def _moves(session: Session, entry_ids: list[UUID]) -> dict[UUID, list[StageMove]]:
    rows = session.exec(
        select(ShortlistEvent, Account.name)
        .join(Account, col(Account.id) == col(ShortlistEvent.by), isouter=True)
        .where(col(ShortlistEvent.entry_id).in_(entry_ids))
        .order_by(col(ShortlistEvent.created_at), col(ShortlistEvent.id))
    )
    moves: dict[UUID, list[StageMove]] = {}
    for event, name in rows:
        moves.setdefault(event.entry_id, []).append(
            StageMove(
                at=event.created_at,
                from_stage=event.from_stage,
                to_stage=event.to_stage,
                by=name,
                reason=event.reason,
                note=event.note,
            )
        )
    return moves
