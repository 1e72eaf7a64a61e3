"""Calls, nominations, releases, interests and messages, as others may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.read.experts import ExpertRow
from roster.read.requests import LanguageNeed
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


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """A seat of a team, as a focal point sees it."""

    id: UUID
    position: int
    """From 1."""
    role: SeatRole
    topics: tuple[str, ...]
    languages: tuple[LanguageNeed, ...]
    kinds: tuple[ExpertKind, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a focal point learns of a request: neither its letter nor anybody in it."""

    request_id: UUID
    code: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    regional_body: str | None
    languages: tuple[LanguageNeed, ...]
    starts: date | None
    ends: date | None
    seats: tuple[SeatAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """What else somebody is wanted for, or sent to, on days that are looked at."""

    engagement: Engagement
    code: str
    """Of the request; of the Action where she is deployed."""
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class RecipientView:
    """One country that was asked, and what it said."""

    country: str
    answer: CallAnswer | None
    reason: RefusalReason | None
    note: str
    answered_at: datetime | None
    is_late: bool
    """It answered after the deadline or after the call was closed."""
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class NominationView:
    """A person whom a focal point put forward."""

    id: UUID
    call_id: UUID
    person: ExpertRow
    seat: int | None
    """Position of the seat that she is put forward for."""
    note: str
    at: datetime
    is_late: bool
    withdrawn_at: datetime | None
    stage: Stage | None
    """Where she stands on the shortlist of the request; None: not on it."""
    release: ReleaseOutcome | None
    """What is known of her release for this request; None: not asked for."""
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with its answers: for officers all, for a focal point her own country's."""

    id: UUID
    asked: Asked
    title: str
    """Of the request; for officers only, else empty."""
    text: str
    opened_at: datetime
    deadline: date
    closed_at: datetime | None
    by: str | None
    """Name of the officer; for officers only."""
    recipients: tuple[RecipientView, ...]
    nominations: tuple[NominationView, ...]

    @property
    def answered(self) -> int:
        """How many countries answered."""
        return sum(one.answer is not None for one in self.recipients)

    def is_open(self, today: date) -> bool:
        """Whether an answer given today is in time."""
        return self.closed_at is None and today <= self.deadline


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that a country owes: to a call, or about the release of one of its people."""

    country: str | None
    """None where a person's is not known."""
    asked_on: date
    due_on: date | None
    call_id: UUID | None = None
    """None: it is about a release."""


@dataclass(frozen=True, slots=True)
class OwnCandidate:
    """One of a focal point's own people, held against a call; ranked among these alone."""

    person: ExpertRow
    band: Band
    reasons: tuple[str, ...]
    """Conditions of the request that she fails or that are not known, in words."""
    is_nominated: bool
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release that was asked for or given, as it stands on a day."""

    id: UUID
    person: ExpertRow
    asked: Asked | None
    """None: given in general."""
    outcome: ReleaseOutcome
    """On that day: silence beyond the day due, and a validity that is over, are EXPIRED."""
    asked_on: date
    due_on: date | None
    answered_on: date | None
    is_late: bool
    """The answer came after the day it was wanted by."""
    valid_from: date | None
    valid_to: date | None
    days: int | None
    reason: RefusalReason | None
    note: str
    seat: int | None
    """Position of the seat that it is asked for."""
    asked_by: str | None
    answered_by: str | None
    reminded_on: date | None
    can_answer: bool
    """Whether the home authority may still say yes or no."""
    overlaps: tuple[Overlap, ...] = ()
    """Only while it waits or stands."""


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat of a kept team that nobody takes, with those who could be asked next."""

    id: UUID
    team_id: UUID
    position: int
    role: SeatRole
    alternates: tuple[ExpertRow, ...]
    """In the order of the team; whoever declined, left or sits already is left out."""


@dataclass(frozen=True, slots=True)
class InterestView:
    """What a state says it wants to work on."""

    country: str
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    """UN M49 codes or countries."""
    note: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class UndeliveredMail:
    """A message that mail did not deliver and nobody has read; it holds no address."""

    id: UUID
    kind: MessageKind
    at: datetime
    detail: Mapping[str, str | int]
    """With the code of the request or Action that it is about, where it is about one."""
    due_on: date | None
    role: Role | None
    """Of the account that it is for; None for a guest."""
    country: str | None
    guest_role: GuestRole | None
    label: str
    """Institution or function of a guest; empty for an account."""
    page: str
    """Path of what it is about, as an officer opens it."""
    attempts: int
    tried_at: datetime | None
    problem: str
    is_given_up: bool
    """Whether it is tried no more by itself."""


@dataclass(frozen=True, slots=True)
class UnsentLetters:
    """What else mail did not deliver in a facility; it stands on pages of its own."""

    links: int
    """By which accounts set their passwords: tried, neither sent nor used."""
    notices: int
    """Letters to people on the roster that mail gave up."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One thing told to the reader."""

    id: UUID
    kind: MessageKind
    at: datetime
    record: str
    """Table of what it is about."""
    record_id: UUID
    detail: Mapping[str, str | int]
    due_on: date | None
    read_at: datetime | None
    state: MessageState
    problem: str | None
