"""What measuring everybody gives: values, their parts, and what shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import Floats, Ints, Rows


@dataclass(frozen=True, slots=True)
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
        own = np.flatnonzero((self.rows == row) & (self.values > 0))
        if not own.size:
            return None
        order = own if self.places is None else self.places[own]
        return int(own[np.lexsort((order, -self.values[own]))[0]])


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
