"""Who does what only one may do at a time: whoever holds its name, until it lets go or ends.

With PostgreSQL a name is an advisory lock of a session, among all hosts; with the embedded
database it is the lock of a file in the data folder, among the processes of the machine. Either
goes by itself when the process that holds it ends, however it ends.
"""

from __future__ import annotations

import fcntl
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from time import sleep
from typing import IO, Any, Protocol

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_log = structlog.stdlib.get_logger("roster.turns")
_SPACE = 5_204_920  # The first half of each lock: apart from those of the change sequence.
_LOOK_S = 0.1


class Turns(Protocol):
    """The names that this process holds."""

    def take(self, name: str) -> bool:
        """Whether the name is ours: since before, or because nobody else held it."""

    def leave(self, name: str) -> None:
        """Let go of a name; one that is not held is no error."""

    def close(self) -> None:
        """Let go of every name."""


@contextmanager
def held(turns: Turns, name: str) -> Iterator[None]:
    """Wait until a name is ours, and hold it for the time of the block."""
    while not turns.take(name):
        sleep(_LOOK_S)
    try:
        yield
    finally:
        turns.leave(name)


@contextmanager
def held_unless(turns: Turns, name: str, stopped: threading.Event) -> Iterator[bool]:
    """Wait until a name is ours, and hold it for the time of the block.

    Yields
    ------
    False where we were stopped before it was
    """
    while not stopped.is_set() and not turns.take(name):
        stopped.wait(_LOOK_S)
    try:
        yield not stopped.is_set()
    finally:
        turns.leave(name)


class FileTurns:
    """Names held by locks of files, among the processes of one machine.

    Parameters
    ----------
    folder : of the files; made when first needed
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, IO[bytes]] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Whether the name is ours: since before, or because nobody else held it."""
        with self._lock:
            if name in self._held:
                return True
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / f"{re.sub('[^A-Za-z0-9._-]', '-', name)}.lock").open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._held[name] = file
            return True

    def leave(self, name: str) -> None:
        """Let go of a name; one that is not held is no error."""
        with self._lock:
            file = self._held.pop(name, None)
        if file is not None:
            file.close()

    def forget(self, name: str) -> None:
        """Let go of a name that nobody will ask for again, and remove its file."""
        with self._lock:
            file = self._held.pop(name, None)
        if file is not None:
            Path(file.name).unlink(missing_ok=True)
            file.close()

    def close(self) -> None:
        """Let go of every name."""
        for name in tuple(self._held):
            self.leave(name)


class SessionTurns:
    """Names held by advisory locks of one session of PostgreSQL, among all hosts.

    When the session is lost all names are: the next `take` opens another and asks anew, so whoever
    keeps a name for long asks for it again and again.

    Parameters
    ----------
    engine : whose settings and address the session has; it takes no connection of its pool
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: set[str] = set()
        self._session: Connection | None = None
        self._wire: Any = None
        """What the session goes over; once it is lost, the session knows it no more."""
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Whether the name is ours; where the database does not answer, nothing is."""
        with self._lock:
            try:
                session = self._open()
                if name not in self._held and _ask(session, "pg_try_advisory_lock", name):
                    self._held.add(name)
            except SQLAlchemyError as error:
                _log.warning("turns_lost", kind=type(error).__name__, names=len(self._held))
                self._drop()
            return name in self._held

    def leave(self, name: str) -> None:
        """Let go of a name; one that is not held is no error."""
        with self._lock:
            if name not in self._held or self._session is None:
                return
            self._held.discard(name)
            try:
                _ask(self._session, "pg_advisory_unlock", name)
            except SQLAlchemyError:
                self._drop()  # With the session goes what it held.

    def close(self) -> None:
        """Let go of every name, at once: a session that ends lets go a moment later."""
        with self._lock:
            if self._held and self._session is not None:
                with suppress(SQLAlchemyError):
                    self._session.execute(text("SELECT pg_advisory_unlock_all()"))
            self._drop()

    def _open(self) -> Connection:
        """Return the session, after a look whether it is still there."""
        if self._session is None:
            session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._wire = session.connection.driver_connection
            session.detach()
            self._session = session
        self._session.execute(text("SELECT 1"))
        return self._session

    def _drop(self) -> None:
        session, self._session = self._session, None
        self._held.clear()
        if session is not None:
            try:
                session.close()
            except SQLAlchemyError:
                _log.info("turns_closed_by_the_server")
            finally:
                self._wire.close()


def _ask(session: Connection, function: str, name: str) -> bool:
    number = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big", signed=True)
    asked = text(f"SELECT {function}(:space, :number)")  # Two functions, named above.
    return bool(session.execute(asked, {"space": _SPACE, "number": number}).scalar())


def turns_of(engine: Engine, folder: Path) -> Turns:
    """Return the names of a database: of its sessions, or of files in a folder of this machine."""
    if engine.dialect.name == "postgresql":
        return SessionTurns(engine)
    return FileTurns(folder)
