"""Regional bodies with the dates at which countries joined and left them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, cast

from roster.dates import PartialDate
from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer

EU = "EU"
_ACRONYM = "!"


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of membership; None is not known (join) or still a member (leave)."""

    country: str
    join: PartialDate | None
    leave: PartialDate | None

    def covers(self, on: date) -> bool:
        """Whether the country was a member on a day; a vague date counts from its first day."""
        joined = self.join is None or self.join.first_day <= on
        return joined and (self.leave is None or on <= self.leave.last_day)


@dataclass(frozen=True, slots=True)
class Body:
    """A regional body or organisation of states."""

    id: str
    name: str
    founded: PartialDate | None
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named in a text: offsets, end excluded."""

    start: int
    end: int
    body: str


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """Return all bodies, the European Union first."""
    return tuple(_read(row) for row in cast("list[dict[str, object]]", load("bodies")["bodies"]))


def body(body_id: str) -> Body:
    """Return one body.

    Raises
    ------
    KeyError
        No body has the id.
    """
    return _by_id()[body_id]


def members(body_id: str, on: date) -> tuple[str, ...]:
    """Return the members of a body on a day, suspended ones included, in order of code.

    Raises
    ------
    KeyError
        No body has the id.
    """
    return _standing(era_of(on)).members[body_id]


def is_member(body_id: str, country: str, on: date) -> bool:
    """Whether a country was a member on a day, both the day of joining and of leaving included.

    Raises
    ------
    KeyError
        No body has the id.
    """
    return country in _standing(era_of(on)).members[body_id]


def is_eu(country: str, on: date) -> bool:
    """Whether a country was a Member State of the European Union on a day."""
    return is_member(EU, country, on)


def bodies_of(country: str, on: date) -> tuple[str, ...]:
    """Return the ids of the bodies a country belonged to on a day, in the order of `bodies`."""
    return _standing(era_of(on)).bodies.get(country, ())


def era_of(on: date) -> date:
    """Return the first of the days that have the memberships of a day, which hold for them all."""
    changes = _changes()
    return changes[bisect_right(changes, on) - 1]


def find_bodies(text: str) -> list[BodyMention]:
    """Find bodies named in full or by acronym, in English, French, Spanish, Portuguese..."""
    found = _gazetteer().find(text)
    return [BodyMention(one.start, one.end, one.key) for one in found if one.key is not None]


class _Standing(NamedTuple):
    """Who belongs where between two changes of any membership."""

    members: Mapping[str, tuple[str, ...]]
    """By body, in order of code."""
    bodies: Mapping[str, tuple[str, ...]]
    """By country, in the order of `bodies`."""


@lru_cache(maxsize=64)
def _standing(era: date) -> _Standing:
    members = {
        one.id: tuple(sorted({spell.country for spell in one.memberships if spell.covers(era)}))
        for one in bodies()
    }
    of: dict[str, tuple[str, ...]] = {}
    for body_id, countries in members.items():
        for country in countries:
            of[country] = (*of.get(country, ()), body_id)
    return _Standing(members, of)


@lru_cache(maxsize=1)
def _changes() -> tuple[date, ...]:
    """Return the days from which on a membership holds or holds no more, and the first of all."""
    days = {date.min}
    for spell in (spell for one in bodies() for spell in one.memberships):
        if spell.join is not None:
            days.add(spell.join.first_day)
        if spell.leave is not None and spell.leave.last_day < date.max:
            days.add(spell.leave.last_day + timedelta(days=1))
    return tuple(sorted(days))


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Body]:
    return {one.id: one for one in bodies()}


def _read(row: dict[str, object]) -> Body:
    rows = cast("list[tuple[str, str | None, str | None]]", row["members"])
    spells = tuple(Membership(country, _day(join), _day(leave)) for country, join, leave in rows)
    founded = cast("str | None", row["founded"])
    return Body(str(row["id"]), str(row["name"]), _day(founded), spells)


def _day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[str | None]:
    gazetteer: Gazetteer[str | None] = Gazetteer()
    content = load("body_names")
    for phrase in cast("list[str]", content["traps"]):
        gazetteer.add(phrase, None)
    for body_id, names in cast("dict[str, list[str]]", content["names"]).items():
        for name in names:
            case = Case.UPPER if name.endswith(_ACRONYM) else Case.ANY
            gazetteer.add(name.rstrip(_ACRONYM), body_id, case)
    return gazetteer
