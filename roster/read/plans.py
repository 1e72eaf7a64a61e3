"""The versions of an Action's plan, and what changed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.dates import PartialDate
from roster.read.actions import ActivityView, Deliverable
from roster.vocabulary import ActivityType, Intervention, Modality, PlanStatus

Said = (
    str
    | int
    | PartialDate
    | ActivityType
    | Intervention
    | Modality
    | tuple[ActivityType, ...]
    | tuple[str, ...]
    | tuple[Deliverable, ...]
    | None
)
"""What a field of an activity can hold."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of an Action's plan."""

    version: int
    status: PlanStatus
    reason: str
    """Why it was made; of a draft nobody has said so yet."""
    created_at: datetime
    by: str | None
    """Name of the account."""
    approved_on: date | None
    approved_by: str | None
    activities: tuple[ActivityView, ...]
    """In the order of the plan."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an activity, as it was and as it is."""

    field: str
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """What became of one activity from one version to another."""

    lineage: UUID
    kind: str
    """"added", "dropped" or "changed"."""
    title: str
    """As it is now, or was last."""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What changed from one version of a plan to another."""

    before: int
    after: int
    changes: tuple[ActivityChange, ...]


@dataclass(frozen=True, slots=True)
class PlanBook:
    """Everything that the page of a plan shows."""

    versions: tuple[PlanVersion, ...]
    """The oldest first, drafts last."""
    mission_done: str | None
    """Title of a fact-finding mission done since the plan was approved: it asks for a new one."""

    @property
    def approved(self) -> PlanVersion | None:
        """The version that is carried out."""
        return next((one for one in self.versions if one.status is PlanStatus.APPROVED), None)

    @property
    def draft(self) -> PlanVersion | None:
        """The version that is being written."""
        return next((one for one in self.versions if one.status is PlanStatus.DRAFT), None)
