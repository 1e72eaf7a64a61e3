"""Records as arrays that never change: postings by key, byte columns, calendars, vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints

Bytes = NDArray[np.uint8]
Keys = NDArray[np.uint64]

_ROW_BITS = 24
MOST_ROWS = 1 << _ROW_BITS
"""Records that one segment holds at most."""
_TERM_BITS = 32
MOST_GROUPS = 1 << (64 - _ROW_BITS - _TERM_BITS)


def keys_of(group: int, terms: NDArray[np.integer]) -> Keys:
    """Return the keys of terms of a group.

    Parameters
    ----------
    group : in [0, 256): words, topics, countries … each have a space of their own
    terms : int array (k,), each in [0, 2**32)
    """
    if not 0 <= group < MOST_GROUPS:
        raise ValueError(f"group {group} is not in [0, {MOST_GROUPS})")
    return terms.astype(np.uint64) | np.uint64(group << _TERM_BITS)


@dataclass(frozen=True, slots=True)
class Record:
    """What ranking reads of one person, in whole numbers."""

    number: int
    """Who it is; equal scores stand in the order of numbers."""
    keys: Keys
    """(k,), each once."""
    impacts: Bytes
    """(k,): how much of each, 0 to 255."""
    columns: Bytes
    """(n_columns,)."""
    weeks: int
    """A bit per week from now, set where free; in [0, 2**64)."""
    vector: NDArray[np.int8]
    """(dimensions,); the same length in all records."""


@dataclass(frozen=True)
class Segment:
    """Records side by side; row i of each array is the same person."""

    numbers: Ints
    """(n,)."""
    keys: Keys
    """(n_keys,), sorted."""
    bounds: Ints
    """(n_keys + 1,): the postings of key i are those from bounds[i] to bounds[i + 1]."""
    rows: NDArray[np.uint32]
    """(n_postings,), ascending inside a key."""
    impacts: Bytes
    """(n_postings,)."""
    columns: Bytes
    """(n_columns, n)."""
    weeks: NDArray[np.uint64]
    """(n,)."""
    vectors: NDArray[np.int8]
    """(n, dimensions)."""

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def row_of(self) -> dict[int, int]:
        """Row by number."""
        return dict(zip(self.numbers.tolist(), range(len(self)), strict=True))

    def spans(self, wanted: Keys) -> tuple[Ints, Ints]:
        """Return where the postings of each wanted key start and end; empty for an unknown key."""
        if not len(self.keys):
            nothing = np.zeros(len(wanted), dtype=np.int64)
            return nothing, nothing
        at = np.searchsorted(self.keys, wanted)
        held = self.keys[np.minimum(at, len(self.keys) - 1)] == wanted
        starts, ends = self.bounds[at], self.bounds[np.minimum(at + 1, len(self.keys))]
        return np.where(held, starts, 0), np.where(held, ends, 0)


def build(records: Sequence[Record], n_columns: int, dimensions: int) -> Segment:
    """Lay records out as a segment, in the order given.

    Raises
    ------
    ValueError
        More than `MOST_ROWS` records, or one of another shape.
    """
    if len(records) > MOST_ROWS:
        raise ValueError(f"{len(records)} records; a segment holds {MOST_ROWS} at most")
    if any(r.columns.shape != (n_columns,) or r.vector.shape != (dimensions,) for r in records):
        raise ValueError(f"a record has not {n_columns} columns and {dimensions} dimensions")
    n = len(records)
    lengths = np.array([len(record.keys) for record in records], dtype=np.int64)
    keys = np.concatenate([r.keys for r in records]) if n else np.zeros(0, np.uint64)
    rows = np.repeat(np.arange(n, dtype=np.uint64), lengths)
    impacts = np.concatenate([r.impacts for r in records]) if n else np.zeros(0, np.uint8)
    return of_postings(
        keys,
        rows,
        impacts,
        numbers=np.array([record.number for record in records], dtype=np.int64),
        columns=np.array([r.columns for r in records], dtype=np.uint8).reshape(n, n_columns).T,
        weeks=np.array([record.weeks for record in records], dtype=np.uint64),
        vectors=np.array([r.vector for r in records], dtype=np.int8).reshape(n, dimensions),
    )


def of_postings(
    keys: Keys,
    rows: NDArray[np.integer],
    impacts: Bytes,
    *,
    numbers: Ints,
    columns: Bytes,
    weeks: NDArray[np.uint64],
    vectors: NDArray[np.int8],
) -> Segment:
    """Make a segment of loose postings (k,) in any order, each pair of key and row once."""
    order = np.argsort((keys << np.uint64(_ROW_BITS)) | rows.astype(np.uint64))
    sorted_keys = keys[order]
    first = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]][: len(keys)])
    return Segment(
        numbers=numbers,
        keys=sorted_keys[first],
        bounds=np.r_[first, len(keys)].astype(np.int64),
        rows=rows[order].astype(np.uint32),
        impacts=impacts[order],
        columns=np.ascontiguousarray(columns),
        weeks=weeks,
        vectors=np.ascontiguousarray(vectors),
    )


def merge(segments: Sequence[Segment]) -> Segment:
    """Return one segment of several, rows one after the other; nothing is sorted anew.

    Raises
    ------
    ValueError
        They hold more than `MOST_ROWS` records together.
    """
    if sum(map(len, segments)) > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} records do not fit one segment")
    keys = np.unique(np.concatenate([segment.keys for segment in segments]))
    places = [np.searchsorted(keys, segment.keys) for segment in segments]
    counts = np.zeros(len(keys), dtype=np.int64)
    for segment, at in zip(segments, places, strict=True):
        counts[at] += np.diff(segment.bounds)
    bounds = np.r_[0, np.cumsum(counts)].astype(np.int64)
    rows = np.empty(bounds[-1], dtype=np.uint32)
    impacts = np.empty(bounds[-1], dtype=np.uint8)
    free, offset = bounds[:-1].copy(), 0
    for segment, at in zip(segments, places, strict=True):
        lengths = np.diff(segment.bounds)
        target = np.repeat(free[at] - segment.bounds[:-1], lengths)
        target += np.arange(len(segment.rows))
        rows[target] = segment.rows + np.uint32(offset)
        impacts[target] = segment.impacts
        free[at] += lengths
        offset += len(segment)
    return Segment(
        numbers=np.concatenate([segment.numbers for segment in segments]),
        keys=keys,
        bounds=bounds,
        rows=rows,
        impacts=impacts,
        columns=np.concatenate([segment.columns for segment in segments], axis=1),
        weeks=np.concatenate([segment.weeks for segment in segments]),
        vectors=np.concatenate([segment.vectors for segment in segments]),
    )


def without(segment: Segment, alive: NDArray[np.bool_]) -> Segment:
    """Return the segment of those alive only, bool (n,)."""
    place = np.cumsum(alive, dtype=np.int64) - 1
    kept = alive[segment.rows]
    of_key = np.repeat(np.arange(len(segment.keys)), np.diff(segment.bounds))[kept]
    counts = np.bincount(of_key, minlength=len(segment.keys))
    left = counts > 0
    return Segment(
        numbers=segment.numbers[alive],
        keys=segment.keys[left],
        bounds=np.r_[0, np.cumsum(counts[left])].astype(np.int64),
        rows=place[segment.rows[kept]].astype(np.uint32),
        impacts=segment.impacts[kept],
        columns=np.ascontiguousarray(segment.columns[:, alive]),
        weeks=segment.weeks[alive],
        vectors=segment.vectors[alive],
    )
