"""What was asked against who is there: each cell counts whom it says, and nobody else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from roster.counting.coverage import (
    WORKING,
    AskedOnce,
    by_country,
    covered,
    grounds_of,
    languages_asked,
)
from roster.counting.crowd import Crowd, HeldPerson
from roster.read.coverage import Ground
from roster.reference.regions import AFRICA, ASIA, FACILITY_REGIONS, facility_region_of

TOPICS = ("border_management", "remittances", "minors")
PLACES = ("ML", "MA", "PT", "PH", "MD")


def words(among: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(among))


people = st.lists(
    st.builds(
        lambda topics, speaks, names, places: HeldPerson(topics, speaks, names - speaks, places),
        words(TOPICS), words(WORKING), words(WORKING), words(PLACES),
    ),
    max_size=8,
)  # fmt: skip
needs = st.lists(
    st.builds(AskedOnce, words(TOPICS), words(WORKING), words(FACILITY_REGIONS)), max_size=8
)


@given(people, needs)
def test_a_cell_counts_who_knows_speaks_and_was_there(
    held: list[HeldPerson], asked: list[AskedOnce]
) -> None:
    grounds = grounds_of(asked)
    for line in covered(Crowd.of(held), asked, grounds):
        for cell, ground in zip(line.cells, grounds, strict=True):
            there = [
                one
                for one in held
                if line.topic in one.topics
                and ground.region in {facility_region_of(code) for code in one.countries}
            ]
            assert cell.people == sum(ground.language in one.speaks for one in there)
            assert cell.unsure == sum(ground.language in one.names for one in there)
            assert cell.asked == sum(
                line.topic in one.topics
                and ground.language in one.languages
                and ground.region in one.regions
                for one in asked
            )


@given(people, needs)
def test_every_topic_that_was_asked_for_has_its_line_most_asked_first(
    held: list[HeldPerson], asked: list[AskedOnce]
) -> None:
    lines = covered(Crowd.of(held), asked, grounds_of(asked))
    named = [line.topic for line in lines]
    assert {topic for one in asked for topic in one.topics} <= set(named)
    times = [sum(topic in one.topics for one in asked) for topic in named]
    assert times == sorted(times, reverse=True)


def test_the_grounds_asked_for_most_are_kept_and_a_language_stands_together() -> None:
    asked = [
        AskedOnce(frozenset(), frozenset({"fr"}), frozenset({AFRICA})),
        AskedOnce(frozenset(), frozenset({"fr"}), frozenset({AFRICA, ASIA})),
        AskedOnce(frozenset(), frozenset({"en"}), frozenset({ASIA})),
        AskedOnce(frozenset(), frozenset({"en"}), frozenset({ASIA})),
        AskedOnce(frozenset(), frozenset({"ru"}), frozenset({ASIA})),
    ]
    assert grounds_of(asked, most=3) == (
        Ground("fr", AFRICA),
        Ground("fr", ASIA),
        Ground("en", ASIA),
    )


def test_a_request_that_says_its_language_is_believed() -> None:
    assert languages_asked(["de"], ["ML"]) == {"de"}


def test_else_the_official_languages_count_that_missions_are_held_in() -> None:
    assert languages_asked([], ["CV"]) == {"pt"}
    assert languages_asked([], ["AM"]) == {"en"}
    assert languages_asked([], []) == {"en"}


def test_a_person_counts_once_in_each_country() -> None:
    one = HeldPerson(frozenset(), frozenset(), frozenset(), frozenset({"ML", "CV"}))
    other = HeldPerson(frozenset(), frozenset(), frozenset(), frozenset({"ML"}))
    assert by_country(Crowd.of([one, other])) == {"ML": 2, "CV": 1}
