"""What was done, by whom as far as it is known, and what came of it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.schemas.base import Out, PartialDateText
from roster.vocabulary import ActionStatus, ActivityType, Constituent, Intervention, Origin


class ActionRowOut(Out):
    """An Action in a list."""

    id: UUID
    code: str
    origin: Origin
    name: str
    status: ActionStatus
    on_hold: bool
    region: str | None
    scope: str | None
    countries: list[str]
    regional_body: str | None
    topics: list[str]
    areas: list[str]
    starts: PartialDateText | None
    ends: PartialDateText | None


class ActivityOut(Out):
    """A dated piece of an Action."""

    id: UUID
    number: int
    type: ActivityType
    also: list[ActivityType]
    title: str
    intervention: Intervention | None
    intervention_basis: str | None


class ActionResultOut(Out):
    """A result reached, or expected when it was printed."""

    constituent: Constituent
    title: str
    expected: bool


class ExpertiseOut(Out):
    """Experts of a country or a kind who took part, where no person is named."""

    country: str | None
    country_group: str | None
    kind: str
    basis: str
    as_printed: str


class ActionOut(ActionRowOut):
    """An Action with its present plan."""

    topics_from_text: list[str]
    authority: str | None
    objective: str
    notes: list[str]
    plan_version: int
    activities: list[ActivityOut]
    results: list[ActionResultOut]
    expertise: list[ExpertiseOut]


class FiguresOut(Out):
    """Counts over the Actions of one origin; nothing synthetic counts among real ones."""

    origin: Origin
    actions: int
    by_status: dict[str, int]
    by_region: dict[str, int]
    by_scope: dict[str, int]
    by_topic: dict[str, int] = Field(description="An Action counts under each of its topics")
    by_area: dict[str, int]
    by_year: dict[str, int]
    by_activity_type: dict[str, int] = Field(description="Activities, not Actions")
    by_intervention: dict[str, int]
    by_constituent: dict[str, int] = Field(description="Results, not Actions")
    beneficiary_countries: dict[str, int]
    expert_countries: dict[str, int]
