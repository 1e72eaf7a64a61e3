"""Everybody at one moment, as blocks of arrays: one snapshot that any number of threads may read.

A block holds the many who were there when it was laid out; small blocks above it hold those who
came or changed since. Rows count those who are there now, in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeVar, overload
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints, integers, ranges, sixteen
from matching.blocks import Block, Facts, Ids, Terms, build_block
from matching.encoder import VectorStore
from matching.profile import Profile
from matching.records import Records

T = TypeVar("T", bound=np.generic)

_READ_AT_ONCE = 256


@dataclass(frozen=True)
class Index:
    """Everybody, in the order of their ids.

    Parameters
    ----------
    blocks : one or more; nobody who is alive is in two of them
    alive : per block, bool (n,): who of it counts
    records : of everybody who is alive, and perhaps of others
    """

    blocks: tuple[Block, ...]
    alive: tuple[Bools, ...]
    records: Records

    def __len__(self) -> int:
        return len(self._order)

    @cached_property
    def _order(self) -> Ints:
        """Rows of the blocks, counted on from block to block, of who is alive, by id."""
        return _in_order(self.blocks, self.alive)

    @cached_property
    def _is_plain(self) -> bool:
        return len(self.blocks) == 1 and len(self._order) == len(self.blocks[0])

    @cached_property
    def starts(self) -> Ints:
        """Where the rows of each block start when they are counted on, shape (n_blocks + 1,)."""
        return integers([0, *accumulate(len(block) for block in self.blocks)])

    def gather(self, parts: Sequence[NDArray[T]]) -> NDArray[T]:
        """Return one array, (n, …), of one array per block."""
        if self._is_plain:
            return parts[0]
        return np.concatenate(parts)[self._order]

    # --- Who is where -----------------------------------------------------------------------------

    @cached_property
    def keys(self) -> Ids:
        """Ids of the people as bytes, sorted, shape (n,)."""
        return self.gather([block.ids for block in self.blocks])

    def id_at(self, row: int) -> UUID:
        """Return who a row is."""
        return UUID(bytes=sixteen(self.keys[row]))

    def rows(self, expert_ids: Iterable[UUID]) -> Ints:
        """Return the rows of those ids that are here, ascending, shape (k,)."""
        wanted = np.unique(np.asarray([one.bytes for one in expert_ids], dtype="S16"))
        if not len(self) or not len(wanted):
            return np.zeros(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self) - 1)
        found: Ints = at[self.keys[at] == wanted].astype(np.int64)
        return found

    @cached_property
    def ids(self) -> tuple[UUID, ...]:
        """Ids of the people, sorted."""
        return tuple(map(self.id_at, range(len(self))))

    @cached_property
    def row_of(self) -> Mapping[UUID, int]:
        """Row by id, for whoever asks for many."""
        return {expert: row for row, expert in enumerate(self.ids)}

    @cached_property
    def profiles(self) -> Sequence[Profile]:
        """Records by row, read when they are looked at."""
        return _Profiles(self)

    def place_of(self, row: int) -> tuple[int, int]:
        """Return the block of a row, and the row in it."""
        at = int(self._order[row])
        block = int(np.searchsorted(self.starts, at, side="right")) - 1
        return block, at - int(self.starts[block])

    # --- Facts by number, and how many have what --------------------------------------------------

    def numbers(self, of: Callable[[Block], NDArray[np.integer]]) -> Ints:
        """Return everybody's number of a fact, shape (n,): equal ones have equal facts.

        Two blocks number alike facts each by themselves, so that one fact may have a few numbers.
        """
        parts, above = [], 0
        for block in self.blocks:
            own = of(block).astype(np.int64)
            parts.append(own + above)
            above += int(own.max(initial=-1)) + 1
        return self.gather(parts)

    def facts(self, of: Callable[[Block], Facts]) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
        """Return everybody's number of a fact, shape (n,), and the facts, each once."""
        if len(self.blocks) == 1:
            held = of(self.blocks[0])
            return self.gather([held.of]).astype(np.int64), held.said
        place: dict[tuple[str, ...], int] = {}
        parts = []
        for held in map(of, self.blocks):
            own = integers([place.setdefault(one, len(place)) for one in held.said])
            parts.append(own[held.of])
        return self.gather(parts), tuple(place)

    def level(self, language: str) -> NDArray[np.int8]:
        """Return everybody's rank in a language, shape (n,)."""
        return self.gather([block.level(language) for block in self.blocks])

    def topic_holders(self, wanted: Iterable[str], without: Ints) -> dict[str, int]:
        """Return how many people have each of some topics at all, those of some rows left out."""
        held = dict.fromkeys(wanted, 0)
        for block, gone in zip(self.blocks, self._gone(without), strict=True):
            counts = block.topics.holders(gone)
            for name in held:
                held[name] += counts.get(name, 0)
        return held

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics that somebody has."""
        names = {name for block in self.blocks for name in block.topics.names}
        held = self.topic_holders(names, without=np.zeros(0, dtype=np.int64))
        return frozenset(name for name, count in held.items() if count)

    def holds(self, wanted: Terms, rows: Ints) -> Bools:
        """Return in whose words each wanted term stands, shape (n_rows, n_wanted)."""
        place = np.full(int(self.starts[-1]), -1, dtype=np.int64)
        place[self._order[rows]] = np.arange(len(rows))
        held = np.zeros((len(rows), len(wanted)), dtype=np.bool_)
        for block, start in zip(self.blocks, self.starts.tolist(), strict=False):
            left, right = block.words.spans(wanted)
            which = np.repeat(np.arange(len(wanted)), right - left)
            at = place[block.words.rows[ranges(left, right)] + start]
            held[at[at >= 0], which[at >= 0]] = True
        return held

    def word_counts(self, wanted: Terms, without: Ints) -> Ints:
        """Return in how many people's words each term stands, some rows left out, (n_terms,)."""
        counts = np.zeros(len(wanted), dtype=np.int64)
        for block, gone in zip(self.blocks, self._gone(without), strict=True):
            counts += block.words.counts(wanted, gone)
        return counts

    def _gone(self, without: Ints) -> Iterator[Ints]:
        """Yield per block the rows that do not count."""
        left = self._order[without]
        for at, alive in enumerate(self.alive):
            own = left[(left >= self.starts[at]) & (left < self.starts[at + 1])]
            yield np.concatenate([np.flatnonzero(~alive), own - self.starts[at]])


