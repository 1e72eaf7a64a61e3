"""What a process does beside answering: it follows the database, does jobs, and what days bring.

Of the processes of one machine that serve, one does jobs; if it ends, another does within seconds.
Of all processes of an installation, on whatever host, one does the chores. A process that leaves
the work to others (`ROSTER_JOBS=false`) only asks for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Event

import structlog
from fastapi.concurrency import run_in_threadpool

from api.chores import chores
from api.following import Follower
from api.index import LiveRanker
from api.jobs import DurableJobs
from roster.installation import Installation
from roster.queries import brought, facets
from roster.turns import FileTurns, Turns

_log = structlog.stdlib.get_logger("roster.installation")
_HERE = "jobs-of-this-machine"
_LOOK_S = 2.0


@asynccontextmanager
async def following(installation: Installation) -> AsyncIterator[None]:
    """Keep the index of this process current, as long as the block runs."""
    ranker = installation.ranker
    if not isinstance(ranker, LiveRanker):
        yield
        return
    ranker.encode_in_background()
    follower = Follower(installation.unhurried.engine, ranker.catch_up)
    follower.start()
    stopped = Event()
    reading = asyncio.create_task(run_in_threadpool(_hold_everybody, installation, stopped))
    try:
        yield
    finally:
        stopped.set()
        await run_in_threadpool(follower.stop)
        await run_in_threadpool(ranker.close)
        await reading


def _hold_everybody(installation: Installation, stopped: Event) -> None:
    """Read what a process holds of everybody, so that nobody waits for it at her first page."""
    try:
        with installation.work() as session:
            for held in (facets.everybody, brought.everybody):
                if not stopped.is_set():
                    held.now(session)
    except Exception as error:  # Whoever asks for it reads it then.
        _log.warning("nobody_held", kind=type(error).__name__)


@asynccontextmanager
async def working(installation: Installation, *, alone: bool = False) -> AsyncIterator[None]:
    """Do jobs and chores, as long as the block runs.

    Parameters
    ----------
    alone : True for a worker, which does jobs whoever else on this machine does
    """
    jobs = installation.jobs
    if not isinstance(jobs, DurableJobs):
        async with chores(installation):
            yield
        return
    stop, turns = asyncio.Event(), FileTurns(installation.settings.data_dir / "turns")
    is_ours = alone or await run_in_threadpool(turns.take, _HERE)
    if is_ours:
        await run_in_threadpool(jobs.start)
    waiting = None if is_ours else asyncio.create_task(_contest(stop, turns, jobs))
    try:
        async with chores(installation):
            yield
    finally:
        stop.set()
        if waiting is not None:
            await waiting
        await run_in_threadpool(jobs.stop)
        turns.close()


async def _contest(stop: asyncio.Event, turns: Turns, jobs: DurableJobs) -> None:
    """Begin to do jobs as soon as no other process of this machine does."""
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_S)
        if stop.is_set():
            return
        try:
            if not await run_in_threadpool(turns.take, _HERE):
                continue
            await run_in_threadpool(jobs.start)
        except Exception as error:  # Whatever it is, another process may fare better.
            _log.error("jobs_failed", kind=type(error).__name__)
            turns.leave(_HERE)
        else:
            return
