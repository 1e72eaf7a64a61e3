"""An upload of many files is worked through: each file once, also after a crash at any of them.

Files are read ahead, a few at a time and outside any transaction; each is then settled in a unit of
work of its own, in the order given. Whatever still waits when a process dies, waits for the next.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, delete, select

from roster import records
from roster.accounts import actor_of_account
from roster.db import unit_of_work
from roster.errors import FileRefused
from roster.identity import KnownPerson
from roster.ingest import pipeline
from roster.ingest.batches import rows as batch_rows
from roster.ingest.batches.taking_in import Means, Settled, make_document
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.sandbox.judging import Judgement, judge
from roster.policy import Actor, system_actor
from roster.queries.own_words import own_words_of
from roster.queries.readings import known_people
from roster.queries.uploads import known_document
from roster.read import DocumentText, ExtractedProfile
from roster.tables import Batch, BatchBlob, BatchItem, DocumentBlob
from roster.vocabulary import BatchKind, BatchOutcome, BatchState

_log = logging.getLogger(__name__)

AT_A_TIME = 2
"""Files read at once: as many as there are warm parser processes."""
_AHEAD = 4
SAME_IN_UPLOAD = "The same file stands earlier in this upload."
NOT_KEPT = "This file is no longer kept. Send it again."
OUR_MISTAKE = (
    "Reading this file failed, and it was our mistake. Send it as a new PDF or DOCX, or tell your "
    "administrator."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading one file, before anything is written."""

    item_id: UUID
    size: int = 0
    text: DocumentText | None = None
    profile: ExtractedProfile | None = None
    refusal: str = ""


def run_batch(
    means: Means, batch_id: UUID, told: Callable[[Settled], None] = lambda _: None
) -> None:
    """Work through what waits in an upload; nothing where nothing waits or it was called off.

    Parameters
    ----------
    told : called after each file
    """
    with unit_of_work(means.engine) as session:
        batch = _begin(session, batch_id)
        if batch is None:
            return
        actor = _on_behalf_of(session, batch)
        known = known_people(session, actor)
        waiting = _waiting(session, batch_id)
    if batch.kind is BatchKind.LIST:
        batch_rows.run_list(means, batch, known, told)
        return
    for read in _read_ahead(means, batch, waiting):
        settled = _settle(means, batch_id, read, known)
        if settled is None:
            break  # Called off, or somebody else works on it.
        told(settled)
    with unit_of_work(means.engine) as session:
        _finish(session, batch_id, means.clock.now())


def _begin(session: Session, batch_id: UUID) -> Batch | None:
    session.exec(
        update(Batch)
        .where(col(Batch.id) == batch_id, col(Batch.state) == BatchState.RECEIVED)
        .values(state=BatchState.RUNNING)
    )
    batch = session.get(Batch, batch_id, populate_existing=True)
    return batch if batch is not None and batch.state is BatchState.RUNNING else None


def _on_behalf_of(session: Session, batch: Batch) -> Actor:
    """Return whose eyes look for people who are known; whoever has gone sees nobody."""
    if batch.uploaded_by is None:
        return system_actor(batch.facility_id)
    found = actor_of_account(session, batch.uploaded_by, batch.facility_id)
    return found or Actor(batch.uploaded_by, "", batch.facility_id, ())


def _waiting(session: Session, batch_id: UUID) -> Sequence[BatchItem]:
    return session.exec(
        select(BatchItem)
        .where(BatchItem.batch_id == batch_id, BatchItem.outcome == BatchOutcome.WAITING)
        .order_by(col(BatchItem.place))
    ).all()


def _finish(session: Session, batch_id: UUID, at: datetime) -> None:
    left = session.exec(
        select(BatchItem.id).where(
            BatchItem.batch_id == batch_id, BatchItem.outcome == BatchOutcome.WAITING
        )
    ).first()
    if left is None:
        session.exec(
            update(Batch)
            .where(col(Batch.id) == batch_id, col(Batch.state) == BatchState.RUNNING)
            .values(state=BatchState.DONE, finished_at=at)
        )


