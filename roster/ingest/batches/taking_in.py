"""What taking in files and rows shares: what a run works with, and the document that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from roster.ingest.sandbox.apart import Limits
from roster.ports import Clock
from roster.tables import Batch, Document
from roster.vault import Vault
from roster.vocabulary import BatchOutcome, DocumentKind


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with."""

    engine: Engine
    vault: Vault
    clock: Clock
    most_bytes: int
    """Of one file."""
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """One file or row that was settled; told to whoever watches."""

    place: int
    outcome: BatchOutcome


def make_document(batch: Batch, name: str, sha256: str, size: int, at: datetime) -> Document:
    """Return a new document of an upload: its uploader's, for its country."""
    return Document(
        facility_id=batch.facility_id,
        origin=batch.origin,
        created_at=at,
        kind=DocumentKind.CV,
        country=batch.country,
        uploaded_by=batch.uploaded_by,
        file_name=name[:255],
        size_bytes=size,
        sha256=sha256,
    )
