"""An upgrade keeps every row, and either all of it happens or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Uuid,
    func,
    inspect,
    select,
    text,
)

from roster.db import open_engine
from roster.errors import Conflict
from roster.migrations import current_revision, head_revision, revisions, upgrade
from tests.postgres import WorkerDatabase
from tests.roster.backups.contents import fill

FROM = "0005"
"""The revision before tables were first rebuilt; SQLite rebuilds by dropping the old one."""


RELEASED = revisions()


def _value(column: Column[object], ids: dict[str, object]) -> object:
    for key in column.foreign_keys:
        return ids.get(key.column.table.name)
    kinds: tuple[tuple[type, object], ...] = (
        (Boolean, True),
        (Uuid, uuid4()),
        (DateTime, datetime(2026, 3, 2, tzinfo=UTC)),
        (Date, date(2026, 3, 2)),
        (Integer, 1),
        (Float, 1.0),
        (JSON, []),
        (LargeBinary, b"x"),
    )
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "a")


def _fill(engine: Engine) -> dict[str, int]:
    """Write one row into every table, each hanging on the others, and count them."""
    metadata = MetaData()
    metadata.reflect(engine)
    ids: dict[str, object] = {}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name == "alembic_version":
                continue
            row = {one.name: _value(one, ids) for one in table.columns}
            if isinstance(table.columns[0].type, (Uuid, Integer)) and "id" in table.columns:
                # Reflected on SQLite, a UUID is a text of 32 digits.
                ids[table.name] = row["id"]
            elif "id" in table.columns:
                ids[table.name] = row["id"] = UUID(int=len(ids) + 1).hex
            connection.execute(table.insert().values(row))
    return _counts(engine)


def _counts(engine: Engine) -> dict[str, int]:
    names = set(inspect(engine).get_table_names()) - {"alembic_version"}
    with engine.connect() as connection:
        return {
            name: connection.execute(
                select(func.count()).select_from(text(f'"{name}"'))
            ).scalar_one()
            for name in sorted(names)
        }


def test_an_upgrade_keeps_every_row() -> None:
    engine = open_engine("sqlite://")
    upgrade(engine, FROM)
    before = _fill(engine)
    upgrade(engine)
    after = _counts(engine)
    assert {name: after[name] for name in before} == before
    assert set(before.values()) == {1}
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_an_upgrade_that_would_leave_a_dangling_row_changes_nothing() -> None:
    engine = open_engine("sqlite://")
    upgrade(engine, FROM)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(
            "INSERT INTO search_term (facility_id, field, term, length) VALUES ('x', 'a', 'a', 1)"
        )
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    with pytest.raises(RuntimeError, match="search_term"):
        upgrade(engine)
    assert current_revision(engine) == FROM
    assert "guest" not in inspect(engine).get_table_names()
    assert current_revision(engine) != head_revision()
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an engine over a database without any table."""
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    database: WorkerDatabase | None = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres_database")
        url = database.url
    engine = open_engine(url)
    if database is not None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    yield engine
    engine.dispose()
    if database is not None:
        database.clone()


@pytest.mark.long
@pytest.mark.parametrize("bare", ["sqlite", "postgresql"], indirect=True)
def test_every_step_keeps_what_every_schema_before_it_held(bare: Engine) -> None:
    """Walk from the first schema to the newest; each table is filled as soon as it is there."""
    before: dict[str, int] = {}
    for revision in RELEASED:
        upgrade(bare, revision)
        now = _counts(bare)
        assert {name: now.get(name) for name in before} == before, revision
        fill(bare, only=frozenset(now) - frozenset(before))
        before = _counts(bare)
        assert 0 not in before.values()
    assert current_revision(bare) == head_revision()
    assert len(before) > 70


@pytest.mark.long
@pytest.mark.parametrize("revision", RELEASED)
def test_every_released_schema_full_of_rows_goes_to_the_newest(bare: Engine, revision: str) -> None:
    upgrade(bare, revision)
    fill(bare)
    before = _counts(bare)
    upgrade(bare)
    after = _counts(bare)
    assert {name: after[name] for name in before} == before
    assert current_revision(bare) == head_revision()


@pytest.mark.parametrize(
    "bare", [pytest.param("sqlite", marks=pytest.mark.long), "postgresql"], indirect=True
)
def test_of_two_migrations_at_once_one_finds_it_done(bare: Engine) -> None:
    upgrade(bare, RELEASED[-2])
    failed: list[BaseException] = []
    ready = threading.Barrier(2)

    def migrate() -> None:
        engine = open_engine(bare.url.render_as_string(hide_password=False))
        try:
            ready.wait()
            upgrade(engine)
        except BaseException as error:
            failed.append(error)
        finally:
            engine.dispose()

    both = [threading.Thread(target=migrate) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    assert current_revision(bare) == head_revision()


@pytest.mark.parametrize("bare", ["postgresql"], indirect=True)
def test_a_migration_gives_way_to_who_reads(bare: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.migrations._LONGEST_WAIT", "20ms")
    upgrade(bare, "0002")
    with bare.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM facility")
        reader.exec_driver_sql("LOCK TABLE alembic_version IN SHARE MODE")
        with pytest.raises(Conflict, match="in use"):
            upgrade(bare, pause_s=0)
        assert current_revision(bare) == "0002"
    upgrade(bare, "0003")
    assert current_revision(bare) == "0003"
