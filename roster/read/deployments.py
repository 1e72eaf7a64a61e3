"""Who is sent for which activity, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.read.experts import ExpertRow
from roster.vocabulary import ChecklistStep, DeploymentStatus


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of a deployment's checklist."""

    step: ChecklistStep
    done_on: date | None
    """None: it is still to be done."""
    note: str = ""
    by: str | None = None
    """Name of the account that ticked it."""
    by_itself: bool = False
    """Whether it follows from another record: a release that was granted."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Another deployment of the same person on the same days."""

    action: str | None
    """Name of the Action; None: of another facility, which is not told."""
    code: str | None
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class DeploymentView:
    """One person's part in one activity."""

    id: UUID
    expert_id: UUID | None
    """None: this reader may not open the record."""
    name: str | None
    """None: this reader may not know the name."""
    country: str | None
    """Of the home administration."""
    lineage: UUID | None
    activity: str | None
    """Title in the present plan; None: of the whole Action."""
    is_dropped: bool
    """Whether its activity is no longer in the plan."""
    role: str
    """A roster.vocabulary.SeatRole, or words of the officer's."""
    days: int | None
    starts: date | None
    ends: date | None
    status: DeploymentStatus
    reason: str
    steps: tuple[StepView, ...]
    """All of the checklist, in its order."""
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Sendable:
    """Somebody of the team or the shortlist who may be deployed."""

    person: ExpertRow
    in_team: bool
    is_sent: bool
    """Whether a deployment for this Action is on record already."""


@dataclass(frozen=True, slots=True)
class PersonDeployment:
    """One deployment of one person, as her record tells it."""

    action_code: str
    action_name: str
    activity: str | None
    """Title in the present plan; None: of the whole Action, or no longer planned."""
    role: str
    """A roster.vocabulary.SeatRole, or words of the officer's."""
    days: int | None
    starts: date | None
    ends: date | None
    status: DeploymentStatus
    answers: int
    """How many answers about the Action were given; of the person herself none is in them."""
