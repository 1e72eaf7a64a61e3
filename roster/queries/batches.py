"""Uploads of many files: what was sent, and what became of each file or row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_batches, visible_documents, visible_experts
from roster.queries.paging import page_of
from roster.read import PageOf, Paging
from roster.read.batches import BatchItemView, BatchView, ListMapping
from roster.tables import Batch, BatchItem, Document, Expert
from roster.vocabulary import (
    BatchKind,
    BatchOutcome,
    BatchState,
    DocumentState,
    ExpertStatus,
)

UNFINISHED = (BatchState.RECEIVED, BatchState.RUNNING)
_RANKS = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            BatchOutcome.NEEDS_LOOK,
            BatchOutcome.KNOWN_PERSON,
            BatchOutcome.REFUSED,
            BatchOutcome.WAITING,
        )
    )
}


def get_batch(session: Session, actor: Actor, batch_id: UUID) -> Batch:
    """Return an upload whose results the actor may see.

    Raises
    ------
    NotFound
    """
    found = session.exec(select(Batch).where(Batch.id == batch_id, visible_batches(actor))).first()
    if found is None:
        raise NotFound("There is no such upload on the part of the roster that you can see.")
    return found


def batch_view(session: Session, actor: Actor, batch: Batch) -> BatchView:
    """Return an upload with its counts; that the actor may see it was decided before."""
    return _views(session, actor, [batch])[0]


def batches_page(session: Session, actor: Actor, paging: Paging) -> PageOf[BatchView]:
    """Return the uploads that the actor may see, the newest first."""
    query = (
        select(Batch)
        .where(visible_batches(actor))
        .order_by(col(Batch.created_at).desc(), col(Batch.id))
    )
    rows, total = page_of(session, query, paging)
    return PageOf(_views(session, actor, rows), paging.page, paging.per_page, total)


def unfinished_batches(session: Session) -> Sequence[UUID]:
    """Return every upload that is not worked through, the oldest first; for jobs only."""
    return session.exec(
        select(Batch.id)
        .where(col(Batch.state).in_(UNFINISHED))
        .order_by(col(Batch.created_at), col(Batch.id))
    ).all()


def unfinished_like(
    session: Session, actor: Actor, digests: Sequence[str], country: str | None, is_trial: bool
) -> UUID | None:
    """Return an upload of the same files, in the same order, that was interrupted."""
    begun = session.exec(
        select(Batch.id)
        .where(
            visible_batches(actor),
            col(Batch.uploaded_by) == actor.account_id,
            col(Batch.state).in_(UNFINISHED),
            Batch.country == country,
            Batch.is_trial == is_trial,
        )
        .order_by(col(Batch.created_at), col(Batch.id))
    ).all()
    for batch_id in begun:
        held = session.exec(
            select(BatchItem.sha256)
            .where(BatchItem.batch_id == batch_id)
            .order_by(col(BatchItem.place))
        ).all()
        if list(held) == list(digests):
            return batch_id
    return None


def _views(session: Session, actor: Actor, batches: Sequence[Batch]) -> tuple[BatchView, ...]:
    ids = [batch.id for batch in batches]
    counts = _counts(session, ids)
    waiting = _waiting(session, actor, ids)
    sure = _waiting(session, actor, ids, BatchOutcome.READ)
    return tuple(
        BatchView(
            id=batch.id,
            kind=batch.kind,
            state=batch.state,
            is_trial=batch.is_trial,
            country=batch.country,
            file_name=batch.file_name if _sent_by(batch, actor) else "",
            sent_at=batch.created_at,
            finished_at=batch.finished_at,
            problem=batch.problem,
            counts=tuple((outcome, counts.get((batch.id, outcome), 0)) for outcome in BatchOutcome),
            to_confirm=waiting.get(batch.id, 0),
            sure=sure.get(batch.id, 0) if batch.kind is BatchKind.LIST else 0,
            mapping=mapping_of(batch),
        )
        for batch in batches
    )


def _sent_by(batch: Batch, actor: Actor) -> bool:
    if actor.is_system:
        return batch.uploaded_by is None
    return actor.account_id is not None and batch.uploaded_by == actor.account_id


def _counts(session: Session, ids: list[UUID]) -> dict[tuple[UUID, BatchOutcome], int]:
    rows = session.exec(
        select(BatchItem.batch_id, BatchItem.outcome, func.count())
        .where(col(BatchItem.batch_id).in_(ids))
        .group_by(col(BatchItem.batch_id), col(BatchItem.outcome))
    )
    return {(batch_id, BatchOutcome(outcome)): count for batch_id, outcome, count in rows}


def _waiting(
    session: Session, actor: Actor, ids: list[UUID], outcome: BatchOutcome | None = None
) -> dict[UUID, int]:
    taken = [BatchOutcome.READ, BatchOutcome.NEEDS_LOOK, BatchOutcome.KNOWN_PERSON]
    rows = session.exec(
        select(BatchItem.batch_id, func.count())
        .join(Document, col(Document.id) == col(BatchItem.document_id))
        .where(
            col(BatchItem.batch_id).in_(ids),
            col(BatchItem.outcome).in_([outcome] if outcome else taken),
            Document.state == DocumentState.READ,
            visible_documents(actor, Permission.WRITE_EXPERTS),
        )
        .group_by(col(BatchItem.batch_id))
    )
    return dict(iter(rows))


def mapping_of(batch: Batch) -> ListMapping | None:
    """Return what is known of the columns of a list; None for files."""
    held: dict[str, Any] = batch.mapping
    if batch.kind is not BatchKind.LIST:
        return None
    columns = sorted((int(at), str(target)) for at, target in held.get("columns", {}).items())
    return ListMapping(
        sheet=str(held.get("sheet", "")),
        header_row=int(held.get("header_row", 1)),
        columns=tuple(columns),
        is_confirmed=bool(held.get("is_confirmed", False)),
    )


def items_page(
    session: Session,
    actor: Actor,
    batch: Batch,
    paging: Paging,
    outcomes: Iterable[BatchOutcome] = (),
) -> PageOf[BatchItemView]:
    """Return files or rows of an upload that the actor may see, those that need somebody first.

    Parameters
    ----------
    outcomes : only these; empty is all
    """
    wanted = list(outcomes)
    query = select(BatchItem).where(BatchItem.batch_id == batch.id)
    if wanted:
        query = query.where(col(BatchItem.outcome).in_(wanted))
    order = case(_RANKS, value=col(BatchItem.outcome), else_=len(_RANKS))
    ordered = query.order_by(order, col(BatchItem.place), col(BatchItem.id))
    rows, total = page_of(session, ordered, paging)
    return PageOf(_items(session, actor, batch, rows), paging.page, paging.per_page, total)


def all_items(session: Session, actor: Actor, batch: Batch) -> tuple[BatchItemView, ...]:
    """Return every file or row of an upload, for a download."""
    rows = session.exec(
        select(BatchItem).where(BatchItem.batch_id == batch.id).order_by(col(BatchItem.place))
    ).all()
    return _items(session, actor, batch, rows)


def sure_documents(session: Session, actor: Actor, batch_id: UUID) -> tuple[UUID, ...]:
    """Return the drafts of a list that wait for the actor and hold nothing to look at."""
    return tuple(
        session.exec(
            select(Document.id)
            .join(BatchItem, col(BatchItem.document_id) == col(Document.id))
            .where(
                BatchItem.batch_id == batch_id,
                BatchItem.outcome == BatchOutcome.READ,
                Document.state == DocumentState.READ,
                visible_documents(actor, Permission.WRITE_EXPERTS),
            )
            .order_by(col(BatchItem.place))
        )
    )


def _items(
    session: Session, actor: Actor, batch: Batch, rows: Sequence[BatchItem]
) -> tuple[BatchItemView, ...]:
    documents = _documents(session, actor, [row.document_id for row in rows if row.document_id])
    people = _people(session, actor, [row.expert_id for row in rows if row.expert_id])
    sent_by = _sent_by(batch, actor)
    return tuple(
        _item(row, documents.get(row.document_id), people.get(row.expert_id), sent_by)
        for row in rows
    )


def _item(
    row: BatchItem,
    document: tuple[DocumentState, str] | None,
    person: str | None,
    sent_by: bool,
) -> BatchItemView:
    # Whom the reader may not know of is not named to her, not even as a reason.
    is_told = row.outcome is not BatchOutcome.KNOWN_PERSON or person is not None
    return BatchItemView(
        id=row.id,
        place=row.place,
        file_name=row.file_name if sent_by else "",
        outcome=row.outcome,
        reason=row.reason if is_told else None,
        document_id=row.document_id if document else None,
        document_state=document[0] if document else None,
        expert_id=row.expert_id if person is not None else None,
        display_name=person or (document[1] if document else ""),
    )


def _documents(
    session: Session, actor: Actor, ids: list[UUID]
) -> dict[UUID | None, tuple[DocumentState, str]]:
    rows = session.exec(
        select(Document.id, Document.state, Expert.display_name)
        .join(Expert, col(Expert.id) == col(Document.expert_id), isouter=True)
        .where(col(Document.id).in_(ids), visible_documents(actor, Permission.UPLOAD_CVS))
    )
    return {each: (DocumentState(state), name or "") for each, state, name in rows}


def _people(session: Session, actor: Actor, ids: list[UUID]) -> dict[UUID | None, str]:
    rows = session.exec(
        select(Expert.id, Expert.display_name).where(
            col(Expert.id).in_(ids), Expert.status != ExpertStatus.DRAFT, visible_experts(actor)
        )
    )
    return dict(iter(rows))
