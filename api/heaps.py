"""Few heaps for many threads.

The C library of Linux gives each thread a heap of its own, up to eight for each processor, and
hands little of what is freed in one back to the system or to another. Pages are answered by dozens
of threads that take turns at the interpreter's lock, so separate heaps save no waiting: they hold
many times what any page needs.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""
MOST_HEAPS = 2


def keep_to_few_heaps() -> bool:
    """Keep threads of this process that begin from now on to few heaps together.

    Returns
    -------
    False where the C library has no such setting
    """
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(set_option(_ARENA_MAX, MOST_HEAPS))
