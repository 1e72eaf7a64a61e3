"""Requests for assistance."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.schemas.base import HeadOut, Ids, LanguageNeedOut, Out, Weights
from api.schemas.experts import SpanOut
from api.schemas.screening import IntakeOut
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    IntakeChannel,
    Origin,
    Priority,
    RequestStatus,
    TeamMode,
)


class RequestRowOut(Out):
    """A request in a list."""

    id: UUID
    code: str
    title: str
    status: RequestStatus
    origin: Origin
    authority: str | None
    countries: list[str]
    regional_body: str | None
    topics: list[str]
    starts: date | None
    ends: date | None
    received_on: date | None
    fiche_due: date | None = Field(description="Its own day, else by the facility's rules")
    shortlisted: int


class NeedOut(Out):
    """A request as the ranker reads it."""

    id: UUID | None = Field(description="null for a request that is not stored")
    title: str
    authority: str | None
    administration: AdministrationKind | None
    countries: list[str]
    regional_body: str | None
    topics: list[str]
    activities: list[ActivityType]
    languages: list[LanguageNeedOut]
    starts: date | None
    ends: date | None
    text: str
    text_language: str | None
    release_required: bool
    excluded: Ids
    conflicts: Ids


class StepOut(Out):
    """One step in a request's life."""

    at: datetime
    to_status: RequestStatus
    by: str | None
    reason: str | None


class RankingRowOut(Out):
    """A stored ranking in a list."""

    id: UUID
    request_id: UUID | None
    number: int
    at: datetime
    model: str
    weights: Weights
    counts: Weights = Field(description="People by band")


class KinOut(Out):
    """A request that another one came from or became."""

    code: str
    id: UUID | None = Field(description="null: a request of another facility")
    title: str
    facility: str = Field(description="Name of the other facility; empty for this one")


class FamilyOut(Out):
    """Where a request comes from and what it became: split, joined, forwarded."""

    came_from: KinOut | None
    parts: list[KinOut]
    joined_into: KinOut | None
    joined: list[KinOut]


class RequestDetailOut(Out):
    """A request with all that is kept of it."""

    row: RequestRowOut
    need: NeedOut
    counterpart: str | None
    mode: TeamMode | None
    urgency: str | None
    priority: Priority | None
    deadline: date | None = Field(description="Instead of the one by rules")
    channel: IntakeChannel | None
    intake: IntakeOut
    family: FamilyOut
    forwarded_to: str | None
    outcome_reason: str | None
    action_id: UUID | None
    officer: str | None
    history: list[StepOut]
    rankings: list[RankingRowOut] = Field(description="Newest first")


class RequestHeadOut(HeadOut):
    """A request that was made or changed."""

    code: str
    status: RequestStatus


class ProposedFieldOut(Out):
    """A field of a request read in its letter, with the sentence it came from."""

    field: str = Field(description="Name of the field of a new request", examples=["topics"])
    value: object = Field(description="In the form in which the field takes it")
    label: str
    sentence: str
    span: SpanOut
    confidence: float


class LetterOut(Out):
    """What was read in a letter: proposals to correct, nothing is stored."""

    language: str | None
    text: str
    fields: list[ProposedFieldOut]
    notes: list[str]
