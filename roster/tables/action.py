"""Actions, their versioned plans and who was deployed; written by `roster.actions`."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, PartialDateType, words
from roster.dates import PartialDate
from roster.tables.base import Record
from roster.vocabulary import ActionStatus, ActivityType, Constituent, ExpertKind, Intervention


class Action(Record, table=True):
    """The undertaking that a request leads to."""

    __table_args__ = (UniqueConstraint("facility_id", "code"),)

    code: str = Field(description="In URLs: cabo-verde-i")
    name: str
    status: ActionStatus = Field(index=True, sa_type=words(ActionStatus))
    on_hold: bool = False
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


class ActionResult(Record, table=True):
    """A result of an Action, reached or expected, under a constituent of governance."""

    __tablename__ = "action_result"

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    position: int
    constituent: Constituent = Field(sa_type=words(Constituent))
    title: str
    expected: bool = Field(description="True where it was still to come when printed")


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
    reason: str = Field(default="", description="Why it was changed")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Activity(Record, table=True):
    """A dated piece of an Action, as one version of the plan has it."""

    plan_id: UUID = Field(foreign_key="activity_plan.id", index=True, ondelete="CASCADE")
    number: int = Field(description="As printed")
    type: ActivityType = Field(sa_type=words(ActivityType))
    also: list[str] = Field(default_factory=list, sa_type=Json, description="Further types")
    title: str
    intervention: Intervention | None = Field(default=None, sa_type=words(Intervention))
    intervention_basis: str | None = None
    starts: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    ends: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    place: str | None = None
    is_remote: bool | None = None


class Deployment(Record, table=True):
    """One person's part in one activity."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", ondelete="SET NULL")
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    role: str = ""
    days: int | None = None
    starts: date | None = None
    ends: date | None = None
    status: str = Field(default="planned", description="planned, done or cancelled")


class Feedback(Record, table=True):
    """What somebody said after an activity; scores 1 to 5 by question."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", ondelete="SET NULL")
    deployment_id: UUID | None = Field(
        default=None, foreign_key="deployment.id", ondelete="SET NULL"
    )
    rater: str = Field(description="participant, partner, expert or officer")
    scores: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    text: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Lesson(Record, table=True):
    """A conclusion across Actions, with those it rests on."""

    text: str
    action_ids: list[str] = Field(default_factory=list, sa_type=Json)
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
