"""How near the codes of the field come to each other: topics, countries, offices, activities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from matching.wanted import Wanted
from roster.read import RequestView
from roster.reference import activities, bodies, countries, languages, regions, topics
from roster.vocabulary import ActivityType, AdministrationKind, ExpertKind

SAME_SUBREGION = 0.55
SAME_BODY = 0.4
SAME_LANGUAGE = 0.25
"""Nearness of a country to a beneficiary: its own experience counts 1."""

WIDE_BODIES = 30
"""A body of more members than this says little about how alike two of them are."""

_A, _K = ActivityType, AdministrationKind
_ACTIVITY_KIN: tuple[tuple[ActivityType, ActivityType, float], ...] = (
    (_A.TRAINING, _A.TRAINING_OF_TRAINERS, 0.7),
    (_A.TRAINING, _A.WORKSHOP, 0.5),
    (_A.TRAINING_OF_TRAINERS, _A.WORKSHOP, 0.4),
    (_A.WORKSHOP, _A.CONFERENCE, 0.5),
    (_A.WORKSHOP, _A.CONSULTATION, 0.4),
    (_A.DRAFTING, _A.ASSESSMENT, 0.4),
    (_A.DRAFTING, _A.VALIDATION, 0.4),
    (_A.FACT_FINDING, _A.ASSESSMENT, 0.7),
    (_A.FACT_FINDING, _A.CONSULTATION, 0.4),
    (_A.ASSESSMENT, _A.VALIDATION, 0.4),
)
_OFFICE_KIN: tuple[tuple[AdministrationKind, AdministrationKind, float], ...] = (
    (_K.INTERIOR, _K.IMMIGRATION_ASYLUM, 0.6),
    (_K.INTERIOR, _K.BORDER_POLICE, 0.5),
    (_K.INTERIOR, _K.POLICE, 0.5),
    (_K.INTERIOR, _K.CIVIL_REGISTRY, 0.4),
    (_K.BORDER_POLICE, _K.POLICE, 0.6),
    (_K.BORDER_POLICE, _K.CUSTOMS, 0.4),
    (_K.BORDER_POLICE, _K.IMMIGRATION_ASYLUM, 0.5),
    (_K.LABOUR, _K.EMPLOYMENT_SERVICE, 0.7),
    (_K.LABOUR, _K.SOCIAL_AFFAIRS, 0.4),
    (_K.FOREIGN_AFFAIRS, _K.DIASPORA, 0.5),
    (_K.FOREIGN_AFFAIRS, _K.DEVELOPMENT, 0.4),
    (_K.JUSTICE, _K.POLICE, 0.3),
    (_K.JUSTICE, _K.HUMAN_RIGHTS, 0.4),
    (_K.SOCIAL_AFFAIRS, _K.HEALTH, 0.3),
    (_K.SOCIAL_AFFAIRS, _K.HUMAN_RIGHTS, 0.3),
)
KIND_LABELS = {
    ExpertKind.EU_ADMINISTRATION: "official of an EU Member State",
    ExpertKind.NON_EU_ADMINISTRATION: "official of a country outside the EU",
    ExpertKind.ACADEMIA: "academic",
    ExpertKind.PRIVATE_CONSULTANT: "private consultant",
    ExpertKind.NGO: "NGO expert",
    ExpertKind.INTERNATIONAL_ORGANISATION: "expert of an international organisation",
    ExpertKind.DIASPORA: "diaspora expert",
}


def _kin(
    code: str, pairs: Iterable[tuple[ActivityType | AdministrationKind, object, float]]
) -> dict[str, float]:
    near = {code: 1.0}
    for left, right, value in pairs:
        if str(left) == code:
            near[str(right)] = value
        elif str(right) == code:
            near[str(left)] = value
    return near


# --- Topics and activities ------------------------------------------------------------------------


@lru_cache(maxsize=256)
def topics_near(code: str) -> Mapping[str, float]:
    """Return how near each topic comes to one, itself 1; an unknown code is near itself only."""
    return {**topics.related(code), code: 1.0} if topics.is_topic(code) else {code: 1.0}


@lru_cache(maxsize=256)
def topic_label(code: str) -> str:
    """Return the name of a topic, of an unknown one its code in words."""
    return topics.label(code) if topics.is_topic(code) else code.replace("_", " ")


@lru_cache(maxsize=256)
def topics_in(text: str, language: str | None) -> Mapping[str, float]:
    """Return the topics that a text speaks of, with how surely, in (0, 1].

    Two mentions by name make it sure; a single vague word says nothing.
    """
    said: dict[str, float] = {}
    for mention in topics.find_topics(text, language):
        said[mention.topic] = said.get(mention.topic, 0.0) + mention.strength
    return {code: min(1.0, total / 2) for code, total in said.items() if total >= 1}


def activities_in(text: str) -> tuple[str, ...]:
    """Return the types of activity that a text names."""
    found = activities.find_activities(text)
    return tuple(sorted({one.activity.value for one in found if one.strength >= 1}))


def activities_near(code: str) -> Mapping[str, float]:
    """Return how near each type of activity comes to one, itself 1."""
    return _kin(code, _ACTIVITY_KIN)


@lru_cache(maxsize=64)
def activity_label(code: str) -> str:
    """Return the name of a type of activity."""
    return activities.label(ActivityType(code))


def administrations_near(code: str) -> Mapping[str, float]:
    """Return how near each kind of office comes to one, itself 1."""
    return _kin(code, _OFFICE_KIN)


def administration_label(code: str) -> str:
    """Return the name of a kind of office."""
    return code.replace("_", " ")


def kind_label(kind: ExpertKind) -> str:
    """Return the name of a kind of expert."""
    return KIND_LABELS[kind]


# --- Countries ------------------------------------------------------------------------------------


def wanted_countries(request: RequestView, on: date) -> tuple[Wanted, ...]:
    """Return the beneficiaries, or the regional body that asks, with its members on a day."""
    wanted = request.countries
    if not wanted and request.regional_body:
        return (_wanted_body(request.regional_body, on),)
    return tuple(
        Wanted(code, country_label(code), 1.0, countries_near(code, on))
        for code in sorted(set(wanted))
    )


def _wanted_body(body: str, on: date) -> Wanted:
    """Return a body as one thing wanted: work in any member counts fully."""
    near: dict[str, float] = {}
    inside = bodies.members(body, on)
    for member in inside:
        for code, value in countries_near(member, on).items():
            near[code] = max(near.get(code, 0.0), 0.6 * value)
    return Wanted(body, bodies.body(body).name, 1.0, {**near, **dict.fromkeys(inside, 1.0)})


def countries_near(code: str, on: date) -> Mapping[str, float]:
    """Return how near each country comes to one: sub-region, then body, then language."""
    return _countries_near(code, bodies.era_of(on))


@lru_cache(maxsize=512)
def _countries_near(code: str, on: date) -> Mapping[str, float]:
    near: dict[str, float] = {}
    own_bodies = _telling_bodies(code, on)
    speaks = official_languages(code)
    for other in countries.codes():
        if other == code:
            near[other] = 1.0
        elif regions.subregion_of(other) == regions.subregion_of(code):
            near[other] = SAME_SUBREGION
        elif own_bodies & _telling_bodies(other, on):
            near[other] = SAME_BODY
        elif speaks & official_languages(other) - {"en"}:
            near[other] = SAME_LANGUAGE
    return near


@lru_cache(maxsize=1024)
def _telling_bodies(country: str, on: date) -> frozenset[str]:
    """Return the bodies of a country that are small enough to say something."""
    held = bodies.bodies_of(country, on)
    return frozenset(body for body in held if len(bodies.members(body, on)) <= WIDE_BODIES)


def nearness_words(country: str, wanted: str, on: date) -> str:
    """Return why a country is near another: "same sub-region as Mali", "" for the same."""
    value = countries_near(wanted, on).get(country, 0.0) if wanted in countries.codes() else 1.0
    kinds = {SAME_SUBREGION: "same sub-region", SAME_BODY: "same regional body"}
    return "" if value in (0.0, 1.0) else kinds.get(value, "same language")


@lru_cache(maxsize=1024)
def is_eu_member(country: str | None, on: date) -> bool:
    """Return whether a country was a Member State of the Union on a day."""
    return country is not None and bodies.is_eu(country, on)


@lru_cache(maxsize=512)
def official_languages(country: str | None) -> frozenset[str]:
    """Return the official languages of a country, none for an unknown one."""
    return frozenset(languages.official_in(country)) if country else frozenset()


@lru_cache(maxsize=512)
def country_label(code: str) -> str:
    """Return the English name of a country."""
    return countries.name_of(code)


@lru_cache(maxsize=512)
def language_label(code: str) -> str:
    """Return the English name of a language."""
    return languages.name_of(code)
