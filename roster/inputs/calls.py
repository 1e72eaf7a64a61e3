"""Calls, nominations, releases and what a state wants to work on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from roster.inputs.base import Code, CountryCode, Input
from roster.inputs.facilities import Days
from roster.vocabulary import RefusalReason

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


class NewCall(Input):
    """A call for experts to the focal points of some countries."""

    countries: tuple[CountryCode, ...] = Field(min_length=1, max_length=60, examples=[["PT"]])
    deadline: date | None = Field(default=None, description="Inclusive; null: by facility rules")
    text: Note = Field(default="", description="Read by the focal points, beside what is asked for")
    team_id: UUID | None = Field(default=None, description="A kept team whose seats it is for")


class NominationInput(Input):
    """A person whom a focal point puts forward."""

    expert_id: UUID
    seat_id: UUID | None = Field(default=None, description="Of the team that the call is for")
    note: Note = ""


class NobodyInput(Input):
    """Why a country puts nobody forward."""

    reason: RefusalReason
    note: Note = ""
    country: CountryCode | None = Field(
        default=None, description="For a focal point of several countries that were asked"
    )


class AskRelease(Input):
    """Whose release is asked for, and by when an answer is wanted."""

    expert_id: UUID
    seat_id: UUID | None = Field(default=None, description="The seat it is asked for")
    due_on: date | None = Field(default=None, description="Inclusive; null: by facility rules")
    note: Note = ""


class GrantInput(Input):
    """From when to when somebody is released."""

    valid_from: date
    valid_to: date = Field(description="Inclusive")
    days: Days | None = Field(default=None, description="At most so many in that time")
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError("valid_to: the last day lies before the first")
        if self.days is not None and self.days > (self.valid_to - self.valid_from).days + 1:
            raise ValueError("days: there are not so many days in that time")
        return self


class GeneralRelease(GrantInput):
    """A release of a focal point's own accord, for no request in particular."""

    expert_id: UUID


class RefusalInput(Input):
    """Why somebody is not released, or not any more."""

    reason: RefusalReason
    note: Note = ""


class InterestInput(Input):
    """What a state wants to work on."""

    topics: tuple[Code, ...] = Field(default=(), max_length=60)
    regions: tuple[Code, ...] = Field(
        default=(), max_length=60, description="UN M49 codes of sub-regions, or countries"
    )
    note: Note = ""
