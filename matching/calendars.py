"""Everybody's absences as days, held against the window of an activity at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from matching.arrays import NO_DAY, Bools, Days, Floats, Ints, Rows
from roster.dates import Period
from roster.read import ExpertView

HORIZON_DAYS = 366
"""How far around the window free days are counted."""
_EVER = date.max.toordinal()
_NO_ACTION = 0


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
    actions: Ints
    """Of an absence that is a deployment: a number for its Action; 0 for any other."""

    def without(self, action_id: UUID | None) -> Calendars:
        """Return the same without what people do for one Action: for it they are there."""
        if action_id is None:
            return self
        kept = self.actions != _number_of(action_id)
        if kept.all():
            return self
        return replace(
            self,
            rows=self.rows[kept],
            may_start=self.may_start[kept],
            starts=self.starts[kept],
            ends=self.ends[kept],
            may_end=self.may_end[kept],
            actions=self.actions[kept],
        )

    def lost(self, first: date, last: date) -> Ints:
        """Return how many days of a window each person surely lacks, shape (n,)."""
        covered = np.minimum(self.ends, last.toordinal()) - np.maximum(
            self.starts, first.toordinal()
        )
        days = _per_person(self.rows, np.maximum(covered + 1, 0), len(self.known_until))
        # Absences may overlap each other: nobody lacks a day twice.
        return np.minimum(days, (last - first).days + 1)

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
        # Of one type: else each is put in by itself, ten times slower.
        back, ahead = (low - self.may_end[earlier] - 1), (self.may_start[later] - high - 1)
        np.minimum.at(before, self.rows[earlier], back.astype(np.int64))
        np.minimum.at(after, self.rows[later], ahead.astype(np.int64))
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
    away = [(row, *one) for row, view in enumerate(views) for one in _absences(view)]
    held = np.asarray([(row, *_days(when)) for row, when, _ in away], np.int32)
    held = held.reshape(len(away), 5)
    known = [view.availability_known_until for view in views]
    rows, may_start, starts, ends, may_end = held.T.copy()
    return Calendars(
        rows=rows,
        may_start=may_start,
        starts=starts,
        ends=ends,
        may_end=may_end,
        known_until=np.asarray([day.toordinal() if day else NO_DAY for day in known], np.int32),
        actions=np.asarray([number for _, _, number in away], np.int64),
    )


def _absences(view: ExpertView) -> Iterator[tuple[Period, int]]:
    yield from ((period, _NO_ACTION) for period in view.unavailable)
    yield from ((one.period, _number_of(one.action_id)) for one in view.engaged)


def _number_of(action_id: UUID) -> int:
    """Return 63 bits of an id: two Actions alike are less likely than a broken disk."""
    return (action_id.int >> 65) | 1


def _days(away: Period) -> tuple[int, int, int, int]:
    start, end = away.start, away.end
    return (
        start.first_day.toordinal() if start else NO_DAY,
        start.last_day.toordinal() if start else NO_DAY,
        end.first_day.toordinal() if end else _EVER,
        end.last_day.toordinal() if end else _EVER,
    )
