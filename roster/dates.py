"""A date as people give it: a year, a month or a day, never more precise than it was said."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day.

    Sorted by first day, the vaguer one first. `str()` gives ISO 8601 cut to the precision
    ("2016", "2016-04", "2016-04-03"), which `parse` reads back.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        # A zero is no "unknown": "2016-00" is a slip of the pen that somebody has to look at.
        month = 1 if self.month is None else self.month
        date(self.year, month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "YYYY", "YYYY-MM" or "YYYY-MM-DD".

        Raises
        ------
        ValueError
            For any other form, or a day that no calendar has.
        """
        found = _ISO.match(text.strip())
        if not found:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        return cls(year or 0, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return the day itself, with full precision."""
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        """One of "year", "month", "day"."""
        return "day" if self.day else "month" if self.month else "year"

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first_day, str(self)) < (other.first_day, str(other))


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; None is open or not said."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    ongoing: bool = False

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any day of it can fall between two days, both included."""
        starts_later = self.start is not None and self.start.first_day > last
        ended_before = self.end is not None and self.end.last_day < first
        return not starts_later and not ended_before

    def last_known_day(self, today: date) -> date | None:
        """Return the latest day covered so far; None where no date is given at all."""
        if self.ongoing:
            return today
        last = self.end or self.start
        return min(last.last_day, today) if last is not None else None

    def months(self, today: date) -> int | None:
        """Length in months, at least 1; None where it cannot be told."""
        last = self.last_known_day(today)
        if self.start is None or last is None or (self.end is None and not self.ongoing):
            return None
        first = self.start.first_day
        return max(1, (last.year - first.year) * 12 + last.month - first.month + 1)
