"""What was done and seen, chained so that a change in it shows; written by `roster.audit`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from roster.columns import UtcDateTime, words
from roster.vocabulary import Origin

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class AuditEntry(SQLModel, table=True):
    """One link of the chain; it tells nothing by itself, so it never has to be erased."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    seq: int = Field(
        sa_column=Column(_NUMBER, primary_key=True, autoincrement=False), description="From 1"
    )
    facility_id: UUID | None = Field(default=None, foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    sealed_at: datetime = Field(sa_type=UtcDateTime)
    source: str = Field(description="change or access_log")
    source_id: int = Field(sa_column=Column(_NUMBER, nullable=False))
    digest: str = Field(description="SHA-256 of salt and payload")
    chain: str = Field(description="SHA-256 of the link before, number and digest")


class AuditPayload(SQLModel, table=True):
    """What a link is about; erased with the person, while the chain stays whole."""

    __tablename__ = "audit_payload"

    seq: int = Field(
        sa_column=Column(
            _NUMBER,
            ForeignKey("audit_entry.seq", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        )
    )
    facility_id: UUID | None = Field(default=None, foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    expert_id: UUID | None = Field(default=None, index=True, description="Whom it is about")
    salt: bytes = Field(sa_type=LargeBinary)
    payload: str = Field(description="Canonical JSON of the row as it was")
