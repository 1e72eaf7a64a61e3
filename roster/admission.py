"""How many requests of a process work with its database at once; the others wait in turn.

Whoever waits holds neither a connection nor a thread. Without it, requests that hold a connection
wait for a thread while those that have one wait for a connection, until they are given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TypeVar

import anyio

_T = TypeVar("_T")

MOST = 6
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

    @asynccontextmanager
    async def work(self, unit: AbstractContextManager[_T]) -> AsyncIterator[_T]:
        """Wait for a place, and hold it for a unit of work, which ends in a thread of its own.

        Parameters
        ----------
        unit : waits for nothing when it begins; its end commits, which does
        """
        async with self.place():
            opened = unit.__enter__()
            try:
                yield opened
            except BaseException as error:
                if not await _ended(unit, error):
                    raise
            else:
                await _ended(unit, None)


async def _ended(unit: AbstractContextManager[object], error: BaseException | None) -> bool:
    """End a unit of work, also for somebody who hung up; return whether it took the error."""
    kind, trace = (type(error), error.__traceback__) if error else (None, None)
    took = None
    # A thread of its own: those of all may wait for the very connection that this one gives back.
    limiter = anyio.CapacityLimiter(1)
    with anyio.CancelScope(shield=True):
        took = await anyio.to_thread.run_sync(unit.__exit__, kind, error, trace, limiter=limiter)
    return bool(took)


def admission_for(connections: int) -> Admission:
    """Return how many to let in where there are so many connections in all."""
    return Admission(max(1, min(MOST, connections - SPARE)))
