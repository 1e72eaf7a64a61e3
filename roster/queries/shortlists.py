"""Shortlists: who stands at which stage, and how they came there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.experts import expert_row
from roster.queries.requests import is_open
from roster.read import OtherList, ShortlistChange, ShortlistEntryView, StageMove
from roster.tables import Account, AssistanceRequest, Expert, ShortlistEntry, ShortlistEvent
from roster.vocabulary import LEFT_STAGES, Stage


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


def moves_of(session: Session, entry_id: UUID) -> tuple[StageMove, ...]:
    """Return the moves of one person on one shortlist, the oldest first."""
    return tuple(_moves(session, [entry_id]).get(entry_id, ()))


def other_lists(
    session: Session, actor: Actor, request_id: UUID, expert_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[OtherList, ...]]:
    """Return on which shortlists of other open requests people stand, by person.

    Who left a list does not stand on it; a request that is over is not open.
    """
    rows = session.exec(
        select(ShortlistEntry, AssistanceRequest.code)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(ShortlistEntry.request_id))
        .where(
            ShortlistEntry.facility_id == actor.facility_id,
            ShortlistEntry.request_id != request_id,
            col(ShortlistEntry.expert_id).in_(list(expert_ids)),
            col(ShortlistEntry.stage).not_in((*LEFT_STAGES, Stage.COMPLETED)),
            is_open(),
        )
        .order_by(col(AssistanceRequest.code))
    )
    found: dict[UUID, list[OtherList]] = defaultdict(list)
    for entry, code in rows:
        found[entry.expert_id].append(OtherList(entry.request_id, code, entry.stage))
    return {one: tuple(lists) for one, lists in found.items()}


def last_change(session: Session, actor: Actor, request_id: UUID) -> ShortlistChange | None:
    """Return when the shortlist of a request was last changed; None where it holds nobody."""
    here = (
        ShortlistEntry.request_id == request_id,
        ShortlistEntry.facility_id == actor.facility_id,
    )
    at, people = session.exec(
        select(func.max(ShortlistEntry.updated_at), func.count(col(ShortlistEntry.id))).where(*here)
    ).one()
    if at is None:
        return None
    by = session.exec(
        select(Account.name)
        .join(ShortlistEvent, col(ShortlistEvent.by) == col(Account.id))
        .join(ShortlistEntry, col(ShortlistEntry.id) == col(ShortlistEvent.entry_id))
        .where(*here, ShortlistEvent.created_at == at)
    ).first()
    return ShortlistChange(at, by, people)


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
