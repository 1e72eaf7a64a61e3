"""A stored ranking as a whole: who is looked at is read, the others stay packed."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from threading import Lock
from typing import Protocol, overload
from uuid import UUID
from weakref import WeakKeyDictionary

from roster.queries import ranking_columns, ranking_pages
from roster.queries.ranking_columns import packed
from roster.read import (
    MeasuredPerson,
    MeasuredRanking,
    People,
    RankedExpert,
    Ranking,
    Standing,
)
from roster.vocabulary import Band, Gate

__all__ = [
    "Head",
    "StoredPeople",
    "first_of",
    "head_of",
    "measured",
    "packed",
    "positions_of",
    "unpacked",
]

_MOST_PEOPLE = 150_000
"""In all heads that a process keeps read: some 400 bytes each, with where they stand."""
_LEAST = 1000
"""A head counts as so many people at least."""
_AT_ONCE = 500
"""People read at once where all are looked at."""


class Head(Protocol):
    """A stored ranking of which it is known who stands where; people are read in its bytes."""

    ranking: Ranking
    """With nobody in it."""
    standings: tuple[Standing, ...]
    """Everybody, in order."""

    def people_at(self, content: bytes, positions: Iterable[int]) -> tuple[RankedExpert, ...]:
        """Read the people at these positions of the whole order, in the order given.

        Parameters
        ----------
        content : all of the ranking
        positions : counted from 0 over everybody
        """

    def measured(self, content: bytes) -> Iterator[MeasuredPerson]:
        """Read what was measured of everybody."""


def head_of(content: bytes) -> Head:
    """Read who stands where in a stored ranking, without what was written of anybody."""
    if content.startswith(ranking_columns.MAGIC):
        end = ranking_columns.outline_of(content).end
        return _HEADS.of(content[:end], ranking_columns.Columns)
    if content.startswith(ranking_pages.MAGIC):
        end = ranking_pages.end_of_head(content)
        return _HEADS.of(content[:end], ranking_pages.Pages)
    return ranking_pages.Whole(content)


def positions_of(head: Head) -> Mapping[UUID, int]:
    """Return where each person of a ranking stands, counted from 0 over everybody."""
    found = _POSITIONS.get(head)
    if found is None:
        found = {one.expert_id: at for at, one in enumerate(head.standings)}
        _POSITIONS[head] = found
    return found


_POSITIONS: WeakKeyDictionary[Head, Mapping[UUID, int]] = WeakKeyDictionary()


class _Heads:
    """Heads read lately by their bytes, for whoever turns a page of a ranking."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Head] = OrderedDict()
        self._lock = Lock()

    def of(self, content: bytes, read: Callable[[bytes], Head]) -> Head:
        """Return what the bytes of a head say."""
        with self._lock:
            if content in self._kept:
                self._kept.move_to_end(content)
                return self._kept[content]
        made = read(content)
        with self._lock:
            self._kept[content] = made
            while len(self._kept) > 1 and self._people() > _MOST_PEOPLE:
                self._kept.popitem(last=False)
        return made

    def _people(self) -> int:
        return sum(max(len(one.standings), _LEAST) for one in self._kept.values())


_HEADS = _Heads()


def first_of(content: bytes, most: int) -> tuple[UUID, ...]:
    """Read who stands first of those who met every condition, and nothing else of a ranking."""
    if content.startswith(ranking_columns.MAGIC):
        return ranking_columns.first_of(content, most)
    if content.startswith(ranking_pages.MAGIC):
        return ranking_pages.first_of(content, most)
    standings = ranking_pages.Whole(content).standings
    return tuple(islice((one.expert_id for one in standings if one.band is Band.FIT), most))


def measured(content: bytes) -> MeasuredRanking:
    """Read what was measured of everybody in a stored ranking."""
    head = head_of(content)
    return MeasuredRanking(weights=head.ranking.weights, people=tuple(head.measured(content)))


def unpacked(content: bytes) -> Ranking:
    """Read a stored ranking; of its people those who are looked at."""
    head = head_of(content)
    return replace(head.ranking, people=StoredPeople(content, head))


class StoredPeople(People):
    """Everybody of a stored ranking; whoever is looked at is read with those of her page."""

    def __init__(self, content: bytes, head: Head) -> None:
        self._content, self._head = content, head
        self._seen: dict[int, RankedExpert] = {}

    def __len__(self) -> int:
        return len(self._head.standings)

    def __iter__(self) -> Iterator[RankedExpert]:
        for begin in range(0, len(self), _AT_ONCE):
            yield from self[begin : begin + _AT_ONCE]

    @overload
    def __getitem__(self, at: int) -> RankedExpert: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[RankedExpert, ...]: ...
    def __getitem__(self, at: int | slice) -> RankedExpert | tuple[RankedExpert, ...]:
        """Return somebody by her place in the whole order, from 0, or several."""
        places = range(len(self))[at]
        return self._at([places])[0] if isinstance(places, int) else self._at(places)

    def _at(self, positions: Sequence[int]) -> tuple[RankedExpert, ...]:
        new = [at for at in positions if at not in self._seen]
        self._seen |= zip(new, self._head.people_at(self._content, new), strict=True)
        return tuple(self._seen[at] for at in positions)

    def tally(self) -> Mapping[tuple[Band, Gate | None], int]:
        """Count people by band and the condition that decides it."""
        return Counter((one.band, one.because) for one in self._head.standings)

    def in_band(self, band: Band, most: int | None = None) -> tuple[RankedExpert, ...]:
        """Return the people of one band in order, at most so many."""
        return self._at(self._bands.get(band, [])[:most])

    def best(self, most: int) -> tuple[RankedExpert, ...]:
        """Return the people of most points, whatever their band, at most so many, best first."""
        points = [-one.score for one in self._head.standings]
        return self._at(nsmallest(most, range(len(points)), key=points.__getitem__))

    def those(self, expert_ids: Collection[UUID]) -> tuple[RankedExpert, ...]:
        """Return people by id, in order; ids that are not in the ranking are left out."""
        places = positions_of(self._head)
        return self._at(sorted(places[one] for one in expert_ids if one in places))

    @cached_property
    def _bands(self) -> Mapping[Band, Sequence[int]]:
        found: dict[Band, list[int]] = {}
        for at, one in enumerate(self._head.standings):
            found.setdefault(one.band, []).append(at)
        return found
