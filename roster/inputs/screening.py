"""Answers to the screening checklist, application rounds and guidelines."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from roster.inputs.base import Code, Input, Line, Text
from roster.inputs.fiches import Words
from roster.vocabulary import ScreeningAnswer


class CheckInput(Input):
    """The answer to one point; what cannot be told needs a note that says why."""

    item: Code = Field(examples=["ownership"])
    answer: ScreeningAnswer
    note: Words = ""


class ScreeningInput(Input):
    """Answers to points of the checklist; those left out stay as they are."""

    checks: tuple[CheckInput, ...] = Field(min_length=1, max_length=60)


class RoundInput(Input):
    """A period in which requests are taken."""

    name: Line = Field(examples=["First round of 2027"])
    opens: date
    closes: date = Field(description="Inclusive")
    guidelines_id: UUID | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes < self.opens:
            raise ValueError("closes: the last day lies before the first")
        return self


class GuidelinesInput(Input):
    """A new version of the guidelines for applicants."""

    title: Line = Field(examples=["Guidelines for applicants"])
    text: Text = ""
    approved_on: date | None = None
