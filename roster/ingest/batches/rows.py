"""A list of people is taken in: every row a draft of its own, all in one transaction or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from roster import records
from roster.db import unit_of_work
from roster.errors import RosterError
from roster.identity import KnownPerson
from roster.ingest import pipeline
from roster.ingest.batches.lists import checked, open_sheets, readings, table_for
from roster.ingest.batches.taking_in import Means, Settled, make_document
from roster.ingest.lists.rows import RowReading
from roster.ingest.lists.table import Table
from roster.ingest.sandbox.judging import Judgement, email_in, judge, name_in
from roster.naming import fold
from roster.queries.batches import mapping_of
from roster.read.batches import ListMapping
from roster.tables import Batch, BatchBlob, BatchItem, Document, Expert, Source
from roster.vocabulary import (
    BatchOutcome,
    BatchState,
    DocumentKind,
    DocumentState,
    SourceKind,
)

SAME_ROW = "The same row stands earlier in this list."
OTHER_COUNTRY = "its administration is of another country"
SAME_PERSON = "row %d may be the same person"
NOT_KEPT = "This list is no longer kept. Send it again."
_AT_ONCE = 200
"""People whose records are rebuilt with one handful of queries."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with what tells it from others."""

    reading: RowReading
    sha256: str


def run_list(
    means: Means,
    batch: Batch,
    known: Sequence[KnownPerson],
    told: Callable[[Settled], None] = lambda _: None,
) -> None:
    """Take in every row of a list whose columns are named; of a trial, say what would happen."""
    try:
        rows, media_type = _rows(means, batch)
    except RosterError as refusal:
        _refuse(means, batch.id, refusal.detail)
        return
    at = means.clock.now()
    with unit_of_work(means.engine) as session:
        if not _claim(session, batch.id):
            return  # Called off meanwhile.
        session.exec(delete(BatchItem).where(col(BatchItem.batch_id) == batch.id))
        taking = _Taking(session, batch, media_type, at, known, _known_rows(session, batch, rows))
        items = [taking.settle(row) for row in rows]
        session.add_all(items)
        taking.finish()
        _close(session, batch, at)
    for item in items:
        told(Settled(item.place, item.outcome))


def _rows(means: Means, batch: Batch) -> tuple[list[_Row], str]:
    mapping = mapping_of(batch) or ListMapping()
    with unit_of_work(means.engine) as session:
        blob = session.exec(
            select(BatchBlob).where(
                BatchBlob.batch_id == batch.id, col(BatchBlob.item_id).is_(None)
            )
        ).first()
    if blob is None:
        raise RosterError(NOT_KEPT)
    content = means.vault.unlock(blob.content)
    found = open_sheets(content, mapping, most_bytes=means.most_bytes, limits=means.limits)
    table = table_for(found, mapping)
    read = readings(table, checked(table, mapping), means.clock.now().date())
    digests = _digests(table)
    return [_Row(one, digests[one.number]) for one in read], found.media_type


def _digests(table: Table) -> dict[int, str]:
    """Return what tells each row: its cells under their headings, whatever else the list holds."""
    return {
        row.number: hashlib.sha256(
            "\x1f".join(
                f"{head}\x1e{cell}"
                for head, cell in zip(table.header, row.cells, strict=False)
                if cell
            ).encode()
        ).hexdigest()
        for row in table.rows
    }


def _refuse(means: Means, batch_id: UUID, problem: str) -> None:
    with unit_of_work(means.engine) as session:
        session.exec(
            update(Batch)
            .where(col(Batch.id) == batch_id, col(Batch.state) == BatchState.RUNNING)
            .values(state=BatchState.REFUSED, problem=problem, finished_at=means.clock.now())
        )


def _claim(session: Session, batch_id: UUID) -> bool:
    """Lock an upload that is at work; whoever comes second finds it done."""
    claimed = session.exec(
        update(Batch)
        .where(col(Batch.id) == batch_id, col(Batch.state) == BatchState.RUNNING)
        .values(state=BatchState.RUNNING)
    )
    return claimed.rowcount == 1


def _close(session: Session, batch: Batch, at: datetime) -> None:
    session.exec(
        update(Batch).where(col(Batch.id) == batch.id).values(state=BatchState.DONE, finished_at=at)
    )
    if not batch.is_trial:
        session.exec(delete(BatchBlob).where(col(BatchBlob.batch_id) == batch.id))


