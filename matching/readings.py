"""What measuring everybody gives: values, their parts, and what shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import Floats, Ints, Rows


@dataclass(frozen=True)
class Shown:
    """What entries show of one thing asked for: entry i is of the person of row `rows[i]`."""

    rows: Rows
    values: Floats
    codes: Sequence[str] = ()
    which: Ints | None = None
    """(n_entries,): the code of each, into `codes`; None where they have none."""
    places: Rows | None = None
    """(n_entries,): which of the person's entries it is; None where it is entry i."""

    def best(self, row: int) -> int | None:
        """Return the entry of a person that shows most, the earlier of equals; None without."""
        return self._best.get(row)

    @cached_property
    def _best(self) -> Mapping[int, int]:
        held = np.flatnonzero(self.values > 0)
        order = held if self.places is None else self.places[held]
        # The best comes last, so that it is what the row is left with.
        held = held[np.lexsort((-order, self.values[held], self.rows[held]))]
        return dict(zip(self.rows[held].tolist(), held.tolist(), strict=True))


@dataclass(frozen=True)
class Part:
    """One thing asked for, measured: each person's value and what shows it."""

    label: str
    weight: float
    values: Floats
    show: Callable[[], Shown] | None = None
    """Finds what shows it, for those of whom it is told."""

    @cached_property
    def shown(self) -> Shown | None:
        """What shows it; worked out when somebody is told of it."""
        return self.show() if self.show is not None else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A feature of everybody."""

    values: Floats
    """Shape (n,), in [0, 1], NaN missing."""
    parts: tuple[Part, ...] = ()
    active: bool = True
    amounts: Floats | None = None
    """Shape (n,), in the feature's unit, where that says more than the value: years, days."""
