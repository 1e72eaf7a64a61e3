"""Machine code and numpy give the same numbers, to the last bit, as a plain loop does."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import kernels
from matching.arrays import Floats
from matching.steps import MISSING, STEPS

WEIGHTS = st.floats(0, 1e6, allow_nan=False)
SHARES = st.floats(0, 1, width=32)


@st.composite
def postings(draw: st.DrawFn) -> tuple[list[tuple[int, int, float]], list[tuple[int, float]], int]:
    """Draw spans with weights, entries of a row each, and how many rows there are."""
    n_rows = draw(st.integers(1, 6))
    entries = draw(st.lists(st.tuples(st.integers(0, n_rows - 1), SHARES), max_size=20))
    ends = st.tuples(st.integers(0, len(entries)), st.integers(0, len(entries)))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(ends))
        spans.append((start, end, draw(WEIGHTS)))
    return spans, entries, n_rows


@given(postings())
def test_sums_over_postings_are_those_of_a_plain_loop(
    drawn: tuple[list[tuple[int, int, float]], list[tuple[int, float]], int],
) -> None:
    spans, entries, n_rows = drawn
    wanted = [0.0] * n_rows
    for start, end, weight in spans:
        for row, share in entries[start:end]:
            wanted[row] += weight * share
    starts, ends = (np.asarray([span[at] for span in spans], dtype=np.int64) for at in (0, 1))
    arrays = (
        starts,
        ends,
        np.asarray([span[2] for span in spans], dtype=np.float64),
        np.asarray([row for row, _ in entries], dtype=np.int32),
        np.asarray([share for _, share in entries], dtype=np.float32),
    )
    for add in (kernels.posting_sums, kernels.plain_posting_sums):
        assert add(*arrays, n_rows).tolist() == wanted


@given(st.lists(st.floats(-0.5, 1.5) | st.just(float("nan")) | st.sampled_from([0.5 / STEPS])))
def test_a_table_says_the_same_of_each_value(values: list[float]) -> None:
    table = np.arange(MISSING + 1, dtype=np.float64)
    wanted = [
        float(MISSING) if isnan(value) else float(round(min(max(value, 0.0), 1.0) * STEPS))
        for value in values
    ]
    held: Floats = np.asarray(values, dtype=np.float64)
    for find in (kernels.look_up, kernels.plain_look_up):
        assert find(table, held).tolist() == wanted


def test_without_the_extra_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "find_spec", lambda _: None)
    kernels._compiled.cache_clear()
    try:
        assert kernels._compiled(kernels._look_up) is None
        assert kernels.look_up(np.arange(256.0), np.asarray([1.0, np.nan])).tolist() == [254, 255]
    finally:
        kernels._compiled.cache_clear()
