"""The rows of every table, read from one snapshot and written in one transaction.

Tables are those that the database has, not those of the code: a backup of any released schema can
be read and made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, MetaData, Table, column, func, literal, select, table, text
from sqlmodel import SQLModel

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster.backups.manifest import TableKept
from roster.backups.values import Kind, kind_of, line_of, row_of
from roster.errors import Conflict, FileRefused

VERSION_TABLE = "alembic_version"
_AT_ONCE = 1_000
_READ = (
    # As a backup reads and a restoring writes, whatever the server's own settings are.
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


def is_postgres(connection: Connection) -> bool:
    """Whether a connection is one to PostgreSQL."""
    return connection.dialect.name == "postgresql"


def begin_snapshot(connection: Connection) -> None:
    """Begin to read the database as it stands now, however long that takes; writers go on."""
    if is_postgres(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        prepare(connection)
    else:
        # The driver begins before writing only, and then not for reading.
        connection.exec_driver_sql("BEGIN")
    connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE)))


def prepare(connection: Connection) -> None:
    """Make a transaction of PostgreSQL speak as a backup does, without a limit of time."""
    for statement in _READ:
        connection.exec_driver_sql(statement)


def tables_in(connection: Connection) -> list[Table]:
    """Return the tables of a database, those first that others point at."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != VERSION_TABLE)
    return found.sorted_tables


def tables_of_ours(connection: Connection, also: Iterable[str] = ()) -> list[Table]:
    """Return those tables in a database that the product made, known by their names.

    Parameters
    ----------
    also : further names that were the product's in another version
    """
    ours = {*SQLModel.metadata.tables, *also}
    return [table for table in tables_in(connection) if table.name in ours]


def is_filled(connection: Connection, tables: Iterable[Table]) -> bool:
    """Whether any of some tables holds a row."""
    return any(
        connection.execute(select(literal(1)).select_from(one).limit(1)).first() is not None
        for one in tables
    )


def described(table: Table, rows: int = 0) -> TableKept:
    """Return a table as a manifest tells it."""
    columns = {column.name: kind_of(column.type) for column in table.columns}
    return TableKept(columns=columns, rows=rows)


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _named(connection: Connection, table: Table) -> str:
    return connection.dialect.identifier_preparer.format_table(table)


def _columns(connection: Connection, names: Iterable[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return ", ".join(map(quote, names))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


# --- Reading --------------------------------------------------------------------------------------


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row of a table as a line."""
    names = _columns(connection, table.columns.keys())
    if is_postgres(connection):
        command = f"COPY {_named(connection, table)} ({names}) TO STDOUT"
        with _driver(connection).cursor().copy(command) as copy:
            yield from map(bytes, copy)
        return
    kinds = list(described(table).columns.values())
    query = f"SELECT {names} FROM {_named(connection, table)}"  # noqa: S608 -- quoted
    for row in _driver(connection).execute(query):
        yield line_of(kinds, row)


def counters(connection: Connection) -> dict[str, int]:
    """Return the last number that each counter of PostgreSQL gave out; SQLite keeps none."""
    if not is_postgres(connection):
        return {}
    found = {}
    for owner, name, sequence in _sequences(connection):
        statement = f"SELECT last_value FROM {sequence} WHERE is_called"  # noqa: S608 -- quoted
        last = connection.exec_driver_sql(statement).scalar()
        if last is not None:
            found[f"{owner}.{name}"] = int(last)
    return found


def _sequences(connection: Connection) -> list[tuple[str, str, str]]:
    """Return the counters of a database: table, column, its quoted name."""
    rows = connection.exec_driver_sql(
        "SELECT table_name, column_name, sequence FROM ("
        " SELECT table_name, column_name, pg_get_serial_sequence("
        "  quote_ident(table_schema) || '.' || quote_ident(table_name), column_name) AS sequence"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND column_default LIKE 'nextval(%%') AS found WHERE sequence IS NOT NULL ORDER BY 1, 2"
    ).all()
    return [(str(owner), str(name), str(sequence)) for owner, name, sequence in rows]


# --- Writing --------------------------------------------------------------------------------------


def fill(
    connection: Connection, table: Table, kept: TableKept, lines: Iterable[bytes]
) -> Iterator[int]:
    """Write lines into an empty table; yields how many are written, now and then.

    Raises
    ------
    FileRefused
        The table has other columns, or a line is none of it.
    """
    if described(table).columns != kept.columns:
        raise FileRefused(f"The table {table.name} of this backup has columns of another schema.")
    names = _columns(connection, kept.columns)
    way = _fill_postgres if is_postgres(connection) else _fill_sqlite
    return way(connection, _named(connection, table), names, kept, lines)


def _fill_postgres(
    connection: Connection, table: str, names: str, _kept: TableKept, lines: Iterable[bytes]
) -> Iterator[int]:
    done = 0
    with _driver(connection).cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for line in lines:
            copy.write(line)
            done += 1
            if done % _AT_ONCE == 0:
                yield done
    yield done


def _fill_sqlite(
    connection: Connection, table: str, names: str, kept: TableKept, lines: Iterable[bytes]
) -> Iterator[int]:
    kinds: list[Kind] = list(kept.columns.values())
    marks = ", ".join("?" * len(kinds))
    insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 -- quoted
    driver, done = _driver(connection), 0
    for line in lines:
        try:
            row = row_of(kinds, line)
        except ValueError as error:
            raise FileRefused(f"Row {done + 1} of {table} in this backup is none.") from error
        driver.execute(insert, row)
        done += 1
        if done % _AT_ONCE == 0:
            yield done
    yield done


def go_on_counting(connection: Connection, last: Mapping[str, int]) -> None:
    """Let each counter of PostgreSQL give out the number after all that were given out before."""
    if not is_postgres(connection):
        return
    prepared = connection.dialect.identifier_preparer
    for owner, name, sequence in _sequences(connection):
        highest = f"SELECT max({prepared.quote(name)}) FROM {prepared.quote(owner)}"  # noqa: S608 -- quoted
        newest = max(
            connection.exec_driver_sql(highest).scalar() or 0, last.get(f"{owner}.{name}", 0)
        )
        if newest:
            connection.execute(
                text("SELECT setval(CAST(:name AS regclass), :last)"),
                {"name": sequence, "last": newest},
            )


def check_rows(connection: Connection, table: Table, kept: TableKept) -> None:
    """Hold the rows of a table that was filled against what was kept.

    Raises
    ------
    Conflict
    """
    found = count(connection, table)
    if found != kept.rows:
        raise Conflict(f"{table.name} has {found} rows after restoring, {kept.rows} were kept.")
