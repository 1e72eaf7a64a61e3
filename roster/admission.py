"""How many requests of a process work with its database at once; the others wait in turn.

Whoever waits holds neither a connection nor a thread. Without it, requests that hold a connection
wait for a thread while those that have one wait for a connection, until they are given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 12
"""More would not answer sooner: the interpreter does one thing at a time."""
SPARE = 3
"""Connections left for what a request does apart from its own unit of work."""


class Admission:
    """Lets so many in at once, in the order in which they came.

    Parameters
    ----------
    most : at least 1
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._loop: asyncio.AbstractEventLoop | None = None
        self._free = asyncio.Semaphore(most)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._free = loop, asyncio.Semaphore(self._most)
        async with self._free:
            yield


def admission_for(connections: int) -> Admission:
    """Return how many to let in where there are so many connections in all."""
    return Admission(max(1, min(MOST, connections - SPARE)))
