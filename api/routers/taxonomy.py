"""The taxonomy: topics with EuroVoc and ESCO addresses, areas, countries."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from api.deps import ClockDep, new_router, requires
from api.problems import problems
from api.schemas.taxonomy import (
    ConceptOut,
    OccupationOut,
    TaxonomyCountryOut,
    TaxonomyOut,
    TaxonomyTopicOut,
)
from api.voices import Languages, chosen_locale, headers_of
from roster.errors import NotFound
from roster.policy import Permission
from roster.reference import bodies, concepts, countries, topics

router = new_router("taxonomy")
ESCO_ISCO = "http://data.europa.eu/esco/isco/C"
"""Before the code of a unit group: its address in ESCO."""
LocaleQuery = Annotated[
    str | None,
    Query(pattern="^(en|fr|es|pt)$", description="en, fr, es or pt; else by Accept-Language"),
]


def topic_out(topic: topics.Topic, locale: str) -> TaxonomyTopicOut:
    """Return one topic with its labels in a language and its addresses."""
    known = concepts.concepts()
    surest = sorted(topic.concepts.items(), key=lambda one: (-one[1], one[0]))
    return TaxonomyTopicOut(
        code=topic.code,
        label=topics.label(topic.code, locale),
        area=topic.area,
        concepts=[
            ConceptOut(
                uri=known[code].uri,
                label=known[code].labels.get(locale) or known[code].labels.get("en", code),
                weight=weight,
            )
            for code, weight in surest
            if code in known
        ],
        occupations=[
            OccupationOut(code=code, uri=f"{ESCO_ISCO}{code}") for code in topic.occupations
        ],
    )


@router.get("/taxonomy", dependencies=[requires(Permission.PUBLIC)], responses=problems())
def get_taxonomy(
    clock: ClockDep,
    response: Response,
    locale: LocaleQuery = None,
    accept_language: Languages = None,
) -> TaxonomyOut:
    """Return topics with the EuroVoc concepts and ESCO groups that mean them, areas, countries."""
    spoken = chosen_locale(locale, accept_language)
    response.headers.update(headers_of(spoken))
    today = clock.now().date()
    return TaxonomyOut(
        locale=spoken,
        areas=list(topics.areas()),
        topics=[topic_out(topic, spoken) for topic in topics.topics()],
        countries=[
            TaxonomyCountryOut(
                code=code,
                label=countries.name_of(code, spoken),
                is_member_state=bodies.is_eu(code, today),
            )
            for code in countries.codes()
        ],
    )


@router.get(
    "/taxonomy/topics/{code}",
    dependencies=[requires(Permission.PUBLIC)],
    responses=problems(NotFound),
)
def get_topic(
    code: str, response: Response, locale: LocaleQuery = None, accept_language: Languages = None
) -> TaxonomyTopicOut:
    """Return one topic."""
    spoken = chosen_locale(locale, accept_language)
    response.headers.update(headers_of(spoken))
    if not topics.is_topic(code):
        raise NotFound("There is no such topic. GET /taxonomy lists all of them.")
    return topic_out(topics.topic(code), spoken)
