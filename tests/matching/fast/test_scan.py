"""Both passes give what the plain reference gives, to the last bit, and leave nobody out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.fast import machine, plain
from matching.fast.needs import Group, Need
from matching.fast.segments import Record, build, keys_of
from matching.fast.shelf import Held, Scan, Shelf, quickest_scan
from tests.matching.fast.made import DIMENSIONS, N_COLUMNS, needs, records
from tests.matching.fast.reference import best_of, parts_of, score_of

PASSES = pytest.mark.parametrize("scan", [plain.scan, machine.scan], ids=["numpy", "numba"])


def shelf_of(people: list[Record], cut: int = 0) -> Shelf:
    """Return a shelf of one segment, or of two cut somewhere."""
    parts = [people[:cut], people[cut:]] if cut else [people]
    segments = [build(part, N_COLUMNS, DIMENSIONS) for part in parts]
    return Shelf(tuple(Held(one, np.ones(len(one), np.bool_)) for one in segments))


def pairs(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, int]]:
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


UNIQUE = st.lists(records(), max_size=30, unique_by=lambda one: one.number)


@PASSES
@settings(deadline=None)
@given(people=UNIQUE, need=needs(), k=st.integers(1, 40), cut=st.integers(0, 10))
def test_the_best_are_those_of_the_reference(
    scan: Scan, people: list[Record], need: Need, k: int, cut: int
) -> None:
    found = shelf_of(people, cut).best(need, k, scan)
    assert pairs(found) == best_of(people, need, k)


@PASSES
def test_many_stretches_with_many_ties_are_ranked_as_by_the_reference(scan: Scan) -> None:
    rng = np.random.default_rng(7)
    n = 2 * plain.STRETCH + 100
    people = [
        Record(
            number=int(number),
            keys=keys_of(0, rng.choice(30, 4, replace=False)),
            impacts=rng.integers(1, 4, 4).astype(np.uint8),
            columns=rng.integers(0, 3, N_COLUMNS).astype(np.uint8),
            weeks=int(rng.integers(0, 2**32)),
            vector=np.zeros(DIMENSIONS, np.int8),
        )
        for number in rng.permutation(n)
    ]
    terms = np.arange(6)
    group = Group(
        keys_of(0, terms), (terms + 1).astype(np.uint32), 0, np.arange(256, dtype=np.int32)
    )
    need = Need((group,), np.array([1]), np.array([np.arange(256) * 100]))
    assert pairs(shelf_of(people).best(need, 50, scan)) == best_of(people, need, 50)


@given(people=UNIQUE, need=needs())
def test_parts_of_a_score_add_up_to_it(people: list[Record], need: Need) -> None:
    for record in people:
        (score,), _ = shelf_of([record]).best(need, 1)
        assert score == score_of(record, need) == sum(parts_of(record, need))


@given(people=UNIQUE, need=needs(), data=st.data())
def test_who_left_is_ranked_no_more(people: list[Record], need: Need, data: st.DataObject) -> None:
    segment = build(people, N_COLUMNS, DIMENSIONS)
    stays = data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    shelf = Shelf((Held(segment, np.array(stays, dtype=np.bool_)),))
    left = [record for record, there in zip(people, stays, strict=True) if there]
    assert len(shelf) == len(left)
    for scan in (plain.scan, machine.scan):
        assert pairs(shelf.best(need, 9, scan)) == best_of(left, need, 9)
    wanted = keys_of(0, np.arange(4))
    held = [sum(int(key) in r.keys.tolist() for r in left) for key in wanted.tolist()]
    assert shelf.holders(wanted).tolist() == held


def test_asking_for_nobody_or_of_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        shelf_of([]).best(Need(), 0)
    for scan in (plain.scan, machine.scan):
        assert pairs(shelf_of([]).best(Need(), 5, scan)) == []


def test_the_compiled_pass_is_taken_where_it_is_installed() -> None:
    assert quickest_scan() is machine.scan


@pytest.mark.parametrize(
    ("weights", "shift", "said"),
    [
        pytest.param([1 << 31, 1 << 31], 5, "one key", id="two keys for not known"),
        pytest.param([1 << 30, 5], 5, "31 bits", id="weights too large"),
        pytest.param([1, 1], 31, "no codes", id="nothing is left of a sum"),
    ],
)
def test_a_group_that_cannot_be_reckoned_is_refused(
    weights: list[int], shift: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Group(
            keys_of(0, np.arange(2)), np.array(weights, np.uint32), shift, np.zeros(256, np.int32)
        )


def test_without_numba_the_pass_in_numpy_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.fast.shelf.find_spec", lambda _: None)
    assert quickest_scan() is plain.scan
