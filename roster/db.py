"""The database: how it is opened, and one unit of work around each use case."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Mapper, ORMExecuteState
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

from roster.errors import Conflict, TookTooLong, Unavailable
from roster.tables import AuditEntry, RankingRun

_KEPT_OPEN = 20
"""Connections to a file that a process keeps."""
_BUSY_TIMEOUT_MS = 15_000
DURABILITY = "FULL"
"""SQLite waits for the disk at each commit, so that what was acknowledged outlives a power cut."""
MOST_LOG_BYTES = 64 * 1024 * 1024
"""Left of the write-ahead log of SQLite when it begins anew; by itself it would stay as large as it
ever was. It is folded in every 4 MB and grows beyond in one large change, or while somebody
reads an older state: a busy minute fits, so that room is not given back and taken all the time."""
_RANKINGS_STAY = "A stored ranking is never changed; rank again to make a new one."


@dataclass(frozen=True, slots=True)
class Pool:
    """How a process holds its connections to PostgreSQL, and how long it waits for it.

    Parameters
    ----------
    name : what PostgreSQL shows as `application_name`
    size, overflow : connections kept open, and more for a moment
    recycle_s : age after which one is opened anew
    wait_s : longest wait for one of them
    statement_s, lock_s, idle_s : longest statement, wait for a lock, and transaction in which
        nothing happens; 0 is without end
    """

    name: str = "roster"
    size: int = 5
    overflow: int = 10
    recycle_s: int = 1800
    wait_s: int = 30
    statement_s: int = 0
    lock_s: int = 0
    idle_s: int = 0

    def options(self) -> str:
        """Return the settings of a session, as libpq takes them."""
        said = {
            "statement_timeout": self.statement_s * 1000,
            "lock_timeout": self.lock_s * 1000,
            "idle_in_transaction_session_timeout": self.idle_s * 1000,
            **_KEEPALIVE,
        }
        return " ".join(f"-c {name}={value}" for name, value in said.items())


_CONNECT_S = 5
_LOST_S = 30
"""What was sent and not received by then: the connection is taken for lost."""
_KEEPALIVE = {"tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}
"""So PostgreSQL lets go of what a host held that was switched off within half a minute; by itself
it would wait for two hours."""


def open_engine(url: str, pool: Pool | None = None) -> Engine:
    """Open a database by its SQLAlchemy URL; nothing is created or migrated.

    Parameters
    ----------
    pool : how PostgreSQL is held; SQLite has no use for it
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    pool = pool or Pool()
    return create_engine(
        parsed,
        json_deserializer=_read_json,
        pool_pre_ping=True,
        pool_size=pool.size,
        max_overflow=pool.overflow,
        pool_recycle=pool.recycle_s,
        pool_timeout=pool.wait_s,
        connect_args={
            "application_name": pool.name,
            "connect_timeout": _CONNECT_S,
            "options": pool.options(),
            "tcp_user_timeout": 1000 * _LOST_S,
        },
    )


def _open_sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    options: dict[str, Any] = {
        "connect_args": {"check_same_thread": False},
        "json_deserializer": _read_json,
    }
    if in_memory:
        options["poolclass"] = StaticPool
    else:
        # To open a file costs nothing: whoever may work (`roster.admission`) never waits for it.
        options |= {"pool_size": _KEPT_OPEN, "max_overflow": -1}
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        if not in_memory:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute(f"PRAGMA synchronous={DURABILITY}")
            cursor.execute(f"PRAGMA journal_size_limit={MOST_LOG_BYTES}")
        cursor.close()

    return engine


