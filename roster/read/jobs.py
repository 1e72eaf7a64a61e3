"""Work that outlives the request that asked for it, as administrators see it: ids, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import JobKind, JobState


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job."""

    id: str
    kind: JobKind
    record_id: UUID
    """The document or the upload that it is about."""
    state: JobState
    asked_at: datetime
    changed_at: datetime
    runs: int
    """How often a process began it; more than once where one ended in the middle of it."""
    steps_done: int
    """Steps that are done and never done again."""
    worker: str
    """Name of the process that had it last; empty: none yet."""
    reason: str
    """Kind and place of the last error of a job given up; never its words."""


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a kind are in a state."""

    kind: JobKind
    state: JobState
    count: int
    oldest: datetime
    """When the first of them was asked for."""


@dataclass(frozen=True, slots=True)
class JobsNow:
    """The queue at one moment."""

    counts: tuple[JobCount, ...] = ()
    at_work: tuple[JobRow, ...] = ()
    waiting: tuple[JobRow, ...] = ()
    """Those asked for first."""
    stopped: tuple[JobRow, ...] = ()
    """Given up or called off, the latest first."""
    workers: tuple[str, ...] = ()
    """Processes that have a job in hand."""

    def depth(self, *states: JobState) -> int:
        """Count the jobs in some states."""
        return sum(one.count for one in self.counts if one.state in states)
