"""An upgrade keeps every row, and either all of it happens or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
from roster.migrations import current_revision, head_revision, upgrade

FROM = "0005"
"""The revision before tables were first rebuilt; SQLite rebuilds by dropping the old one."""


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
