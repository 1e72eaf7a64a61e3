"""Calls, nominations, releases, interests and messages."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.paging import Page
from api.schemas.base import LanguageNeedOut, Out
from api.schemas.experts import ExpertRowOut
from roster.vocabulary import (
    Band,
    CallAnswer,
    Engagement,
    ExpertKind,
    GuestRole,
    MessageKind,
    MessageState,
    RefusalReason,
    ReleaseOutcome,
    Role,
    SeatRole,
    Stage,
)


class SeatAskedOut(Out):
    """A seat of the team that a call is for."""

    id: UUID
    position: int
    role: SeatRole
    topics: list[str]
    languages: list[LanguageNeedOut]
    kinds: list[ExpertKind]
    days: int | None


class AskedOut(Out):
    """What a focal point learns of a request: neither its letter nor anybody in it."""

    request_id: UUID
    code: str
    topics: list[str]
    countries: list[str]
    regional_body: str | None
    languages: list[LanguageNeedOut]
    starts: date | None
    ends: date | None
    seats: list[SeatAskedOut]


class RecipientOut(Out):
    """One country that was asked; a focal point is told of her own only."""

    country: str
    answer: CallAnswer | None
    reason: RefusalReason | None
    note: str
    answered_at: datetime | None
    is_late: bool = Field(description="After the deadline, or after the call was closed")
    reminded_at: datetime | None


class OverlapOut(Out):
    """What else somebody is wanted for, or sent to, on the days of the request."""

    engagement: Engagement
    code: str = Field(description="Of the request; of the Action where she is deployed")
    starts: date
    ends: date


class NominationOut(Out):
    """A person whom a focal point put forward."""

    id: UUID
    call_id: UUID
    person: ExpertRowOut
    seat: int | None = Field(description="Position of the seat")
    note: str
    at: datetime
    is_late: bool
    withdrawn_at: datetime | None
    stage: Stage | None
    release: ReleaseOutcome | None
    overlaps: list[OverlapOut]


class CallOut(Out):
    """A call with its answers: for officers all, for a focal point her own country's."""

    id: UUID
    asked: AskedOut
    title: str = Field(description="Of the request; empty for focal points")
    text: str
    opened_at: datetime
    deadline: date
    closed_at: datetime | None
    by: str | None
    recipients: list[RecipientOut]
    nominations: list[NominationOut]


class CallsOut(Page[CallOut]):
    """Calls, the latest first."""


class OwnCandidateOut(Out):
    """One of a focal point's own people, held against a call."""

    person: ExpertRowOut
    band: Band
    reasons: list[str]
    is_nominated: bool
    overlaps: list[OverlapOut]


class OwnPeopleOut(Out):
    """A focal point's own people in the order in which they fit, ranked among these alone."""

    items: list[OwnCandidateOut]


class ReleaseOut(Out):
    """A release that was asked for or given, as it stands today."""

    id: UUID
    person: ExpertRowOut
    asked: AskedOut | None = Field(description="Null: given in general")
    outcome: ReleaseOutcome
    asked_on: date
    due_on: date | None
    answered_on: date | None
    is_late: bool
    valid_from: date | None
    valid_to: date | None
    days: int | None
    reason: RefusalReason | None
    note: str
    seat: int | None
    asked_by: str | None
    answered_by: str | None
    reminded_on: date | None
    can_answer: bool
    overlaps: list[OverlapOut] = Field(description="Only while it waits or stands")


class OneReleaseOut(Out):
    """A release as it stands now."""

    release: ReleaseOut


class OpenSeatOut(Out):
    """A seat of a kept team that nobody takes, with those who could be asked next."""

    id: UUID
    team_id: UUID
    position: int
    role: SeatRole
    alternates: list[ExpertRowOut]


class ReleasesOut(Page[ReleaseOut]):
    """Releases, the latest first."""


class RequestReleasesOut(Out):
    """The releases of a request, and the seats of its newest team that are open."""

    items: list[ReleaseOut]
    open_seats: list[OpenSeatOut]


class InterestOut(Out):
    """What a state says it wants to work on."""

    country: str
    topics: list[str]
    regions: list[str] = Field(description="UN M49 codes or countries")
    note: str
    updated_at: datetime


class InterestsOut(Out):
    """What states say they want to work on, by country."""

    items: list[InterestOut]


class MessageOut(Out):
    """One thing told to the caller."""

    id: UUID
    kind: MessageKind
    said: str = Field(description="In the language of the account")
    at: datetime
    href: str = Field(description="Page that it leads to")
    due_on: date | None
    read_at: datetime | None
    state: MessageState = Field(description="Of its mail; without mail it waits")
    problem: str | None


class UndeliveredOut(Out):
    """A message that mail did not deliver; whom it is for is told by role, never by an address."""

    id: UUID
    kind: MessageKind
    said: str = Field(description="In the language of the caller's account")
    at: datetime
    due_on: date | None
    role: Role | None = Field(description="Of the account; null for a guest")
    country: str | None
    guest_role: GuestRole | None
    label: str = Field(description="Institution or function of a guest")
    href: str = Field(description="Page of what it is about")
    attempts: int
    tried_at: datetime | None
    problem: str
    is_given_up: bool = Field(description="Whether it is tried no more by itself")


class UndeliveredListOut(Page[UndeliveredOut]):
    """What mail could not deliver."""

    links: int = Field(description="Links to set a password that were not sent")
    notices: int = Field(description="Letters to people on the roster that mail gave up")


class ReadOut(Out):
    """How many messages were marked as read."""

    read: int
