"""Everybody's absences as days, held against the window of an activity at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.arrays import NO_DAY, Bools, Days, Floats, Ints, Rows
from roster.dates import Period
from roster.read import ExpertView

HORIZON_DAYS = 366
"""How far around the window free days are counted."""
_EVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Calendars:
    """Absences, flat: each is one of person `rows[i]`; days are ordinals.

    An absence that is dated loosely ("March") starts between two days and ends between two: what it
    surely covers lies inside, what it may cover around.
    """

    rows: Rows
    may_start: Days
    starts: Days
    """By when it has surely started."""
    ends: Days
    """Until when it surely lasts."""
    may_end: Days
    known_until: Days
    """(n,): `NO_DAY` for who was never asked."""

    def lost(self, first: date, last: date) -> Ints:
        """Return how many days of a window each person surely lacks, shape (n,)."""
        covered = np.minimum(self.ends, last.toordinal()) - np.maximum(
            self.starts, first.toordinal()
        )
        return _per_person(self.rows, np.maximum(covered + 1, 0), len(self.known_until))

    def touched(self, first: date, last: date) -> Bools:
        """Return who may be away on a day of a window, shape (n,)."""
        found = np.zeros(len(self.known_until), dtype=np.bool_)
        found[self.rows[self._overlap(first, last)]] = True
        return found

    def margin(self, first: date, last: date) -> Floats:
        """Return the free days on the narrower side of a window, NaN where unknown, shape (n,)."""
        low, high = first.toordinal(), last.toordinal()
        before = np.full(len(self.known_until), HORIZON_DAYS, dtype=np.int64)
        after = np.minimum(HORIZON_DAYS, self.known_until - high).astype(np.int64)
        away = self._overlap(first, last)
        earlier = (self.may_end < low) & ~away
        later = (self.may_start > high) & ~earlier & ~away
        np.minimum.at(before, self.rows[earlier], low - self.may_end[earlier] - 1)
        np.minimum.at(after, self.rows[later], self.may_start[later] - high - 1)
        days = np.minimum(before, after).astype(np.float64)
        days[self.rows[away]] = 0.0
        unknown = (self.known_until == NO_DAY) | (self.known_until < high)
        return np.where(unknown, np.nan, days)

    def _overlap(self, first: date, last: date) -> Bools:
        touched: Bools = (self.may_start <= last.toordinal()) & (self.may_end >= first.toordinal())
        return touched


def _per_person(rows: Rows, days: Ints, n: int) -> Ints:
    return np.bincount(rows, weights=days, minlength=n).astype(np.int64)


def calendars_of(views: Sequence[ExpertView]) -> Calendars:
    """Lay the calendars of people out, in the order given."""
    spans = [(row, *_days(away)) for row, view in enumerate(views) for away in view.unavailable]
    held = np.asarray(spans, dtype=np.int32).reshape(len(spans), 5)
    known = [view.availability_known_until for view in views]
    rows, may_start, starts, ends, may_end = held.T.copy()
    return Calendars(
        rows=rows,
        may_start=may_start,
        starts=starts,
        ends=ends,
        may_end=may_end,
        known_until=np.asarray([day.toordinal() if day else NO_DAY for day in known], np.int32),
    )


def _days(away: Period) -> tuple[int, int, int, int]:
    start, end = away.start, away.end
    return (
        start.first_day.toordinal() if start else NO_DAY,
        start.last_day.toordinal() if start else NO_DAY,
        end.first_day.toordinal() if end else _EVER,
        end.last_day.toordinal() if end else _EVER,
    )
