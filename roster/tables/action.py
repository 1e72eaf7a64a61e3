"""Actions, their versioned plans and who was deployed.

Written by `roster.delivery.actions`, `roster.delivery.plans` and `roster.delivery.deployments`.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, PartialDateType, words
from roster.dates import PartialDate
from roster.tables.base import Record
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    ChecklistStep,
    Constituent,
    DeploymentStatus,
    ExpertKind,
    Intervention,
    Modality,
    PlanStatus,
    ResultState,
)


class Action(Record, table=True):
    """The undertaking that a request leads to."""

    __table_args__ = (UniqueConstraint("facility_id", "code"),)

    code: str = Field(description="In URLs: cabo-verde-i")
    name: str
    status: ActionStatus = Field(index=True, sa_type=words(ActionStatus))
    on_hold: bool = False
    standing_reason: str | None = Field(
        default=None, description="Why it is on hold or was cancelled"
    )
    closed_on: date | None = None
    officer_id: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    region: str | None = Field(default=None, description="Heading of the annex")
    scope: str | None = Field(default=None, description="A roster.vocabulary.Scope")
    countries: list[str] = Field(default_factory=list, sa_type=Json)
    regional_body: str | None = None
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    topics_from_text: list[str] = Field(default_factory=list, sa_type=Json)
    areas: list[str] = Field(default_factory=list, sa_type=Json)
    authority: str | None = None
    objective: str = ""
    starts: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    ends: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    notes: list[str] = Field(default_factory=list, sa_type=Json)


class ActionEvent(Record, table=True):
    """One step of an Action's life: who moved it, from where to where, why."""

    __tablename__ = "action_event"

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    from_status: ActionStatus | None = Field(default=None, sa_type=words(ActionStatus))
    to_status: ActionStatus = Field(sa_type=words(ActionStatus))
    on_hold: bool = False
    reason: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class ActionResult(Record, table=True):
    """A result of an Action, reached or expected, under a constituent of governance."""

    __tablename__ = "action_result"

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    position: int
    constituent: Constituent = Field(sa_type=words(Constituent))
    title: str
    expected: bool = Field(description="True where it was still to come when printed")
    state: ResultState = Field(default=ResultState.UNKNOWN, sa_type=words(ResultState))
    note: str = Field(default="", description="What shows it")


class ActionExpertise(Record, table=True):
    """That experts of a country or kind took part, where no person is named."""

    __tablename__ = "action_expertise"

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    country: str | None = None
    country_group: str | None = Field(default=None, description="Named instead of a country")
    kind: ExpertKind | None = Field(default=None, sa_type=words(ExpertKind))
    is_eu: bool | None = Field(default=None, description="A Member State when the book closed")
    basis: str | None = Field(default=None, description="printed, inferred, to be determined")
    as_printed: str | None = None


class ActivityPlan(Record, table=True):
    """One version of an Action's plan; a change makes a new version, old ones stay."""

    __tablename__ = "activity_plan"
    __table_args__ = (UniqueConstraint("action_id", "version"),)

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    version: int
    status: PlanStatus = Field(default=PlanStatus.APPROVED, sa_type=words(PlanStatus))
    reason: str = Field(default="", description="Why it was changed")
    approved_on: date | None = None
    approved_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Activity(Record, table=True):
    """A dated piece of an Action, as one version of the plan has it."""

    plan_id: UUID = Field(foreign_key="activity_plan.id", index=True, ondelete="CASCADE")
    lineage: UUID = Field(
        default_factory=uuid4, index=True, description="The same activity in every version"
    )
    number: int = Field(description="As printed")
    status: ActivityStatus = Field(default=ActivityStatus.PLANNED, sa_type=words(ActivityStatus))
    type: ActivityType = Field(sa_type=words(ActivityType))
    also: list[str] = Field(default_factory=list, sa_type=Json, description="Further types")
    title: str
    intervention: Intervention | None = Field(default=None, sa_type=words(Intervention))
    intervention_basis: str | None = None
    starts: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    ends: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    place: str | None = None
    is_remote: bool | None = None
    modality: Modality | None = Field(default=None, sa_type=words(Modality))
    days: int | None = Field(default=None, description="Days of work of the experts together")
    participants: int | None = None
    women: int | None = Field(default=None, description="Of the participants")
    institutions: list[str] = Field(
        default_factory=list, sa_type=Json, description="That took part"
    )
    counterparts: list[str] = Field(
        default_factory=list, sa_type=Json, description="Institutions or functions"
    )
    deliverables: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.Deliverable"
    )
    note: str = ""


class Deployment(Record, table=True):
    """One person's part in one activity."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", ondelete="SET NULL")
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    lineage: UUID | None = Field(
        default=None, index=True, description="Of the activity, the same in every plan"
    )
    seat_id: UUID | None = Field(default=None, foreign_key="seat.id", ondelete="SET NULL")
    role: str = ""
    days: int | None = None
    starts: date | None = None
    ends: date | None = None
    status: DeploymentStatus = Field(
        default=DeploymentStatus.PLANNED, sa_type=words(DeploymentStatus)
    )
    reason: str = Field(default="", description="Why it was cancelled")


class DeploymentStep(Record, table=True):
    """One line of a deployment's checklist that is done."""

    __tablename__ = "deployment_step"
    __table_args__ = (UniqueConstraint("deployment_id", "step"),)

    deployment_id: UUID = Field(foreign_key="deployment.id", index=True, ondelete="CASCADE")
    step: ChecklistStep = Field(sa_type=words(ChecklistStep))
    done_on: date
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class ActionFollowUp(Record, table=True):
    """What became of an Action after it closed: asked for at set times, answered with a source."""

    __tablename__ = "action_follow_up"

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    occasion: str = Field(description="6_months, 12_months or second_request")
    due_on: date
    request_id: UUID | None = Field(default=None, foreign_key="request.id", ondelete="SET NULL")
    result_id: UUID | None = Field(
        default=None, foreign_key="action_result.id", ondelete="SET NULL"
    )
    adopted: Adopted | None = Field(
        default=None, sa_type=words(Adopted), description="None: not answered yet"
    )
    adopted_on: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    text: str = ""
    source: str = ""
    answered_on: date | None = None
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
