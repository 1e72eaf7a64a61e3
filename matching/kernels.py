"""The loops that ranking is longest in: machine code where `numba` is installed, else numpy.

Both give the same numbers to the last bit: they add in the same order and round alike. Nothing
needs the extra `numba`; it is found by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import TypeVar, cast

import numpy as np

from matching.arrays import Floats, Ints, Rows, Shares, ranges
from matching.steps import MISSING, STEPS, encode

F = TypeVar("F", bound=Callable[..., Floats])


def posting_sums(
    starts: Ints, ends: Ints, weights: Floats, rows: Rows, impacts: Shares, n_rows: int
) -> Floats:
    """Return each row's sum of weight × impact over some spans of entries, shape (n_rows,).

    Parameters
    ----------
    starts, ends : int arrays (n_spans,), into the entries
    weights : float array (n_spans,)
    rows : int array (n_entries,), each in [0, n_rows)
    impacts : float array (n_entries,)
    """
    add = _compiled(_posting_sums) or plain_posting_sums
    return add(starts, ends, weights, rows, impacts, n_rows)


def plain_posting_sums(
    starts: Ints, ends: Ints, weights: Floats, rows: Rows, impacts: Shares, n_rows: int
) -> Floats:
    """Return what `posting_sums` does, by numpy."""
    places = ranges(starts, ends)
    values = np.repeat(weights, ends - starts) * impacts[places]
    return np.bincount(rows[places], weights=values, minlength=n_rows).astype(np.float64)


def look_up(table: Floats, values: Floats) -> Floats:
    """Return what a table says of values, shape (n,).

    Parameters
    ----------
    table : float array (256,), by the code of a value, as `steps.encode` gives it
    values : float array (n,), in [0, 1] or NaN
    """
    find = _compiled(_look_up) or plain_look_up
    return find(table, values)


def plain_look_up(table: Floats, values: Floats) -> Floats:
    """Return what `look_up` does, by numpy."""
    found: Floats = table[encode(values)]
    return found


@cache
def _compiled(loop: F) -> F | None:
    """Return a loop as machine code, kept on disk where that can be; None without numba."""
    if find_spec("numba") is None:
        return None
    from numba import njit  # noqa: PLC0415 -- an extra, and half a second.

    try:
        return cast("F", njit(cache=True, nogil=True)(loop))
    except RuntimeError:  # No folder to keep it in.
        return cast("F", njit(nogil=True)(loop))


def _posting_sums(
    starts: Ints, ends: Ints, weights: Floats, rows: Rows, impacts: Shares, n_rows: int
) -> Floats:
    sums = np.zeros(n_rows)
    for span in range(len(starts)):
        weight = weights[span]
        for entry in range(starts[span], ends[span]):
            sums[rows[entry]] += weight * impacts[entry]
    return sums


def _look_up(table: Floats, values: Floats) -> Floats:
    found = np.empty(len(values))
    for row in range(len(values)):
        value = values[row]
        if np.isnan(value):
            found[row] = table[MISSING]
        else:
            found[row] = table[int(np.rint(min(max(value, 0.0), 1.0) * STEPS))]
    return found
