"""Actions, the activities of their plans, deployments, and what became of it all."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from roster.dates import PartialDate
from roster.inputs.base import Code, CountryCode, Input, Line, Text
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    ChecklistStep,
    Constituent,
    Intervention,
    Modality,
    ResultState,
    Scope,
)


def _partial(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return PartialDate.parse(value)
    except ValueError:
        raise ValueError("give a year, a month or a day that exists, for example 2027-03") from None


GivenDate = Annotated[
    PartialDate,
    BeforeValidator(_partial),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "description": "ISO 8601 cut to what is known: a year, a month or a day",
            "examples": ["2027-03"],
        }
    ),
]
"""A date no more precise than it is known."""
Reason = Annotated[Text, Field(description="For people: why", examples=["Elections in May"])]
Count = Annotated[int, Field(ge=0, le=100_000)]
Names = tuple[Line, ...]


def _in_order(starts: PartialDate | None, ends: PartialDate | None) -> None:
    if starts and ends and ends.last_day < starts.first_day:
        raise ValueError("ends: the last day lies before the first")


class ActionInput(Input):
    """An Action written down by hand, or its fields as corrected."""

    name: Line = Field(examples=["Cabo Verde III"])
    authority: Line | None = Field(default=None, examples=["Directorate of Foreigners and Borders"])
    objective: Text = ""
    countries: tuple[CountryCode, ...] = Field(
        default=(), description="Beneficiary countries, ISO 3166-1 alpha-2", examples=[["CV"]]
    )
    regional_body: Code | None = None
    scope: Scope | None = Field(
        default=None, description="Left out, it follows from countries and body"
    )
    topics: tuple[Code, ...] = Field(default=(), examples=[["border_management"]])
    starts: GivenDate | None = None
    ends: GivenDate | None = None
    officer_id: UUID | None = Field(default=None, description="Account of who looks after it")

    @model_validator(mode="after")
    def _dates(self) -> Self:
        _in_order(self.starts, self.ends)
        return self


class ActionMove(Input):
    """Where an Action goes; `on_hold` sets a flag, its own status again takes the flag away."""

    status: ActionStatus
    reason: Reason = ""
    on: date | None = Field(default=None, description="Day of closing; left out, today")


class ResultInput(Input):
    """A result that is expected, under a constituent of migration governance."""

    constituent: Constituent
    title: Line


class ResultJudgement(Input):
    """How far a result was reached, and what shows it."""

    state: ResultState
    note: Text = Field(default="", description="What shows it; needed for what was reached")


class DeliverableInput(Input):
    """Something that an activity is to leave behind."""

    title: Line
    due: date | None = None
    done: date | None = None


class _Attended(Input):
    """When something is, and how many take part."""

    starts: GivenDate | None = None
    ends: GivenDate | None = None
    participants: Count | None = None
    women: Count | None = Field(default=None, description="Of the participants")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _in_order(self.starts, self.ends)
        if self.women is not None and self.women > (self.participants or 0):
            raise ValueError("women: more women than participants")
        return self


class ActivityInput(_Attended):
    """One activity of a plan."""

    type: ActivityType
    also: tuple[ActivityType, ...] = Field(default=(), description="Further types")
    title: Line
    intervention: Intervention | None = Field(
        default=None, description="Left out, it follows from the type by the rule of the facility"
    )
    modality: Modality | None = None
    place: Line | None = None
    days: Count | None = Field(default=None, description="Days of work of the experts together")
    institutions: Names = Field(default=(), description="That take part")
    counterparts: Names = Field(
        default=(), description="Institutions or functions, never persons by name"
    )
    deliverables: tuple[DeliverableInput, ...] = ()
    note: Text = ""


class ActivityReport(_Attended):
    """What came of an activity: it changes the plan that is carried out, not its version."""

    status: ActivityStatus
    institutions: Names = ()
    deliverables: tuple[DeliverableInput, ...] = ()
    note: Text = ""


class DeploymentInput(Input):
    """One person's part in one activity, or in the whole Action."""

    expert_id: UUID
    lineage: UUID | None = Field(
        default=None, description="The activity, the same in every version of the plan"
    )
    role: Line = Field(examples=["thematic_expert"])
    days: Annotated[int, Field(ge=1, le=366)] | None = Field(
        default=None, description="Days of work; left out, every day"
    )
    starts: date | None = None
    ends: date | None = None

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("ends: the last day lies before the first")
        if self.ends and not self.starts:
            raise ValueError("starts: a last day needs a first one")
        return self


class StepInput(Input):
    """One line of a deployment's checklist."""

    step: ChecklistStep
    done_on: date | None = Field(default=None, description="Left out: it is not done after all")
    note: Line | None = None


class FollowUpAnswer(Input):
    """What became of an Action after it closed."""

    adopted: Adopted
    adopted_on: GivenDate | None = None
    text: Text = ""
    source: Text = Field(
        default="", description="Where it was learnt; needed where something was adopted"
    )
