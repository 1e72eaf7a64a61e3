"""A CV without what says who it is: no name, contact, employer, place or sentence of her own.

What is left is structured: function, kind of administration, country, year, language, topic. Free
text goes as a whole, because a sentence of a CV is found again by any search; so do the titles of
courses and publications. The years of studies go, because they tell the age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from roster.cv_format.contents import CvContents, V
from roster.dates import PartialDate, Period
from roster.naming import fold
from roster.read import Dated, Education, Evidence, Mission, Post

_NO_QUOTE = Evidence(None, "", "")
_WHEN_UNKNOWN = Period(None, None, ongoing=False)
_FIRST_PART = re.compile(r"\s*(?:[,;:(|/]|\s[-–—@]\s|\bat\b)")
"""What follows a function is where: "Head of unit, Border Police"."""
_LEAST_NAME = 3
_RUN = 3
"""Words in a row of an employer's name that give it away."""


def code_of(expert_id: UUID) -> str:
    """Return the number that stands for a person; whoever may open her record finds her by it."""
    return expert_id.hex[:8].upper()


def without_identity(cv: CvContents, expert_id: UUID) -> CvContents:
    """Return a CV under a number, with nothing in it that names the person or her employers.

    Parameters
    ----------
    expert_id : of the record that the CV was made of
    """
    known = _Known(cv)
    return CvContents(
        given_name="",
        family_name=code_of(expert_id),
        display_name=code_of(expert_id),
        headline="",
        emails=(),
        telephones=(),
        nationalities=cv.nationalities,
        posts=tuple(_years(one, known.post(one.value)) for one in cv.posts),
        missions=tuple(_years(one, known.mission(one.value)) for one in cv.missions),
        education=tuple(
            Dated(known.studies(one.value), _WHEN_UNKNOWN, _NO_QUOTE) for one in cv.education
        ),
        trainings=(),
        publications=(),
        languages=tuple(_years(one, replace(one.value, stated=None)) for one in cv.languages),
        topics=cv.topics,
    )


class _Known:
    """The words of a CV that give its person away."""

    def __init__(self, cv: CvContents) -> None:
        names = fold(f"{cv.display_name} {cv.given_name} {cv.family_name}").split()
        self._names = {one for one in names if len(one) >= _LEAST_NAME}
        self._bodies = [fold(one).split() for one in _bodies(cv)]

    def post(self, post: Post) -> Post:
        """Return a post by function, kind of administration and country."""
        return Post(
            title=self._safe(post.title),
            employer=None,
            administration=post.administration,
            employer_kind=post.employer_kind,
            country=post.country,
            employer_country=post.employer_country,
        )

    def mission(self, mission: Mission) -> Mission:
        """Return a mission by countries, role and days."""
        return Mission(
            what="", countries=mission.countries, role=self._safe(mission.role), days=mission.days
        )

    def studies(self, education: Education) -> Education:
        """Return a degree by its title, level and country."""
        return Education(self._safe(education.title), education.level, None, education.country)

    def _safe(self, title: str | None) -> str | None:
        """Return the function in a title; nothing where it names the person or an employer."""
        first = _FIRST_PART.split(title or "", maxsplit=1)[0].strip()
        words = fold(first).split()
        told = self._names & set(words) or any(_names_body(words, body) for body in self._bodies)
        return None if told or not first else first


def _bodies(cv: CvContents) -> Iterator[str]:
    for post in cv.posts:
        yield from filter(None, (post.value.employer, post.value.unit, post.value.place))
    for mission in cv.missions:
        yield from filter(None, (mission.value.for_whom, mission.value.programme))
    for studies in cv.education:
        yield from filter(None, (studies.value.institution,))


def _names_body(words: Sequence[str], body: Sequence[str]) -> bool:
    """Whether a title holds a body's whole name, or as many of its words in a row as tell it."""
    size = min(len(body), _RUN)
    if not size:
        return False
    runs = {tuple(body[at : at + size]) for at in range(len(body) - size + 1)}
    return any(tuple(words[at : at + size]) in runs for at in range(len(words) - size + 1))


def _years(one: Dated[V], value: V) -> Dated[V]:
    """Return a value with its years only, and without the sentence it was read from."""
    period = Period(_year(one.period.start), _year(one.period.end), ongoing=one.period.ongoing)
    return Dated(value, period, _NO_QUOTE)


def _year(day: PartialDate | None) -> PartialDate | None:
    return PartialDate(day.year) if day else None
