"""What is asked of everybody: weights of keys, and tables that turn codes into points.

Points are whole numbers (a millionth of a point of the score each, say), so that sums are exact in
any order. Each group of keys is summed, or its best is taken; the result is rounded down to a code
and looked up. Columns, weeks and the vector are looked up directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.fast.segments import Keys

Counts = NDArray[np.uint32]
Points = NDArray[np.int32]

MISSING_WEIGHT = 1 << 31
"""Weight of a key that says "not known": whoever has it gets the last entry of the table."""
_LARGEST = MISSING_WEIGHT - 1
_SHIFT = 32


def identity() -> Counts:
    """Return the impacts as they are, shape (256,)."""
    return np.arange(256, dtype=np.uint32)


@dataclass(frozen=True)
class Group:
    """Keys that make one feature together.

    Parameters
    ----------
    keys : uint64 (m,), each once
    weights : uint32 (m,), what an impact of each key is multiplied with
    shift : the sum (or best product) without its last `shift` bits is the code
    table : int32 (size,), points by code; code 0 is next to nothing held, `size - 2` is that much
        and above, and the last entry is for who is not known
    best_only : the largest product counts, not the sum
    impacts : uint32 (256,), what each stored impact means in this request (its age, say)
    """

    keys: Keys
    weights: Counts
    shift: int
    table: Points
    best_only: bool = False
    impacts: Counts = field(default_factory=identity)

    def __post_init__(self) -> None:
        if not 0 <= self.shift < 31 or len(self.table) < 3:
            raise ValueError(f"shift {self.shift}, table of {len(self.table)}: that makes no codes")
        known = self.weights[self.weights != MISSING_WEIGHT].astype(np.int64)
        if len(self.weights) - len(known) > 1:
            raise ValueError("one key of a group at most says that nothing is known")
        if int(known.sum()) * int(self.impacts.max()) > _LARGEST:
            raise ValueError("the weights times the impacts do not fit 31 bits")

    @cached_property
    def worth(self) -> Counts:
        """What each stored impact of each key adds, shape (m, 256)."""
        missing = self.weights == MISSING_WEIGHT
        weights = np.where(missing, np.uint32(0), self.weights)
        worth: Counts = weights[:, None] * self.impacts[None, :]
        worth[missing] = MISSING_WEIGHT
        return worth


@dataclass(frozen=True)
class Meaning:
    """A vector to compare with: the dot product as a code, looked up.

    Parameters
    ----------
    vector : int8 (dimensions,)
    low, high : dot products of code 0 and code 254; dimensions are 1,024 at most
    table : int64 (256,); the last entry is for who has no vector (all zeros)
    """

    vector: NDArray[np.int8]
    low: int
    high: int
    table: Ints

    def __post_init__(self) -> None:
        if self.high <= self.low or self.table.shape != (256,):
            raise ValueError("low must lie below high, and the table hold 256 entries")

    @cached_property
    def factor(self) -> int:
        """What a dot product above `low` is multiplied with, its high 32 bits being the code."""
        return (254 << _SHIFT) // (self.high - self.low)


def no_meaning() -> Meaning:
    """Return the comparison with nothing: no points for anybody."""
    return Meaning(np.zeros(0, np.int8), 0, 1, np.zeros(256, np.int64))


@dataclass(frozen=True, slots=True)
class Layout:
    """Groups as arrays."""

    best_only: NDArray[np.bool_]
    shifts: Counts
    ends: Keys
    """Where the table of each group starts, and the last one ends."""
    tables: Points


@dataclass(frozen=True)
class Need:
    """Everything that is asked; a person's score is the sum of what each part shows.

    Parameters
    ----------
    groups : features made of postings
    columns : int64 (c,), byte columns that count
    column_tables : int64 (c, 256), points by value of each
    week_mask : bits of the weeks asked for
    week_table : int64 (65,), points by how many of these are free
    meaning : the vector, if meaning is compared
    """

    groups: tuple[Group, ...] = ()
    columns: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    column_tables: Ints = field(default_factory=lambda: np.zeros((0, 256), np.int64))
    week_mask: int = 0
    week_table: Ints = field(default_factory=lambda: np.zeros(65, np.int64))
    meaning: Meaning = field(default_factory=no_meaning)

    @cached_property
    def keys(self) -> Keys:
        """All keys, group by group."""
        return np.concatenate([np.zeros(0, np.uint64), *(group.keys for group in self.groups)])

    @cached_property
    def worth(self) -> Counts:
        """What each stored impact of each key adds, shape (n_keys, 256)."""
        return np.concatenate([np.zeros((0, 256), np.uint32), *(g.worth for g in self.groups)])

    @cached_property
    def group_of(self) -> Ints:
        """The group of each key."""
        return np.repeat(np.arange(len(self.groups)), [len(group.keys) for group in self.groups])

    def __post_init__(self) -> None:
        tables = [group.table for group in self.groups]
        widest = [int(np.abs(table.astype(np.int64)).max()) for table in tables]
        if sum(widest) >= 1 << 31:
            raise ValueError("the points of the groups together do not fit 32 bits")

    @cached_property
    def layout(self) -> Layout:
        """The groups as arrays, for a compiled pass."""
        return Layout(
            best_only=np.array([group.best_only for group in self.groups], dtype=np.bool_),
            shifts=np.array([group.shift for group in self.groups], dtype=np.uint32),
            ends=np.cumsum([0, *(len(group.table) for group in self.groups)]).astype(np.uint64),
            tables=np.concatenate([np.zeros(0, np.int32), *(g.table for g in self.groups)]),
        )

    @cached_property
    def most_of_columns(self) -> int:
        """The most points that columns and weeks can give."""
        return int(self.column_tables.max(axis=1).sum()) + int(self.week_table.max())

    @cached_property
    def most_of_meaning(self) -> int:
        """The most points that meaning can give."""
        return int(self.meaning.table.max())
