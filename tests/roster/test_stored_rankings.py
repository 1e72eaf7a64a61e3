"""A stored ranking is read person by person, and is the one that was stored."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest

from roster.queries.packing import StoredPeople, first_of, measured, packed, unpacked
from roster.read import GateResult, RankedExpert, Ranking
from roster.serial import to_json
from roster.vocabulary import Band, Gate, GateOutcome
from tests.matching.people import NOW, number, request

SIZES = {Band.FIT: 40, Band.ASK: 30, Band.NOT: 5}
OUTCOMES = {Band.ASK: GateOutcome.UNKNOWN, Band.NOT: GateOutcome.FAIL}


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    """Return people of all bands, on more pages than one."""
    bands = [(band, at) for band, size in SIZES.items() for at in range(size)]
    people = tuple(
        RankedExpert(
            number(n), at + 1, band, 90.0 - n, (),
            (GateResult(Gate.STATUS, OUTCOMES.get(band, GateOutcome.PASS), "as it stands"),),
        )
        for n, (band, at) in enumerate(bands, start=1)
    )  # fmt: skip
    return Ranking(request(), people, "rule/1", (("topic", 1.0),), NOW.date())


def in_one_piece(ranking: Ranking) -> bytes:
    """Return a ranking as it was stored before it was cut in parts."""
    return zlib.compress(orjson.dumps(to_json(ranking)))


def test_what_is_read_is_what_was_stored(ranking: Ranking) -> None:
    again = unpacked(packed(ranking))
    assert again == ranking
    assert again.tally() == ranking.tally()
    assert again.people[-1] == ranking.people[-1]
    assert again.people[3:60:7] == ranking.people[3:60:7]


@pytest.mark.parametrize("store", [packed, in_one_piece], ids=["in parts", "as before"])
def test_who_stands_first_and_what_was_measured_are_read_without_words(
    ranking: Ranking, store: Callable[[Ranking], bytes]
) -> None:
    content = store(ranking)
    fit = [one.expert_id for one in ranking.people if one.band is Band.FIT]
    assert list(first_of(content, 10)) == fit[:10]
    assert list(first_of(content, 1_000)) == fit
    found = measured(content)
    assert found.weights == ranking.weights
    assert [(one.expert_id, one.band, one.score) for one in found.people] == [
        (one.expert_id, one.band, one.score) for one in ranking.people
    ]


@pytest.mark.parametrize("most", [None, 0, 3, 1_000])
@pytest.mark.parametrize("band", list(Band))
def test_a_band_is_given_in_order(ranking: Ranking, band: Band, most: int | None) -> None:
    assert unpacked(packed(ranking)).band(band, most) == ranking.band(band, most)


def test_people_by_id_stand_in_the_order_of_the_ranking(ranking: Ranking) -> None:
    ids = {number(70), number(2), number(41), number(9_999)}
    some = unpacked(packed(ranking)).among(ids)
    assert [one.expert_id for one in some.people] == [number(2), number(41), number(70)]
    assert some == ranking.among(ids)


def test_only_the_pages_of_who_is_looked_at_are_read(ranking: Ranking) -> None:
    content = packed(ranking)
    # Whatever stands on later pages, it is not opened.
    people = unpacked(content[:-200] + bytes(200)).people
    assert isinstance(people, StoredPeople)
    assert people.in_band(Band.FIT, 20) == ranking.band(Band.FIT, 20)


def test_somebody_seen_once_is_the_same_when_seen_again(ranking: Ranking) -> None:
    people = unpacked(packed(replace(ranking, notes=("a note",)))).people
    assert people[5] is people[5]
