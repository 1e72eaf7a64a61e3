"""Who is read: a mix of sources that no ranking of the product decides alone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from uuid import UUID

from roster.read import ExpertView
from tests.matching.people import number, person, post, request, topic
from tests.matching.reading_sheets import FAR, MORE, WHOLE, pool_of, sheet

NEED = request(topics=("document_security",), countries=("SN",), text="letter")
PEOPLE = [person(at, topics=(topic("document_security", 1, 2015),)) for at in range(1, 61)] + [
    person(at, posts=(post("Officer", 2015, country="SN"),)) for at in range(61, 81)
]
EVERYBODY = sum(WHOLE.values())


def lots(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- draws lots, guards nothing.


def drawn(
    seed: int = 1, known: Iterable[UUID] = (), people: Sequence[ExpertView] = PEOPLE
) -> list[UUID]:
    pool = pool_of(NEED, people, list(reversed(people)), frozenset(known), WHOLE, lots(seed))
    return [view.id for view in pool]


def test_a_pool_is_whole_and_holds_nobody_twice() -> None:
    assert len(drawn()) == len(set(drawn())) == EVERYBODY == 25


def test_the_same_seed_draws_the_same_people_in_the_same_order() -> None:
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_the_first_by_the_rule_and_by_words_are_in_it() -> None:
    first = {view.id for view in PEOPLE[: WHOLE["rule"]]}
    last = {view.id for view in PEOPLE[-WHOLE["words"] :]}
    assert first | last <= set(drawn())


def test_people_of_the_topic_who_rank_low_are_in_it() -> None:
    low = {view.id for view in PEOPLE[FAR:60]}
    assert len(low & set(drawn())) >= WHOLE["topic"]


def test_people_of_the_country_but_not_of_the_topic_are_in_it() -> None:
    assert len({number(at) for at in range(61, 81)} & set(drawn())) >= WHOLE["place"]


def test_who_was_read_before_is_not_read_again() -> None:
    known = {view.id for view in PEOPLE[:20]}
    pool = pool_of(NEED, PEOPLE, PEOPLE, frozenset(known), MORE, lots(1))
    assert len(pool) == 5
    assert not known & {view.id for view in pool}


def test_where_few_of_the_topic_rank_low_the_lowest_above_are_taken() -> None:
    few = PEOPLE[:20] + PEOPLE[60:80]
    taken = set(drawn(people=few))
    assert {view.id for view in few[16:20]} <= taken


def test_a_small_roster_is_read_whole() -> None:
    assert sorted(drawn(people=PEOPLE[:9])) == [number(at) for at in range(1, 10)]


def test_a_sheet_shows_letter_and_texts_and_nothing_else() -> None:
    told = sheet("letter", PEOPLE[:2], {number(1): "First CV\n", number(2): "Second CV"})
    assert told == (
        f"letter\n\n##### 1 [{number(1)}]\nFirst CV\n\n##### 2 [{number(2)}]\nSecond CV\n"
    )
