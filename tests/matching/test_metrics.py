"""The metrics agree with their definitions, written out the slow way."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import isnan, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.metrics import average_precision, bootstrap_interval, ndcg_at_k, recall_at_k

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=6)


def orders(rows: list[tuple[int, int]]) -> list[list[int]]:
    """Return the grades in each order that the scores allow."""
    n = range(len(rows))
    return [
        [rows[at][0] for at in order]
        for order in permutations(n)
        if all(rows[a][1] >= rows[b][1] for a, b in pairwise(order))
    ]


def slow_ndcg(grades: list[int], k: int) -> float:
    def dcg(found: list[int]) -> float:
        return float(sum((2.0**g - 1) / log2(at + 2) for at, g in enumerate(found[:k])))

    return dcg(grades) / dcg(sorted(grades, reverse=True))


def slow_precision(grades: list[int]) -> float:
    places = [at for at, grade in enumerate(grades) if grade >= 2]
    return sum((n + 1) / (at + 1) for n, at in enumerate(places)) / len(places)


def slow_recall(grades: list[int], k: int) -> float:
    return sum(g >= 2 for g in grades[:k]) / sum(g >= 2 for g in grades)


@given(rows=ROWS, k=st.integers(1, 5))
def test_metrics_are_the_mean_over_every_order_of_equals(
    rows: list[tuple[int, int]], k: int
) -> None:
    grades, scores = (np.array(column, float) for column in zip(*rows, strict=True))
    every = orders(rows)
    if grades.any():
        expected = np.mean([slow_ndcg(one, k) for one in every])
        assert ndcg_at_k(grades, scores, k) == pytest.approx(expected)
    if (grades >= 2).any():
        expected = np.mean([slow_precision(one) for one in every])
        assert average_precision(grades, scores) == pytest.approx(expected)
        expected = np.mean([slow_recall(one, k) for one in every])
        assert recall_at_k(grades, scores, k) == pytest.approx(expected)


def test_where_nobody_is_good_there_is_no_figure() -> None:
    nobody = np.zeros(3)
    assert isnan(ndcg_at_k(nobody, nobody))
    assert isnan(recall_at_k(nobody, nobody))
    assert isnan(average_precision(nobody, nobody))


def test_the_interval_holds_the_mean_and_leaves_missing_out() -> None:
    mean, low, high = bootstrap_interval(np.array([0.1, 0.5, 0.9, np.nan]))
    assert mean == pytest.approx(0.5)
    assert low < mean < high
    assert all(isnan(figure) for figure in bootstrap_interval(np.array([np.nan])))
