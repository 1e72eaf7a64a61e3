"""Two records that may be, or were found to be, one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.read.experts import ExpertRow


@dataclass(frozen=True, slots=True)
class RecordPair:
    """Two records side by side; what is private is told as agreement, never as a value."""

    first: ExpertRow
    second: ExpertRow
    score: float | None
    """In [0, 1]; None where nothing speaks for one person."""
    reason: str
    same_birth_year: bool | None
    """None: unknown of one of them."""
    same_email: bool | None
    same_employer: bool | None


@dataclass(frozen=True, slots=True)
class MergeProposalRow:
    """A question that waits for an answer."""

    id: UUID
    made_at: datetime
    pair: RecordPair


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A record that took in another."""

    id: UUID
    at: datetime
    by: str | None
    """None: by the service, or by an account that is gone."""
    reason: str
    kept: ExpertRow
    absorbed: ExpertRow
    undone_at: datetime | None
