"""Vectors of a byte a number: a quarter of the memory, products in whole numbers, so exact.

Each vector has a step of its own, a power of two: what a vector means is its numbers times its
step, without rounding. Products of two are sums of whole numbers that float32 holds, so they are
the same in any order, on any machine and in blocks of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints, Shares, Vectors

_LARGEST = 127
MOST_DIMENSIONS = 1024
"""Of so many products of two bytes float32 holds every sum."""
STRETCH = 1 << 10
"""Vectors widened at once: they stay in the second cache."""


@dataclass(frozen=True, slots=True)
class Compact:
    """Some vectors, each a byte a number and a step."""

    numbers: NDArray[np.int8]
    """(n, dimensions)."""
    steps: Shares
    """(n,): powers of two; 0 for a vector of zeros, which says nothing."""

    @classmethod
    def of(cls, vectors: Vectors) -> Compact:
        """Round vectors of shape (n, dimensions) to 64 to 127 steps of their largest number."""
        largest = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float64)
        known = largest > 0
        exponents = np.ceil(np.log2(np.where(known, largest, 1.0) / _LARGEST))
        steps = np.where(known, np.exp2(exponents), 0.0).astype(np.float32)
        counted = np.rint(vectors / np.where(known, steps, 1)[:, None])
        # A vector may be nearer to nought than half the least step there is.
        return cls(np.clip(counted, -_LARGEST, _LARGEST).astype(np.int8), steps)

    @classmethod
    def none(cls, dimensions: int) -> Compact:
        """Return no vectors of some dimensions."""
        return cls(np.zeros((0, dimensions), dtype=np.int8), np.zeros(0, dtype=np.float32))

    def __len__(self) -> int:
        return len(self.steps)

    def at(self, rows: Ints | Bools | slice) -> Compact:
        """Return some of them."""
        return Compact(self.numbers[rows], self.steps[rows])

    def wide(self) -> Vectors:
        """Return what they mean, float32 of shape (n, dimensions)."""
        wide: Vectors = self.numbers.astype(np.float32) * self.steps[:, None]
        return wide


def joined(parts: Sequence[Compact]) -> Compact:
    """Return one array of several."""
    return Compact(
        np.concatenate([one.numbers for one in parts]), np.concatenate([one.steps for one in parts])
    )


def products(held: Compact, wanted: Compact, cuts: Ints) -> Iterator[tuple[slice, Vectors]]:
    """Yield the products of every vector held with every one wanted, stretch by stretch.

    Parameters
    ----------
    held : shape (n, dimensions)
    wanted : shape (k, dimensions)
    cuts : where stretches start and end, from 0 to n, ascending

    Yields
    ------
    rows of a stretch, and the products, shape (k, n_rows); to be used before the next
    """
    # Bytes, their products and sums of these are whole numbers that float32 holds; powers of two
    # change nothing of that.
    asked = np.ascontiguousarray(wanted.wide().T)
    longest = int(np.diff(cuts).max(initial=0))
    wide = np.empty((longest, len(asked)), dtype=np.float32)
    found = np.empty((longest, len(wanted)), dtype=np.float32)
    turned = np.empty((len(wanted), longest), dtype=np.float32)
    for start, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        n = end - start
        np.copyto(wide[:n], held.numbers[start:end])
        np.matmul(wide[:n], asked, out=found[:n])
        # Long rows: what is done with them next goes through the cache in order.
        np.multiply(found[:n].T, held.steps[start:end], out=turned[:, :n])
        yield slice(start, end), turned[:, :n]


def even_cuts(n: int) -> Ints:
    """Return cuts of `STRETCH` rows each."""
    return np.append(np.arange(0, n, STRETCH), n).astype(np.int64)


def cuts_between(starts: Ints, n: int) -> Ints:
    """Return cuts about `STRETCH` rows apart that part no group.

    Parameters
    ----------
    starts : where each group starts, ascending from 0; groups are short
    """
    wanted = np.searchsorted(starts, np.arange(STRETCH, n, STRETCH), side="right") - 1
    return np.concatenate([[0], np.unique(starts[wanted][starts[wanted] > 0]), [n]]).astype(
        np.int64
    )
