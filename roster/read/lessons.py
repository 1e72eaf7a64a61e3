"""Conclusions across Actions, and what surrounds a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.read.feedback import FindingView
from roster.vocabulary import ActionStatus, Adopted, FindingKind, LessonState, Origin, RequestStatus


@dataclass(frozen=True, slots=True)
class ActionRef:
    """An Action by name."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LessonView:
    """A conclusion with what it rests on."""

    id: UUID
    origin: Origin
    state: LessonState
    kind: FindingKind | None
    is_strength: bool | None
    text: str
    advice: str
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    """M49 sub-regions of the Actions it rests on."""
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    """Regional bodies that those Actions were for."""
    activities: tuple[str, ...]
    """Types of their activities."""
    actions: tuple[ActionRef, ...]
    findings: int
    made_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class LessonDetail:
    """A lesson with its findings, by Action."""

    lesson: LessonView
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A topic and kind of finding that came back in several Actions."""

    topic: str
    kind: FindingKind
    is_strength: bool
    is_synthetic: bool
    action_ids: tuple[UUID, ...]
    finding_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ApplicableLesson:
    """A confirmed lesson that bears on a request, and why."""

    lesson: LessonView
    why: tuple[str, ...]
    """Codes of `roster.queries.lessons.LIKENESS`, the weightiest first."""
    weight: float


@dataclass(frozen=True, slots=True)
class EarlierWork:
    """An earlier request, and the Action it led to, that touches the same country, body or topic.

    An Action that no request is kept of stands alone.
    """

    request_id: UUID | None
    request_code: str | None
    title: str
    status: RequestStatus | None
    outcome: str | None
    outcome_reason: str | None
    received_on: date | None
    action: ActionRef | None
    action_status: ActionStatus | None
    years: tuple[int | None, int | None]
    """First and last year of the Action; None unknown."""
    adopted: Adopted | None
    """What became of its results; None: nobody was asked or answered."""
    adopted_text: str
    why: tuple[str, ...]
    """same_country, same_body, same_topic, near_topic."""


@dataclass(frozen=True, slots=True)
class AgencyProject:
    """Another agency's project in the countries of a request, as published."""

    code: str
    title: str
    agency: str
    countries: tuple[str, ...]
    starts: str | None
    """Partial date as printed."""
    ends: str | None
    """The latest day it can have ended, as a partial date; None where that is unknown."""
    overlaps: bool | None
    """With the days of the request; None where either is unknown."""
    summary: str
    source: str


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One section of a country's migration profile; `text` is empty where nobody wrote it."""

    country: str
    section: str
    text: str = ""
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member of a technical working group: an institution and a function, never a name."""

    institution: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class WorkingGroupView:
    """A technical working group."""

    id: UUID
    name: str
    country: str | None
    mandate: str
    members: tuple[GroupMember, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a request."""

    earlier: tuple[EarlierWork, ...]
    projects: tuple[AgencyProject, ...]
    profile: tuple[ProfileEntry, ...]
    groups: tuple[WorkingGroupView, ...]
    lessons: tuple[ApplicableLesson, ...]
    window: tuple[date | None, date | None]
    """Days of the request."""
