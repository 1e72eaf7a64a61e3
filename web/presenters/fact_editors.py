"""The parts of a fact that can be corrected or added, and how what was typed becomes a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale

from roster.dates import PartialDate, Period
from roster.inputs import FactInput
from roster.naming import fold
from roster.read import FactValue
from roster.reference import activities, administrations, countries, languages, topics
from roster.serial import to_json
from roster.vocabulary import ActivityType, ExpertKind, FactKind, LanguageLevel
from web.contexts.parts import Choice
from web.presenters.fact_words import level_words
from web.tongues import Tongue, tongue_of
from web.wording import marked, say

FROM, TO, ONGOING = "from", "to", "ongoing"
YES, NO = "yes", "no"
_MAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
_MOST_DIGITS = 5
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{4})$")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: its key in the value, its label, and what may stand in it."""

    name: str
    label: str
    of: str = "text"
    """text, number, year, mail, phone, date, country, countries, language, level, topic,
    activity, expert_kind, yes."""


PARTS: dict[FactKind, tuple[Part, ...]] = {
    FactKind.NAME: (Part("display", marked("Name")),),
    FactKind.EMAIL: (Part("value", marked("E-mail"), "mail"),),
    FactKind.TELEPHONE: (Part("value", marked("Telephone"), "phone"),),
    FactKind.BIRTH_YEAR: (Part("year", marked("Year of birth"), "year"),),
    FactKind.NATIONALITY: (Part("country", marked("Country"), "country"),),
    FactKind.HEADLINE: (Part("text", marked("In one line")),),
    FactKind.POST: (
        Part("title", marked("Title")),
        Part("employer", marked("Employer")),
        Part("country", marked("Country of work"), "country"),
    ),
    FactKind.MISSION: (
        Part("what", marked("What")),
        Part("countries", marked("Countries, separated by commas"), "countries"),
        Part("role", marked("Role")),
        Part("for_whom", marked("For whom")),
        Part("days", marked("Days"), "number"),
    ),
    FactKind.COUNTRY: (
        Part("country", marked("Country"), "country"),
        Part("capacity", marked("As")),
    ),
    FactKind.LANGUAGE: (
        Part("language", marked("Language"), "language"),
        Part("level", marked("Level"), "level"),
    ),
    FactKind.TOPIC: (Part("topic", marked("Topic"), "topic"),),
    FactKind.ACTIVITY: (Part("activity", marked("Activity"), "activity"),),
    FactKind.EDUCATION: (
        Part("title", marked("Title")),
        Part("institution", marked("Institution")),
    ),
    FactKind.TRAINING: (
        Part("title", marked("Title")),
        Part("given", marked("Given, not taken"), "yes"),
    ),
    FactKind.PUBLICATION: (Part("title", marked("Title")),),
    FactKind.UNAVAILABILITY: (Part("reason", marked("Reason")),),
    FactKind.EXPERT_KIND: (Part("kind", marked("Kind of expert"), "expert_kind"),),
}
DATED = frozenset(
    {FactKind.POST, FactKind.MISSION, FactKind.COUNTRY, FactKind.EDUCATION, FactKind.UNAVAILABILITY}
)
"""Kinds whose dates can be corrected, too."""
_NEEDED = {
    FactKind.POST: ("title", "employer"),
    FactKind.LANGUAGE: ("level",),
    FactKind.EDUCATION: ("title",),
}
"""Parts that a value names even where they are unknown."""
DATE_PARTS = (
    Part(FROM, marked("From (2016 or 2016-04)"), "date"),
    Part(TO, marked("Until"), "date"),
    Part(ONGOING, marked("Goes on"), "yes"),
)


def parts_of(kind: FactKind) -> tuple[Part, ...]:
    """Return every part of a kind that can be typed."""
    return (*PARTS[kind], *DATE_PARTS) if kind in DATED else PARTS[kind]


