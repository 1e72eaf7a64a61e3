"""Actions: what was done, by whom as far as it is known, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from roster.dates import PartialDate
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    Constituent,
    ExpertKind,
    Intervention,
    Origin,
)


@dataclass(frozen=True, slots=True)
class ActivityView:
    """A dated piece of an Action."""

    id: UUID
    number: int
    type: ActivityType
    also: tuple[ActivityType, ...]
    title: str
    intervention: Intervention | None
    intervention_basis: str | None


@dataclass(frozen=True, slots=True)
class ActionResultView:
    """A result reached, or expected when it was printed."""

    constituent: Constituent
    title: str
    expected: bool


@dataclass(frozen=True, slots=True)
class ExpertiseView:
    """Experts of a country or a kind who took part, where no person is named."""

    country: str | None
    country_group: str | None
    """A group of countries named instead of one."""
    kind: ExpertKind | None
    is_eu: bool | None
    """Whether the country was a Member State then; None where none is named."""
    basis: str | None
    """One of "printed", "inferred", "to be determined"."""
    as_printed: str | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An Action with its present plan."""

    id: UUID
    code: str
    origin: Origin
    name: str
    status: ActionStatus
    on_hold: bool
    region: str | None
    scope: str | None
    countries: tuple[str, ...]
    regional_body: str | None
    topics: tuple[str, ...]
    topics_from_text: tuple[str, ...]
    areas: tuple[str, ...]
    authority: str | None
    objective: str
    starts: PartialDate | None
    ends: PartialDate | None
    notes: tuple[str, ...]
    plan_version: int
    plan_reason: str
    """Why the present plan is as it is: "as printed: book on MIEUX, 2015"."""
    activities: tuple[ActivityView, ...]
    results: tuple[ActionResultView, ...]
    expertise: tuple[ExpertiseView, ...]


@dataclass(frozen=True, slots=True)
class FactSheetView:
    """Published facts kept beside the Actions: another agency's project, a printed table."""

    kind: str
    code: str
    title: str
    content: dict[str, object]
    source: str
