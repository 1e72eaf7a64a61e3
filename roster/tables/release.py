"""Asking the home authorities: calls, nominations, releases; written by `roster.releases`."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from roster.columns import UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import ReleaseOutcome


class Call(Record, table=True):
    """A request for experts, sent to chosen focal points with a deadline."""

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    text: str = ""
    deadline: date
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CallRecipient(Record, table=True):
    """One country that a call was sent to."""

    __tablename__ = "call_recipient"

    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    country: str = Field(index=True)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str | None = Field(default=None, description="nominated, nobody or a reason")


class Nomination(Record, table=True):
    """A focal point puts one person forward."""

    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Release(Record, table=True):
    """The home authority's answer: silence stays pending and is not consent."""

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    request_id: UUID | None = Field(
        default=None, foreign_key="request.id", ondelete="CASCADE", description="None: in general"
    )
    nomination_id: UUID | None = Field(
        default=None, foreign_key="nomination.id", ondelete="SET NULL"
    )
    outcome: ReleaseOutcome = Field(default=ReleaseOutcome.PENDING, sa_type=words(ReleaseOutcome))
    valid_from: date | None = None
    valid_to: date | None = Field(default=None, description="Inclusive")
    days: int | None = None
    reason: str | None = Field(default=None, description="staff, availability, interest, other")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
