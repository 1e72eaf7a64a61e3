"""What people on the roster are told, and whether it reached them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from roster.columns import UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import NoticeKind, NoticeState


class Notice(Record, table=True):
    """A message to an expert with her personal link; without mail it waits in the outbox."""

    kind: NoticeKind = Field(sa_type=words(NoticeKind))
    state: NoticeState = Field(default=NoticeState.WAITING, index=True, sa_type=words(NoticeState))
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    document_id: UUID | None = Field(
        default=None, foreign_key="document.id", index=True, ondelete="SET NULL"
    )
    address: str | None = Field(default=None, description="E-mail; None: to be handed over")
    locale: str = Field(default="en")
    token_hash: str | None = Field(
        default=None, unique=True, description="SHA-256 of the link's token; None: none made yet"
    )
    locked_token: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="The token, encrypted: to show it again"
    )
    expires_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="Of the link"
    )
    attempts: int = 0
    problem: str | None = Field(default=None, description="For people: why it was not sent")
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_over_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
