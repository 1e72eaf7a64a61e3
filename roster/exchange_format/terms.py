"""Cells of an exchange: terms of closed and open lists, read in four languages, written as codes.

Each reader takes the words of one cell and returns a value, or raises `Unreadable` with words that
say what to do; each writer returns the words that the reader takes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from roster.dates import PartialDate
from roster.naming import fold
from roster.read import LanguageNeed
from roster.reference import activities, bodies, countries, languages, regions, topics
from roster.vocabulary import ActivityType, LanguageLevel

E = TypeVar("E", bound=StrEnum)
BREAK = "\n"
_PARTS = re.compile(r"\s*[;\n]\s*")
_LANGUAGE = re.compile(r"^(?P<name>.+?)(?:\s+(?P<level>[ABC][12]))?(?P<one>\s+\(one\))?$", re.I)
_YES = frozenset({"yes", "oui", "si", "sim", "true", "1", "x"})
_NO = frozenset({"no", "non", "nao", "false", "0"})
_NEAR = 60
_LOCALES = ("en", "fr", "es", "pt")
_MOST_NUMBER = 1_000_000
_REGION_NAMES = {
    regions.AFRICA: ("Afrique", "África"),
    regions.ASIA: ("Asie",),
    regions.LATIN_AMERICA: (
        "Amérique latine et Caraïbes", "América Latina y el Caribe", "América Latina e Caraíbas",
    ),
    regions.MENA: (
        "Moyen-Orient et Afrique du Nord", "Oriente Medio y Norte de África",
        "Médio Oriente e Norte de África",
    ),
    regions.EASTERN_EUROPE: ("Europe orientale", "Europa del Este", "Europa Oriental"),
}  # fmt: skip


class Unreadable(ValueError):
    """A cell that cannot be taken; `str()` says why and what to do."""


def parts(text: str) -> list[str]:
    """Cut a cell into its parts, at semicolons and line ends."""
    return [part for part in _PARTS.split(text.strip()) if part]


def one_of(names: Mapping[str, str], what: str) -> Callable[[str], str]:
    """Return a reader of one code of a list.

    Parameters
    ----------
    names : folded name → code
    what : how the list is called, in a sentence
    """

    def read(text: str) -> str:
        found = names.get(fold(text))
        if found is None:
            raise Unreadable(_unknown(text, what, names))
        return found

    return read


def _unknown(text: str, what: str, names: Mapping[str, str]) -> str:
    nearest = process.extract(
        fold(text), list(names), scorer=fuzz.WRatio, limit=5, score_cutoff=_NEAR
    )
    codes = list(dict.fromkeys(names[name] for name, _, _ in nearest))[:2]
    if codes:
        return f"The {what} “{text}” is not known. Did you mean {' or '.join(codes)}?"
    known = sorted(set(names.values()))
    listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"The {what} “{text}” is not known. Known are: {listed}."


def many(read: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Return a reader of several codes; each stands once."""

    def read_all(text: str) -> list[str]:
        return list(dict.fromkeys(read(part) for part in parts(text)))

    return read_all


def member(of: type[E]) -> Callable[[str], E]:
    """Return a reader of a closed list, by value or by name."""
    names = {fold(one.value.replace("_", " ")): one.value for one in of}
    names |= {fold(one.value): one.value for one in of}
    names |= {fold(one.name.replace("_", " ")): one.value for one in of}
    read = one_of(names, "word")
    return lambda text: of(read(text))


@cache
def topic_names() -> dict[str, str]:
    """Return every name of every topic."""
    held = {fold(one.code): one.code for one in topics.topics()}
    for one in topics.topics():
        held |= {fold(label): one.code for label in one.labels.values()}
    return held


@cache
def activity_names() -> dict[str, str]:
    """Return every name of every type of activity."""
    held = {fold(one.value): one.value for one in ActivityType}
    for one in ActivityType:
        held |= {fold(activities.label(one, locale)): one.value for locale in _LOCALES}
    return held


@cache
def body_names() -> dict[str, str]:
    """Return every name of every regional body."""
    return {fold(name): one.id for one in bodies.bodies() for name in (one.id, one.name)}


@cache
def region_names() -> dict[str, str]:
    """Return every name of the regions by which a facility reports."""
    held = {fold(one): one for one in regions.FACILITY_REGIONS}
    return held | {fold(name): code for code, names in _REGION_NAMES.items() for name in names}


def area_names() -> dict[str, str]:
    """Return the names of the thematic areas."""
    return {fold(one): one for one in topics.areas()}


def country(text: str) -> str:
    """Read a country: two letters, or its name in the languages of the roster."""
    code = text.strip().upper()
    if len(code) == 2 and countries.is_country(code):
        return code
    found = countries.code_for(text) if len(code) > 2 else None
    if found is None:
        raise Unreadable(
            f"The country “{text}” is not known. Give the two letters of ISO 3166-1, as CI for "
            "Côte d’Ivoire."
        )
    return found


def languages_needed(text: str) -> list[dict[str, object]]:
    """Read working languages: "fr B2; en C1", with "(one)" where one of the team is enough."""
    return [_language(part) for part in parts(text)]


def _language(text: str) -> dict[str, object]:
    found = _LANGUAGE.match(text)
    name = found["name"] if found else text
    code = name.lower() if languages.is_language(name.lower()) else languages.code_for(name)
    if found is None or code is None:
        raise Unreadable(
            f"The language “{text}” is not known. Give the code of ISO 639 and a level, as fr B2."
        )
    level = LanguageLevel((found["level"] or "B2").upper())
    return {"language": code, "minimum": level.value, "everyone": not found["one"]}


def language_words(need: LanguageNeed) -> str:
    """Write a working language."""
    return f"{need.language} {need.minimum.value}{'' if need.everyone else ' (one)'}"


def yes_or_no(text: str) -> bool:
    """Read yes or no."""
    said = fold(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Unreadable(f"“{text}” is neither yes nor no.")


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Unreadable(f"“{text}” is no day. Write it as 2027-03-12.") from error


def partial_day(text: str) -> PartialDate:
    """Read a year, a month or a day."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise Unreadable(
            f"“{text}” is no date. Write 2027, 2027-03 or 2027-03-12, as far as it is known."
        ) from error


def whole(text: str) -> int:
    """Read a whole number from 0 to a million."""
    said = text.strip()
    if not (said.isascii() and said.isdecimal() and len(said) <= 7) or int(said) > _MOST_NUMBER:
        raise Unreadable(f"“{text}” is no whole number from 0 to 1000000.")
    return int(said)


def line(text: str) -> str:
    """Read a short text."""
    said = " ".join(text.split())
    if len(said) > 300:
        raise Unreadable("At most 300 characters fit here.")
    return said


def prose(text: str) -> str:
    """Read a long text."""
    if len(text) > 100_000:
        raise Unreadable("At most 100000 characters fit here.")
    return text.strip()


def code(text: str) -> str:
    """Read the code of a record: no blanks, fit for an address."""
    said = text.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+'-]{0,79}", said):
        raise Unreadable(f"“{text}” is no code. Use letters, digits and hyphens, no blanks.")
    return said


def words(value: object) -> str:
    """Write a value as the readers take it back; nothing for what is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(map(words, value))
    return str(value)


def normal(text: str) -> str:
    """Return a cell as it is compared: blanks and line ends say nothing."""
    return " ".join(text.split())
