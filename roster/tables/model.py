"""Ranking models of a facility: learnt, promoted, retired; written by `roster.models`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import ModelState


class RankingModel(Record, table=True):
    """One version of what ranks: its tables as an array, and what it was made from."""

    __tablename__ = "ranking_model"
    __table_args__ = (UniqueConstraint("facility_id", "version"),)

    version: str = Field(index=True, description="Day and digest; equal versions are equal models")
    state: ModelState = Field(default=ModelState.CANDIDATE, index=True, sa_type=words(ModelState))
    manifest: dict[str, Any] = Field(sa_type=Json, description="A roster.read.ModelManifest")
    tables: bytes = Field(sa_type=LargeBinary, description="An .npy file, never a pickle")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    promoted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    promoted_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", description="Of the last promotion, return or retirement")
