"""A ranking is counted without looking at each, and each is the same whenever looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import Engine
from matching.ranked import in_order
from roster.read import RankedExpert, Ranking
from roster.vocabulary import Band, ExpertStatus
from tests.matching.people import NOW, need, number, person, request, speaks, topic


@pytest.fixture
def ranking() -> Ranking:
    engine = Engine()
    levels = ["C1", "B1", None, "A1"]
    engine.update(
        person(
            n,
            languages=speaks(fr=levels[n % 4]),
            status=ExpertStatus.PAUSED if n % 7 == 0 else ExpertStatus.ACTIVE,
            topics=(topic("document_security", 0.3 + n / 100, 2015),) if n % 3 else (),
        )
        for n in range(40)
    )
    return engine.rank(request(languages=(need("fr"),)), worded=3, now=NOW)


def test_counting_agrees_with_looking_at_each(ranking: Ranking) -> None:
    people = list(ranking.people)
    told = Counter((one.band, one.deciding.gate if one.deciding else None) for one in people)
    assert dict(ranking.tally()) == dict(told)
    assert ranking.counts() == {band: sum(o.band is band for o in people) for band in Band}
    for band in Band:
        assert ranking.band(band) == tuple(one for one in people if one.band is band)
        assert ranking.band(band, 2) == ranking.band(band)[:2]


def test_the_best_are_those_of_most_points_whatever_their_band(ranking: Ranking) -> None:
    people = sorted(ranking.people, key=lambda one: -one.score)
    assert list(ranking.best(7)) == people[:7]
    assert list(ranking.best(1_000)) == people


def test_a_person_is_the_same_by_place_by_slice_and_in_turn(ranking: Ranking) -> None:
    people = ranking.people
    assert [people[at] for at in range(len(people))] == list(people) == list(people[:])
    assert people[-1] == people[len(people) - 1]
    assert people == tuple(people)
    assert people != tuple(people)[1:]
    with pytest.raises(IndexError, match="of 40"):
        people[40]


def test_bands_follow_each_other_and_places_count_inside_them(ranking: Ranking) -> None:
    people = list(ranking.people)
    assert [one.band for one in people] == sorted((o.band for o in people), key=list(Band).index)
    for band in Band:
        held = [one for one in people if one.band is band]
        assert [one.place for one in held] == list(range(1, len(held) + 1))


def test_only_the_best_of_each_band_carry_evidence(ranking: Ranking) -> None:
    def worded(one: RankedExpert) -> bool:
        return any(part.evidence for part in one.contributions)

    for band in Band:
        assert [worded(one) for one in ranking.band(band)] == [
            place < 3 for place in range(len(ranking.band(band)))
        ]


def test_nobody_ranked_is_an_empty_list() -> None:
    people = Engine().rank(request(), now=NOW).people
    assert people == ()
    assert list(people) == []
    assert people[:3] == ()


def test_who_is_equal_is_marked_and_who_is_not_is_not() -> None:
    views = [
        person(1, topics=(topic("document_security", 1, 2015),)),
        *(person(n) for n in (2, 3, 4)),
        person(5, status=ExpertStatus.PAUSED),
    ]
    engine = Engine()
    engine.update(views)
    people = engine.rank(request(), now=NOW).people
    assert [one.expert_id for one in people] == [number(n) for n in (1, 2, 3, 4, 5)]
    assert [one.tied for one in people] == [False, True, True, True, False]
    assert [one.place for one in people] == [1, 2, 3, 4, 1]


def test_equal_points_in_different_bands_are_no_tie() -> None:
    engine = Engine()
    engine.update([person(1), person(2, availability_known_until=None)])
    asked = request(starts=date(2027, 3, 1), ends=date(2027, 3, 2))
    people = engine.rank(asked, weights={"free": 0.0}, now=NOW).people
    assert [one.band for one in people] == [Band.FIT, Band.ASK]
    assert people[0].score == people[1].score
    assert not any(one.tied for one in people)


scores = st.lists(st.sampled_from([0.0, 41.5, 41.5 + 1e-11, 41.6, 99.0]) | st.floats(0, 100))


@given(scores, st.data())
def test_the_order_is_by_standing_then_score_then_as_they_come(
    held: list[float], data: st.DataObject
) -> None:
    standings = np.asarray([2, 0, 1, 0])
    of = data.draw(st.lists(st.integers(0, 3), min_size=len(held), max_size=len(held)))
    order = in_order(standings, np.asarray(of, dtype=np.int64), np.asarray(held))
    keys = [(int(standings[one]), -round(score * 1e9)) for one, score in zip(of, held, strict=True)]
    assert order.tolist() == sorted(range(len(held)), key=lambda at: keys[at])
