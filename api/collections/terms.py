"""Terms as outside collections write them - codes, names, objects with dates - read as ours.

What no list knows is left out and told; what has the wrong shape is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from api.collections.lines import Line
from roster.dates import PartialDate, Period
from roster.reference import activities, countries, languages, topics
from roster.reference.levels import read_level
from roster.vocabulary import ActivityType, AdministrationKind, ExpertKind, LanguageLevel

T = TypeVar("T")
Fields = Mapping[str, object]

_ONGOING = frozenset({"present", "now", "current", "ongoing", "today"})


def named(item: object, *names: str) -> object:
    """Return the first of some fields that an object has; anything but an object is itself."""
    if not isinstance(item, dict):
        return item
    return next((item[name] for name in names if item.get(name) not in (None, "")), None)


def known(
    line: Line, name: str, what: str, read: Callable[[str], T | None]
) -> Iterator[tuple[str, object, T]]:
    """Yield place, item and term of each item of a field; what nobody knows is noted.

    Raises
    ------
    InvalidInput
        An item is neither text nor an object with a code.
    """
    for place, item in line.items(name) or ():
        given = named(item, "code", what, "name", "id")
        if not isinstance(given, str):
            raise line.wrong(place, f'Give a {what} as text, or as {{"code": …}}.')
        found = read(given)
        if found is None:
            line.note(place, f"{given[:60]!r} is no {what} of the lists; it is left out.")
        else:
            yield place, item, found


def country(given: str) -> str | None:
    """Return the code of a country given by code or name."""
    code = given.strip().upper()
    return code if countries.is_country(code) else countries.code_for(given)


def language(given: str) -> str | None:
    """Return the code of a language given by code (with a region or not) or name."""
    return languages.code_for(given) or languages.code_for(given.split("-", maxsplit=1)[0])


def topic(given: str) -> str | None:
    """Return a topic given by its code, or by words that mean exactly one."""
    code = given.strip().lower().replace("-", "_").replace(" ", "_")
    if topics.is_topic(code):
        return code
    meant = {one.topic for one in topics.find_topics(given) if one.strength >= 1}
    return meant.pop() if len(meant) == 1 else None


def activity(given: str) -> ActivityType | None:
    """Return a type of activity given by its code or name, or by words that mean one."""
    code = given.strip().lower().replace("-", "_").replace(" ", "_")
    for one in ActivityType:
        if code in (one.value, one.name.lower()):
            return one
    meant = {one.activity for one in activities.find_activities(given) if one.strength >= 1}
    return meant.pop() if len(meant) == 1 else None


def level(line: Line, place: str, item: object) -> LanguageLevel | None:
    """Return the level of a language given as an object; None where it says none.

    Raises
    ------
    InvalidInput
        The level is no text.
    """
    if not isinstance(item, dict):
        return None
    given = named(item, "cefr", "level", "min_cefr", "minimum")
    if given is None:
        return None
    if not isinstance(given, str):
        raise line.wrong(place, "Give a level as text, for example B2.")
    found = read_level(given)
    if found is None or found.level is None:
        line.note(place, f"{given[:60]!r} is no level; it counts as not known.")
        return None
    return found.level


def office(given: str) -> tuple[AdministrationKind | None, ExpertKind | None] | None:
    """Return the discipline or the kind of staff that a word names; None for neither."""
    code = given.strip().lower().replace("-", "_").replace(" ", "_")
    if code in set(AdministrationKind):
        return AdministrationKind(code), None
    return (None, ExpertKind(code)) if code in set(ExpertKind) else None


def period(line: Line, place: str, item: object) -> Period:
    """Return the dates of an object, as `roster read` prints them: from, to, "present".

    Raises
    ------
    InvalidInput
        A date is no text or number of ISO 8601.
    """
    if not isinstance(item, dict):
        return Period()
    last = named(item, "to", "until", "end")
    ongoing = isinstance(last, str) and last.strip().lower() in _ONGOING
    start = _day(line, place, named(item, "from", "since", "start"))
    end = None if ongoing else _day(line, place, last)
    if start and end and end.last_day < start.first_day:
        raise line.wrong(place, f"It ends ({end}) before it begins ({start}).")
    return Period(start, end, ongoing)


def day(line: Line, place: str, given: object, *, last: bool = False) -> date | None:
    """Return a day; of a month or year its first, or its last.

    Raises
    ------
    InvalidInput
    """
    found = _day(line, place, given)
    if found is None:
        return None
    return found.last_day if last else found.first_day


def _day(line: Line, place: str, given: object) -> PartialDate | None:
    if given is None or given == "":
        return None
    try:
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise ValueError
        return PartialDate.parse(str(given)[:10])
    except ValueError as error:
        detail = "Give a date as 2026-03-01, 2026-03 or 2026."
        raise line.wrong(place, detail) from error
