"""The language of an answer is the one asked for, else the first one spoken."""

from __future__ import annotations

import re

import pytest

from api.routers.taxonomy import topic_out
from api.voices import chosen_locale
from roster.reference import topics


@pytest.mark.parametrize(
    ("asked", "header", "locale"),
    [
        pytest.param("es", "fr", "es", id="asked-for"),
        pytest.param(None, "fr-BE, en;q=0.9", "fr", id="region"),
        pytest.param(None, "en;q=0.1, pt;q=0.9", "pt", id="weights"),
        pytest.param(None, "fr;q=0, pt;q=nonsense", "en", id="not-wanted"),
        pytest.param(None, "ar, *", "en", id="none-of-ours"),
        pytest.param(None, None, "en", id="nothing-said"),
    ],
)
def test_the_language_is_the_one_asked_for_or_spoken(
    asked: str | None, header: str | None, locale: str
) -> None:
    assert chosen_locale(asked, header) == locale


WITHOUT_CONCEPT = {
    "smuggling_of_migrants", "remittances", "migration_legislation", "illegal_recruitment",
}  # fmt: skip
"""EuroVoc has no concept that means these, and these alone: `docs/api.md` says so."""


def test_every_topic_has_the_addresses_by_which_others_know_it() -> None:
    answers = [topic_out(topic, "fr") for topic in topics.topics()]
    assert {one.code for one in answers if not one.concepts} == WITHOUT_CONCEPT
    for one in answers:
        for concept in one.concepts:
            assert re.fullmatch(r"http://eurovoc\.europa\.eu/\w+", concept.uri)
            assert concept.label
            assert 0 < concept.weight <= 1
        for group in one.occupations:
            assert group.uri == f"http://data.europa.eu/esco/isco/C{group.code}"
        assert one.concepts or one.occupations or one.code in WITHOUT_CONCEPT
