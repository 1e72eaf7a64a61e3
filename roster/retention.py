"""What is kept for a time only: originals of CVs, and files that waited to be taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, delete, select

from roster import records
from roster.drafts import forget_old_drafts
from roster.idempotency import forget_old_answers
from roster.policy import system_actor
from roster.tables import Batch, BatchBlob, Document, DocumentBlob
from roster.vocabulary import DocumentState

KEEP_WAITING_DAYS = 30
"""For files of a trial run, of a list whose columns nobody named, and for refused ones."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """How much a run deleted."""

    originals: int = 0
    waiting: int = 0


def delete_what_is_due(session: Session, *, now: datetime) -> Deleted:
    """Delete the originals whose time is over, and files that waited too long to be taken in.

    The text of a CV and the facts read in it stay; that the original went is in the change log.
    Doing it twice changes nothing.

    Parameters
    ----------
    session : an open unit of work
    now : an original goes once its `Document.delete_after` is not later than this
    """
    forget_old_answers(session, now=now)
    forget_old_drafts(session, now=now)
    return Deleted(_delete_originals(session, now), _delete_waiting(session, now))


def _delete_originals(session: Session, now: datetime) -> int:
    refused_long_ago = and_(
        col(Document.state) == DocumentState.REFUSED,
        col(Document.created_at) <= now - timedelta(days=KEEP_WAITING_DAYS),
    )
    due = session.exec(
        select(Document)
        .join(DocumentBlob, col(DocumentBlob.document_id) == col(Document.id))
        .where(or_(col(Document.delete_after) <= now, refused_long_ago))
    ).all()
    for document in due:
        actor = system_actor(document.facility_id)
        records.log_change(session, actor, document, "original_deleted", now)
    session.exec(
        delete(DocumentBlob).where(col(DocumentBlob.document_id).in_([one.id for one in due]))
    )
    return len(due)


def _delete_waiting(session: Session, now: datetime) -> int:
    old = select(Batch.id).where(col(Batch.created_at) <= now - timedelta(days=KEEP_WAITING_DAYS))
    return session.exec(delete(BatchBlob).where(col(BatchBlob.batch_id).in_(old))).rowcount
