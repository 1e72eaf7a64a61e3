"""Compact vectors keep dot products as far as their dimensions reach."""

from __future__ import annotations

import numpy as np
import pytest

from matching.arrays import Vectors
from matching.fast.directions import Directions


def flat(n: int, given: int, inside: int) -> Vectors:
    """Return vectors of length 1 that differ in a few directions only."""
    rng = np.random.default_rng(7)
    vectors = rng.standard_normal((n, inside)) @ rng.standard_normal((inside, given))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


def test_as_many_dimensions_as_there_are_keep_cosines_to_a_hundredth_mostly() -> None:
    vectors = flat(200, 32, 6)
    axes = Directions.of(vectors, 6)
    compact = axes.compact(vectors).astype(np.int64)
    kept = compact @ compact.T / axes.steps(1.0)
    away = np.abs(kept - vectors @ vectors.T)
    assert away.mean() < 0.01
    assert away.max() < 0.1  # Of the few whose largest value is cut.


def test_zeros_stay_zeros_and_nothing_exceeds_a_byte() -> None:
    vectors = flat(50, 16, 16)
    axes = Directions.of(vectors, 8)
    assert not axes.compact(np.zeros((2, 16), np.float32)).any()
    assert np.abs(axes.compact(1000 * vectors).astype(int)).max() == 127


@pytest.mark.parametrize("n", [0, 3])
def test_vectors_of_nobody_or_of_nothing_have_directions_too(n: int) -> None:
    axes = Directions.of(np.zeros((n, 5), np.float32), 2)
    assert axes.compact(np.zeros((n, 5), np.float32)).shape == (n, 2)
