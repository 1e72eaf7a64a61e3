"""Short pauses, however much a process holds.

The interpreter looks for cyclic garbage in all that a process holds, while everybody waits: with
10,000 people in memory over a second, every few seconds under load. Nearly all of it is held for as
long as the process lives (records, traits, heads of rankings, the application itself). So it is set
aside where it makes a round long, and looked at again once an hour.
"""

from __future__ import annotations

import gc
import threading
from time import monotonic

_YOUNG, _MIDDLE, _NEVER = 10_000, 20, 1_000_000
"""Objects made, and rounds of the generation below, between two rounds of each generation; the
oldest is looked at by `Rounds` alone."""
_EVERY_S = 10.0
_LONG_S = 0.1
"""A round that takes so long has met much that lives long."""
_WHOLE_S = 3600.0


class Rounds:
    """Looks for cyclic garbage in what is not set aside.

    Parameters
    ----------
    long_s : seconds of a round, from which on what is left by it is set aside
    whole_s : seconds after which everything is looked at again
    """

    def __init__(self, *, long_s: float = _LONG_S, whole_s: float = _WHOLE_S) -> None:
        self._long_s = long_s
        self._whole_s = whole_s
        self._whole_at = monotonic()

    def look(self) -> None:
        """Look once."""
        began = monotonic()
        is_whole = began - self._whole_at >= self._whole_s
        if is_whole:
            gc.unfreeze()
            self._whole_at = began
        gc.collect()
        if is_whole or monotonic() - began >= self._long_s:
            gc.freeze()


def keep_pauses_short() -> None:
    """Look for cyclic garbage in short rounds from now on, in a thread of this process."""
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    threading.Thread(target=_look_again_and_again, name="pauses", daemon=True).start()


def _look_again_and_again() -> None:
    rounds, never = Rounds(), threading.Event()
    while not never.wait(_EVERY_S):
        rounds.look()