def shown(tongue: Tongue, part: Part, value: FactValue, period: Period) -> str:
    """Return a part as it stands in its field."""
    if part.of == "date" or part.name == ONGOING:
        return _shown_date(part, period)
    held = to_json(value).get(part.name)
    if held is None or held == []:
        return ""
    if part.of == "countries":
        return ", ".join(tongue.country(str(code)) for code in held)
    if part.of == "yes":
        return YES if held else NO
    named = {"country": tongue.country, "language": tongue.language}.get(part.of)
    return named(str(held)) if named else str(held)


def _shown_date(part: Part, period: Period) -> str:
    if part.name == ONGOING:
        return YES if period.ongoing else NO
    day = period.start if part.name == FROM else period.end
    return str(day) if day else ""


def choices_of(tongue: Tongue, part: Part, value: str) -> tuple[Choice, ...]:
    """Return what may be chosen in a part; empty where it is typed."""
    offered: list[tuple[str, str]] = []
    if part.of == "level":
        offered = [("", tongue.word("unknown"))]
        offered += [(one.value, level_words(tongue, one)) for one in LanguageLevel]
    elif part.of == "topic":
        offered = [(one.code, topics.label(one.code, tongue.code)) for one in topics.topics()]
    elif part.of == "activity":
        offered = [(one.value, activities.label(one, tongue.code)) for one in ActivityType]
    elif part.of == "expert_kind":
        offered = [(one.value, say(tongue, one)) for one in ExpertKind]
    elif part.of == "yes":
        offered = [(NO, tongue.word("no")), (YES, tongue.word("yes"))]
    if offered and not value and part.of != "level":
        offered.insert(0, ("", tongue.word("choose")))
    return tuple(Choice(code, label, code == value) for code, label in offered)


NAMED = {"country": "countries", "language": "languages"}
"""What is typed with a list of names to choose from, and the id of that list on the page."""


def names_of(tongue: Tongue, of: str) -> tuple[str, ...]:
    """Name every country, or every language that many speak, in alphabetical order."""
    return tuple(name for _, name in _names_of(tongue.code, of))


@lru_cache(maxsize=16)
def _names_of(locale: str, of: str) -> tuple[tuple[str, str], ...]:
    tongue = tongue_of(locale)
    if of == "country":
        named = [(code, tongue.country(code)) for code in countries.codes()]
    else:
        named = [(code, tongue.language(code)) for code in _languages()]
    return tuple(sorted(named, key=lambda one: (fold(one[1]), one[0])))


def _languages() -> frozenset[str]:
    spoken = {code for country in countries.codes() for code in languages.spoken_in(country)}
    with_two_letters = {code for code in map(str, Locale("en").languages) if len(code) == len("en")}
    return frozenset(code for code in spoken | with_two_letters if languages.is_language(code))


_INPUTS = {"mail": "email", "phone": "tel", "number": "number", "year": "number", "date": "date"}


def input_kind(part: Part) -> str:
    """Return the kind of field that a typed part needs: text, email, tel, number or date."""
    return _INPUTS.get(part.of, "text")


def read_part(tongue: Tongue, part: Part, typed: str) -> object:  # noqa: C901, PLR0911 -- by kind
    """Return what was typed as the value holds it; None where it was emptied.

    Raises
    ------
    ValueError
        It is no such thing; `str()` says what to do.
    """
    text = typed.strip()
    if part.of == "yes":
        return text == YES
    if part.of == "countries":
        return [_country(tongue, one) for one in re.split(r"[,;]", text) if one.strip()]
    if not text:
        return None
    if part.of == "country":
        return _country(tongue, text)
    if part.of == "language":
        return _language(tongue, text)
    if part.of in {"number", "year"}:
        return _number(tongue, text, year=part.of == "year")
    if part.of == "mail" and not _MAIL.match(text):
        raise ValueError(tongue.word("Give the address in full, as in name@ministry.example."))
    if part.of == "date":
        return _date(tongue, text)
    return text[:2_000]


