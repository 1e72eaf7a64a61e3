"""The pass over a segment in numpy: scores of whole stretches, the best of them kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.fast.needs import MISSING_WEIGHT, Counts, Group, Meaning, Need, Points
from matching.fast.segments import Segment

STRETCH = 1 << 14
"""Rows worked on at once, so that what lies between stays in the cache."""
_FIRST = 1 << 10


NOTHING_YET = -(1 << 60)
"""Below every score."""


class Best:
    """The k best so far; a score below the worst of them needs no closer look."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.scores: Ints = np.zeros(0, np.int64)
        self.numbers: Ints = np.zeros(0, np.int64)

    @property
    def least(self) -> int:
        """The score that a newcomer must reach."""
        return int(self.scores[-1]) if len(self.scores) == self.k else NOTHING_YET

    def take(self, scores: Ints, numbers: Ints) -> None:
        """Keep the best of these and of those before: by score, equals by number."""
        scores = np.concatenate([self.scores, scores])
        numbers = np.concatenate([self.numbers, numbers])
        if len(scores) > 4 * self.k:
            least = np.partition(scores, len(scores) - self.k)[len(scores) - self.k]
            near = scores >= least
            scores, numbers = scores[near], numbers[near]
        order = np.lexsort((numbers, -scores))[: self.k]
        self.scores, self.numbers = scores[order], numbers[order]


def scan(segment: Segment, alive: NDArray[np.bool_], need: Need, best: Best) -> None:
    """Put the best of a segment among the best so far; exact, whatever the tables.

    Parameters
    ----------
    alive : bool (n,), who counts
    """
    starts, ends = segment.spans(need.keys)
    # A few first: with the least of the best known, most of the others need no closer look.
    edges = np.r_[0, np.arange(_FIRST, len(segment) + STRETCH, STRETCH)]
    cuts = [
        start + np.searchsorted(segment.rows[start:end], edges)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    for at, low in enumerate(edges[:-1].tolist()):
        high = min(int(edges[at + 1]), len(segment))
        scores = np.zeros(high - low, dtype=np.int32)
        for number, group in enumerate(need.groups):
            held = np.flatnonzero(need.group_of == number)
            spans = [(int(cuts[key][at]), int(cuts[key][at + 1])) for key in held]
            scores += group.table.take(_codes(segment, group, spans, low, high))
        _finish(segment, alive, need, best, scores, low)


def _codes(
    segment: Segment, group: Group, spans: list[tuple[int, int]], low: int, high: int
) -> Counts:
    """Return the code of each row from `low` to `high`."""
    gather = _largest if group.best_only else _sums
    totals = gather(segment, group, spans, low, high)
    codes: Counts = np.minimum(totals >> group.shift, np.uint32(len(group.table) - 2))
    missing = totals >= MISSING_WEIGHT
    if missing.any():
        codes[missing] = len(group.table) - 1
    return codes


def _sums(
    segment: Segment, group: Group, spans: list[tuple[int, int]], low: int, high: int
) -> Counts:
    """Return weight × impact summed by row; float64 holds these whole numbers exactly."""
    rows = [segment.rows[start:end] for start, end in spans]
    worth = [
        of_key[segment.impacts[start:end]]
        for (start, end), of_key in zip(spans, group.worth, strict=True)
    ]
    if not rows:
        return np.zeros(high - low, dtype=np.uint32)
    places = np.concatenate(rows).astype(np.int64) - low
    totals = np.bincount(places, weights=np.concatenate(worth), minlength=high - low)
    return totals.astype(np.uint32)


def _largest(
    segment: Segment, group: Group, spans: list[tuple[int, int]], low: int, high: int
) -> Counts:
    """Return the largest weight × impact by row; a key has each row once."""
    largest = np.zeros(high - low, dtype=np.uint32)
    for (start, end), of_key in zip(spans, group.worth, strict=True):
        places = segment.rows[start:end].astype(np.int64) - low
        worth = of_key[segment.impacts[start:end]]
        largest[places] = np.maximum(largest[places], worth)
    return largest


def _finish(
    segment: Segment,
    alive: NDArray[np.bool_],
    need: Need,
    best: Best,
    scores: Points,
    low: int,
) -> None:
    """Add columns, weeks and meaning where they can still matter."""
    high, least = low + len(scores), best.least
    floor = least - need.most_of_columns - need.most_of_meaning
    near = np.flatnonzero((scores >= floor) & alive[low:high])
    rows, found = near + low, scores[near].astype(np.int64)
    for column, table in zip(need.columns.tolist(), need.column_tables, strict=True):
        found += table.take(segment.columns[column, rows])
    if need.week_mask:
        free = np.bitwise_count(segment.weeks[rows] & np.uint64(need.week_mask))
        found += need.week_table[free]
    else:
        found += need.week_table[0]
    near = np.flatnonzero(found >= least - need.most_of_meaning)
    rows, found = rows[near], found[near]
    if len(need.meaning.vector):
        found += need.meaning.table[meaning_codes(segment.vectors[rows], need.meaning)]
    near = np.flatnonzero(found >= least)
    best.take(found[near], segment.numbers[rows[near]])


def meaning_codes(vectors: NDArray[np.int8], meaning: Meaning) -> Ints:
    """Return the code of each vector's dot product, shape (n,).

    Products of bytes summed over a thousand dimensions are whole numbers that float32 holds.
    """
    dots = (vectors.astype(np.float32) @ meaning.vector.astype(np.float32)).astype(np.int64)
    raw = (np.maximum(dots - meaning.low, 0) * meaning.factor) >> 32
    codes: Ints = np.minimum(raw, 254)
    silent = np.flatnonzero(dots == 0)
    codes[silent[~vectors[silent].any(axis=1)]] = 255
    return codes
