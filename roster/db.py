"""The database: how it is opened, and one unit of work around each use case."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Mapper, ORMExecuteState
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

from roster.errors import Conflict
from roster.tables import AuditEntry, RankingRun

_BUSY_TIMEOUT_MS = 15_000
_RANKINGS_STAY = "A stored ranking is never changed; rank again to make a new one."


def open_engine(url: str) -> Engine:
    """Open a database by its SQLAlchemy URL; nothing is created or migrated."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    return create_engine(
        parsed, json_deserializer=_read_json, pool_pre_ping=True, pool_size=10, max_overflow=10
    )


def _open_sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    options: dict[str, Any] = {
        "connect_args": {"check_same_thread": False},
        "json_deserializer": _read_json,
    }
    if in_memory:
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        if not in_memory:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
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


def wipe(engine: Engine) -> None:
    """Overwrite what was deleted: in the file, in the write-ahead log, in free pages.

    After an erasure, outside any transaction. PostgreSQL gives the space of deleted rows free; its
    own log and its backups are kept as long as whoever runs it decides.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
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
