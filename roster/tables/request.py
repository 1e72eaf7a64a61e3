"""Requests for assistance and their history; written by `roster.requests`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record, utc_now
from roster.vocabulary import AdministrationKind, IntakeChannel, Priority, RequestStatus


class AssistanceRequest(Record, table=True):
    """A written need of an authority. Lists of codes are JSON: they are always read whole."""

    __tablename__ = "request"
    __table_args__ = (UniqueConstraint("facility_id", "code"),)

    code: str = Field(description="For people: REQ-2026-041")
    title: str
    status: RequestStatus = Field(
        default=RequestStatus.RECEIVED, index=True, sa_type=words(RequestStatus)
    )
    authority: str | None = None
    administration: AdministrationKind | None = Field(
        default=None, sa_type=words(AdministrationKind)
    )
    counterpart: str | None = Field(default=None, description="Named person it speaks through")
    countries: list[str] = Field(default_factory=list, sa_type=Json)
    regional_body: str | None = None
    scope: str | None = Field(default=None, description="A roster.vocabulary.Scope")
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    activities: list[str] = Field(default_factory=list, sa_type=Json)
    languages: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.LanguageNeed"
    )
    starts: date | None = None
    ends: date | None = None
    mode: str | None = Field(default=None, description="A roster.vocabulary.TeamMode")
    urgency: str | None = Field(default=None, description="In the words of the authority")
    priority: Priority | None = Field(
        default=None, sa_type=words(Priority), description="Sets the deadline, by facility rules"
    )
    deadline: date | None = Field(default=None, description="Instead of the one by rules")
    channel: IntakeChannel | None = Field(default=None, sa_type=words(IntakeChannel))
    received_on: date | None = None
    release_required: bool = False
    text: str = Field(default="", description="Letter or description")
    text_language: str | None = None
    letter_id: UUID | None = Field(default=None, foreign_key="document.id", ondelete="SET NULL")
    excluded: list[str] = Field(default_factory=list, sa_type=Json, description="Expert ids")
    conflicts: list[str] = Field(default_factory=list, sa_type=Json, description="Expert ids")
    outcome: str | None = Field(
        default=None, description="Of a past request: a roster.counting.figures.RequestOutcome"
    )
    outcome_reason: str | None = None
    forwarded_to: str | None = Field(default=None, description="Facility or body")
    round_id: UUID | None = Field(
        default=None, foreign_key="application_round.id", index=True, ondelete="SET NULL"
    )
    round_chosen: bool = Field(
        default=False, description="Somebody chose the round; else it is that of the day of receipt"
    )
    split_from: UUID | None = Field(
        default=None, foreign_key="request.id", index=True, ondelete="SET NULL"
    )
    joined_into: UUID | None = Field(
        default=None, foreign_key="request.id", index=True, ondelete="SET NULL"
    )
    officer_id: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    action_id: UUID | None = Field(
        default=None,
        foreign_key="action.id",
        ondelete="SET NULL",
        description="The Action that it led to",
    )
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class RequestReading(SQLModel, table=True):
    """What the ranker read of a request's letter; made anew from it at any time."""

    __tablename__ = "request_reading"

    request_id: UUID = Field(foreign_key="request.id", primary_key=True, ondelete="CASCADE")
    of: str = Field(description="Digest of the words and of what read them")
    made_by: str = Field(description="What read them")
    content: bytes = Field(sa_type=LargeBinary, description="For the ranker alone")
    made_at: datetime = Field(sa_type=UtcDateTime)


class RequestEvent(Record, table=True):
    """One step of a request's life: who moved it, from where to where, why."""

    __tablename__ = "request_event"

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    from_status: RequestStatus | None = Field(default=None, sa_type=words(RequestStatus))
    to_status: RequestStatus = Field(sa_type=words(RequestStatus))
    reason: str | None = None
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
