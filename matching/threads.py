"""One thread for libraries: products here are small, and threads wait longer than they work."""

from __future__ import annotations

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def keep_to_one_thread() -> None:
    """Keep numpy's and scikit-learn's libraries to one thread in this process, from now on."""
    threadpool_limits(limits=1)
