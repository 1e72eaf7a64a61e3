"""How the service stands, as whoever runs it sees it; counts and versions, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roster.read.jobs import JobsNow


@dataclass(frozen=True, slots=True)
class IndexStanding:
    """The index of the process that answers."""

    people: int
    waiting: int
    """People whose texts are not compared by meaning yet."""
    seq: int
    """Number of the last change that is in it."""
    read_at: datetime | None
    """When it was held against the database last; None: not yet."""
    kept_at: datetime | None
    """When it was written to disk last; None: never."""
    size_bytes: int
    """On disk."""


@dataclass(frozen=True, slots=True)
class DatabaseNow:
    """The database."""

    kind: str
    version: str
    size_bytes: int
    schema: str
    """Empty where it has none."""
    newest_schema: str


@dataclass(frozen=True, slots=True)
class OutboxNow:
    """Letters, messages and webhook deliveries."""

    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class OperationsNow:
    """How the service stands at one moment."""

    jobs: JobsNow
    database: DatabaseNow
    index: IndexStanding
    model: str
    outbox: OutboxNow
    disk_free: int
    """Bytes free where the data folder is."""
    version: str
    """Of the product."""
    last_backup: datetime | None
    """When the last copy was made by this installation; None: none is known here."""
