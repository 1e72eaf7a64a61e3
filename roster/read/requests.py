"""Needs as the ranker reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from roster.read.documents import (
    Span,
)
from roster.read.fiches import Family
from roster.read.screening import Intake
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    IntakeChannel,
    LanguageLevel,
    Origin,
    Priority,
    RequestStatus,
    Stage,
    TeamMode,
)


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """A working language and the level from which somebody can work in it."""

    language: str
    minimum: LanguageLevel = LanguageLevel.B2
    everyone: bool = True
    """True: a gate for each person; False: one member of the team is enough."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody who is not to be had for a request."""

    expert_id: UUID
    stage: Stage
    """One of `GONE_STAGES`: she declined, is not available, or was not released."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A need as the ranker reads it."""

    id: UUID | None
    """None for a request that was not stored (an inline match)."""
    title: str
    authority: str | None = None
    administration: AdministrationKind | None = None
    """Discipline of the requesting authority."""
    countries: tuple[str, ...] = ()
    """Beneficiary countries."""
    regional_body: str | None = None
    topics: tuple[str, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    starts: date | None = None
    ends: date | None = None
    """Window of the activity, both days included."""
    text: str = ""
    """The letter or description, in any language."""
    text_language: str | None = None
    release_required: bool = False
    excluded: frozenset[UUID] = frozenset()
    conflicts: frozenset[UUID] = frozenset()
    kinds: frozenset[ExpertKind] = frozenset()
    """Kinds of expert asked for; empty: all."""
    declined: tuple[Declined, ...] = ()
    """By id; nobody twice."""
    action_id: UUID | None = None
    """The Action that it led to: who is deployed there is not away from it."""


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What the ranker read of a letter, kept with the request so that it is read once."""

    of: str
    """Digest of the words, and of what read them."""
    made_by: str
    """What read them: code, words and encoder."""
    content: bytes
    """For the ranker alone."""


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A field of a request read in its letter, with the sentence it came from."""

    field: str
    """Name of the field of `roster.inputs.NewRequest`."""
    value: object
    label: str
    sentence: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list."""

    id: UUID
    code: str
    title: str
    status: RequestStatus
    origin: Origin
    authority: str | None
    countries: tuple[str, ...]
    regional_body: str | None
    topics: tuple[str, ...]
    starts: date | None
    ends: date | None
    received_on: date | None
    fiche_due: date | None
    """Of a fiche that is still to be submitted; None where no date of receipt is known."""
    shortlisted: int = 0
    officer_id: UUID | None = None
    """Whose request it is."""


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One step in a request's life."""

    at: datetime
    to_status: RequestStatus
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """A request with all that is kept of it."""

    row: RequestRow
    need: RequestView
    counterpart: str | None
    mode: TeamMode | None
    urgency: str | None
    channel: IntakeChannel | None
    outcome_reason: str | None
    action_id: UUID | None
    officer: str | None
    history: tuple[RequestStep, ...]
    rankings: tuple[RankingRow, ...]
    """Newest first."""
    priority: Priority | None = None
    deadline: date | None = None
    """Instead of the one by rules."""
    intake: Intake = field(default_factory=Intake)
    family: Family = field(default_factory=Family)
    forwarded_to: str | None = None


@dataclass(frozen=True, slots=True)
class RankingRow:
    """A stored ranking in a list."""

    id: UUID
    request_id: UUID | None
    number: int
    at: datetime
    model: str
    weights: tuple[tuple[str, float], ...]
    counts: tuple[tuple[str, int], ...]
    """By band."""


@dataclass(frozen=True, slots=True)
class RankedRequest:
    """A request that people were ranked for."""

    id: UUID
    code: str
    title: str
    at: datetime
    """Of the newest ranking."""
