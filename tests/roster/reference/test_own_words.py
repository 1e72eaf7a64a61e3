"""A facility's own words go before the lists of the product where the two meet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.reference.activities import find_activities
from roster.reference.own_words import (
    OwnWords,
    Phrase,
    find_own,
    may_hold,
    why_unfit,
)
from roster.reference.topics import find_topics
from roster.vocabulary import ActivityType


def _topics(text: str, *own: Phrase, language: str | None = None) -> set[str]:
    return {one.topic for one in find_topics(text, language, OwnWords(topics=own))}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("hotspot approach", "led the Hotspot Approach", id="case"),
        pytest.param("zone d’attente", "gestion de la zone d'attente", id="apostrophe"),
        pytest.param("пункт* пропуску", "у пунктах пропуску", id="any-ending-cyrillic"),
        pytest.param("نقاط العبور", "إدارة نقاط عبور حدودية", id="arabic-article"),
        pytest.param("GZ", "Leiter der GZ Passau", id="acronym"),
        pytest.param("Œuvre d’accueil", "une oeuvre d'accueil", id="ligature"),
    ],
)
def test_a_word_of_the_facility_is_found_however_it_is_written(written: str, text: str) -> None:
    phrase = Phrase(written, "border_management")
    assert may_hold(text, (phrase,))
    assert "border_management" in _topics(text, phrase)


def test_an_acronym_counts_in_capitals_only() -> None:
    assert not _topics("the gz of it", Phrase("GZ", "border_management"))


def test_a_word_of_a_language_counts_in_texts_of_it_and_where_none_is_known() -> None:
    phrase = Phrase("punto caliente", "border_management", "es")
    assert _topics("punto caliente", phrase, language="es")
    assert _topics("punto caliente", phrase)
    assert not _topics("punto caliente", phrase, language="it")


def test_an_own_word_takes_the_place_of_a_listed_one_but_not_of_a_longer_one() -> None:
    own = Phrase("work permit*", "border_management")
    assert _topics("issued work permits", own) == {"border_management"}
    longer = "bilateral labour migration agreements"
    assert _topics(longer, Phrase("labour migration", None)) == {"legal_labour_migration"}


def test_a_word_that_means_nothing_here_hides_the_listed_one() -> None:
    assert _topics("work permits") == {"legal_labour_migration"}
    assert _topics("work permits", Phrase("work permit*", None)) == set()


def test_own_words_for_activities_are_heard_too() -> None:
    own = OwnWords(activities=(Phrase("jornada técnica", ActivityType.WORKSHOP.value),))
    assert [one.activity for one in find_activities("una jornada técnica", "es", own)] == [
        ActivityType.WORKSHOP
    ]


@pytest.mark.parametrize(
    "words",
    ["a", "*", "ab*", "x*yz", "one, two", "a/b", "a ~ b", "one two three four five six seven", "…"],
)
def test_what_could_never_be_found_is_refused_with_a_reason(words: str) -> None:
    assert why_unfit(words)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Z", "M")), max_size=40))
def test_what_is_accepted_is_found_in_itself(words: str) -> None:
    words = " ".join(words.split())
    if why_unfit(words) is None:
        phrase = Phrase(words, "border_management")
        said = words.replace("*", "x")
        assert may_hold(said, (phrase,))
        assert find_own(said, (phrase,))
