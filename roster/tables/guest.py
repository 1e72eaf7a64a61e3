"""People without an account who reach one page by a link; written by `roster.telling.guests`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from roster.columns import UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import GuestRole


class Guest(Record, table=True):
    """A personal link: to the fiche of one request, or to one questionnaire about an Action."""

    role: GuestRole = Field(sa_type=words(GuestRole))
    label: str = Field(description="Institution or function: Delegation to Cabo Verde")
    request_id: UUID | None = Field(
        default=None, foreign_key="request.id", index=True, ondelete="CASCADE"
    )
    inquiry_id: UUID | None = Field(
        default=None, foreign_key="inquiry.id", index=True, ondelete="CASCADE"
    )
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", index=True, ondelete="CASCADE"
    )
    address: str | None = Field(default=None, description="E-mail; None: handed over")
    locale: str = "en"
    token_hash: str = Field(unique=True, description="SHA-256 of the link's token")
    locked_token: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="The token, encrypted: to show it again"
    )
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
