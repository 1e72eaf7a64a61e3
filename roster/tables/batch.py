"""Many CVs sent at once: each file or row with what became of it; nothing is taken in twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import BatchKind, BatchOutcome, BatchState


class Batch(Record, table=True):
    """Files, an archive or a list that somebody sent in one go."""

    kind: BatchKind = Field(sa_type=words(BatchKind))
    state: BatchState = Field(default=BatchState.RECEIVED, sa_type=words(BatchState))
    is_trial: bool = Field(default=False, description="Says what would happen, changes nothing")
    country: str | None = Field(default=None, index=True, description="Of who uploaded: its scope")
    uploaded_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    file_name: str = Field(default="", description="Of an archive or a list, as given")
    mapping: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Of a list: sheet, header row, columns"
    )
    problem: str | None = Field(default=None, description="For people: why nothing was taken in")
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BatchItem(Record, table=True):
    """One file of a batch, or one row of its list."""

    __tablename__ = "batch_item"
    __table_args__ = (UniqueConstraint("batch_id", "place"),)

    batch_id: UUID = Field(foreign_key="batch.id", index=True, ondelete="CASCADE")
    place: int = Field(ge=1, description="Number of the file, or of the row as a person counts")
    file_name: str = Field(default="", description="As given; empty for a row")
    sha256: str = Field(default="", index=True)
    outcome: BatchOutcome = Field(default=BatchOutcome.WAITING, sa_type=words(BatchOutcome))
    reason: str | None = Field(default=None, description="For people: why refused, what to look at")
    document_id: UUID | None = Field(
        default=None, foreign_key="document.id", index=True, ondelete="SET NULL"
    )
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", index=True, ondelete="SET NULL"
    )


class BatchBlob(Record, table=True):
    """What waits to be taken in, encrypted: a file (`item_id`) or a whole list; gone afterwards."""

    __tablename__ = "batch_blob"

    batch_id: UUID = Field(foreign_key="batch.id", index=True, ondelete="CASCADE")
    item_id: UUID | None = Field(
        default=None, foreign_key="batch_item.id", unique=True, ondelete="CASCADE"
    )
    content: bytes = Field(sa_type=LargeBinary, description="Fernet token of the file's bytes")
