"""Filling an empty installation from a backup: all of it, or it stays as it was.

On SQLite a new file is filled beside the old one and copied into its place in one transaction; on
PostgreSQL everything happens in one transaction. Ledger and keys are written before, so that no
moment has people without the ledger by which some of them are to be erased again.
"""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from roster.backups import rows
from roster.backups.archive import Progress, Reader, opened
from roster.backups.checking import check
from roster.backups.keeping import FILES, MODEL, part_of
from roster.backups.ledger import Erased, add_to_ledger, erased_in, parsed
from roster.backups.manifest import Manifest, fingerprints
from roster.db import fold_log, open_engine, put_in_place, unit_of_work, wipe
from roster.erasure import LEDGER, erase_again, read_ledger
from roster.errors import Conflict
from roster.migrations import head_revision, upgrade, upgrade_within
from roster.search_terms import make_all_findable
from roster.settings import Settings
from roster.vault import KEY_FILE, keep_keys, keys_held

_DERIVED = ("index", "jobs.db", "rates.db")
"""What is made anew from the database; of another database it would be wrong."""
_FILLING = ".restoring"
_LOCKS = "jobs-*.lock"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did."""

    manifest: Manifest
    erased_again: int
    """People of the ledger whom the backup had brought back."""
    missing_keys: tuple[str, ...]
    """Fingerprints of keys that are needed to open the originals, and are not here."""
    model: Path | None
    """Where the fitted model was put, if there was one."""


def restore(
    settings: Settings,
    source: Path,
    *,
    at: datetime,
    checked: Progress,
    filled: Progress,
    may_replace: Callable[[], bool] = lambda: False,
) -> Restored:
    """Fill an installation from a backup, bring it to the newest schema, erase again.

    Parameters
    ----------
    settings : of the installation to be filled
    source : the backup
    at : the present moment
    checked, filled : called with bytes checked and rows written, and how many there are
    may_replace : asked once where the installation is not empty; False leaves it as it is

    Raises
    ------
    FileRefused
        The backup is damaged or of a newer version; nothing was changed.
    Conflict
        The installation is not empty, or still at work; nothing was changed.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with opened(source) as reader, _at_rest(settings.data_dir):
        check(reader, checked)
        engine = open_engine(settings.url)
        try:
            held = _look_at(engine, settings, reader.manifest)
            if held.is_filled and not may_replace():
                raise Conflict(
                    "This installation is not empty, and nothing was changed. Restore into an "
                    "empty one (another ROSTER_DATA_DIR or ROSTER_DATABASE_URL), or add --replace."
                )
            model = _restore_files(reader, settings, held)
            _restore_rows(reader, engine, settings, filled)
            again = _erase_again(engine, settings, at)
        finally:
            engine.dispose()
        return Restored(reader.manifest, again, _missing(settings, reader.manifest), model)


@contextmanager
def _at_rest(folder: Path) -> Iterator[None]:
    """Hold the places of servers and workers of this folder, so that none is at work meanwhile."""
    held = [path.open("ab") for path in sorted(folder.glob(_LOCKS))]
    try:
        for lock in held:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Conflict(
                    f"A server or worker is at work on {folder}. Stop it, restore, start it again."
                ) from error
        yield
    finally:
        for lock in held:
            lock.close()


@dataclass(frozen=True, slots=True)
class _Held:
    """What stands in the installation before."""

    is_filled: bool
    erased: Erased


def _look_at(engine: Engine, settings: Settings, manifest: Manifest) -> _Held:
    """Look whether there is anything to be lost, and who was erased here."""
    if settings.is_embedded and not Path(str(engine.url.database)).exists():
        return _Held(False, {})
    with engine.connect() as connection:
        if rows.is_postgres(connection):
            _refuse_company(connection)
        tables = rows.tables_of_ours(connection, manifest.tables)
        if not rows.is_filled(connection, tables):
            return _Held(False, {})
    return _Held(True, erased_in(engine))


def _refuse_company(connection: Connection) -> None:
    others = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ).scalar_one()
    if others:
        raise Conflict(
            f"{others} others are connected to this database. Stop every server and worker, close "
            "other programs that look into it, and restore again."
        )


