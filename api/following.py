"""Lets the index of a process follow the database, so that no ranking waits for what it missed.

PostgreSQL tells of each commit that writes to the change sequence (LISTEN and NOTIFY); of SQLite
it is asked a few times a second whether the file changed. Either only says *that* something is
new: what it is, the sequence tells. Nothing hangs on being told, since each ranking asks the
sequence once more: a notice that was lost costs the next ranking the reading, never the truth.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing

import psycopg
import structlog
from sqlalchemy import Engine

from roster.records import CHANGES

_log = structlog.stdlib.get_logger("roster.following")
_LOOK_S = 0.25
_AGAIN_S = 1.0


class Follower:
    """Calls `read_on` soon after anybody wrote to the database, in a thread of its own.

    Parameters
    ----------
    engine : that the database is opened by; one connection is taken out of its pool for good
    read_on : what to do; an error in it is logged, and it is called again with the next change
    """

    def __init__(self, engine: Engine, read_on: Callable[[], object]) -> None:
        self._engine = engine
        self._read_on = read_on
        self._stopped = threading.Event()
        is_postgresql = engine.dialect.name == "postgresql"
        watch = self._listen if is_postgresql else self._poll
        self._thread = threading.Thread(
            target=self._follow, args=(watch,), name="follow", daemon=True
        )

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stop following, within a moment."""
        self._stopped.set()
        self._thread.join()

    def _follow(self, watch: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                watch()
            except Exception as error:
                # Whatever it is: what changes until it answers again is read then.
                _log.warning("following_lost", kind=type(error).__name__)
                self._stopped.wait(_AGAIN_S)

    def _listen(self) -> None:
        with closing(self._engine.raw_connection()) as held:
            # Before it is detached: afterwards the pool knows no more whose it was.
            session: psycopg.Connection = held.driver_connection  # type: ignore[assignment]
            held.detach()
            session.rollback()
            session.autocommit = True
            try:
                self._hear(session)
            except psycopg.OperationalError:
                held.invalidate()  # Else it is rolled back, which fails once more, at length.
                session.close()  # Nobody else does: it belongs to no pool.
                raise

    def _hear(self, session: psycopg.Connection) -> None:
        session.execute(f"LISTEN {CHANGES}")
        self._tell()  # What was written before it listened.
        while not self._stopped.is_set():
            if any(True for _ in session.notifies(timeout=_LOOK_S, stop_after=1)):
                self._tell()

    def _poll(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            seen = None
            while not self._stopped.wait(_LOOK_S):
                now = session.exec_driver_sql("PRAGMA data_version").scalar()
                if now != seen:
                    seen = now
                    self._tell()

    def _tell(self) -> None:
        try:
            self._read_on()
        except Exception as error:  # Whatever it is, the next ranking reads it once more.
            _log.error("following_failed", kind=type(error).__name__)
