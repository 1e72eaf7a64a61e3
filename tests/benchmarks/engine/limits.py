"""What this machine can do at best, measured in the same run: memory read, sums scattered."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np
from numba import njit

TABLE_NS = 1.0
"""Assumed for one look-up and compare per person; not measured."""
_ACCUMULATORS = 1 << 16


@njit(cache=True)
def _scatter(totals, rows, worth):  # type: ignore[no-untyped-def]
    for at in range(len(rows)):
        totals[rows[at]] += worth[at]


def scatter_ns() -> float:
    """Return the nanoseconds of one `total[row] += worth` with the totals in the second cache."""
    rng = np.random.default_rng(7)
    rows = np.sort(rng.integers(0, _ACCUMULATORS, (16, 1 << 15)), axis=1).ravel()
    rows, worth = rows.astype(np.uint32), rng.random(len(rows)).astype(np.float32)
    totals = np.zeros(_ACCUMULATORS, np.float32)
    _scatter(totals, rows, worth)
    times = []
    for _ in range(30):
        started = perf_counter()
        _scatter(totals, rows, worth)
        times.append(perf_counter() - started)
    return min(times) / len(rows) * 1e9


@njit(cache=True)
def _add_up(numbers):  # type: ignore[no-untyped-def]
    total = np.uint64(0)
    for at in range(len(numbers)):
        total += numbers[at]
    return total


def read_gb_per_s() -> float:
    """Return the gigabytes that one core reads per second from memory, median of 15."""
    numbers = np.ones(1 << 25, np.uint64)
    _add_up(numbers)
    times = []
    for _ in range(15):
        started = perf_counter()
        _add_up(numbers)
        times.append(perf_counter() - started)
    return numbers.nbytes / min(times[0], median(times)) / 1e9
