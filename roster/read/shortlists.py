"""People picked for a request, each with a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.read.experts import ExpertRow
from roster.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class StageMove:
    """One move, with who, when and why."""

    at: datetime
    from_stage: Stage | None
    to_stage: Stage
    by: str | None
    reason: str | None
    note: str


@dataclass(frozen=True, slots=True)
class ShortlistEntryView:
    """A person on a request's shortlist."""

    id: UUID
    request_id: UUID
    person: ExpertRow
    stage: Stage
    note: str
    ranking_id: UUID | None
    place: int | None
    """In the ranking it came from, from 1."""
    score: float | None
    moves: tuple[StageMove, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class OtherList:
    """A shortlist of another open request that somebody stands on."""

    request_id: UUID
    code: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ShortlistChange:
    """When anything on a shortlist was last changed, and by whom where that is known."""

    at: datetime
    by: str | None
    people: int
    """How many stand on it, those who left included."""
