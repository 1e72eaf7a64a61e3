"""Facts about people, CVs, lists, and who signs in."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from roster.inputs.base import Code, Input
from roster.vocabulary import FactKind


class FactInput(Input):
    """A fact as a person gives it; the value has the shape of its kind."""

    kind: FactKind
    value: dict[str, Any]
    valid_from: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    valid_to: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    ongoing: bool = False


class FactDecision(Input):
    """What somebody says of a proposed fact: right, not so, another value, or the record's own.

    Against the record of a known person "right" and "correct" take the place of what it holds of
    the same thing; without a decision what is confirmed there stays, as with "keep".
    """

    fact_id: UUID
    verdict: Literal["right", "wrong", "correct", "keep"]
    correction: FactInput | None = None

    @model_validator(mode="after")
    def _correction_is_there(self) -> Self:
        if (self.verdict == "correct") != (self.correction is not None):
            raise ValueError("correction: give it with the verdict 'correct', and only then")
        return self


class MappingInput(Input):
    """What the columns of a list are about; columns that are not named are left out."""

    sheet: str = Field(default="", max_length=300, description="Empty where there is only one")
    header_row: int = Field(default=1, ge=1, le=2_000_000, description="As spreadsheets count")
    columns: dict[Annotated[int, Field(ge=0, le=1_000)], Code] = Field(
        description="Column, counted from 0 → field, or `language:` and a code",
        examples=[{"0": "full_name", "1": "email", "2": "language:fr"}],
    )


class BatchStart(Input):
    """How an upload is begun."""

    trial: bool = Field(default=False, description="Say what would happen, change nothing")


class Confirmation(Input):
    """The confirmation of a CV: decisions on single facts, facts added, and whose it is."""

    decisions: tuple[FactDecision, ...] = ()
    added: tuple[FactInput, ...] = ()
    accept_rest: bool = Field(
        default=True, description="Take facts without a decision as right; False: leave proposed"
    )
    same_as: UUID | None = Field(
        default=None, description="An expert whose record this CV brings up to date"
    )
    withdrawn: tuple[UUID, ...] = Field(
        default=(),
        description="Facts on that record that the CV does not mention and that hold no longer",
    )


class SignInInput(Input):
    """Who signs in."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
