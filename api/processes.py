"""The processes of a service: those that answer, begun again when they end, and workers.

Several processes share one socket, under uvicorn's own supervisor: it begins anew whichever ends
or hangs, and hands a SIGTERM on, upon which each finishes what it answers and stops.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.heaps import keep_to_few_heaps
from api.pauses import keep_pauses_short
from roster.settings import Settings

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_log = structlog.stdlib.get_logger("roster.processes")
_DRAIN_S = 10
_HANGS_S = 60
"""A process that does not say a word for so long is ended, and another begun."""
_KEPT_OPEN_S = 125
"""A connection on which nothing is asked. Longer than Caddy and browsers pause between two pages,
so that none is closed in the moment in which the next request is sent on it."""
_AGAIN_S = 1.0
_METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client looks for the folder in which processes add up; read when imported."""


@dataclass(frozen=True)
class Served:
    """Makes the application of one of several processes, in that process.

    Parameters
    ----------
    settings : of the installation; what the command line said is in them
    """

    settings: Settings

    def __call__(self) -> FastAPI:
        """Open the installation as soon as its database answers, and build the application."""
        from api.logs import configure  # noqa: PLC0415 -- the parent serves nothing.
        from api.main import compile_pages, create_app  # noqa: PLC0415
        from api.schema_check import NotReady  # noqa: PLC0415

        configure(self.settings.log_level)
        _live_long()
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
        threading.Thread(target=compile_pages, name="compile", daemon=True).start()
        while True:
            try:
                return create_app(self.settings)
            except NotReady as error:
                # Of the wrong schema it would never become another; a server that is away may.
                if not isinstance(error.__cause__, SQLAlchemyError):
                    raise
                _log.warning("waiting_for_the_database")
                sleep(_AGAIN_S)


def _end_with_parent() -> None:
    """Stop as told to when the process that began this one is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _live_long() -> None:
    """Keep memory and pauses of this process small over weeks, and let it not end without a word.

    A disk that fails under the mapped index, say, ends it by a signal: where that was is said on
    standard error, in names of files and functions.
    """
    faulthandler.enable()
    keep_to_few_heaps()
    keep_pauses_short()


def serve_alone(app: FastAPI, settings: Settings) -> None:
    """Answer from this process until told to stop."""
    _live_long()
    import uvicorn  # noqa: PLC0415 -- other commands need no server.

    uvicorn.Server(_config(app, settings.host, settings.port)).run()


def shares_figures() -> bool:
    """Whether several processes count into one folder, of which the metrics library is told."""
    return bool(os.environ.get(_METRICS))


def serve_together(settings: Settings) -> None:
    """Answer from several processes until told to stop."""
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415 -- other commands need no server.

    config = _config(Served(settings), settings.host, settings.port, workers=settings.workers)
    folder = Path(tempfile.mkdtemp(prefix="roster-metrics-"))
    os.environ[_METRICS] = str(folder)
    socket = config.bind_socket()
    try:
        Multiprocess(config, sockets=[socket]).run()
    finally:
        socket.close()
        shutil.rmtree(folder, ignore_errors=True)


def work_alone(app: FastAPI, settings: Settings) -> None:
    """Run an application that only works until told to stop; it says how it is on its port."""
    _live_long()
    if not settings.worker_port:
        asyncio.run(_until_told(app))
        return
    import uvicorn  # noqa: PLC0415 -- other commands need no server.

    uvicorn.Server(_config(app, settings.host, settings.worker_port)).run()


async def _until_told(app: FastAPI) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    async with app.router.lifespan_context(app):
        await stop.wait()


def _config(
    app: FastAPI | Callable[[], FastAPI], host: str, port: int, workers: int = 1
) -> uvicorn.Config:
    import uvicorn  # noqa: PLC0415 -- other commands need no server.

    return uvicorn.Config(
        app,
        factory=isinstance(app, Served),
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_S,
        timeout_keep_alive=_KEPT_OPEN_S,
        timeout_worker_healthcheck=_HANGS_S,
    )
