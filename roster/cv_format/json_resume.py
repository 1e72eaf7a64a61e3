"""A record as JSON Resume (schema 1.0.0)."""

from __future__ import annotations

import orjson

from roster.cv_format.contents import CvContents, is_open
from roster.dates import Period
from roster.read import Dated, Education, LanguageSkill, Mission, Post
from roster.reference import countries, languages
from roster.vocabulary import LanguageLevel

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
MEDIA_TYPE = "application/json"
Entry = dict[str, object]


def json_resume(cv: CvContents) -> bytes:
    """Return a CV as JSON Resume; what is not known is left out, as the schema has it."""
    basics: Entry = {
        "name": cv.display_name,
        "label": cv.headline,
        "email": next(iter(cv.emails), ""),
        "phone": next(iter(cv.telephones), ""),
    }
    told: Entry = {
        "$schema": SCHEMA,
        "basics": _known(basics),
        "work": [_post(one) for one in cv.posts],
        "education": [_studies(one) for one in cv.education],
        "languages": [
            {"language": languages.name_of(one.value.language), "fluency": _fluency(one.value)}
            for one in cv.languages
        ],
        "projects": [
            _known({"name": one.value.what, "description": _about(one.value), **_dates(one.period)})
            for one in cv.missions
        ],
        "certificates": [
            _known({"name": one.value.title, "date": _day(one.period)}) for one in cv.trainings
        ],
        "publications": [
            _known({"name": one.value.title, "releaseDate": _day(one.period)})
            for one in cv.publications
        ],
        "skills": [{"name": "Migration governance", "keywords": list(cv.topics)}]
        if cv.topics
        else [],
    }
    return orjson.dumps({key: value for key, value in told.items() if value})


def _post(one: Dated[Post]) -> Entry:
    post = one.value
    return _known(
        {
            "name": post.employer,
            "position": post.title,
            "location": _place(post.place, post.country),
            **_dates(one.period),
            "summary": _words(post.duties, _end_unknown(one.period)),
        }
    )


def _studies(one: Dated[Education]) -> Entry:
    studies = one.value
    return _known(
        {"institution": studies.institution, "studyType": studies.title, **_dates(one.period)}
    )


def _known(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value}


def _dates(period: Period) -> Entry:
    if is_open(period):  # Without an end, readers take it that it goes on.
        return {}
    return {
        "startDate": str(period.start) if period.start else None,
        "endDate": str(period.end) if period.end else None,
    }


def _end_unknown(period: Period) -> str:
    return f"Since {period.start}; the end is not known." if is_open(period) else ""


def _day(period: Period) -> str | None:
    day = period.end or period.start
    return str(day) if day else None


def _place(place: str | None, country: str | None) -> str:
    return _words(place, countries.name_of(country) if country else "", by=", ")


def _about(mission: Mission) -> str:
    where = [countries.name_of(code) for code in mission.countries] or [mission.region or ""]
    return _words(mission.role, mission.for_whom, mission.programme, ", ".join(where), by="; ")


def _fluency(skill: LanguageSkill) -> str:
    if skill.level is LanguageLevel.NATIVE:
        return "Mother tongue"
    return skill.level.value if skill.level else skill.stated or "not stated"


def _words(*parts: str | None, by: str = "\n") -> str:
    return by.join(part for part in parts if part)
