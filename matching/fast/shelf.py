"""Everybody of the engine: frozen segments, an open one for the latest, and who left.

Whoever ranks takes a `Shelf`, which never changes. A `Keeper` makes the next one for each change:
only the small open segment is laid out anew, so a person added, changed or taken out counts in the
very next ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.fast import plain
from matching.fast.needs import Need
from matching.fast.plain import Best
from matching.fast.segments import Keys, Record, Segment, build, merge, without

OPEN_MOST = 128
"""Records in the open segment; the next one freezes it."""

Scan = Callable[[Segment, NDArray[np.bool_], Need, Best], None]


def quickest_scan() -> Scan:
    """Return the compiled pass where numba is installed, else the one in numpy."""
    if find_spec("numba") is None:
        return plain.scan
    from matching.fast import machine  # noqa: PLC0415 -- numba is an extra and slow to import

    return machine.scan


@dataclass(frozen=True, slots=True)
class Held:
    """A segment with who of it counts."""

    segment: Segment
    alive: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everybody at one moment."""

    parts: tuple[Held, ...]

    def __len__(self) -> int:
        return sum(int(part.alive.sum()) for part in self.parts)

    def best(self, need: Need, k: int, scan: Scan = plain.scan) -> tuple[Ints, Ints]:
        """Return the scores and numbers of the k best: by score, equals in the order of numbers.

        Parameters
        ----------
        k : 1 or more; fewer come back where there are fewer people
        """
        if k < 1:
            raise ValueError(f"the best {k} are nobody")
        best = Best(k)
        for part in self.parts:
            scan(part.segment, part.alive, need, best)
        return best.scores, best.numbers

    def holders(self, keys: Keys) -> Ints:
        """Return how many people have each key, shape (k,): what rarity is reckoned from."""
        counts = np.zeros(len(keys), dtype=np.int64)
        for part in self.parts:
            starts, ends = part.segment.spans(keys)
            if part.alive.all():
                counts += ends - starts
                continue
            for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
                counts[at] += int(part.alive[part.segment.rows[start:end]].sum())
        return counts


class Keeper:
    """Makes shelves; any thread may write, and whoever ranks keeps the shelf it took.

    Parameters
    ----------
    n_columns, dimensions : of every record
    frozen : segments to start from
    """

    def __init__(self, n_columns: int, dimensions: int, frozen: Sequence[Held] = ()) -> None:
        self._shape = n_columns, dimensions
        self._lock = Lock()
        self._frozen = tuple(frozen)
        self._place: dict[int, tuple[int, int]] = {}
        self._open: dict[int, Record] = {}
        self._find_places()
        self._shelf = Shelf(self._frozen)

    @property
    def shelf(self) -> Shelf:
        """Everybody as of the last change."""
        return self._shelf

    def add(self, records: Iterable[Record]) -> None:
        """Add people, or replace those of the same numbers."""
        with self._lock:
            for record in records:
                self._leave(record.number)
                self._open[record.number] = record
                if len(self._open) >= OPEN_MOST:
                    self._freeze()
            self._publish()

    def remove(self, numbers: Iterable[int]) -> None:
        """Take people out; unknown numbers are no error."""
        with self._lock:
            for number in numbers:
                self._leave(number)
            self._publish()

    def tidy(self) -> None:
        """Merge the frozen segments into one, without those who left; not for the path of writes.

        Seconds for hundreds of thousands; rankings and writes before and after see the same people.
        """
        with self._lock:
            self._freeze()
            kept = [
                part.segment if part.alive.all() else without(part.segment, part.alive)
                for part in self._frozen
            ]
            whole = merge(kept) if kept else build([], *self._shape)
            self._frozen = (Held(whole, np.ones(len(whole), np.bool_)),)
            self._find_places()
            self._publish()

    def _find_places(self) -> None:
        self._place = {
            number: (at, row)
            for at, part in enumerate(self._frozen)
            for number, row in part.segment.row_of.items()
            if part.alive[row]
        }

    def _leave(self, number: int) -> None:
        self._open.pop(number, None)
        place = self._place.pop(number, None)
        if place is None:
            return
        at, row = place
        alive = self._frozen[at].alive.copy()
        alive[row] = False
        changed = replace(self._frozen[at], alive=alive)
        self._frozen = (*self._frozen[:at], changed, *self._frozen[at + 1 :])

    def _freeze(self) -> None:
        if not self._open:
            return
        segment = build(list(self._open.values()), *self._shape)
        at = len(self._frozen)
        self._place |= {number: (at, row) for number, row in segment.row_of.items()}
        self._frozen = (*self._frozen, Held(segment, np.ones(len(segment), np.bool_)))
        self._open = {}

    def _publish(self) -> None:
        parts = self._frozen
        if self._open:
            segment = build(list(self._open.values()), *self._shape)
            parts = (*parts, Held(segment, np.ones(len(segment), np.bool_)))
        self._shelf = Shelf(parts)
