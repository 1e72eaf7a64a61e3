"""How long the file at hand may still take; the kernel ends the process when it is used up."""

from __future__ import annotations

import signal

UNBOUNDED_S = 600.0
"""What is left where nobody set an alarm, as in tests that read in their own process."""

_for_recognition = 0.0


def start(wall_s: float, recognition_s: float) -> None:
    """Start the clock: the first figure for every file, the second once more for scans."""
    global _for_recognition  # noqa: PLW0603 - the alarm belongs to the process as well
    _for_recognition = recognition_s
    signal.setitimer(signal.ITIMER_REAL, max(wall_s, 0.001))


def extend_for_recognition() -> None:
    """Add the time that scans get, once; recognising letters takes seconds a page."""
    global _for_recognition  # noqa: PLW0603 - the alarm belongs to the process as well
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if left and _for_recognition:
        signal.setitimer(signal.ITIMER_REAL, left + _for_recognition)
    _for_recognition = 0.0


def seconds_left() -> float:
    """Return the seconds until this process is ended."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    return left or UNBOUNDED_S
