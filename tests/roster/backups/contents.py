"""Rows of every kind in every table, and everything that a database holds, to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CHAR,
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
)

MEAN = (
    "a\tb\nc\\d\\N \\. 'e' \"f\"",
    "\\N",
    "",
    "Zwölf Ελλάδα العربية 😀\r\n\x0b\x0c\b\x01 end\\",
    "  NULL ",
)
"""Texts with whatever a line of a backup could be mistaken by."""
_BYTES = (bytes(range(256)), b"", b"\\x00\n\t")
_JSON: tuple[object, ...] = ({"a\tb": ["\\N\n", None, 1.5, "😀"]}, [], 5, "five", {"n": 2**53})
_REAL = (0.1, -1e300, 1 / 3)
_MOMENT = (datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC), datetime(1999, 12, 31, tzinfo=UTC))

Ids = dict[tuple[str, str], list[object]]


def _pick(values: tuple[Any, ...], at: int) -> Any:
    return values[at % len(values)]


def _value(column: Column[Any], number: int, at: int) -> object:
    kind = column.type
    text = _pick(MEAN, at)[: getattr(kind, "length", None) or 500]
    keyed = f"{text}{number}.{at}"[-(getattr(kind, "length", None) or 500) :]
    ident = UUID(int=(at << 16) + number + 1)
    kinds: tuple[tuple[type, object], ...] = (
        (Boolean, number == 0),
        (Uuid, ident),
        (DateTime, _pick(_MOMENT, at + number)),
        (Date, date(2026, 3, 2 + number)),
        (JSON, _pick(_JSON, at + number)),
        (LargeBinary, _pick(_BYTES, at + number)),
        (Float, _pick(_REAL, at + number)),
        (Integer, number + 1),
        (CHAR, ident.hex),
    )
    given = next((value for of, value in kinds if isinstance(kind, of)), keyed)
    if column.nullable and number == 1 and at % 2:
        return None
    return given


def fill(engine: Engine, only: frozenset[str] | None = None) -> None:
    """Write two rows into every table, the second hanging on the second of others.

    Parameters
    ----------
    only : tables to be filled; None is all of them
    """
    metadata = MetaData()
    metadata.reflect(engine)
    ids: Ids = {}
    at = 0
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name == "alembic_version":
                continue
            if only is not None and table.name not in only:
                for column in table.primary_key:
                    found = connection.execute(table.select().with_only_columns(column))
                    ids[table.name, column.name] = list(found.scalars())
                continue
            for number in range(2):
                row: dict[str, object] = {}
                for column in table.columns:
                    at += 1
                    row[column.name] = _linked(column, ids, number, _value(column, number, at))
                connection.execute(table.insert().values(row))
                for name, value in row.items():
                    ids.setdefault((table.name, name), []).append(value)


def _linked(column: Column[Any], ids: Ids, number: int, value: object) -> object:
    for key in column.foreign_keys:
        known = ids.get((key.column.table.name, key.column.name), [])
        return known[number] if number < len(known) else None
    return value


def everything(engine: Engine) -> Mapping[str, list[str]]:
    """Return all rows of all tables, in words that are the same for both databases."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            name: sorted(repr(tuple(map(_said, row))) for row in connection.execute(table.select()))
            for name, table in sorted(metadata.tables.items())
        }


def _said(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, memoryview):
        return bytes(value)
    return value
