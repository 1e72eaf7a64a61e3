"""The way from any released schema to the present one; `upgrade` walks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event


def config() -> Config:
    """Return Alembic's configuration, made in code: no ini file to ship or to lose."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction: all of the way or none of it.

    Raises
    ------
    RuntimeError
        A row would be left that points at nothing.
    """
    made = config()
    with engine.connect() as connection, _keys_at_rest(connection), connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, revision)
        _check_keys(connection)


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
