"""Asking the home authorities: calls, nominations, releases; written by `roster.calling.calls`."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record, utc_now
from roster.vocabulary import CallAnswer, RefusalReason, ReleaseOutcome


class Call(Record, table=True):
    """A request for experts, sent to chosen focal points with a deadline."""

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    team_id: UUID | None = Field(default=None, foreign_key="team.id", ondelete="SET NULL")
    text: str = ""
    deadline: date = Field(description="Inclusive")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CallRecipient(Record, table=True):
    """One country that a call was sent to."""

    __tablename__ = "call_recipient"

    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    country: str = Field(index=True)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: CallAnswer | None = Field(default=None, sa_type=words(CallAnswer))
    reason: RefusalReason | None = Field(default=None, sa_type=words(RefusalReason))
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Nomination(Record, table=True):
    """A focal point puts one person forward."""

    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    seat_id: UUID | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL")
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
    reason: str | None = Field(default=None, description="A roster.vocabulary.RefusalReason")
    note: str = ""
    seat_id: UUID | None = Field(
        default=None, foreign_key="seat.id", ondelete="SET NULL", description="It is asked for"
    )
    due_on: date | None = Field(default=None, description="Day by which an answer is wanted")
    asked_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class StateInterest(Record, table=True):
    """What the focal point of a state says it wants to work on."""

    __tablename__ = "state_interest"
    __table_args__ = (UniqueConstraint("facility_id", "country"),)

    country: str
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    regions: list[str] = Field(
        default_factory=list, sa_type=Json, description="UN M49 codes or countries"
    )
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
