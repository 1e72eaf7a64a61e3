"""Regional bodies with the dates at which countries joined and left them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

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
    spells = body(body_id).memberships
    return tuple(sorted({spell.country for spell in spells if spell.covers(on)}))


def is_member(body_id: str, country: str, on: date) -> bool:
    """Whether a country was a member on a day, both the day of joining and of leaving included.

    Raises
    ------
    KeyError
        No body has the id.
    """
    return any(spell.country == country and spell.covers(on) for spell in body(body_id).memberships)


def is_eu(country: str, on: date) -> bool:
    """Whether a country was a Member State of the European Union on a day."""
    return is_member(EU, country, on)


def bodies_of(country: str, on: date) -> tuple[str, ...]:
    """Return the ids of the bodies a country belonged to on a day, in the order of `bodies`."""
    return tuple(one.id for one in bodies() if is_member(one.id, country, on))


def find_bodies(text: str) -> list[BodyMention]:
    """Find bodies named in full or by acronym, in English, French, Spanish, Portuguese..."""
    found = _gazetteer().find(text)
    return [BodyMention(one.start, one.end, one.key) for one in found if one.key is not None]


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
