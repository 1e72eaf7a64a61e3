"""Who saw whom, and what changed; both only ever grow. Written by `roster.records`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import utc_now
from roster.vocabulary import ErasureReason, Origin


class Change(SQLModel, table=True):
    """One change, in the order of commits; index, notices and webhooks read on from a `seq`.

    Written in the transaction of the change itself, so that neither exists without the other.
    """

    seq: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
    )
    facility_id: UUID | None = Field(default=None, foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    by: UUID | None = Field(default=None, description="Account; None: the system")
    record: str = Field(index=True, description="Table of the record changed")
    record_id: UUID = Field(index=True)
    act: str = Field(description="created, changed, removed or a step: confirmed, moved")
    detail: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Ids and codes; never names or text"
    )


class Erasure(SQLModel, table=True):
    """That a person was erased: the id she had, which nothing else knows any more, and why."""

    subject: UUID = Field(primary_key=True, description="Id of the record that was erased")
    facility_id: UUID = Field(foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    at: datetime = Field(sa_type=UtcDateTime)
    by: UUID | None = Field(default=None, description="Account; None: the system")
    reason: ErasureReason = Field(sa_type=words(ErasureReason))
    rows: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Rows deleted or changed, by table"
    )


class AccessLog(SQLModel, table=True):
    """That somebody saw personal data of a person, and for what."""

    __tablename__ = "access_log"

    id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
    )
    facility_id: UUID | None = Field(default=None, foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    account_id: UUID = Field(index=True)
    expert_id: UUID = Field(index=True)
    what: str = Field(description="ranking, record, cv, contact, export")
    purpose: str = Field(default="", description="Request id or reason code")