def _number(tongue: Tongue, text: str, *, year: bool) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise ValueError(tongue.word("Give a whole number."))
    if year and len(text) != len("1979"):
        raise ValueError(tongue.word("Give the year with four digits, as in 1979."))
    return int(text)


def _date(tongue: Tongue, text: str) -> str:
    slashed = _SLASHED.match(text)
    plain = f"{slashed[2]}-{int(slashed[1]):02d}" if slashed else text
    try:
        return str(PartialDate.parse(plain))
    except ValueError as error:
        raise ValueError(tongue.word("Write the date as 2016, 2016-04 or 2016-04-30.")) from error


def _country(tongue: Tongue, said: str) -> str:
    text = said.strip()
    own = {str(name).casefold(): code for code, name in tongue.locale.territories.items()}
    code = own.get(text.casefold())
    if code is None or not countries.is_country(code):
        code = countries.code_for(text)
    if code is None:
        raise ValueError(tongue.word("The country “%(said)s” is not known.", said=text[:60]))
    return code


def _language(tongue: Tongue, text: str) -> str:
    own = {str(name).casefold(): code for code, name in tongue.locale.languages.items()}
    code = own.get(text.casefold())
    if code is None or not languages.is_language(code):
        code = languages.code_for(text)
    if code is None:
        raise ValueError(tongue.word("The language “%(said)s” is not known.", said=text[:60]))
    return code


def read_value(
    tongue: Tongue,
    kind: FactKind,
    typed: Mapping[str, str],
    base: dict[str, Any],
    period: Period,
) -> FactInput:
    """Return the fact that was typed, over what stood there before.

    Parameters
    ----------
    typed : name of a part → text; parts that are missing keep what they hold
    base : the value before, as JSON; empty for a new fact

    Raises
    ------
    ValueError
        A part is no such thing, or the fact says nothing; `str()` says which and what to do.
    """
    value, dates = dict(base), _dates(period)
    for part in parts_of(kind):
        if part.name in typed:
            target = dates if part in DATE_PARTS else value
            target[part.name] = _labelled(tongue, part, typed[part.name])
    first = PARTS[kind][0]
    if kind is not FactKind.UNAVAILABILITY and not value.get(first.name):
        label = tongue.word(first.label)
        raise ValueError(tongue.word("%(field)s: this cannot be empty.", field=label))
    _follow(kind, value, typed)
    ongoing = bool(dates[ONGOING]) and dates[TO] is None
    return FactInput(
        kind=kind, value=value, valid_from=dates[FROM], valid_to=dates[TO], ongoing=ongoing
    )


def _labelled(tongue: Tongue, part: Part, text: str) -> object:
    try:
        return read_part(tongue, part, text)
    except ValueError as error:
        raise ValueError(f"{tongue.word(part.label)}: {error}") from error


def _dates(period: Period) -> dict[str, Any]:
    return {
        FROM: str(period.start) if period.start else None,
        TO: str(period.end) if period.end else None,
        ONGOING: period.ongoing,
    }


def _follow(kind: FactKind, value: dict[str, Any], typed: Mapping[str, str]) -> None:
    """Let go of what was derived from a part that has changed, or derive it again."""
    for name in _NEEDED.get(kind, ()):
        value.setdefault(name, None)
    if kind is FactKind.NAME:
        value["given"] = value["family"] = None
    elif kind is FactKind.LANGUAGE and "level" in typed:
        value |= dict.fromkeys(("stated", "listening", "reading", "speaking", "writing"))
        value["basis"] = "stated"
    elif kind is FactKind.POST and typed.keys() & {"employer", "country"}:
        employer = str(value["employer"] or "")
        country = value.get("employer_country") or value.get("country")
        kinds = (
            administrations.kind_of(employer),
            administrations.employer_kind(employer, country, None),
        )
        value["administration"], value["employer_kind"] = kinds if employer else (None, None)
