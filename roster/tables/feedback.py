"""What is asked and heard after activities, what is found and concluded.

Written by `roster.feedback`, `roster.feedback.findings` and `roster.feedback.lessons`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import (
    Audience,
    FindingKind,
    FindingSource,
    LessonState,
    Occasion,
)


class Questionnaire(Record, table=True):
    """One version of the questions for an audience; answers keep the version they answered."""

    __table_args__ = (UniqueConstraint("facility_id", "code", "version"),)

    code: str
    version: int = 1
    title: str
    audience: Audience = Field(sa_type=words(Audience))
    occasion: Occasion = Field(sa_type=words(Occasion))
    questions: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.Question"
    )
    is_active: bool = True


class Inquiry(Record, table=True):
    """One questionnaire sent out to one audience, after an activity or an Action."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    lineage: UUID | None = Field(
        default=None, index=True, description="Of the activity; None: the whole Action"
    )
    questionnaire_id: UUID = Field(foreign_key="questionnaire.id", ondelete="CASCADE")
    asked: int | None = Field(default=None, description="People asked, where a link serves many")
    due_on: date | None = None
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Feedback(Record, table=True):
    """What somebody said after an activity or an Action; scores 1 to 5 by question."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", ondelete="SET NULL")
    lineage: UUID | None = Field(
        default=None, index=True, description="Of the activity, the same in every plan"
    )
    deployment_id: UUID | None = Field(
        default=None,
        foreign_key="deployment.id",
        ondelete="SET NULL",
        description="Only where the facility rates named people",
    )
    inquiry_id: UUID | None = Field(
        default=None, foreign_key="inquiry.id", index=True, ondelete="SET NULL"
    )
    guest_id: UUID | None = Field(default=None, foreign_key="guest.id", ondelete="SET NULL")
    rater: str = Field(description="A roster.vocabulary.Audience")
    scores: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    answers: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Choices and texts by question"
    )
    text: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Finding(Record, table=True):
    """One thing found about an Action: by an evaluation, a focus group, or in feedback."""

    action_id: UUID = Field(foreign_key="action.id", index=True, ondelete="CASCADE")
    lineage: UUID | None = Field(default=None, description="Of the activity")
    feedback_id: UUID | None = Field(
        default=None, foreign_key="feedback.id", index=True, ondelete="SET NULL"
    )
    kind: FindingKind = Field(sa_type=words(FindingKind))
    source: FindingSource = Field(sa_type=words(FindingSource))
    is_strength: bool = Field(description="True: it went well; False: it did not")
    text: str
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    found_on: date | None = None
    reference: str = Field(default="", description="Report or page")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Lesson(Record, table=True):
    """A conclusion across Actions with what it rests on; proposed by rule, confirmed by people."""

    state: LessonState = Field(default=LessonState.PROPOSED, index=True, sa_type=words(LessonState))
    kind: FindingKind | None = Field(default=None, sa_type=words(FindingKind))
    is_strength: bool | None = None
    text: str
    advice: str = Field(default="", description="What to do next time")
    action_ids: list[str] = Field(default_factory=list, sa_type=Json)
    finding_ids: list[str] = Field(default_factory=list, sa_type=Json)
    topics: list[str] = Field(default_factory=list, sa_type=Json)
    regions: list[str] = Field(default_factory=list, sa_type=Json)
    activities: list[str] = Field(default_factory=list, sa_type=Json, description="Types")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decided_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", description="Why it was dismissed")


class CountrySection(Record, table=True):
    """One section of the migration profile of a country: text, source and day."""

    __tablename__ = "country_section"
    __table_args__ = (UniqueConstraint("facility_id", "country", "section"),)

    country: str = Field(index=True)
    section: str = Field(description="Code of one of the fourteen sections")
    text: str
    source: str
    as_of: date
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class WorkingGroup(Record, table=True):
    """A technical working group of a country or an Action; members by institution and function."""

    __tablename__ = "working_group"

    name: str
    country: str | None = Field(default=None, index=True)
    action_id: UUID | None = Field(default=None, foreign_key="action.id", ondelete="SET NULL")
    mandate: str = ""
    members: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.GroupMember"
    )
