"""Stand-ins for what comes from outside: time above all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

A_MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = A_MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move it by what `datetime.timedelta` takes; return the new moment."""
        self.at += timedelta(**by)
        return self.at
