"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from roster.dates import PartialDate

Json = JSON
"""Plain JSON: documents that are read whole and never queried inside."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always with its zone; SQLite hands datetimes back naive, so we mend it here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        """Refuse naive moments and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        """Give every moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PartialDateType(TypeDecorator[PartialDate]):
    """A `PartialDate`, stored as ISO text so that its precision survives and it sorts."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        """Store "YYYY", "YYYY-MM" or "YYYY-MM-DD"; anything else could not be read back."""
        if value is not None and not isinstance(value, PartialDate):
            raise TypeError(f"not a partial date: {value!r}")
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> PartialDate | None:  # noqa: ARG002 -- SQLAlchemy calls it so
        """Read it back."""
        return None if value is None else PartialDate.parse(value)


def words(of: type[StrEnum]) -> Any:
    """Return a column type that stores the words of a closed list as plain text.

    No database enum: a new word needs no migration, and both databases hold the same text. A word
    that is not in the list is refused on the way in, where it could never be read again.
    """
    return Enum(
        of,
        native_enum=False,
        create_constraint=False,
        length=60,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )
