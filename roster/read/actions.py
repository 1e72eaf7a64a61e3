"""Actions: what was done, by whom as far as it is known, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.dates import PartialDate
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    Constituent,
    ExpertKind,
    Intervention,
    Modality,
    Origin,
    ResultState,
)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something that an activity is to leave behind."""

    title: str
    due: date | None = None
    done: date | None = None
    """None: it is still to come."""


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
    lineage: UUID | None = None
    """The same in every version of the plan."""
    status: ActivityStatus = ActivityStatus.PLANNED
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    place: str | None = None
    modality: Modality | None = None
    days: int | None = None
    """Days of work of the experts together."""
    participants: int | None = None
    women: int | None = None
    """Of the participants."""
    few: bool = False
    """Whether one of the two is kept back: it would tell of fewer than five people."""
    institutions: tuple[str, ...] = ()
    """That took part."""
    counterparts: tuple[str, ...] = ()
    """Institutions or functions."""
    deliverables: tuple[Deliverable, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionResultView:
    """A result reached, or expected when it was printed."""

    constituent: Constituent
    title: str
    expected: bool
    id: UUID | None = None
    state: ResultState = ResultState.UNKNOWN
    note: str = ""
    """What shows it."""


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
    officer_id: UUID | None = None
    officer: str | None = None
    """Name of the account; None: nobody, or the account is gone."""
    standing_reason: str | None = None
    """Why it is on hold or was cancelled."""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionStep:
    """One step of an Action's life."""

    at: datetime
    from_status: ActionStatus | None
    to_status: ActionStatus
    on_hold: bool
    reason: str
    by: str | None
    """Name of the account; None: the system, or the account is gone."""


@dataclass(frozen=True, slots=True)
class RequestOf:
    """A request that led to an Action."""

    id: UUID
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What became of an Action after it closed: asked for, and answered or not yet."""

    id: UUID
    action_code: str
    action_name: str
    countries: tuple[str, ...]
    occasion: str
    """"6_months" or any other number of months, or "second_request"."""
    due_on: date
    request: RequestOf | None
    """The second request that is the occasion."""
    adopted: Adopted | None
    """None: not answered yet."""
    adopted_on: PartialDate | None
    text: str
    source: str
    answered_on: date | None
    by: str | None


@dataclass(frozen=True, slots=True)
class FactSheetView:
    """Published facts kept beside the Actions: another agency's project, a printed table."""

    kind: str
    code: str
    title: str
    content: dict[str, object]
    source: str