def _read_ahead(means: Means, batch: Batch, waiting: Sequence[BatchItem]) -> Iterator[_Read]:
    """Yield what came of each file, in order; the next ones are being read meanwhile."""
    seen: set[str] = set()
    with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="batch") as threads:
        running: deque[Future[_Read]] = deque()
        try:
            for item in waiting:
                again = item.sha256 in seen
                seen.add(item.sha256)
                if len(running) >= _AHEAD:
                    yield running.popleft().result()
                running.append(
                    threads.submit(_Read, item.id)
                    if again
                    else threads.submit(_read, means, batch, item)
                )
            while running:
                yield running.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _read(means: Means, batch: Batch, item: BatchItem) -> _Read:
    """Read one file, unless it is here already; writes nothing."""
    with unit_of_work(means.engine) as session:
        if known_document(session, batch.facility_id, item.sha256, batch.country) is not None:
            return _Read(item.id)
        blob = session.exec(select(BatchBlob).where(BatchBlob.item_id == item.id)).first()
        own = own_words_of(session, batch.facility_id)
    if blob is None:
        return _Read(item.id, refusal=NOT_KEPT)
    content = means.vault.unlock(blob.content)
    try:
        text = read_file(content, name=item.file_name, limit=means.most_bytes, limits=means.limits)
        profile = read_profile(text, today=means.clock.now().date(), own=own)
    except FileRefused as refusal:
        return _Read(item.id, len(content), refusal=refusal.detail)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # One file may harm no other, and its words stay out of the log.
        _log.error("reading item %s failed: %s", item.id, type(error).__name__)
        return _Read(item.id, len(content), refusal=OUR_MISTAKE)
    return _Read(item.id, len(content), text, profile)


def _settle(
    means: Means, batch_id: UUID, read: _Read, known: Sequence[KnownPerson]
) -> Settled | None:
    """Write what becomes of one file, with all that belongs to it; None where it waits no more."""
    with unit_of_work(means.engine) as session:
        if not _claim(session, batch_id, read.item_id):
            return None
        item = session.get_one(BatchItem, read.item_id)
        batch = session.get_one(Batch, batch_id)
        found = _judged(session, batch, item, read, known)
        item.outcome, item.reason, item.expert_id = found.outcome, found.reason, found.expert_id
        if not batch.is_trial:
            if item.outcome is BatchOutcome.ALREADY_THERE:
                session.exec(delete(BatchBlob).where(col(BatchBlob.item_id) == item.id))
            elif item.outcome is not BatchOutcome.REFUSED:
                _take_in(session, batch, item, read, means.clock.now())
        session.add(item)
        return Settled(item.place, item.outcome)


def _claim(session: Session, batch_id: UUID, item_id: UUID) -> bool:
    """Lock a file that waits in an upload at work; whoever comes second finds it settled."""
    at_work = select(Batch.id).where(Batch.id == batch_id, Batch.state == BatchState.RUNNING)
    claimed = session.exec(
        update(BatchItem)
        .where(
            col(BatchItem.id) == item_id,
            col(BatchItem.outcome) == BatchOutcome.WAITING,
            col(BatchItem.batch_id).in_(at_work),
        )
        .values(outcome=BatchOutcome.WAITING)
    )
    return claimed.rowcount == 1


def _judged(
    session: Session, batch: Batch, item: BatchItem, read: _Read, known: Sequence[KnownPerson]
) -> Judgement:
    here = known_document(session, batch.facility_id, item.sha256, batch.country)
    if here is not None:
        item.document_id = here.id
        return Judgement(BatchOutcome.ALREADY_THERE, expert_id=here.expert_id)
    earlier = _earlier(session, item)
    if earlier is not None and earlier.outcome is BatchOutcome.REFUSED:
        return Judgement(BatchOutcome.REFUSED, earlier.reason)
    if earlier is not None:
        return Judgement(BatchOutcome.ALREADY_THERE, SAME_IN_UPLOAD)
    if read.profile is None:
        return Judgement(BatchOutcome.REFUSED, read.refusal or NOT_KEPT)
    return judge(read.profile, known)


def _earlier(session: Session, item: BatchItem) -> BatchItem | None:
    return session.exec(
        select(BatchItem)
        .where(
            BatchItem.batch_id == item.batch_id,
            BatchItem.sha256 == item.sha256,
            col(BatchItem.place) < item.place,
        )
        .order_by(col(BatchItem.place))
    ).first()


def _take_in(session: Session, batch: Batch, item: BatchItem, read: _Read, at: datetime) -> None:
    """Make a file a document with its draft; its bytes move from the upload to the document."""
    blob = session.exec(select(BatchBlob).where(BatchBlob.item_id == item.id)).one()
    if read.text is None or read.profile is None:  # pragma: no cover -- only what was read.
        return
    document = make_document(batch, item.file_name, item.sha256, read.size, at)
    session.add(document)
    session.flush()
    original = DocumentBlob(
        facility_id=batch.facility_id,
        origin=batch.origin,
        document_id=document.id,
        content=blob.content,
    )
    session.add(original)
    session.delete(blob)
    actor = system_actor(batch.facility_id)
    records.log_change(session, actor, document, "created", at, batch=batch.id)
    version = pipeline.store_version(session, document, read.text, at)
    if version is not None:
        pipeline.propose(session, document, version.id, read.profile, at)
    item.document_id = document.id
    item.expert_id = item.expert_id or document.expert_id
