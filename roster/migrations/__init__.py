"""The way from any released schema to the present one; `upgrade` walks it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from roster.errors import Conflict

_ONE_AT_A_TIME = 7_305_412
"""Number of the lock under which PostgreSQL lets one migration after the other go."""
_LONGEST_WAIT = "2s"
"""So long a migration waits for a table, and holds up whoever comes after it, at most."""
_TRIES = 10
_PAUSE_S = 1.0


def config() -> Config:
    """Return Alembic's configuration, made in code: no ini file to ship or to lose."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(engine: Engine, revision: str = "head", *, pause_s: float = _PAUSE_S) -> None:
    """Bring the database to a revision, in one transaction: all of the way or none of it.

    Of several at once, one migrates and the others find it done. On PostgreSQL it gives way to
    whoever reads: where a table is not free soon, all is taken back and tried again.

    Parameters
    ----------
    revision : to go to
    pause_s : seconds between two tries

    Raises
    ------
    RuntimeError
        A row would be left that points at nothing.
    Conflict
        A table that has to change was in use at each try; nothing was changed.
    """
    for tried in range(_TRIES):
        if tried:
            time.sleep(pause_s)
        with engine.connect() as connection, _keys_at_rest(connection):
            try:
                with connection.begin():
                    _walk(connection, revision)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != "55P03":
                    raise
            else:
                return
    raise Conflict(
        f"Nothing was changed: a table of the database was in use at each of {_TRIES} tries. "
        "Wait until long reports and backups are done, or stop the servers, and run it again."
    )


def _walk(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        # Whatever limits the server or the pool sets for the pages.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'")
    upgrade_within(connection, revision)
    _check_keys(connection)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """Bring a database to a revision within a transaction that somebody else ends."""
    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, revision)


@contextmanager
def _keys_at_rest(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table without taking the rows that hang on it for orphans.

    It changes a column by copying the table and dropping the old one; with foreign keys enforced,
    the drop would delete, by cascade, all that belongs to its rows.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    event.listen(connection, "begin", _begin)
    try:
        yield
    finally:
        event.remove(connection, "begin", _begin)
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()


def _begin(connection: Connection) -> None:
    # The driver would begin at the first INSERT only, and leave changes of tables outside.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"a row of {broken[0]} points at a row of {broken[2]} that is gone")


def current_revision(engine: Engine) -> str | None:
    """Return the revision that the database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """Return the newest revision in this package."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    if head is None:
        raise RuntimeError("the package ships no migration")
    return head


def revisions() -> tuple[str, ...]:
    """Return every revision in this package, the oldest first."""
    walked = ScriptDirectory.from_config(config()).walk_revisions()
    return tuple(reversed([one.revision for one in walked]))


def is_known(revision: str) -> bool:
    """Whether this package knows a revision: one of a newer product it does not."""
    return revision in revisions()
