"""Many CVs sent in one go: kept whole and encrypted, begun, called off; nothing half-written.

What is in the files is read by `roster.ingest.batches.run`, item by item.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from roster import records
from roster.errors import Conflict
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.batches import UNFINISHED, get_batch, mapping_of
from roster.queries.uploads import country_of_upload
from roster.read.batches import ListMapping
from roster.tables import Batch, BatchBlob, BatchItem
from roster.vault import Vault
from roster.vocabulary import BatchKind, BatchOutcome, BatchState

CALLED_OFF = "Called off before it was read."
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file of an upload; its name is a label and nothing else."""

    name: str
    content: bytes = b""
    problem: str = ""
    """Why it is not even kept: empty, encrypted, an archive in an archive."""


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What somebody sends in one go."""

    kind: BatchKind
    files: tuple[WaitingFile, ...]
    """Of a list: the list itself, alone."""
    file_name: str = ""
    """Of the archive or the list."""
    country: str | None = None
    """Whose people it is about; None: the one country of the uploader."""
    is_trial: bool = False
    mapping: ListMapping | None = None
    """Of a list: our proposal."""


def digests_of(given: NewBatch) -> tuple[str, ...]:
    """Return what tells an upload from another: its files by their bytes, in order."""
    return tuple(hashlib.sha256(file.content).hexdigest() for file in given.files)


def store_batch(
    session: Session, actor: Actor, given: NewBatch, *, vault: Vault, clock: Clock
) -> Batch:
    """Keep an upload whole: the record, an item for each file, the files encrypted.

    Files wait to be read (`JobQueue.enqueue_batch` after the commit); a list waits for its columns.

    Raises
    ------
    NotAllowed, UnknownTerm, InvalidInput
        As for one CV: whose country it is.
    """
    require(actor, Permission.UPLOAD_CVS)
    is_list = given.kind is BatchKind.LIST
    batch = Batch(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        kind=given.kind,
        state=BatchState.MAPPING if is_list else BatchState.RECEIVED,
        is_trial=given.is_trial,
        country=country_of_upload(actor, given.country),
        uploaded_by=actor.account_id,
        file_name=given.file_name[:_LONGEST_NAME],
        mapping=_kept(given.mapping) if given.mapping else {},
    )
    session.add(batch)
    session.flush()
    for place, file in enumerate(given.files, 1):
        item = None if is_list else _item_of(session, batch, place, file)
        if file.content and not file.problem:
            _keep(session, batch, item, vault.lock(file.content))
    records.log_change(session, actor, batch, "sent", clock.now(), files=len(given.files))
    session.flush()
    return batch


def _item_of(session: Session, batch: Batch, place: int, file: WaitingFile) -> BatchItem:
    item = BatchItem(
        facility_id=batch.facility_id,
        origin=batch.origin,
        created_at=batch.created_at,
        batch_id=batch.id,
        place=place,
        file_name=file.name[:_LONGEST_NAME],
        sha256=hashlib.sha256(file.content).hexdigest(),
        outcome=BatchOutcome.REFUSED if file.problem else BatchOutcome.WAITING,
        reason=file.problem or None,
    )
    session.add(item)
    session.flush()
    return item


def _keep(session: Session, batch: Batch, item: BatchItem | None, locked: bytes) -> None:
    blob = BatchBlob(
        facility_id=batch.facility_id,
        origin=batch.origin,
        created_at=batch.created_at,
        batch_id=batch.id,
        item_id=item.id if item else None,
        content=locked,
    )
    session.add(blob)
    session.flush()
    session.expunge(blob)  # Two hundred files need not be in memory twice.


def open_list(session: Session, actor: Actor, batch_id: UUID, *, vault: Vault) -> bytes:
    """Return the file of a list whose columns are being named.

    Raises
    ------
    NotFound
    Conflict
        It is no list, or its file is no longer kept.
    """
    batch = get_batch(session, actor, batch_id)
    if batch.kind is not BatchKind.LIST:
        raise Conflict("These are files, each about one person: there are no columns to name.")
    blob = session.exec(
        select(BatchBlob).where(BatchBlob.batch_id == batch.id, col(BatchBlob.item_id).is_(None))
    ).first()
    if blob is None:
        raise Conflict("This list is no longer kept. Send it again.")
    return vault.unlock(blob.content)


def set_mapping(session: Session, actor: Actor, batch_id: UUID, mapping: ListMapping) -> Batch:
    """Keep what the columns of a list are about, as a person says.

    `roster.ingest.batches.lists.checked` has to have looked at it.

    Raises
    ------
    NotFound
    Conflict
        It is no list, or its rows were taken in already.
    """
    batch = get_batch(session, actor, batch_id)
    is_tried = batch.state is BatchState.DONE and batch.is_trial
    if batch.kind is not BatchKind.LIST or not (batch.state is BatchState.MAPPING or is_tried):
        raise Conflict("The columns of this upload cannot be named any more. Send the list again.")
    batch.state, batch.mapping = BatchState.MAPPING, _kept(mapping)
    session.exec(delete(BatchItem).where(col(BatchItem.batch_id) == batch.id))
    session.add(batch)
    session.flush()
    return batch


def _kept(mapping: ListMapping) -> dict[str, object]:
    return {
        "sheet": mapping.sheet,
        "header_row": mapping.header_row,
        "columns": {str(at): target for at, target in mapping.columns},
        "is_confirmed": mapping.is_confirmed,
    }


def start(
    session: Session, actor: Actor, batch_id: UUID, *, is_trial: bool = False, clock: Clock
) -> Batch:
    """Begin with a list whose columns are named, or take in for good what was tried.

    `JobQueue.enqueue_batch` has to follow after the commit.

    Raises
    ------
    NotFound
    Conflict
        It is at work, was taken in already, or nobody named the columns.
    """
    require(actor, Permission.UPLOAD_CVS)
    batch = get_batch(session, actor, batch_id)
    if batch.state in UNFINISHED:
        raise Conflict("This upload is being worked on. Wait until it is done, or call it off.")
    mapping = mapping_of(batch)
    if mapping is not None and not mapping.is_confirmed:
        raise Conflict("Say first what the columns of this list are about.")
    is_tried = batch.state is BatchState.DONE and batch.is_trial
    if not (is_tried or batch.state is BatchState.MAPPING):
        raise Conflict("This upload was taken in already, or called off. Send it again.")
    batch.state, batch.is_trial, batch.finished_at = BatchState.RECEIVED, is_trial, None
    session.add(batch)
    _wait_again(session, batch)
    act = "tried" if is_trial else "started"
    records.log_change(session, actor, batch, act, clock.now())
    session.flush()
    return batch


def _wait_again(session: Session, batch: Batch) -> None:
    """Let everything that is still kept wait again; what was refused at the door stays so."""
    kept = select(BatchBlob.item_id).where(
        BatchBlob.batch_id == batch.id, col(BatchBlob.item_id).is_not(None)
    )
    session.exec(
        update(BatchItem)
        .where(col(BatchItem.batch_id) == batch.id, col(BatchItem.id).in_(kept))
        .values(outcome=BatchOutcome.WAITING, reason=None, document_id=None, expert_id=None)
    )


def cancel(session: Session, actor: Actor, batch_id: UUID, *, clock: Clock) -> Batch:
    """Call off what still waits; what was taken in stays. Doing it twice changes nothing.

    Raises
    ------
    NotFound
    Conflict
        Nothing waits in it any more.
    """
    require(actor, Permission.UPLOAD_CVS)
    batch = get_batch(session, actor, batch_id)
    if batch.state is BatchState.REFUSED:
        return batch
    if batch.state is BatchState.DONE and not batch.is_trial:
        raise Conflict("Nothing waits in this upload any more. What was taken in stays.")
    is_whole = batch.is_trial or batch.kind is BatchKind.LIST
    waiting = col(BatchItem.batch_id) == batch.id, col(BatchItem.outcome) == BatchOutcome.WAITING
    left = session.exec(select(BatchItem.id).where(*waiting)).all()
    unwanted = delete(BatchBlob).where(col(BatchBlob.batch_id) == batch.id)
    session.exec(unwanted if is_whole else unwanted.where(col(BatchBlob.item_id).in_(left)))
    refused = {"outcome": BatchOutcome.REFUSED, "reason": CALLED_OFF}
    session.exec(update(BatchItem).where(*waiting).values(**refused))
    batch.state = BatchState.REFUSED if is_whole else BatchState.DONE
    batch.problem = CALLED_OFF if is_whole else None
    batch.finished_at = clock.now()
    session.add(batch)
    records.log_change(session, actor, batch, "called_off", clock.now(), left=len(left))
    session.flush()
    return batch
