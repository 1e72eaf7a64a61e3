"""What lists of people are filtered and counted by, for everybody at once.

It follows from facts by the hundred thousand, so each process holds it, and reads anew of whom the
change sequence tells. Whom an actor may know of is never held: that is asked each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, String, type_coerce
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.queries.everybody import id_of, people_where
from roster.queries.gaps import FILLED_BY, filled_by
from roster.queries.holding import Held
from roster.tables import Expert, Fact
from roster.vocabulary import ExpertKind, FactKind, FactStatus, RecordGap

Plain = str | UUID
"""An id as the driver gives it: on SQLite a text, which costs less than what is made of it."""
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
class _Known:
    """Everybody's traits."""

    by_id: Mapping[UUID, Traits]
    by_hex: Mapping[str, Traits]
    """The same in the same order, by id as thirty-two digits."""


def traits_of(session: Session, actor: Actor, permission: Permission) -> Mapping[UUID, Traits]:
    """Return what everybody whom the actor may know of is found by."""
    known = everybody.now(session)
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
    known = everybody.now(session).by_hex
    return [known[one] for one in people if one in known]


def _read(session: Session) -> _Known:
    return _known(_of_people(session))


def _renew(session: Session, held: _Known, changed: Sequence[UUID]) -> _Known:
    # Whoever was erased is not read again, and must not stay.
    by_id = _others(held, changed)
    for begin in range(0, len(changed), _AT_ONCE):
        by_id |= _of_people(session, changed[begin : begin + _AT_ONCE])
    return _known(by_id)


def _without(held: _Known, gone: Collection[UUID]) -> _Known:
    return _known(_others(held, gone))


def _others(held: _Known, gone: Collection[UUID]) -> dict[UUID, Traits]:
    but = set(gone)
    return {one: traits for one, traits in held.by_id.items() if one not in but}


def _known(by_id: Mapping[UUID, Traits]) -> _Known:
    return _Known(by_id, {one.hex: traits for one, traits in by_id.items()})


everybody = Held(_read, _renew, _without)


def _of_people(session: Session, ids: Sequence[UUID] | None = None) -> dict[UUID, Traits]:
    """Return the traits of people, of everybody where it is not said of whom."""
    people = select(
        type_coerce(col(Expert.id), String), Expert.kind, Expert.home_country, Expert.deployments
    )
    if ids is not None:
        people = people.where(col(Expert.id).in_(ids))
    topics = _codes(session, FactKind.TOPIC, "topic", ids)
    languages = _codes(session, FactKind.LANGUAGE, "language", ids)
    told = _told(session, ids)
    nothing: frozenset[str] = frozenset()
    return {
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
