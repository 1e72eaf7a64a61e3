"""What was done, by whom as far as it is known, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from api.paging import Page
from api.schemas.base import Out, PartialDateText
from roster.serial import to_json
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    ChecklistStep,
    Constituent,
    DeploymentStatus,
    Intervention,
    Modality,
    Origin,
    PlanStatus,
    ResultState,
)


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


class DeliverableOut(Out):
    """Something that an activity is to leave behind."""

    title: str
    due: date | None
    done: date | None


class ActivityOut(Out):
    """A dated piece of an Action."""

    id: UUID
    lineage: UUID | None = Field(description="The same in every version of the plan")
    number: int
    status: ActivityStatus
    type: ActivityType
    also: list[ActivityType]
    title: str
    intervention: Intervention | None
    intervention_basis: str | None
    modality: Modality | None
    starts: PartialDateText | None
    ends: PartialDateText | None
    place: str | None
    days: int | None = Field(description="Days of work of the experts together")
    participants: int | None
    women: int | None
    institutions: list[str]
    counterparts: list[str]
    deliverables: list[DeliverableOut]
    note: str


class ActionResultOut(Out):
    """A result reached, or expected when it was printed."""

    id: UUID | None
    state: ResultState
    note: str
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
    officer_id: UUID | None
    officer: str | None
    standing_reason: str | None = Field(description="Why it is on hold or was cancelled")
    closed_on: date | None


class ActionStepOut(Out):
    """One step of an Action's life."""

    at: datetime
    from_status: ActionStatus | None
    to_status: ActionStatus
    on_hold: bool
    reason: str
    by: str | None


class ActionHistoryOut(Out):
    """The life of an Action, the newest step first."""

    items: list[ActionStepOut]


class PlanVersionOut(Out):
    """One version of an Action's plan."""

    version: int
    status: PlanStatus
    reason: str
    created_at: datetime
    by: str | None
    approved_on: date | None
    approved_by: str | None
    activities: list[ActivityOut]


class PlanBookOut(Out):
    """Every version of an Action's plan, the oldest first."""

    versions: list[PlanVersionOut]
    mission_done: str | None = Field(
        description="A fact-finding mission done since the plan was approved: it asks for a new one"
    )


Said = Annotated[object, BeforeValidator(lambda value: to_json(_plain(value)))]


def _plain(value: object) -> object:
    return str(value) if hasattr(value, "precision") else value


class FieldChangeOut(Out):
    """One field of an activity, as it was and as it is."""

    field: str
    before: Said
    after: Said


class ActivityChangeOut(Out):
    """What became of one activity from one version to another."""

    lineage: UUID
    kind: str = Field(description="added, dropped or changed")
    title: str
    fields: list[FieldChangeOut]


class PlanDifferenceOut(Out):
    """What changed from one version of a plan to another."""

    before: int
    after: int
    changes: list[ActivityChangeOut]


class StepOut(Out):
    """One line of a deployment's checklist."""

    step: ChecklistStep
    done_on: date | None
    note: str
    by: str | None
    by_itself: bool = Field(description="Whether it follows from a release that was granted")


class ClashOut(Out):
    """Another deployment of the same person on the same days."""

    action: str | None = Field(description="null: of another facility")
    code: str | None
    starts: date
    ends: date


class DeploymentOut(Out):
    """One person's part in one activity; names only for whom they concern."""

    id: UUID
    expert_id: UUID | None
    name: str | None
    country: str | None
    lineage: UUID | None
    activity: str | None
    is_dropped: bool = Field(description="Whether its activity is no longer in the plan")
    role: str
    days: int | None
    starts: date | None
    ends: date | None
    status: DeploymentStatus
    reason: str
    steps: list[StepOut]
    clashes: list[ClashOut]


class DeploymentsOut(Out):
    """Who is sent for an Action, by first day."""

    items: list[DeploymentOut]


class RequestOfOut(Out):
    """A request that led to an Action, or came after it."""

    id: UUID
    code: str
    title: str


class FollowUpOut(Out):
    """What became of an Action after it closed."""

    id: UUID
    action_code: str
    action_name: str
    countries: list[str]
    occasion: str = Field(description="6_months, 12_months … or second_request")
    due_on: date
    request: RequestOfOut | None
    adopted: Adopted | None = Field(description="null: not answered yet")
    adopted_on: PartialDateText | None
    text: str
    source: str
    answered_on: date | None
    by: str | None


class FollowUpsOut(Page[FollowUpOut]):
    """Questions about closed Actions, open ones first."""


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
