"""What accounts and guests are told; written by `roster.telling.messages`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import MessageKind, MessageState


class Message(Record, table=True):
    """One thing told to one account or guest; read in the product and, where it is set, by mail."""

    kind: MessageKind = Field(sa_type=words(MessageKind))
    state: MessageState = Field(
        default=MessageState.WAITING, index=True, sa_type=words(MessageState)
    )
    account_id: UUID | None = Field(
        default=None, foreign_key="account.id", index=True, ondelete="CASCADE"
    )
    guest_id: UUID | None = Field(
        default=None, foreign_key="guest.id", index=True, ondelete="CASCADE"
    )
    record: str = Field(description="Table of what it is about")
    record_id: UUID = Field(index=True)
    detail: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Codes, days and counts; never names"
    )
    due_on: str | None = Field(default=None, description="ISO day by which something is wanted")
    attempts: int = 0
    tried_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="When mail was tried last"
    )
    problem: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
