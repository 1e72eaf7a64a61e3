"""What was read in one CV, as one flat record: the words other programs ask for.

Every value stands again under `facts`, with its confidence and its place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from roster.dates import PartialDate, Period
from roster.read import (
    ActivityExperience,
    BirthYear,
    Contact,
    CountryExperience,
    DocumentText,
    Education,
    ExtractedProfile,
    FactValue,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    ProposedFact,
    TopicExperience,
)
from roster.serial import to_json
from roster.vocabulary import FactKind

ISCED_NAMES = {
    2: "lower_secondary",
    3: "upper_secondary",
    4: "post_secondary",
    5: "short_cycle",
    6: "bachelor",
    7: "master",
    8: "doctorate",
}
"""ISCED 2011 levels in words (UNESCO Institute for Statistics)."""

Record = dict[str, object]
_Value = TypeVar("_Value", bound=FactValue)


def summarise(file: str, text: DocumentText, profile: ExtractedProfile) -> Record:
    """Return what was read in a file; a list is empty and a value None where nothing was found.

    Dates are ISO 8601 cut to their precision; `to` is "present" for what goes on and None where the
    end is not said. Posts come newest first. `span` gives offsets into the extracted text, the page
    (from 1) and boxes in points from the page's top left.
    """
    name = _first(profile, FactKind.NAME, Name)
    email = _first(profile, FactKind.EMAIL, Contact)
    telephone = _first(profile, FactKind.TELEPHONE, Contact)
    born = _first(profile, FactKind.BIRTH_YEAR, BirthYear)
    skills = _all(profile, LanguageSkill)
    return {
        "file": file,
        "format": text.reader.partition("/")[0],
        "media_type": text.media_type,
        "form": profile.form,
        "document_language": text.language,
        "full_name": name.display if name else None,
        "family_name": name.family if name else None,
        "given_name": name.given if name else None,
        "email": email.value if email else None,
        "telephone": telephone.value if telephone else None,
        "nationalities": _once(value.country for _, value in _all(profile, Nationality)),
        "birth_year": born.year if born else None,
        "languages": [
            {"code": value.language, "cefr": value.level, "as_printed": value.stated}
            for _, value in skills
        ],
        "countries": _countries(profile),
        "posts": [_post(fact, post) for fact, post in newest_first(profile)],
        "education": [_degree(fact, value) for fact, value in _all(profile, Education)],
        "topics": [
            {"code": value.topic, "evidence": text.text[fact.span.start : fact.span.end]}
            for fact, value in _all(profile, TopicExperience)
        ],
        "activity_types": _once(v.activity.value for _, v in _all(profile, ActivityExperience)),
        "missions": [_mission(fact, value) for fact, value in _all(profile, Mission)],
        "notes": list(text.notes),
        "facts": [_fact(fact, text) for fact in profile.facts],
    }


def newest_first(profile: ExtractedProfile) -> list[tuple[ProposedFact, Post]]:
    """Return the posts: what goes on, then by the end, then by the beginning, latest first.

    An end that is not said counts as the beginning: nothing tells that the post went on.
    """
    return sorted(_all(profile, Post), key=lambda one: _recency(one[0].period), reverse=True)


def _recency(period: Period) -> tuple[bool, date, date]:
    start = period.start.first_day if period.start else date.min
    return period.ongoing, period.end.last_day if period.end else start, start


def _first(profile: ExtractedProfile, kind: FactKind, shape: type[_Value]) -> _Value | None:
    """Return the surest value of a kind; the first in the text where several are as sure."""
    best = max(profile.of(kind), key=lambda fact: fact.confidence, default=None)
    return best.value if best is not None and isinstance(best.value, shape) else None


def _all(profile: ExtractedProfile, shape: type[_Value]) -> list[tuple[ProposedFact, _Value]]:
    return [(fact, fact.value) for fact in profile.facts if isinstance(fact.value, shape)]


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _dates(period: Period) -> Record:
    end = "present" if period.ongoing else _iso(period.end)
    return {"from": _iso(period.start), "to": end}


def _iso(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def _post(fact: ProposedFact, post: Post) -> Record:
    kind = post.administration or post.employer_kind
    return {
        "position": post.title,
        "employer": post.employer,
        "employer_kind": kind.value if kind else None,
        "unit": post.unit,
        "country": post.country,
        "place": post.place,
        **_dates(fact.period),
    }


def _countries(profile: ExtractedProfile) -> list[Record]:
    """Return where the person worked: posts, missions, and what else the CV says of it."""
    found: dict[tuple[str, Period], Record] = {}
    for fact in profile.facts:
        codes, capacity = _places(fact.value)
        for code in codes:
            stay = {"code": code, **_dates(fact.period), "capacity": capacity}
            found.setdefault((code, fact.period), stay)
    return list(found.values())


def _places(value: FactValue) -> tuple[tuple[str, ...], str | None]:
    if isinstance(value, Mission):
        return value.countries, value.role or "mission"
    if isinstance(value, CountryExperience):
        return (value.country,), value.capacity
    if isinstance(value, Post) and value.country:
        return (value.country,), value.title or "post"
    return (), None


def _degree(fact: ProposedFact, degree: Education) -> Record:
    end = fact.period.end or (None if fact.period.ongoing else fact.period.start)
    return {
        "level": degree.level,
        "level_name": ISCED_NAMES.get(degree.level) if degree.level else None,
        "title": degree.title,
        "institution": degree.institution,
        "country": degree.country,
        "year": end.year if end else None,
    }


def _mission(fact: ProposedFact, mission: Mission) -> Record:
    return {
        "what": mission.what,
        "countries": list(mission.countries),
        "region": mission.region,
        "for_whom": mission.for_whom,
        "role": mission.role,
        "programme": mission.programme,
        "days": mission.days,
        **_dates(fact.period),
    }


def _fact(fact: ProposedFact, text: DocumentText) -> Record:
    span = fact.span
    return {
        "kind": fact.kind.value,
        "value": to_json(fact.value),
        **_dates(fact.period),
        "confidence": fact.confidence,
        "doubt": fact.doubt,
        "quote": text.text[span.start : span.end],
        "span": {
            "start": span.start,
            "end": span.end,
            "page": span.page,
            "boxes": [list(box) for box in span.boxes],
        },
    }
