"""A stored ranking is read person by person, and is the one that was stored."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.queries.packing import StoredPeople, first_of, head_of, measured, packed, unpacked
from roster.read import Contribution, Evidence, GateResult, RankedExpert, Ranking, Standing
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


def by_the_page(ranking: Ranking) -> bytes:
    """Return a ranking as it was stored by the page, before everybody stood in columns."""
    people = list(ranking.people)
    pages = [
        zlib.compress(orjson.dumps([to_json(one) for one in people[at : at + 25]]))
        for at in range(0, len(people), 25)
    ]
    rows = [
        (one.expert_id.hex, one.place, one.band, one.score, gate.gate if gate else None,
         gate.distance if gate else None)
        for one in people
        for gate in [one.deciding]
    ]  # fmt: skip
    said = {
        "ranking": to_json(replace(ranking, people=())),
        "standings": rows,
        "lengths": list(map(len, pages)),
    }
    head = zlib.compress(orjson.dumps(said))
    return b"".join((b"RK1", struct.pack(">I", len(head)), head, *pages))


Store = Callable[[Ranking], bytes]
every_store = pytest.mark.parametrize("store", [packed, by_the_page, in_one_piece])


@every_store
def test_what_is_read_is_what_was_stored(ranking: Ranking, store: Store) -> None:
    again = unpacked(store(ranking))
    assert again == ranking
    assert again.tally() == ranking.tally()
    assert again.people[-1] == ranking.people[-1]
    assert again.people[3:60:7] == ranking.people[3:60:7]


@every_store
def test_who_stands_first_and_what_was_measured_are_read_without_words(
    ranking: Ranking, store: Store
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


@pytest.mark.parametrize("most", [0, 3, 1_000])
def test_the_best_are_those_of_most_points_whatever_their_band(ranking: Ranking, most: int) -> None:
    best = sorted(ranking.people, key=lambda one: -one.score)[:most]
    assert list(ranking.best(most)) == list(unpacked(packed(ranking)).best(most)) == best


def test_people_by_id_stand_in_the_order_of_the_ranking(ranking: Ranking) -> None:
    ids = {number(70), number(2), number(41), number(9_999)}
    some = unpacked(packed(ranking)).among(ids)
    assert [one.expert_id for one in some.people] == [number(2), number(41), number(70)]
    assert some == ranking.among(ids)


@pytest.mark.parametrize("store", [packed, by_the_page])
def test_only_the_pages_of_who_is_looked_at_are_read(ranking: Ranking, store: Store) -> None:
    words = Evidence(None, "Trained the border police", "CV of 14 Jul 2026")
    shown = Contribution("topic", 0.5, 20.0, 40.0, "border management", (words,))
    told = tuple(replace(one, contributions=(shown,)) for one in ranking.people)
    ranking = replace(ranking, people=told)
    content = store(ranking)
    # Whatever stands on later pages, it is not opened.
    people = unpacked(content[:-50] + bytes(50)).people
    assert isinstance(people, StoredPeople)
    assert people.in_band(Band.FIT, 20) == ranking.band(Band.FIT, 20)


def test_somebody_seen_once_is_the_same_when_seen_again(ranking: Ranking) -> None:
    people = unpacked(packed(replace(ranking, notes=("a note",)))).people
    assert people[5] is people[5]


FEATURES = ("topic", "country")
VALUES = st.none() | st.integers(0, 254).map(lambda code: code / 254)
SCORES = st.floats(0, 100, allow_nan=False)


@st.composite
def parts(draw: st.DrawFn) -> tuple[Contribution, ...]:
    """Return what was measured of somebody, with words or without; of all features, or of some."""
    told = st.sampled_from(["", "not asked for", "Visa officer, 2004\N{EN DASH}2011 «é»"])
    proofs = st.sampled_from([(), (Evidence(number(1), "le visa", "focal point", 2, "fr"),)])
    return tuple(
        Contribution(name, draw(VALUES), draw(SCORES), 100.0, draw(told), draw(proofs))
        for name in FEATURES[: draw(st.sampled_from([2, 2, 2, 1, 0]))]
    )


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """Return any ranking, some people of one cut out as well: places need not count on."""
    results = st.builds(
        GateResult,
        st.sampled_from(Gate),
        st.sampled_from(GateOutcome),
        st.sampled_from(["as it stands", "French B1, B2 needed"]),
        st.none() | st.sampled_from([0.0, 1.0, 3.0]),
    )
    people = tuple(
        RankedExpert(
            expert_id=number(n),
            place=draw(st.sampled_from([n, 1, 70_000])),
            band=draw(st.sampled_from(Band)),
            score=draw(SCORES),
            contributions=draw(parts()),
            gates=tuple(draw(st.lists(results, max_size=3))),
            tied=draw(st.booleans()),
        )
        for n in range(1, draw(st.integers(0, 60)))
    )
    return Ranking(request(), people, "rule/1", (("topic", 1.0),), NOW.date(), notes=("a note",))


@given(rankings())
def test_nothing_of_any_ranking_is_lost_in_the_columns(ranking: Ranking) -> None:
    content = packed(ranking)
    again, head = unpacked(content), head_of(content)
    assert again == ranking
    assert packed(again) == content
    assert head.standings == tuple(
        Standing(one.expert_id, one.place, one.band, one.score,
                 one.deciding.gate if one.deciding else None,
                 one.deciding.distance if one.deciding else None)
        for one in ranking.people
    )  # fmt: skip
    assert measured(content) == measured(in_one_piece(ranking))


def test_somebody_without_words_takes_some_bytes(ranking: Ranking) -> None:
    def size(people: int) -> int:
        # As the model's tables give them: many share what is measured of each of twelve features.
        told = [
            [Contribution(f"f{at}", code / 9, code * 3.1, 30.0, "") for code in range(10)]
            for at in range(12)
        ]
        everybody = tuple(
            RankedExpert(
                number(n), n, Band.FIT, 100 / n,
                tuple(told[at][n * (at + 3) % 10] for at in range(12)),
                (GateResult(Gate.STATUS, GateOutcome.PASS, "as it stands"),),
            )
            for n in range(1, people + 1)
        )  # fmt: skip
        return len(packed(replace(ranking, people=everybody)))

    assert size(2_000) - size(1_000) < 1_000 * 45
