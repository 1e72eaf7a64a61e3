"""Writing a backup: the database in one snapshot, then what stands beside it.

In this order, so that nobody is forgotten: whoever is erased while the tables are read is still in
them, and in the ledger that is read after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import Connection, Engine, Table

from roster.backups import rows
from roster.backups.archive import Progress, Writer, written
from roster.backups.ledger import Erased, as_lines, erased_in, ledger_of
from roster.backups.manifest import Manifest, TableKept, fingerprints, suggested_name
from roster.db import fold_log, open_engine
from roster.erasure import LEDGER
from roster.errors import Conflict
from roster.migrations import current_revision
from roster.settings import Settings
from roster.vault import KEY_FILE, keys_held

TABLES, FILES, MODEL = "tables", "files", "files/model"
_TOLD_EVERY = 1_000


def back_up(
    settings: Settings, target: Path, *, with_keys: bool, at: datetime, tell: Progress
) -> tuple[Path, Manifest]:
    """Write everything of an installation into one file, while it is at work.

    Parameters
    ----------
    settings : of the installation
    target : the file to be made, or a folder to make it in
    with_keys : put the keys that open the stored originals into it, too
    at : the present moment
    tell : called with rows done, and how many there are

    Returns
    -------
    where the backup is, and what it holds

    Raises
    ------
    Conflict
        There is no database yet, the target is there already, or it cannot be written.
    """
    path = target / suggested_name(at) if target.is_dir() else target
    engine = open_engine(settings.url)
    try:
        revision = current_revision(engine) if _is_there(settings, engine) else None
        if revision is None:
            raise Conflict("There is no database here yet, so nothing to back up.")
        with written(path) as writer:
            return path, _write(writer, engine, settings, revision, with_keys, at, tell)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise Conflict(f"The backup was not made, nothing is left at {path}: {why}.") from error
    finally:
        engine.dispose()


def _is_there(settings: Settings, engine: Engine) -> bool:
    return not settings.is_embedded or Path(str(engine.url.database)).exists()


def _write(
    writer: Writer,
    engine: Engine,
    settings: Settings,
    revision: str,
    with_keys: bool,
    at: datetime,
    tell: Progress,
) -> Manifest:
    with engine.connect() as connection:
        rows.begin_snapshot(connection)
        tables = _keep_tables(writer, connection, tell)
        last = rows.counters(connection)
        connection.rollback()
    fold_log(engine)
    keys = keys_held(settings.document_key.get_secret_value(), settings.data_dir)
    _keep_files(writer, engine, settings, keys if with_keys else ())
    manifest = Manifest(
        product=product_version(),
        revision=revision,
        made_at=at,
        database=engine.dialect.name,
        tables=tables,
        counters=last,
        parts=writer.parts,
        keys=fingerprints(keys),
        has_keys=with_keys and bool(keys),
    )
    writer.finish(manifest)
    return manifest


def product_version() -> str:
    """Return the version of the product that runs."""
    try:
        return version("expert-roster")
    except PackageNotFoundError:
        return "not installed"


def _keep_tables(writer: Writer, connection: Connection, tell: Progress) -> dict[str, TableKept]:
    tables = rows.tables_of_ours(connection)
    if rows.is_postgres(connection):
        names = ", ".join(map(connection.dialect.identifier_preparer.format_table, tables))
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS SHARE MODE")
    of = sum(rows.count(connection, table) for table in tables)
    kept: dict[str, TableKept] = {}
    done = 0
    for table in tables:
        counted = _Counted(connection, table, done, of, tell)
        writer.add(part_of(table.name), counted)
        kept[table.name] = rows.described(table, counted.rows)
        done += counted.rows
    return kept


def part_of(table: str) -> str:
    """Return the name of the part that holds a table."""
    return f"{TABLES}/{table}.copy"


class _Counted:
    """The lines of a table, counted as they pass."""

    def __init__(
        self, connection: Connection, table: Table, done: int, of: int, tell: Progress
    ) -> None:
        self._lines = rows.lines_of(connection, table)
        self._done, self._of, self._tell = done, of, tell
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.rows += 1
            if self.rows % _TOLD_EVERY == 0:
                self._tell(self._done + self.rows, self._of)
            yield line
        self._tell(self._done + self.rows, self._of)


def _keep_files(
    writer: Writer, engine: Engine, settings: Settings, keys: tuple[bytes, ...]
) -> None:
    writer.add(f"{FILES}/{LEDGER}", [as_lines(_erased(engine, settings.data_dir)).encode()])
    if keys:
        writer.add(f"{FILES}/{KEY_FILE}", [b"\n".join(keys) + b"\n"])
    if settings.model_dir is not None:
        for path in sorted(settings.model_dir.iterdir()):
            if path.is_file():
                writer.add(f"{MODEL}/{path.name}", [path.read_bytes()])


def _erased(engine: Engine, folder: Path) -> Erased:
    """Return who was erased until now: by the ledger of this host, and by what others did."""
    return {**erased_in(engine), **ledger_of(folder)}
