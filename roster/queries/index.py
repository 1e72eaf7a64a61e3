"""What a ranking index needs: everybody at the start, and whoever changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from roster.policy import Actor, Permission, visible_experts
from roster.read import ExpertView
from roster.serial import expert_view
from roster.tables import Change, Expert, ExpertProfile
from roster.vocabulary import OFF_ROSTER


@dataclass(frozen=True, slots=True)
class IndexChanges:
    """People to put in and to take out, and the change up to which this holds."""

    seq: int
    updated: tuple[ExpertView, ...]
    removed: tuple[UUID, ...]
    erased: tuple[UUID, ...] = ()
    """Of those taken out, those who are on no part of the roster any more."""


def newest_expert_change(session: Session) -> int:
    """Return the number of the last change of any person; 0 where there was none."""
    newest = session.exec(select(func.max(Change.seq)).where(Change.record == "expert")).one()
    return newest or 0


def mark_of(session: Session, seq: int) -> str:
    """Return what tells a change of this database from one of another; "" where it has none."""
    found = session.get(Change, seq)
    return f"{found.record_id.hex}{found.at:%Y%m%d%H%M%S%f}" if found else ""


def views_of(session: Session, expert_ids: Sequence[UUID]) -> tuple[ExpertView, ...]:
    """Return people by id; drafts, and records that another one took in, are left out."""
    query = _indexed().where(col(Expert.id).in_(expert_ids))
    return tuple(expert_view(dict(view)) for view in session.exec(query))


def batches(session: Session, size: int) -> Iterator[tuple[ExpertView, ...]]:
    """Yield everybody who belongs in an index, so many at once, in the order of ids."""
    last: UUID | None = None
    while True:
        query = _indexed() if last is None else _indexed().where(col(Expert.id) > last)
        found = tuple(expert_view(dict(view)) for view in session.exec(query.limit(size)))
        if not found:
            return
        yield found
        last = found[-1].id


def ids_in_order(session: Session) -> Iterator[UUID]:
    """Yield the ids of everybody who belongs in an index, in their order, without holding them."""
    query = (
        select(col(Expert.id))
        .join(ExpertProfile, col(Expert.id) == col(ExpertProfile.expert_id))
        .where(col(Expert.status).not_in(OFF_ROSTER))
        .order_by(col(Expert.id))
    )
    yield from session.exec(query.execution_options(yield_per=10_000))


def views_between(session: Session, first: UUID, last: UUID) -> tuple[ExpertView, ...]:
    """Return everybody of an index from one id to another, both included."""
    query = _indexed().where(col(Expert.id).between(first, last))
    return tuple(expert_view(dict(view)) for view in session.exec(query))


def known_between(
    session: Session, actor: Actor, permission: Permission, first: UUID, last: UUID
) -> frozenset[UUID]:
    """Return the ids from one to another, both included, of those whom an actor may know of."""
    query = select(col(Expert.id)).where(
        col(Expert.id).between(first, last), visible_experts(actor, permission)
    )
    return frozenset(session.exec(query))


def how_many(session: Session) -> int:
    """Count who belongs in an index."""
    return session.exec(select(func.count()).select_from(_indexed().subquery())).one()


def _indexed() -> SelectOfScalar[Mapping[Any, Any]]:
    return (
        select(ExpertProfile.view)
        .join(Expert, col(Expert.id) == col(ExpertProfile.expert_id))
        .where(col(Expert.status).not_in(OFF_ROSTER))
        .order_by(col(Expert.id))
    )


def changes_since(session: Session, seq: int) -> IndexChanges:
    """Return what changed after a number of the change sequence; 0 asks for everybody.

    Drafts and records that another one took in are never in an index.
    """
    newest = newest_expert_change(session)
    if newest <= seq:
        return IndexChanges(seq=seq, updated=(), removed=())
    changed = select(Change.record_id).where(
        Change.record == "expert", col(Change.seq) > seq, col(Change.seq) <= newest
    )
    query = _indexed()
    if seq:
        query = query.where(col(Expert.id).in_(changed))
    updated = tuple(expert_view(dict(view)) for view in session.exec(query))
    kept = {view.id for view in updated}
    gone = () if not seq else tuple(i for i in session.exec(changed.distinct()) if i not in kept)
    nowhere = changed.distinct().where(col(Change.record_id).not_in(select(Expert.id)))
    erased = tuple(session.exec(nowhere)) if gone else ()
    return IndexChanges(seq=newest, updated=updated, removed=gone, erased=erased)
