"""The value of a fact as one line of words."""

from __future__ import annotations

from roster.read import (
    ActivityExperience,
    BirthYear,
    Contact,
    CountryExperience,
    Education,
    FactValue,
    Headline,
    KindOfExpert,
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
from roster.reference import activities, countries, topics
from roster.vocabulary import FactKind, LanguageLevel
from web.tongues import Tongue
from web.wording import marked, say

KINDS: dict[FactKind, str] = {
    FactKind.NAME: marked("Name"),
    FactKind.HEADLINE: marked("In one line"),
    FactKind.EXPERT_KIND: marked("Kind of expert"),
    FactKind.POST: marked("Post"),
    FactKind.MISSION: marked("Mission"),
    FactKind.COUNTRY: marked("Country"),
    FactKind.LANGUAGE: marked("Language"),
    FactKind.TOPIC: marked("Topic"),
    FactKind.ACTIVITY: marked("Activity"),
    FactKind.EDUCATION: marked("Education"),
    FactKind.TRAINING: marked("Training"),
    FactKind.PUBLICATION: marked("Publication"),
    FactKind.NATIONALITY: marked("Nationality"),
    FactKind.EMAIL: marked("E-mail"),
    FactKind.TELEPHONE: marked("Telephone"),
    FactKind.BIRTH_YEAR: marked("Year of birth"),
    FactKind.UNAVAILABILITY: marked("Not available"),
}
"""Kinds of fact in the order of a record, as people call them."""


def kind_words(tongue: Tongue, kind: FactKind) -> str:
    """Name a kind of fact."""
    return tongue.word(KINDS[kind])


def level_words(tongue: Tongue, level: LanguageLevel | None) -> str:
    """Name a level of CEFR; empty where it is unknown."""
    if level is None:
        return ""
    return tongue.word("mother tongue") if level is LanguageLevel.NATIVE else level.value


def value_words(tongue: Tongue, value: FactValue) -> str:  # noqa: C901, PLR0911 -- one line for each shape
    """Say a value in one line; what is not known is left out."""
    match value:
        case Post():
            return _post(tongue, value)
        case Mission():
            return _mission(tongue, value)
        case LanguageSkill():
            level = level_words(tongue, value.level) or tongue.word("level unknown")
            return f"{tongue.language(value.language)}, {level}"
        case TopicExperience():
            return topics.label(value.topic, tongue.code)
        case ActivityExperience():
            return activities.label(value.activity, tongue.code)
        case CountryExperience():
            return _joined(tongue.country(value.country), value.capacity)
        case KindOfExpert():
            return say(tongue, value.kind)
        case Nationality():
            return tongue.country(value.country)
        case Education():
            return _education(tongue, value)
        case Training():
            given = tongue.word("given") if value.given else tongue.word("taken")
            return f"{value.title} ({given})"
        case _:
            return _plain(tongue, value)


def _plain(tongue: Tongue, value: FactValue) -> str:
    match value:
        case Name():
            return value.display
        case Contact():
            return value.value
        case BirthYear():
            return str(value.year)
        case Headline():
            return value.text
        case Publication():
            return value.title
        case Unavailability():
            return value.reason or tongue.word("no reason given")
        case _:
            raise TypeError(f"no words for {type(value).__name__}")


def _post(tongue: Tongue, post: Post) -> str:
    title = post.title or tongue.word("title unknown")
    return _joined(title, post.unit, post.employer, where_of(tongue, post))


def where_of(tongue: Tongue, post: Post) -> str:
    """Say where a post is: its place and its country, or nothing."""
    country = tongue.country(post.country) if post.country else ""
    place = post.place or ""
    # A place often ends with its country, in the language of the CV: said once is enough.
    last = place.rpartition(",")[2].strip()
    named = bool(country) and (country in place or countries.code_for(last) == post.country)
    return place if named else _joined(place, country)


def _mission(tongue: Tongue, mission: Mission) -> str:
    where = tongue.listed([tongue.country(code) for code in mission.countries]) or mission.region
    days = tongue.words("%(num)s day", "%(num)s days", mission.days) if mission.days else ""
    return _joined(mission.what, mission.role, where, mission.for_whom, days)


def _education(tongue: Tongue, education: Education) -> str:
    title = education.title or tongue.word("title unknown")
    country = tongue.country(education.country) if education.country else ""
    return _joined(title, education.institution, country)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
