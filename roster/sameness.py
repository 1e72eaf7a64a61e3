"""Whether two claims about a person speak of the same thing, and in which parts they differ; pure.

Two CVs of one person name a post in other words, in another language, with vaguer dates. What is
said less precisely differs from nothing; what is not said differs from nothing either.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from rapidfuzz import fuzz

from roster.dates import PartialDate, Period
from roster.naming import fold, name_key
from roster.read import (
    SINGLE_KINDS,
    ActivityExperience,
    Contact,
    CountryExperience,
    Education,
    FactValue,
    Headline,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    Publication,
    TopicExperience,
    Training,
    Unavailability,
)
from roster.vocabulary import AdministrationKind, FactKind

ALIKE = 0.85
"""From this likeness on, two wordings of a title or a body are taken for the same."""
DATES = "dates"
"""The part that a period is, beside the parts of a value."""
_SAME_WORK = 0.5
"""Share of the shorter of two periods that both must cover."""
_PHONE_DIGITS = 8
_AT_ODDS = 0.6
"""Below this likeness two employers are two, whatever else agrees."""
_VAGUE = frozenset({None, AdministrationKind.OTHER})


class Claim(Protocol):
    """What one fact says."""

    @property
    def kind(self) -> FactKind:
        """Its kind."""

    @property
    def value(self) -> FactValue:
        """Its value, of the shape of its kind."""

    @property
    def period(self) -> Period:
        """When it holds."""


def sameness(left: Claim, right: Claim) -> float:  # noqa: C901, PLR0911 -- by shape
    """Return how surely two claims speak of the same thing.

    Returns
    -------
    sameness : in [0, 1], symmetric; 0 where they speak of two things
        Above 0 each such pair may be taken for one thing; of several partners the highest is the
        right one.
    """
    if left.kind is not right.kind:
        return 0.0
    if left.kind in SINGLE_KINDS:
        return 1.0
    match (left.value, right.value):
        case (Post() as one, Post() as other):
            return _same_post(one, left.period, other, right.period)
        case (Mission() as one, Mission() as other):
            return _same_mission(one, left.period, other, right.period)
        case (Education() as one, Education() as other):
            return _same_education(one, left.period, other, right.period)
        case (Training() as one, Training() as other):
            return _above(alike(one.title, other.title)) if one.given == other.given else 0.0
        case (Publication() as one, Publication() as other):
            return _above(alike(one.title, other.title))
        case (LanguageSkill() as one, LanguageSkill() as other):
            return float(one.language == other.language)
        case (Unavailability(), Unavailability()):
            return float(left.period == right.period)
    return float(_mark(left.value) == _mark(right.value))


def parts_that_differ(held: Claim, read: Claim) -> tuple[str, ...]:  # noqa: C901 -- by shape
    """Return what a new claim says otherwise than the one held, or in addition to it.

    Parameters
    ----------
    held, read : claims about the same thing, as `sameness` tells

    Returns
    -------
    parts : names of parts of the value, and `DATES`; empty where nothing new is said
    """
    match (held.value, read.value):
        case (Name() as one, Name() as other):
            same = name_key(one.display) == name_key(other.display)
            return () if same else ("display",)
        case (LanguageSkill() as one, LanguageSkill() as other):
            return ("level",) if other.level is not None and other.level != one.level else ()
        case (Post() as one, Post() as other):
            found = _differing(
                (("title", one.title, other.title), ("employer", one.employer, other.employer))
            )
            if other.country is not None and other.country != one.country:
                found += ("country",)
        case (Mission() as one, Mission() as other):
            found = ("countries",) if set(other.countries) - set(one.countries) else ()
        case (Education() as one, Education() as other):
            found = _differing((("institution", one.institution, other.institution),))
        case (Headline() as one, Headline() as other):
            return () if one == other or alike(one.text, other.text) >= ALIKE else ("text",)
        case _ if held.kind in SINGLE_KINDS:
            return () if held.value == read.value else ("value",)
        case _:
            return ()
    return (*found, DATES) if _dates_differ(held.period, read.period) else found


def says_the_same(held: Claim, read: Claim) -> bool:
    """Whether two claims say exactly the same on a record, however it is spelt."""
    return held.period == read.period and _mark(held.value) == _mark(read.value)


def alike(left: str | None, right: str | None) -> float:
    """Return how alike two wordings are, in [0, 1]; 0 where one is not said.

    Words that only one of them has cost little: "Inspector" and "Inspector, airport of Porto".
    """
    one, other = fold(left or ""), fold(right or "")
    if not one or not other:
        return 0.0
    return max(fuzz.token_sort_ratio(one, other), 0.95 * fuzz.token_set_ratio(one, other)) / 100


def _mark(value: FactValue) -> object:  # noqa: C901, PLR0911 -- one line for each shape
    """Return what a value says once spelling and what is not shown are left out."""
    match value:
        case Name():
            return name_key(value.display)
        case Contact() if "@" in value.value:
            return value.value.strip().casefold()
        case Contact():
            digits = "".join(sign for sign in value.value if sign.isdigit())
            return digits[-_PHONE_DIGITS:] or value.value
        case Nationality() | CountryExperience():
            return value.country
        case LanguageSkill():
            return (value.language, value.level)
        case TopicExperience():
            return value.topic
        case ActivityExperience():
            return value.activity
        case Post():
            return (fold(value.title or ""), fold(value.employer or ""), value.country)
        case Mission():
            return (fold(value.what), frozenset(value.countries))
        case _:
            return value


def _above(likeness: float) -> float:
    return likeness if likeness >= ALIKE else 0.0


def _differing(parts: tuple[tuple[str, str | None, str | None], ...]) -> tuple[str, ...]:
    return tuple(
        name for name, held, read in parts if read and read != held and alike(held, read) < ALIKE
    )


def _same_post(one: Post, when: Period, other: Post, then: Period) -> float:
    shared = _shared(when, then)
    if shared is not None and shared <= _SAME_WORK:
        return 0.0
    employer, title = alike(one.employer, other.employer), alike(one.title, other.title)
    sum_of = (employer + title) / 2
    begin_together = (
        when.start is not None and then.start is not None and _agree(when.start, then.start)
    )
    if min(employer, title) >= ALIKE:
        return 0.6 + 0.3 * sum_of + 0.1 * begin_together
    one_unsaid = not (one.employer and other.employer) or not (one.title and other.title)
    if max(employer, title) >= ALIKE and (one_unsaid or begin_together):
        return 0.3 + 0.3 * sum_of if one_unsaid or employer >= _AT_ODDS else 0.0
    # In another language nothing is spelt alike, but the kind of body and the dates agree.
    same_body = one.administration == other.administration and one.administration not in _VAGUE
    places = {one.country or one.employer_country, other.country or other.employer_country}
    if begin_together and same_body and len(places - {None}) <= 1:
        return 0.2 + 0.3 * sum_of
    return 0.0


def _same_mission(one: Mission, when: Period, other: Mission, then: Period) -> float:
    shared = _shared(when, then)
    if shared is not None and shared <= _SAME_WORK:
        return 0.0
    if one.countries and other.countries and not set(one.countries) & set(other.countries):
        return 0.0
    return _above(alike(one.what, other.what))


def _same_education(one: Education, when: Period, other: Education, then: Period) -> float:
    if when.end and then.end and not _agree(when.end, then.end):
        return 0.0
    title = alike(one.title, other.title)
    school = alike(one.institution, other.institution)
    if title >= ALIKE and (school >= _AT_ODDS or not (one.institution and other.institution)):
        return 0.5 + 0.5 * title
    same_level = one.level is not None and one.level == other.level
    return 0.5 * school if school >= ALIKE and same_level and when.end and then.end else 0.0


def _shared(one: Period, other: Period) -> float | None:
    """Return the share of the shorter period that both cover; None where one has no dates."""
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return None
    both = min(first[1], second[1]) - max(first[0], second[0]) + 1
    return max(0, both) / min(first[1] - first[0] + 1, second[1] - second[0] + 1)


def _days(period: Period) -> tuple[int, int] | None:
    if period.start is None and period.end is None:
        return None
    start = (period.start or period.end or PartialDate(1)).first_day
    end = date.max if period.ongoing else (period.end or period.start or PartialDate(1)).last_day
    return (start.toordinal(), max(start, end).toordinal())


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates can be the same day, at the precision of the vaguer one."""
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _dates_differ(held: Period, read: Period) -> bool:
    for old, new in ((held.start, read.start), (held.end, read.end)):
        if new is not None and (old is None or not _agree(old, new)):
            return True
    return read.ongoing and not held.ongoing
