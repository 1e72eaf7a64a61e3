"""What everybody brings that is asked for: topics, languages, and countries worked in.

It follows from facts by the hundred thousand, so each process holds it. Whom an actor may know of
is never held: that is asked each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, String, case, cast, func, or_, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from roster import findable
from roster.counting.crowd import Crowd, People, people_at, places_of
from roster.queries.everybody import people_where
from roster.queries.holding import Held
from roster.reference import topics
from roster.tables import Expert, Fact, SearchTerm
from roster.vocabulary import FactKind, FactStatus, LanguageLevel, TermField

_DIGITS = 32
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """A crowd, and who stands at which place of it."""

    crowd: Crowd
    ids: Sequence[str]
    """By place: thirty-two digits; empty where somebody was erased."""
    places: Mapping[str, int]

    def those(self, people: People) -> list[UUID]:
        """Return the ids of some people, whoever has been here longest first."""
        return [UUID(self.ids[place]) for place in places_of(people)]


def brought_by(session: Session, *conditions: ColumnElement[bool]) -> Brought:
    """Return what the people bring who meet conditions on `Expert`."""
    known = everybody.now(session)
    places = map(known.places.get, people_where(session, *conditions))
    those = people_at([place for place in places if place is not None])
    return Brought(known.crowd.among(those), known.ids, known.places)


def _read(session: Session) -> Brought:
    # As they came, so that lists name the same people first.
    rows = session.exec(
        select(type_coerce(col(Expert.id), String)).order_by(col(Expert.created_at), col(Expert.id))
    )
    ids = [_hex(plain) for plain in rows]
    places = {one: place for place, one in enumerate(ids)}
    return Brought(_crowd(session, places), ids, places)


def _renew(session: Session, held: Brought, changed: Sequence[UUID]) -> Brought:
    """Return what is held with some people read anew, and without those who are gone."""
    ids, places = list(held.ids), dict(held.places)
    crowd = held.crowd.without(people_at([places[one.hex] for one in changed if one.hex in places]))
    for begin in range(0, len(changed), _AT_ONCE):
        some = changed[begin : begin + _AT_ONCE]
        there = {*people_where(session, col(Expert.id).in_(some))}
        for one in sorted(one.hex for one in some):
            if one in there and one not in places:
                places[one] = len(ids)
                ids.append(one)
            elif one not in there and one in places:
                ids[places.pop(one)] = ""
        crowd = crowd.and_of(_crowd(session, places, some))
    return Brought(crowd, ids, places)


def _without(held: Brought, gone: Collection[UUID]) -> Brought:
    ids, places = list(held.ids), dict(held.places)
    left = [places.pop(one.hex) for one in gone if one.hex in places]
    for place in left:
        ids[place] = ""
    return Brought(held.crowd.without(people_at(left)), ids, places)


everybody = Held(_read, _renew, _without)


def _crowd(
    session: Session, places: Mapping[str, int], among: Sequence[UUID] | None = None
) -> Crowd:
    """Read what people bring, everybody where it is not said of whom."""
    # Long codes are cut off where they are kept to be found.
    topic_of = {findable.code("topic", one.code): one.code for one in topics.topics()}
    having = _having(session, ("topic", "country"), places, among)
    speaks, names = _languages(session, places, among)
    return Crowd(
        topics={topic_of[term]: people for term, people in having.items() if term in topic_of},
        speaks=speaks,
        names=names,
        countries={
            term.removeprefix("country:").upper(): people
            for term, people in having.items()
            if term.startswith("country:")
        },
    )


def _having(
    session: Session,
    nouns: Sequence[str],
    places: Mapping[str, int],
    among: Sequence[UUID] | None,
) -> dict[str, People]:
    """Return who has each code of some nouns, by term."""
    plain = func.replace(cast(col(SearchTerm.expert_id), String), "-", "")
    query = select(SearchTerm.term, func.aggregate_strings(plain, "")).where(
        SearchTerm.field == TermField.CODE,
        col(SearchTerm.expert_id).is_not(None),
        or_(*(col(SearchTerm.term).between(f"{noun}:", f"{noun};") for noun in nouns)),
    )
    if among is not None:
        query = query.where(col(SearchTerm.expert_id).in_(among))
    rows = session.exec(query.group_by(SearchTerm.term))
    return {term: people_at(_placed(joined, places)) for term, joined in rows}


def _placed(joined: str, places: Mapping[str, int]) -> Iterable[int]:
    each = (joined[at : at + _DIGITS] for at in range(0, len(joined), _DIGITS))
    return [places[one] for one in each if one in places]


def _languages(
    session: Session, places: Mapping[str, int], among: Sequence[UUID] | None
) -> tuple[dict[str, People], dict[str, People]]:
    """Return who speaks each language at B2 or better, and who names it without a level."""
    levels: dict[str, dict[int, str | None]] = defaultdict(dict)
    for plain, language, level in session.exec(_language_facts(among)):
        place = places.get(_hex(plain))
        if place is not None:
            levels[language][place] = level
    enough = {level.value for level in LanguageLevel if level.rank >= LanguageLevel.B2.rank}
    speaks, names = {}, {}
    for language, known in levels.items():
        speaks[language] = people_at([one for one, level in known.items() if level in enough])
        names[language] = people_at([one for one, level in known.items() if level is None])
    return speaks, names


def _language_facts(among: Sequence[UUID] | None) -> Select[str, str, str | None]:
    """Return the query of levels; of several the last counts, as `roster.projection` chooses."""
    level = Fact.value["level"].as_string()
    query = select(
        type_coerce(col(Fact.expert_id), String), Fact.value["language"].as_string(), level
    ).where(
        Fact.kind == FactKind.LANGUAGE,
        col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
    )
    if among is not None:
        query = query.where(col(Fact.expert_id).in_(among))
    trusted = case((col(Fact.status) == FactStatus.CONFIRMED, 1), else_=0)
    return query.order_by(trusted, case((level.is_(None), 0), else_=1), col(Fact.asserted_at))


def _hex(plain: str | UUID) -> str:
    return plain.hex if isinstance(plain, UUID) else plain
