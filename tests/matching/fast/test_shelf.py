"""A change is in the very next ranking; merging and files change nobody's score."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from matching.fast import files, shelf
from matching.fast.needs import Need
from matching.fast.segments import Record, Segment, build, keys_of, merge, without
from matching.fast.shelf import Keeper
from tests.matching.fast.made import DIMENSIONS, N_COLUMNS, needs, records
from tests.matching.fast.reference import best_of

NEED = needs().filter(lambda need: bool(need.groups))


def same(one: Segment, two: Segment) -> None:
    for name in ("numbers", "keys", "bounds", "rows", "impacts", "columns", "weeks", "vectors"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name), name)


class Changes(RuleBasedStateMachine):
    """Add, replace, remove and tidy in any order: the ranking is that of who is there now."""

    def __init__(self) -> None:
        super().__init__()
        self.keeper = Keeper(N_COLUMNS, DIMENSIONS)
        self.there: dict[int, Record] = {}
        self.taken = self.keeper.shelf
        self.expected: list[tuple[int, int]] = []

    @rule(record=records())
    def add(self, record: Record) -> None:
        self.keeper.add([record])
        self.there[record.number] = record

    @rule(number=st.integers(0, 50))
    def remove(self, number: int) -> None:
        self.keeper.remove([number])
        self.there.pop(number, None)

    @rule()
    def tidy(self) -> None:
        self.keeper.tidy()
        assert len(self.keeper.shelf.parts) == 1

    @rule(need=NEED)
    def rank(self, need: Need) -> None:
        scores, numbers = self.keeper.shelf.best(need, 60)
        found = list(zip(scores.tolist(), numbers.tolist(), strict=True))
        assert found == best_of(self.there.values(), need, 60)

    @invariant()
    def everybody_is_there(self) -> None:
        assert len(self.keeper.shelf) == len(self.there)


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)


def test_a_full_open_segment_freezes_and_replaced_people_move(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "OPEN_MOST", 3)
    keeper = Keeper(N_COLUMNS, DIMENSIONS)

    def plain_record(number: int, impact: int) -> Record:
        return Record(
            number,
            keys_of(0, np.array([1])),
            np.array([impact], np.uint8),
            np.zeros(N_COLUMNS, np.uint8),
            0,
            np.zeros(DIMENSIONS, np.int8),
        )

    keeper.add(plain_record(number, 1) for number in range(7))
    assert [len(part.segment) for part in keeper.shelf.parts] == [3, 3, 1]
    keeper.add([plain_record(0, 9)])
    assert [int(part.alive.sum()) for part in keeper.shelf.parts] == [2, 3, 2]
    assert keeper.shelf.holders(keys_of(0, np.array([1, 2]))).tolist() == [7, 0]


def test_whoever_took_a_shelf_keeps_it() -> None:
    record = Record(
        1,
        keys_of(0, np.array([1])),
        np.array([1], np.uint8),
        np.zeros(N_COLUMNS, np.uint8),
        0,
        np.zeros(DIMENSIONS, np.int8),
    )
    keeper = Keeper(N_COLUMNS, DIMENSIONS)
    keeper.add([record])
    before = keeper.shelf
    keeper.remove([1])
    assert (len(before), len(keeper.shelf)) == (1, 0)


UNIQUE = st.lists(records(), max_size=12, unique_by=lambda one: one.number)


@given(people=UNIQUE, cut=st.integers(0, 12))
def test_merging_equals_building_at_once(people: list[Record], cut: int) -> None:
    parts = [build(some, N_COLUMNS, DIMENSIONS) for some in (people[:cut], people[cut:])]
    same(merge(parts), build(people, N_COLUMNS, DIMENSIONS))


@given(people=UNIQUE, data=st.data())
def test_taking_people_out_equals_building_without_them(
    people: list[Record], data: st.DataObject
) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    left = [record for record, there in zip(people, stays, strict=True) if there]
    found = without(build(people, N_COLUMNS, DIMENSIONS), np.array(stays, dtype=np.bool_))
    same(found, build(left, N_COLUMNS, DIMENSIONS))


@given(people=UNIQUE, need=NEED)
def test_a_shelf_on_disk_ranks_as_the_one_in_memory(
    people: list[Record], need: Need, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("shelf")
    keeper = Keeper(N_COLUMNS, DIMENSIONS)
    keeper.add(people)
    keeper.remove([record.number for record in people[:2]])
    files.save(keeper.shelf, folder)
    mapped = files.load(folder)
    assert mapped is not None
    for one, two in zip(mapped.best(need, 9), keeper.shelf.best(need, 9), strict=True):
        np.testing.assert_array_equal(one, two)
    again = Keeper(N_COLUMNS, DIMENSIONS, mapped.parts)
    again.add(people[:1])
    assert len(again.shelf) == len(keeper.shelf) + len(people[:1])


def test_a_new_shelf_is_seen_by_its_stamp_and_old_ones_are_swept(tmp_path: Path) -> None:
    assert files.load(tmp_path) is None
    assert files.stamp(tmp_path) == 0
    keeper = Keeper(N_COLUMNS, DIMENSIONS)
    files.save(keeper.shelf, tmp_path)
    first = files.stamp(tmp_path)
    files.save(keeper.shelf, tmp_path)
    assert files.stamp(tmp_path) != first
    assert len(list(tmp_path.glob("shelf-*"))) == 2
    files.sweep(tmp_path)
    assert len(list(tmp_path.glob("shelf-*"))) == 1
    assert files.load(tmp_path) is not None


def test_a_shelf_of_another_form_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(Keeper(N_COLUMNS, DIMENSIONS).shelf, tmp_path)
    monkeypatch.setattr(files, "FORM", 2)
    assert files.load(tmp_path) is None


def test_records_of_another_shape_and_unknown_groups_are_refused() -> None:
    record = Record(
        1,
        keys_of(0, np.array([1])),
        np.array([1], np.uint8),
        np.zeros(1, np.uint8),
        0,
        np.zeros(DIMENSIONS, np.int8),
    )
    with pytest.raises(ValueError, match="columns"):
        build([record], N_COLUMNS, DIMENSIONS)
    with pytest.raises(ValueError, match="group"):
        keys_of(256, np.array([1]))