# --- Files ----------------------------------------------------------------------------------------


def _restore_files(reader: Reader, settings: Settings, held: _Held) -> Path | None:
    folder, parts = settings.data_dir, reader.manifest.parts
    ledger = f"{FILES}/{LEDGER}"
    add_to_ledger(folder, {**held.erased, **parsed(reader.content(ledger).decode())})
    keys = f"{FILES}/{KEY_FILE}"
    if keys in parts:
        keep_keys(folder / KEY_FILE, reader.content(keys).split())
    model = [name for name in parts if name.startswith(f"{MODEL}/")]
    if not model:
        return None
    (folder / "model").mkdir(exist_ok=True)
    for name in model:
        (folder / "model" / Path(name).name).write_bytes(reader.content(name))
    return folder / "model"


def _missing(settings: Settings, manifest: Manifest) -> tuple[str, ...]:
    here = fingerprints(keys_held(settings.document_key.get_secret_value(), settings.data_dir))
    return tuple(one for one in manifest.keys if one not in here)


def _forget_derived(folder: Path) -> None:
    for name in _DERIVED:
        for path in folder.glob(f"{name}*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


# --- Rows -----------------------------------------------------------------------------------------


def _restore_rows(reader: Reader, engine: Engine, settings: Settings, tell: Progress) -> None:
    if settings.is_embedded:
        _into_a_file(reader, Path(str(engine.url.database)), tell)
    else:
        _into_postgres(reader, engine, tell)
    _forget_derived(settings.data_dir)
    with unit_of_work(engine) as session:
        make_all_findable(session)  # Records of before the search have no words yet.


def _into_a_file(reader: Reader, path: Path, tell: Progress) -> None:
    """Fill a new file beside the present one, then put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + _FILLING)
    _drop_file(fresh)
    try:
        made = open_engine(f"sqlite:///{fresh}")
        upgrade(made, reader.manifest.revision)
        with made.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _fill(connection, reader, tell)
            connection.commit()
        upgrade(made, head_revision())
        fold_log(made)
        made.dispose()
        put_in_place(fresh, path)
    except (OSError, OperationalError, sqlite3.OperationalError) as error:
        why = str(getattr(error, "orig", error))  # Of SQLite: a few words, never a value.
        raise Conflict(
            f"The backup was not restored, and the database is as it was: {why}. "
            "See that the disk has room for it twice and that the folder can be written."
        ) from error
    finally:
        _drop_file(fresh)


def _drop_file(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _into_postgres(reader: Reader, engine: Engine, tell: Progress) -> None:
    """Empty the database, fill it and bring it to the newest schema in one transaction."""
    with engine.begin() as connection:
        rows.prepare(connection)
        quote = connection.dialect.identifier_preparer
        old = rows.tables_of_ours(connection, reader.manifest.tables)
        names = [*map(quote.format_table, old), quote.quote(rows.VERSION_TABLE)]
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(names)} CASCADE")
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS dbos CASCADE")
        upgrade_within(connection, reader.manifest.revision)
        _fill(connection, reader, tell)
        rows.go_on_counting(connection, reader.manifest.counters)
        upgrade_within(connection)


def _fill(connection: Connection, reader: Reader, tell: Progress) -> None:
    manifest, done = reader.manifest, 0
    for table in rows.tables_of_ours(connection, manifest.tables):
        kept = manifest.tables.get(table.name)
        if kept is None:
            raise Conflict(f"The table {table.name} is missing in this backup.")
        for written in rows.fill(connection, table, kept, reader.lines(part_of(table.name))):
            tell(done + written, manifest.rows)
        rows.check_rows(connection, table, kept)
        done += kept.rows


def _erase_again(engine: Engine, settings: Settings, at: datetime) -> int:
    subjects = read_ledger(settings.data_dir)
    if not subjects:
        return 0
    with unit_of_work(engine) as session:
        again = erase_again(session, subjects, at=at)
    if again:
        wipe(engine)
    return again
