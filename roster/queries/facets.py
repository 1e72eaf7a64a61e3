"""What lists of people are filtered and counted by, for everybody at once.

It follows from facts by the hundred thousand, so each process holds it, and reads anew of whom the
change sequence tells. Whom an actor may know of is never held: that is asked each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, String, type_coerce
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.queries.everybody import id_of, people_where
from roster.queries.gaps import FILLED_BY, filled_by
from roster.tables import Change, Expert, Fact
from roster.vocabulary import ExpertKind, FactKind, FactStatus, RecordGap

Plain = str | UUID
"""An id as the driver gives it: on SQLite a text, which costs less than what is made of it."""
_MOST_ANEW = 2000
"""Where more people changed, everybody is read."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Traits:
    """What one person is found by."""

    kind: ExpertKind | None
    country: str | None
    deployed: bool
    """Whether ever sent on a mission of the facility."""
    topics: frozenset[str]
    languages: frozenset[str] = frozenset()
    """At any level."""
    told: frozenset[RecordGap] = frozenset()
    """Gaps that a fact fills: topics, posts, levels of languages, days on which she is away."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A change of the sequence, told from one of the same number that came to nothing."""

    seq: int
    record_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    """Everybody's traits after one change of the sequence."""

    mark: _Mark | None
    by_id: Mapping[UUID, Traits] = field(default_factory=dict)
    by_hex: Mapping[str, Traits] = field(default_factory=dict)
    """The same in the same order, by id as thirty-two digits."""


_held: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()
_reading = Lock()


def traits_of(session: Session, actor: Actor, permission: Permission) -> Mapping[UUID, Traits]:
    """Return what everybody whom the actor may know of is found by."""
    known = _known(session)
    seen = frozenset(people_where(session, visible_experts(actor, permission)))
    if known.by_hex.keys() == seen:
        return known.by_id
    pairs = zip(known.by_hex, known.by_id.items(), strict=True)
    return dict([pair for one, pair in pairs if one in seen])


def those_where(session: Session, *conditions: ColumnElement[bool]) -> list[Traits]:
    """Return the traits of the people who meet conditions on `Expert`."""
    return traits_by(session, people_where(session, *conditions))


def traits_by(session: Session, people: Iterable[str]) -> list[Traits]:
    """Return the traits of people by their ids, as `everybody.people_where` gives them."""
    known = _known(session).by_hex
    return [known[one] for one in people if one in known]


def _known(session: Session) -> _Known:
    """Return everybody's traits as of the last change of a person that this session sees."""
    engine = session.get_bind().engine
    newest = _newest(session)
    if newest is None:
        return _read(session, None)
    with _reading:
        held = _held.get(engine)
        if held is not None and held.mark == newest:
            return held
        if held is not None and held.mark is not None and held.mark.seq > newest.seq:
            return _read(session, newest)  # Others are ahead of what is seen here.
        made = _follow(session, held, newest)
        _held[engine] = made
        return made


def _newest(session: Session, of: int | None = None) -> _Mark | None:
    """Return the last change of a person, or the one of a number."""
    query = select(Change.seq, Change.record_id, Change.at).where(
        Change.record == Expert.__tablename__
    )
    if of is not None:
        query = query.where(Change.seq == of)
    found = session.exec(query.order_by(col(Change.seq).desc()).limit(1)).first()
    return _Mark(found[0] or 0, found[1], found[2]) if found else None


def _follow(session: Session, held: _Known | None, newest: _Mark) -> _Known:
    """Read those who changed since; everybody where that is unknown, or more than a few."""
    if held is None or held.mark is None or _newest(session, held.mark.seq) != held.mark:
        return _read(session, newest)
    changed = session.exec(
        select(Change.record_id)
        .where(Change.record == Expert.__tablename__, col(Change.seq) > held.mark.seq)
        .distinct()
    ).all()
    if len(changed) > _MOST_ANEW:
        return _read(session, newest)
    # Whoever was erased is not read again, and must not stay.
    gone = set(changed)
    by_id = {one: traits for one, traits in held.by_id.items() if one not in gone}
    for begin in range(0, len(changed), _AT_ONCE):
        by_id |= _read(session, newest, changed[begin : begin + _AT_ONCE]).by_id
    return _Known(newest, by_id, {one.hex: traits for one, traits in by_id.items()})


def _read(session: Session, mark: _Mark | None, among: Iterable[UUID] | None = None) -> _Known:
    """Read the traits of people, of everybody where it is not said of whom."""
    ids = None if among is None else list(among)
    people = select(
        type_coerce(col(Expert.id), String), Expert.kind, Expert.home_country, Expert.deployments
    )
    if ids is not None:
        people = people.where(col(Expert.id).in_(ids))
    topics = _codes(session, FactKind.TOPIC, "topic", ids)
    languages = _codes(session, FactKind.LANGUAGE, "language", ids)
    told = _told(session, ids)
    nothing: frozenset[str] = frozenset()
    by_id = {
        _id(plain): Traits(
            ExpertKind(kind) if kind else None,
            country,
            deployed > 0,
            topics.get(plain, nothing),
            languages.get(plain, nothing),
            frozenset(told.get(plain, ())),
        )
        for plain, kind, country, deployed in session.exec(people)
    }
    return _Known(mark, by_id, {one.hex: traits for one, traits in by_id.items()})


def _id(plain: Plain) -> UUID:
    return id_of(plain.bytes if isinstance(plain, UUID) else bytes.fromhex(plain))


def _of(kind: FactKind, ids: Sequence[UUID] | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        col(Fact.kind) == kind,
        col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
    ]
    return found if ids is None else [*found, col(Fact.expert_id).in_(ids)]


def _codes(
    session: Session, kind: FactKind, key: str, ids: Sequence[UUID] | None
) -> Mapping[Plain, frozenset[str]]:
    """Return the codes that facts of a kind hold, by person; the same codes are one object."""
    plain, code = type_coerce(col(Fact.expert_id), String), Fact.value[key].as_string()
    found: dict[Plain, set[str]] = {}
    for expert_id, one in session.exec(select(plain, code).where(*_of(kind, ids)).distinct()):
        found.setdefault(expert_id, set()).add(one)
    shared: dict[frozenset[str], frozenset[str]] = {}
    return {one: shared.setdefault(held, held) for one, held in _frozen(found)}


def _frozen(found: Mapping[Plain, set[str]]) -> Iterable[tuple[Plain, frozenset[str]]]:
    return ((one, frozenset(codes)) for one, codes in found.items())


def _told(session: Session, ids: Sequence[UUID] | None) -> Mapping[Plain, set[RecordGap]]:
    """Return the gaps that facts fill, as `roster.queries.gaps` says it, by person."""
    plain = type_coerce(col(Fact.expert_id), String)
    among = [] if ids is None else [col(Fact.expert_id).in_(ids)]
    found: dict[Plain, set[RecordGap]] = {}
    for gap in FILLED_BY:
        filled = select(plain).where(*filled_by(gap), *among).distinct()
        for expert_id in session.exec(filled):
            found.setdefault(expert_id, set()).add(gap)
    return found
