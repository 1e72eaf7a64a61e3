"""A ranking is counted without looking at each, and each is the same whenever looked at."""

from __future__ import annotations

from collections import Counter

import pytest

from matching.engine import Engine
from roster.read import RankedExpert, Ranking
from roster.vocabulary import Band, ExpertStatus
from tests.matching.people import NOW, need, person, request, speaks, topic


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
