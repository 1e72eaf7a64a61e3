"""Findings, lessons, and what people write down around a request."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from roster.inputs.base import Code, CountryCode, Input, Line
from roster.vocabulary import ActivityType, FindingKind, FindingSource, LessonState

Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]


class FindingInput(Input):
    """One thing found about an Action."""

    kind: FindingKind
    source: FindingSource
    is_strength: bool = Field(description="True: it went well; false: it did not")
    text: Paragraph
    topics: tuple[Code, ...] = Field(
        default=(), max_length=10, description="Left out: the topics of the Action"
    )
    lineage: UUID | None = Field(default=None, description="Of the activity")
    feedback_id: UUID | None = Field(default=None, description="The answer that it was drawn from")
    found_on: date | None = None
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = Field(
        default="", description="Report and page"
    )


class LessonInput(Input):
    """A lesson written by hand, with what it rests on."""

    text: Paragraph
    advice: Notes = ""
    kind: FindingKind | None = None
    is_strength: bool | None = None
    topics: tuple[Code, ...] = Field(default=(), max_length=10)
    activities: tuple[ActivityType, ...] = ()
    actions: tuple[Code, ...] = Field(
        default=(), max_length=60, description="Codes of Actions, as in their addresses"
    )
    finding_ids: tuple[UUID, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.actions and not self.finding_ids:
            raise ValueError("actions: name one Action or finding at least that it rests on")
        return self


class LessonDecision(Input):
    """What people make of a lesson: confirmed as worded, or dismissed with a reason."""

    state: LessonState
    text: Paragraph | None = Field(default=None, description="Left out: as it stands")
    advice: Notes | None = None
    reason: Line | None = None

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.state is LessonState.PROPOSED:
            raise ValueError("state: a lesson is confirmed or dismissed")
        if self.state is LessonState.DISMISSED and not self.reason:
            raise ValueError("reason: say why it is dismissed")
        return self


class SectionInput(Input):
    """One section of a country's migration profile."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
    source: Line
    as_of: date


class MemberInput(Input):
    """A member of a working group: an institution and a function, never a name."""

    institution: Line
    function: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class WorkingGroupInput(Input):
    """A technical working group of a country."""

    name: Line
    country: CountryCode
    mandate: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)] = ""
    members: tuple[MemberInput, ...] = Field(default=(), max_length=100)