def _known_rows(
    session: Session, batch: Batch, rows: Sequence[_Row]
) -> dict[tuple[str, str | None], Document]:
    """Return the rows that are here already, by their bytes and their country."""
    known: dict[tuple[str, str | None], Document] = {}
    for some in _chunks([row.sha256 for row in rows]):
        found = session.exec(
            select(Document).where(
                Document.facility_id == batch.facility_id,
                col(Document.sha256).in_(some),
                Document.kind == DocumentKind.CV,
                Document.state != DocumentState.REFUSED,
            )
        )
        known |= {(one.sha256, one.country): one for one in found}
    return known


def _chunks(all_of: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(all_of)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some


@dataclass(slots=True)
class _Taking:
    """The rows of one list while they are taken in."""

    session: Session
    batch: Batch
    media_type: str
    at: datetime
    known: Sequence[KnownPerson]
    here: dict[tuple[str, str | None], Document]
    drafts: list[Expert] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)
    """E-mail address or folded name → the first row that gives it."""

    def settle(self, row: _Row) -> BatchItem:
        """Return what becomes of a row, with its draft made unless this is a trial."""
        found, document = self._judged(row)
        self.rows.add(row.sha256)
        item = BatchItem(
            facility_id=self.batch.facility_id,
            origin=self.batch.origin,
            created_at=self.at,
            batch_id=self.batch.id,
            place=row.reading.number,
            sha256=row.sha256,
            outcome=found.outcome,
            reason=found.reason,
            expert_id=found.expert_id,
            document_id=document.id if document else None,
        )
        taken = (BatchOutcome.READ, BatchOutcome.NEEDS_LOOK, BatchOutcome.KNOWN_PERSON)
        if found.outcome in taken and not self.batch.is_trial:
            self._take_in(row, item)
        return item

    def finish(self) -> None:
        """Rebuild the records of all drafts."""
        for start in range(0, len(self.drafts), _AT_ONCE):
            records.refresh(self.session, self.drafts[start : start + _AT_ONCE], self.at)

    def _judged(self, row: _Row) -> tuple[Judgement, Document | None]:
        reading = row.reading
        if reading.is_blocked:
            words = " ".join(str(each) for each in reading.problems if each.blocks)
            return Judgement(BatchOutcome.REFUSED, words), None
        here = self.here.get((row.sha256, self._country(reading)))
        if here is not None:
            return Judgement(BatchOutcome.ALREADY_THERE, expert_id=here.expert_id), here
        if row.sha256 in self.rows:
            return Judgement(BatchOutcome.ALREADY_THERE, SAME_ROW), None
        return judge(reading.profile, self.known, self._to_look_at(reading)), None

    def _country(self, reading: RowReading) -> str | None:
        """Return whose official a row is about: the uploader's, else as the list says."""
        return self.batch.country or reading.country

    def _to_look_at(self, reading: RowReading) -> list[str]:
        found = [str(problem) for problem in reading.problems]
        if self.batch.country and reading.country not in (None, self.batch.country):
            found.append(OTHER_COUNTRY)
        name, email = name_in(reading.profile), email_in(reading.profile)
        keys = [key for key in (fold(name or ""), (email or "").casefold()) if key]
        earlier = [self.people[key] for key in keys if key in self.people]
        if earlier:
            found.append(SAME_PERSON % min(earlier))
        for key in keys:
            self.people.setdefault(key, reading.number)
        return found

    def _take_in(self, row: _Row, item: BatchItem) -> None:
        number = row.reading.number
        # What was not understood stands beside the facts when they are confirmed.
        notes = tuple(str(problem) for problem in row.reading.problems)
        text = replace(row.reading.document, notes=notes)
        name = f"{self.batch.file_name}, row {number}"
        size = len(text.text.encode())
        document = make_document(self.batch, name, row.sha256, size, self.at)
        document.country = self._country(row.reading)
        self.session.add(document)
        self.session.flush()
        version = pipeline.store_version(self.session, document, text, self.at)
        if version is None:  # pragma: no cover -- the document is new.
            return
        document.media_type = self.media_type
        source = Source(
            facility_id=self.batch.facility_id,
            origin=self.batch.origin,
            kind=SourceKind.IMPORT,
            label=f"List of {self.at.day} {self.at:%b %Y}, row {number}",
            document_version_id=version.id,
        )
        profile = row.reading.profile
        draft = pipeline.make_draft(self.session, document, version, source, profile, self.at)
        self.drafts.append(draft)
        item.document_id = document.id
        item.expert_id = item.expert_id or draft.id
