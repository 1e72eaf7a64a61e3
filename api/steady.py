"""Whether the clock of this machine can be believed: nothing is deleted for a day after it jumped.

What a time of keeping deletes cannot be brought back, so it waits until whoever looks after the
machine had a day to set the clock right. Everything else goes on: changes are ordered by number,
not by time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

import structlog

from roster.ports import Clock

_log = structlog.stdlib.get_logger("roster.installation")
_MOST_S = 120.0
"""Between two looks; a time server moves a clock by less."""
_DAY_S = 86_400.0


def _since_boot() -> float:
    """Return seconds that only go forward, those counted in which the machine slept."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Steadiness:
    """Holds a clock against one that nobody sets.

    Parameters
    ----------
    clock : that may jump
    running : seconds that only go forward
    """

    def __init__(self, clock: Clock, running: Callable[[], float] = _since_boot) -> None:
        self._clock = clock
        self._running = running
        self._at, self._ran = clock.now(), running()
        self._jumped: float | None = None
        self._lock = Lock()

    def look(self) -> bool:
        """Whether the clock went as it should, for a day or since this process began."""
        with self._lock:
            at, ran = self._clock.now(), self._running()
            drift_s = (at - self._at).total_seconds() - (ran - self._ran)
            self._at, self._ran = at, ran
            if abs(drift_s) > _MOST_S:
                _log.warning("clock_jumped", seconds=round(drift_s))
                self._jumped = ran
            return self._jumped is None or ran - self._jumped >= _DAY_S
