"""The rows of a list without anything to look at are confirmed in one action."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from roster import confirmations
from roster.errors import Conflict, InvalidInput
from roster.inputs import Confirmation
from roster.late_writes import write_now
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.batches import get_batch, sure_documents
from roster.queries.readings import twins_of
from roster.tables import Batch, BatchItem, Document, Expert
from roster.vocabulary import BatchKind, BatchOutcome

MOST_AT_ONCE = 500
"""Rows confirmed by one request; the rest waits for the next."""
NOT_CONFIRMED = "it could not be confirmed without a look"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of it."""

    confirmed: int
    held_back: int
    """Rows that turned out to need a look: somebody confirmed meanwhile may be the same."""
    left: int
    """Sure rows beyond `MOST_AT_ONCE`."""


def confirm_sure(session: Session, actor: Actor, batch_id: UUID, *, clock: Clock) -> Confirmed:
    """Confirm every sure row of a list; one that cannot be leaves nothing and harms no other.

    Raises
    ------
    roster.errors.NotFound, roster.errors.NotAllowed
    roster.errors.Conflict
        It is no list: a CV is confirmed beside its text.
    """
    require(actor, Permission.WRITE_EXPERTS)
    if get_batch(session, actor, batch_id).kind is not BatchKind.LIST:
        raise Conflict("A CV is confirmed beside its text. Open it and confirm what was read.")
    # The first thing written: SQLite begins a transaction by it, within which savepoints stand.
    session.exec(update(Batch).where(col(Batch.id) == batch_id).values(kind=BatchKind.LIST))
    waiting = sure_documents(session, actor, batch_id)
    done = sum(_confirm(session, actor, one, clock) for one in waiting[:MOST_AT_ONCE])
    tried = min(len(waiting), MOST_AT_ONCE)
    return Confirmed(done, tried - done, len(waiting) - tried)


def _confirm(session: Session, actor: Actor, document_id: UUID, clock: Clock) -> bool:
    if _has_twin(session, actor, document_id):
        return False
    try:
        write_now(session)
        with session.begin_nested():
            confirmations.confirm_cv(session, actor, document_id, Confirmation(), clock=clock)
    except InvalidInput:
        _hold_back(session, document_id, BatchOutcome.NEEDS_LOOK, NOT_CONFIRMED)
        return False
    return True


def _has_twin(session: Session, actor: Actor, document_id: UUID) -> bool:
    """Look once more for whom it may be: another row may have put her on the roster."""
    document = session.get_one(Document, document_id)
    draft = session.get(Expert, document.expert_id) if document.expert_id else None
    twins = twins_of(session, actor, draft) if draft else ()
    if twins:
        twin = twins[0]
        _hold_back(
            session, document_id, BatchOutcome.KNOWN_PERSON, twin.reason, expert_id=twin.expert_id
        )
    return bool(twins)


def _hold_back(
    session: Session,
    document_id: UUID,
    outcome: BatchOutcome,
    reason: str,
    expert_id: UUID | None = None,
) -> None:
    for item in session.exec(select(BatchItem).where(BatchItem.document_id == document_id)):
        if item.outcome is BatchOutcome.READ:
            item.outcome, item.reason = outcome, reason
            item.expert_id = expert_id or item.expert_id
            session.add(item)
