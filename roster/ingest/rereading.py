"""All CVs of a facility are looked at anew for its own words, a few at a time.

Only what such a word stands in is read again: the rest of a record stays as it is. What was
decided stays too; only what nobody confirmed is taken back, where no word shows it any longer.
How far it has come is kept with each step, so that it goes on where it was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, or_
from sqlmodel import Session, col, select

from roster import records
from roster.db import unit_of_work
from roster.errors import Conflict
from roster.ingest.pipeline import text_of
from roster.ingest.profile import read_profile
from roster.policy import system_actor
from roster.ports import Clock
from roster.queries.documents import newest_version
from roster.queries.own_words import cvs_to_read, own_words_of, words_ever
from roster.read import ProposedFact
from roster.redaction import BLACK, without_stretches
from roster.reference.own_words import OwnWords, Phrase, find_own, may_hold
from roster.serial import to_json
from roster.tables import Document, DocumentVersion, Expert, Fact, Rereading, Source
from roster.vocabulary import FactKind, FactStatus

AT_ONCE = 20
"""CVs looked at in one unit of work."""
_CODES = {FactKind.TOPIC: "topic", FactKind.ACTIVITY: "activity"}
Mark = tuple[FactKind, str, int]
"""Kind, code and first letter of a fact read in a text."""


def read_anew(engine: Engine, rereading_id: UUID, *, clock: Clock) -> None:
    """Look at all CVs of a facility; one that is over is left as it is."""
    while _some_more(engine, rereading_id, clock):
        pass


def _some_more(engine: Engine, rereading_id: UUID, clock: Clock) -> bool:
    """Look at some CVs, and keep how far it has come; False once there are none left."""
    with unit_of_work(engine) as session:
        task = session.get(Rereading, rereading_id, with_for_update=True)
        if task is None:
            raise Conflict("This reading was removed.")
        if task.finished_at is not None:
            return False
        now = clock.now()
        ids = cvs_to_read(session, task.facility_id, after=task.reached, most=AT_ONCE)
        reader = _Reader.of(session, task.facility_id, now)
        changed = [one for one in map(reader.read, ids) if one is not None]
        records.refresh(session, list({one.id: one for one in changed}.values()), now)
        task.done += len(ids)
        task.total = max(task.total, task.done)
        task.found += reader.found
        task.dropped += reader.dropped
        task.people += len({one.id for one in changed})
        task.reached = ids[-1] if ids else task.reached
        if len(ids) < AT_ONCE:
            task.finished_at = now
            actor = system_actor(task.facility_id)
            counts = {"found": task.found, "dropped": task.dropped, "people": task.people}
            records.log_change(session, actor, task, "finished", now, **counts)
        session.add(task)
        return task.finished_at is None


@dataclass
class _Reader:
    """Reads some CVs with the words of their facility, and counts what came of it."""

    session: Session
    own: OwnWords
    ever: tuple[Phrase, ...]
    """All words that the facility ever had: where they stand may have changed its meaning."""
    at: datetime
    found: int = field(default=0)
    dropped: int = field(default=0)

    @classmethod
    def of(cls, session: Session, facility_id: UUID, at: datetime) -> _Reader:
        """Take the words as they are now."""
        ever = words_ever(session, facility_id)
        own = own_words_of(session, facility_id)
        return cls(session, own, (*ever.topics, *ever.activities), at)

    def read(self, document_id: UUID) -> Expert | None:
        """Read one CV where it holds such a word; return the person whose record changed."""
        document = self.session.get(Document, document_id)
        version = newest_version(self.session, document_id)
        if document is None or version is None or document.expert_id is None:
            return None
        if not may_hold(version.text, self.ever):
            return None
        places = [(m.start, m.end) for m in find_own(version.text, self.ever, version.language)]
        expert = self.session.get(Expert, document.expert_id)
        if not places or expert is None:
            return None
        return expert if self._compare(document, version, expert, places) else None

    def _compare(
        self,
        document: Document,
        version: DocumentVersion,
        expert: Expert,
        places: list[tuple[int, int]],
    ) -> bool:
        """Propose what is read now and was not, take back what was only read then."""
        text = text_of(document, version)
        profile = read_profile(text, today=self.at.date(), own=self.own)
        read = {
            mark: fact
            for fact in profile.facts
            if (mark := _mark(fact.kind, to_json(fact.value), fact.span.start)) is not None
            and _touches(fact.span.start, fact.span.end, places)
        }
        held = self._held(version.id)
        known = {mark for mark, _ in held}
        new = [fact for mark, fact in read.items() if mark not in known]
        gone = [
            fact
            for mark, fact in held
            if mark not in read
            and fact.status is FactStatus.PROPOSED
            and fact.span
            and _touches(fact.span["start"], fact.span["end"], places)
        ]
        for fact in gone:
            fact.status = FactStatus.SUPERSEDED
            self.session.add(fact)
        self._propose(expert, version, new)
        self.found += len(new)
        self.dropped += len(gone)
        return bool(new or gone)

    def _held(self, version_id: UUID) -> list[tuple[Mark, Fact]]:
        rows = self.session.exec(
            select(Fact)
            .join(Source, col(Source.id) == col(Fact.source_id))
            .where(
                Source.document_version_id == version_id,
                col(Fact.kind).in_(list(_CODES)),
                # What was taken back here may be read again, what another fact stands for may not.
                or_(
                    col(Fact.status) != FactStatus.SUPERSEDED, col(Fact.superseded_by).is_not(None)
                ),
            )
        )
        marked = (
            (_mark(row.kind, row.value, (row.span or {}).get("start", -1)), row) for row in rows
        )
        return [(mark, row) for mark, row in marked if mark is not None]

    def _propose(
        self, expert: Expert, version: DocumentVersion, new: Iterable[ProposedFact]
    ) -> None:
        facts = list(new)
        source = self.session.exec(
            select(Source).where(Source.document_version_id == version.id)
        ).first()
        if not facts or source is None:
            return
        stretches = [(start, end) for start, end in version.sensitive]
        text = without_stretches(version.text, stretches, BLACK)
        records.assert_facts(self.session, expert, source, facts, text=text, at=self.at)


def _mark(kind: FactKind, value: Any, start: int) -> Mark | None:
    name = _CODES.get(kind)
    return (kind, str(value[name]), start) if name is not None else None


def _touches(start: int, end: int, places: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in places)