def _in_order(blocks: Sequence[Block], alive: Sequence[Bools]) -> Ints:
    # The first block is sorted and holds nearly all: the others are put between.
    order = np.flatnonzero(alive[0])
    keys, above = blocks[0].ids[order], len(blocks[0])
    for block, counts in zip(blocks[1:], alive[1:], strict=True):
        own = np.flatnonzero(counts)
        at = np.searchsorted(keys, block.ids[own])
        keys, order = np.insert(keys, at, block.ids[own]), np.insert(order, at, own + above)
        above += len(block)
    return order.astype(np.int64)


class _Profiles(Sequence[Profile]):
    def __init__(self, index: Index) -> None:
        self._index = index

    def __len__(self) -> int:
        return len(self._index)

    @overload
    def __getitem__(self, at: int) -> Profile: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Profile, ...]: ...
    def __getitem__(self, at: int | slice) -> Profile | tuple[Profile, ...]:
        if isinstance(at, slice):
            return tuple(self._read(range(*at.indices(len(self)))))
        if not -len(self) <= at < len(self):
            raise IndexError(f"row {at} of {len(self)} people")
        return next(iter(self._read([at % len(self)])))

    def __iter__(self) -> Iterator[Profile]:
        for start in range(0, len(self), _READ_AT_ONCE):
            yield from self[start : start + _READ_AT_ONCE]

    def _read(self, rows: Collection[int]) -> Iterator[Profile]:
        ids = [self._index.id_at(row) for row in rows]
        held = self._index.records.among(ids)
        return (held[one] for one in ids)


def index_of(blocks: Iterable[Block], records: Records) -> Index:
    """Return an index of blocks, all of whose people count."""
    held = tuple(blocks)
    return Index(held, tuple(np.ones(len(block), dtype=np.bool_) for block in held), records)


def build_index(profiles: Iterable[Profile], store: VectorStore | None = None) -> Index:
    """Lay profiles out as arrays; the order in which they come makes no difference."""
    people = list(profiles)
    records = Records()
    records.put(people)
    return index_of([build_block(people, store)], records)
