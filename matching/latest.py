"""Rankings of a moment ago, for whoever turns a page: while nobody changes they stay the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from matching.index import Index
from roster.read import Ranking

MOST_KEPT = 24
MOST_PEOPLE = 500_000
"""In all rankings kept: some hundred bytes each."""


class Latest:
    """Rankings over one index by what was asked; another index forgets them all."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._kept: OrderedDict[Hashable, Ranking] = OrderedDict()
        self._lock = Lock()

    def of(self, index: Index, asked: Hashable, rank: Callable[[], Ranking]) -> Ranking:
        """Return the ranking that was asked for, made now if need be."""
        with self._lock:
            if index is self._index and asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        made = rank()
        with self._lock:
            if index is not self._index:
                self._index, self._kept = index, OrderedDict()
            self._kept[asked] = made
            most = max(1, min(MOST_KEPT, MOST_PEOPLE // max(1, len(index))))
            while len(self._kept) > most:
                self._kept.popitem(last=False)
        return made
