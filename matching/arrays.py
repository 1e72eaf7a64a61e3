"""Array aliases and the few reductions over ragged data that every feature shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Vectors = NDArray[np.float32]
Rows = NDArray[np.int32]
"""Rows or places as they are kept; half of `Ints`."""
Days = NDArray[np.int32]
"""Ordinals, `NO_DAY` where unknown."""
Shares = NDArray[np.float32]
"""Weights and impacts as they are kept."""

NO_DAY = 0
"""Ordinal of a day that is not known; `date.toordinal` starts at 1."""

DAYS_PER_YEAR = 365.25


def largest_by_row(rows: Rows, values: Floats, n_rows: int) -> Floats:
    """Return each row's largest value, shape (n_rows,), 0 for a row without entries.

    Parameters
    ----------
    rows : int array of shape (n_entries,), each in [0, n_rows)
    values : float array of shape (n_entries,), in [0, 1]
    n_rows : number of rows
    """
    largest = np.zeros(n_rows)
    np.maximum.at(largest, rows, values)
    return largest


def first_of_largest(rows: Rows, values: Floats, n_rows: int) -> Ints:
    """Return where each row's largest value stands, shape (n_rows,), -1 where none is above 0.

    Of equal values the first counts, so that the answer does not depend on chance.
    """
    largest = largest_by_row(rows, values, n_rows)
    entry = np.full(n_rows, -1, dtype=np.int64)
    hits = np.flatnonzero((values > 0) & (values >= largest[rows]))[::-1]
    entry[rows[hits]] = hits
    return entry


def sum_by_row(rows: Rows, values: Floats, n_rows: int) -> Floats:
    """Return the sum of the values of each row, shape (n_rows,)."""
    return np.bincount(rows, weights=values, minlength=n_rows).astype(np.float64)


def recency(last_days: Days, today: int, half_life_years: float, unknown: float) -> Floats:
    """Return how much an entry still counts for its age.

    Parameters
    ----------
    last_days : ordinals of the last day of each entry, `NO_DAY` where unknown
    today : ordinal of the moment of ranking
    half_life_years : after so many years an entry counts half
    unknown : what an undated entry counts, in [0, 1]

    Returns
    -------
    float array of the shape of `last_days`, in (0, 1]; 1 for today and later
    """
    age = np.maximum(today - last_days, 0) / DAYS_PER_YEAR
    return np.where(last_days == NO_DAY, unknown, np.exp2(-age / half_life_years))


def weighted_sum(weights: Floats, values: Iterable[NDArray[np.floating]]) -> Floats:
    """Return the sum of weight × values, added in order: each row's alike in any company.

    A product of matrices adds the last rows of an array otherwise than the first ones, so that a
    part of a roster would differ from the whole in the last bit.

    Parameters
    ----------
    weights : float array of shape (k,), at least one
    values : k arrays of shape (n,)
    """
    pairs = zip(weights.tolist(), values, strict=True)
    weight, first = next(pairs)
    total: Floats = np.multiply(first, weight, dtype=np.float64)
    for weight, one in pairs:
        total += np.multiply(one, weight, dtype=np.float64)
    return total


def ranges(starts: Ints, ends: Ints) -> Ints:
    """Return the concatenation of `arange(start, end)` of each pair."""
    lengths = ends - starts
    if not lengths.size or not lengths.sum():
        return np.zeros(0, dtype=np.int64)
    offsets = np.cumsum(lengths) - lengths
    places: Ints = np.arange(lengths.sum(), dtype=np.int64) + np.repeat(starts - offsets, lengths)
    return places


def sixteen(key: bytes) -> bytes:
    """Return a key of 16 bytes whole: numpy drops the zeros that bytes end in."""
    return bytes(key).ljust(16, b"\0")


def as_met(codes: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Give what is alike a number, counted from 0 in the order in which it is first met.

    Returns
    -------
    first : int array (n_numbers,), where each is first met
    numbers : int array (n,)
    """
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return first[order].astype(np.int64), number[which]


def integers(values: Sequence[int]) -> Ints:
    """Return an int64 array, also of an empty sequence."""
    return np.asarray(values, dtype=np.int64)


def floats(values: Sequence[float]) -> Floats:
    """Return a float64 array, also of an empty sequence."""
    return np.asarray(values, dtype=np.float64)