def _read_json(text: str | bytes) -> Any:
    """Read what a column holds: records of people are long, and read by the hundred."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        # Halves of characters out of broken files, and endless numbers, were written all the same.
        return json.loads(text)


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """Open a session that commits at the end, or rolls everything back on any error."""
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


_AWAY = (
    "The database does not answer at the moment. Nothing was changed by this. Try again in a "
    "moment; the service goes on by itself as soon as the database is back."
)
_BUSY = (
    "Everything is in use at the moment, and nothing was changed by this. Try again in a moment."
)
_HELD = (
    "Somebody else is changing the same record at this moment, and nothing was changed by this. "
    "Try again in a moment."
)
_LONG = (
    "The database took longer over this than it may, and it was given up: nothing was changed. "
    "Ask for less at a time, or try again later; if it happens again, tell your administrator."
)
_FULL = (
    "There is no room left on the disk of the service, and nothing was changed by this. Tell your "
    "administrator; it goes on by itself as soon as there is room."
)
_UNWRITABLE = (
    "Nothing can be written to the database at the moment, and nothing was changed by this. Tell "
    "your administrator: the disk, or the database, can only be read."
)
_LOST = ("08", "57P")  # Classes of SQLSTATE: connections; the server stops, or is not up yet.
_NO_CONNECTION_LEFT = "53300"
_IDLE = "25P03"
_HELD_BY_OTHERS = frozenset({"55P03", "40P01", "40001"})
_CANCELLED = "57014"
_NO_ROOM = frozenset({"53100", "SQLITE_FULL"})
_READ_ONLY = ("25006", "58030", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")
"""Of PostgreSQL: a standby, or a disk that fails; of SQLite the beginnings of names."""
_FILES = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EIO: "SQLITE_IOERR",
}
"""What a file says that is written beside the database, in the same words."""
_AWAY_S, _BUSY_S, _STORE_S = 5, 2, 60


def outage_of(error: BaseException) -> Unavailable | None:
    """Return in words why the database did not do it; None where that is nobody's patience.

    A lost connection, a server that starts, waits that were given up, a disk that is full or cannot
    be written; not what is our mistake.
    """
    if isinstance(error, NoConnectionFree):
        return Unavailable(_BUSY, _BUSY_S)
    if isinstance(error, OSError):
        return _store_refusal(_FILES.get(error.errno or 0, ""))
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    refusal = _store_refusal(str(state or getattr(error.orig, "sqlite_errorname", "")))
    return refusal or _refusal(error, state)


def _store_refusal(state: str) -> Unavailable | None:
    """Return the refusal of a disk, by what the database calls its state."""
    if state in _NO_ROOM:
        return Unavailable(_FULL, _STORE_S)
    return Unavailable(_UNWRITABLE, _STORE_S) if state.startswith(_READ_ONLY) else None


def _refusal(error: DBAPIError, state: str | None) -> Unavailable | None:
    if state == _CANCELLED:
        return TookTooLong(_LONG, _AWAY_S)
    if state in _HELD_BY_OTHERS or "database is locked" in str(error.orig):
        return Unavailable(_HELD, _BUSY_S)
    if state == _NO_CONNECTION_LEFT:
        return Unavailable(_BUSY, _AWAY_S)
    is_lost = error.connection_invalidated or _is_postgresql_gone(error, state)
    return Unavailable(_AWAY, _AWAY_S) if is_lost else None


def _is_postgresql_gone(error: DBAPIError, state: str | None) -> bool:
    if state is not None:
        return state == _IDLE or state.startswith(_LOST)
    # Without a state the library speaks for itself: it could not reach the server.
    is_postgresql = type(error.orig).__module__.startswith("psycopg")
    return is_postgresql and type(error.orig).__name__ == "OperationalError"


@event.listens_for(Engine, "handle_error")
def _know_lost_connections(context: ExceptionContext) -> None:
    """Let SQLAlchemy know each lost connection of PostgreSQL: by itself it goes by some words only.

    So the pool drops it, and DBOS waits until the server is back instead of giving a job up.
    """
    error = context.sqlalchemy_exception
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        context.is_disconnect = context.is_disconnect or _is_postgresql_gone(error, state)


def wipe(engine: Engine) -> None:
    """Overwrite what was deleted: in the file, in the write-ahead log, in free pages.

    After an erasure, outside any transaction. PostgreSQL gives the space of deleted rows free; its
    own log and its backups are kept as long as whoever runs it decides.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not is_sqlite:  # It takes as long as it takes; nobody else gets this connection.
            connection.detach()
            connection.exec_driver_sql("SET statement_timeout = 0")
        for statement in (
            ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
            if is_sqlite
            else ("VACUUM",)
        ):
            connection.exec_driver_sql(statement)


def fold_log(engine: Engine) -> None:
    """Fold the write-ahead log of SQLite into its file; PostgreSQL looks after its own."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def put_in_place(fresh: Path, path: Path) -> None:
    """Let an SQLite file take the place of another, in one transaction where that one exists.

    Never by renaming it over the other: its write-ahead log would be taken for one of the new file.

    Parameters
    ----------
    fresh : folded, and open nowhere
    path : where it shall be
    """
    if not path.exists():
        fresh.rename(path)
        return
    with closing(sqlite3.connect(fresh)) as source, closing(sqlite3.connect(path)) as target:
        target.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        source.backup(target)


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse_to_rewrite_the_audit(_mapper: Mapper[Any], _connection: Any, _entry: Any) -> None:
    """Keep the links of the audit as they were sealed."""
    raise Conflict("The audit only grows.")


@event.listens_for(RankingRun, "before_update")
def _refuse_to_rewrite_a_ranking(_mapper: Mapper[Any], _connection: Any, _run: Any) -> None:
    """Keep stored rankings as they were shown."""
    raise Conflict(_RANKINGS_STAY)


@event.listens_for(Session, "do_orm_execute")
def _refuse_to_rewrite_rankings(statement: ORMExecuteState) -> None:
    """Keep stored rankings from UPDATE statements too."""
    mapper = statement.bind_mapper
    if statement.is_update and mapper is not None and mapper.class_ is RankingRun:
        raise Conflict(_RANKINGS_STAY)
