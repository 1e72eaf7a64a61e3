"""Lessons, and what surrounds a request."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.paging import Page
from api.schemas.base import Out
from api.schemas.feedback import FindingOut
from roster.vocabulary import ActionStatus, Adopted, FindingKind, LessonState, Origin, RequestStatus


class ActionRefOut(Out):
    """An Action by name."""

    id: UUID
    code: str
    name: str


class LessonOut(Out):
    """A conclusion with what it rests on."""

    id: UUID
    origin: Origin
    state: LessonState
    kind: FindingKind | None
    is_strength: bool | None
    text: str
    advice: str
    topics: list[str]
    regions: list[str] = Field(description="M49 sub-regions")
    countries: list[str]
    bodies: list[str]
    activities: list[str]
    actions: list[ActionRefOut]
    findings: int
    made_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reason: str


class LessonsOut(Page[LessonOut]):
    """Lessons: those that wait for a decision first."""


class LessonDetailOut(Out):
    """A lesson with its findings; they are left out for those who may not read feedback."""

    lesson: LessonOut
    findings: list[FindingOut]


class ApplicableLessonOut(Out):
    """A confirmed lesson that bears on a request, and why."""

    lesson: LessonOut
    why: list[str] = Field(examples=[["same_topic", "same_subregion"]])
    weight: float


class EarlierWorkOut(Out):
    """An earlier request, an Action, or both."""

    request_id: UUID | None
    request_code: str | None
    title: str
    status: RequestStatus | None
    outcome: str | None
    outcome_reason: str | None
    received_on: date | None
    action: ActionRefOut | None
    action_status: ActionStatus | None
    years: list[int | None] = Field(description="First and last year of the Action")
    adopted: Adopted | None = Field(description="What became of its results; null: not answered")
    adopted_text: str
    why: list[str]


class AgencyProjectOut(Out):
    """Another agency's project, as published."""

    code: str
    title: str
    agency: str
    countries: list[str]
    starts: str | None
    ends: str | None = Field(description="The latest day it can have ended, as a partial date")
    overlaps: bool | None = Field(description="With the days of the request; null: not known")
    summary: str
    source: str


class ProfileEntryOut(Out):
    """One section of a country's migration profile; empty text: nobody wrote it yet."""

    country: str
    section: str
    text: str
    source: str
    as_of: date | None


class ProfileOut(Out):
    """The sections of a country's migration profile."""

    items: list[ProfileEntryOut]


class GroupMemberOut(Out):
    """A member by institution and function."""

    institution: str
    function: str


class WorkingGroupOut(Out):
    """A technical working group."""

    id: UUID
    name: str
    country: str | None
    mandate: str
    members: list[GroupMemberOut]


class WorkingGroupsOut(Page[WorkingGroupOut]):
    """Technical working groups, by name."""


class SurroundingsOut(Out):
    """What is known around a request."""

    earlier: list[EarlierWorkOut]
    projects: list[AgencyProjectOut]
    profile: list[ProfileEntryOut]
    groups: list[WorkingGroupOut]
    lessons: list[ApplicableLessonOut]
    window: list[date | None] = Field(description="First and last day of the request")
