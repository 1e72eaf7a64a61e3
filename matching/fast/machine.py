"""The pass over a segment in machine code; the same whole numbers as `plain`, some times faster.

Importing this needs numba, the extra `expert-roster[numba]`; the first pass compiles for seconds
and keeps the result on disk.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.fast.needs import Need
from matching.fast.plain import Best
from matching.fast.segments import Segment

STRETCH = 1 << 13
"""Rows worked on at once: their sums stay in the second cache."""


def scan(segment: Segment, alive: NDArray[np.bool_], need: Need, best: Best) -> None:
    """Put the best of a segment among the best so far; see `plain.scan`."""
    starts, ends = segment.spans(need.keys)
    layout = need.layout
    scores, numbers = np.empty(best.k, np.int64), np.empty(best.k, np.int64)
    filled = len(best.scores)
    # A list in order from the worst on is a heap.
    scores[:filled], numbers[:filled] = best.scores[::-1], best.numbers[::-1]
    filled = _scan(
        segment.numbers, segment.rows, segment.impacts, segment.columns, segment.weeks,
        segment.vectors, alive, starts.astype(np.uint64), ends.astype(np.uint64), need.worth,
        need.group_of, layout.best_only, layout.shifts, layout.ends, layout.tables,
        need.columns, need.column_tables, np.uint64(need.week_mask), need.week_table,
        need.meaning.vector, need.meaning.low, need.meaning.factor, need.meaning.table,
        need.most_of_columns, need.most_of_meaning, scores, numbers, filled,
    )  # fmt: skip
    best.scores, best.numbers = np.zeros(0, np.int64), np.zeros(0, np.int64)
    best.take(scores[:filled], numbers[:filled])


@njit(cache=True, nogil=True, inline="always")
def _is_worse(scores: Ints, numbers: Ints, one: int, two: int) -> bool:
    if scores[one] != scores[two]:
        return bool(scores[one] < scores[two])
    return bool(numbers[one] > numbers[two])


@njit(cache=True, nogil=True)
def _sink(scores: Ints, numbers: Ints, filled: int) -> None:
    """Let the first sink to its place; the worst comes up."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= filled:
            return
        if child + 1 < filled and _is_worse(scores, numbers, child + 1, child):
            child += 1
        if not _is_worse(scores, numbers, child, at):
            return
        scores[at], scores[child] = scores[child], scores[at]
        numbers[at], numbers[child] = numbers[child], numbers[at]
        at = child


@njit(cache=True, nogil=True)
def _rise(scores: Ints, numbers: Ints, at: int) -> None:
    """Let the last rise to its place."""
    while at > 0:
        parent = (at - 1) // 2
        if not _is_worse(scores, numbers, at, parent):
            return
        scores[at], scores[parent] = scores[parent], scores[at]
        numbers[at], numbers[parent] = numbers[parent], numbers[at]
        at = parent


@njit(cache=True, nogil=True)
def _take(scores: Ints, numbers: Ints, filled: int, score: int, number: int) -> int:
    """Put somebody among the best if she belongs there; return how many they are."""
    if filled < len(scores):
        scores[filled], numbers[filled] = score, number
        _rise(scores, numbers, filled)
        return filled + 1
    if score > scores[0] or (score == scores[0] and number < numbers[0]):
        scores[0], numbers[0] = score, number
        _sink(scores, numbers, filled)
    return filled


@njit(cache=True, nogil=True)
def _add_up(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917 -- machine code
    sums, rows, impacts, starts, ends, worth, group_of, best_only, low, high
):
    """Sum the postings of rows from `low` to `high`, and move `starts` behind them.

    Places are unsigned throughout: without a test for negative ones, loops become vectors.
    """
    for key in range(len(starts)):
        start, left, right = starts[key], starts[key], ends[key]
        while left < right:
            middle = (left + right) >> np.uint64(1)
            if rows[middle] < high:
                left = middle + np.uint64(1)
            else:
                right = middle
        starts[key] = left
        total, table = sums[group_of[key]], worth[key]
        if best_only[group_of[key]]:
            for at in range(start, left):
                spot = np.uint64(rows[at]) - np.uint64(low)
                total[spot] = max(total[spot], table[impacts[at]])
        else:
            for at in range(start, left):
                total[np.uint64(rows[at]) - np.uint64(low)] += table[impacts[at]]


@njit(cache=True, nogil=True)
def _look_up(points, sums, shifts, table_at, tables, size):  # type: ignore[no-untyped-def]
    """Put the points of all groups into `points`, and clear `sums`."""
    points[:size] = 0
    for group in range(len(shifts)):
        table = tables[table_at[group] : table_at[group + 1]]
        shift, total, last = shifts[group], sums[group], np.uint32(len(table) - 1)
        for place in range(size):
            held = total[place]
            code = min(held >> shift, last - np.uint32(1))
            code = last if held >> np.uint32(31) else code
            points[place] += table[code]
            total[place] = 0


@njit(cache=True, nogil=True)
def _column_points(columns, row, cols, col_tables):  # type: ignore[no-untyped-def]
    found = np.int64(0)
    for at in range(len(cols)):
        found += col_tables[at, columns[cols[at], row]]
    return found


@njit(cache=True, nogil=True)
def _free_weeks(bits):  # type: ignore[no-untyped-def]
    free = 0
    while bits:
        bits &= bits - np.uint64(1)
        free += 1
    return free


@njit(cache=True, nogil=True)
def _meaning_code(held, vector, low_dot, factor):  # type: ignore[no-untyped-def]
    dot, known = np.int32(0), np.int32(0)
    for at in range(len(vector)):
        dot += np.int32(held[at]) * np.int32(vector[at])
        known |= np.int32(held[at])
    code = min((max(np.int64(dot) - low_dot, 0) * factor) >> 32, 254)
    return code if known else 255


@njit(cache=True, nogil=True)
def _scan(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917 -- machine code
    numbers, rows, impacts, columns, weeks, vectors, alive, starts, ends, worth, group_of,
    best_only, shifts, table_at, tables, cols, col_tables, week_mask, week_table, vector, low_dot,
    dot_factor, dot_table, most_columns, most_meaning, scores, ids, filled,
):  # fmt: skip
    n = len(numbers)
    sums = np.zeros((len(shifts), min(n, STRETCH)), np.uint32)
    points = np.zeros(min(n, STRETCH), np.int32)
    least = scores[0] if filled == len(scores) else -(1 << 60)
    for low in range(0, n, STRETCH):
        high = min(low + STRETCH, n)
        _add_up(sums, rows, impacts, starts, ends, worth, group_of, best_only, low, high)
        _look_up(points, sums, shifts, table_at, tables, high - low)
        for row in range(low, high):
            score = np.int64(points[row - low])
            if score < least - most_columns - most_meaning or not alive[row]:
                continue
            score += _column_points(columns, row, cols, col_tables)
            score += week_table[_free_weeks(weeks[row] & week_mask)]
            if score + most_meaning < least:
                continue
            if len(vector):
                score += dot_table[_meaning_code(vectors[row], vector, low_dot, dot_factor)]
            if score >= least:
                filled = _take(scores, ids, filled, score, numbers[row])
                if filled == len(scores):
                    least = scores[0]
    return filled
