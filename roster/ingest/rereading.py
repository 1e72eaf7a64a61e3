"""All CVs of a facility are looked at anew for its own words, a few at a time.

Only what such a word stands in is read again: the rest of a record stays as it is. What was
decided stays too; only what nobody confirmed is taken back, where no word shows it any longer.
How far it has come is kept with each step, so that it goes on where it was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from roster.read import DocumentText, ProposedFact
from roster.redaction import BLACK, without_stretches
from roster.reference.activities import find_activities
from roster.reference.own_words import NO_WORDS, OwnWords, Phrase, find_own, may_hold
from roster.reference.scanning import Mention
from roster.reference.topics import find_topics
from roster.serial import to_json
from roster.tables import Document, DocumentVersion, Expert, Fact, Rereading, Source
from roster.vocabulary import FactKind, FactStatus

AT_ONCE = 20
"""CVs looked at in one unit of work."""
_CODES = {FactKind.TOPIC: "topic", FactKind.ACTIVITY: "activity"}
Place = tuple[int, int]
"""First letter and the one after the last, in the text of a CV."""


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
        places = find_own(version.text, self.ever, version.language)
        expert = self.session.get(Expert, document.expert_id)
        if not places or expert is None:
            return None
        held = self._held(version.id)
        new = self._new(text_of(document, version), held)
        gone = [fact for fact in held if self._is_gone(fact, version, places)]
        for fact in gone:
            fact.status = FactStatus.SUPERSEDED
            self.session.add(fact)
        self._propose(expert, version, new)
        self.found += len(new)
        self.dropped += len(gone)
        return expert if new or gone else None

    def _new(self, text: DocumentText, held: Sequence[Fact]) -> list[ProposedFact]:
        """Return what is read now by an own word and was not read there before."""
        places = find_own(text.text, (*self.own.topics, *self.own.activities), text.language)
        if not places:
            return []
        known = [(fact.kind, _code(fact.kind, fact.value), _span(fact)) for fact in held]
        found = []
        for fact in read_profile(text, today=self.at.date(), own=self.own).facts:
            code, span = _code(fact.kind, to_json(fact.value)), (fact.span.start, fact.span.end)
            if code in _codes_at(span, places) and not any(
                (kind, other) == (fact.kind, code) and _meet(span, where)
                for kind, other, where in known
            ):
                found.append(fact)
        return found

    def _is_gone(
        self, fact: Fact, version: DocumentVersion, places: Sequence[Mention[Phrase]]
    ) -> bool:
        """Whether a fact that nobody decided on was shown by a word that no longer says so."""
        span, code = _span(fact), _code(fact.kind, fact.value)
        near = _codes_at(span, places)
        if fact.status is not FactStatus.PROPOSED or not near:
            return False
        words = version.text[slice(*span)]
        before = near | _codes_in(fact.kind, words, version.language, NO_WORDS)
        return code in before - _codes_in(fact.kind, words, version.language, self.own)

    def _held(self, version_id: UUID) -> list[Fact]:
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
        return list(rows)

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


def _code(kind: FactKind, value: Any) -> str | None:
    name = _CODES.get(kind)
    return str(value[name]) if name is not None else None


def _span(fact: Fact) -> Place:
    return (fact.span["start"], fact.span["end"]) if fact.span else (0, 0)


def _meet(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _codes_at(span: Place, places: Iterable[Mention[Phrase]]) -> set[str | None]:
    return {one.key.code for one in places if _meet(span, (one.start, one.end))}


def _codes_in(kind: FactKind, words: str, language: str | None, own: OwnWords) -> set[str | None]:
    if kind is FactKind.TOPIC:
        return {one.topic for one in find_topics(words, language, own)}
    return {one.activity.value for one in find_activities(words, language, own)}
