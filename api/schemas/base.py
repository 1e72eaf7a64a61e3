"""What all output shapes share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from roster.dates import PartialDate
from roster.serial import to_json
from roster.vocabulary import LanguageLevel


class Out(BaseModel):
    """An answer: read from the attributes of a value of `roster.read`."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")


O = TypeVar("O", bound=Out)  # noqa: E741 -- an output shape.


def _date_text(value: object) -> object:
    return str(value) if isinstance(value, PartialDate) else value


def _pairs(value: object) -> object:
    return dict(value) if isinstance(value, tuple) else value


def _ordered(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, set | frozenset) else value


PartialDateText = Annotated[
    str,
    BeforeValidator(_date_text),
    Field(
        description="ISO 8601 cut to what is known: a year, a month or a day",
        examples=["2016-04"],
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
    ),
]
JsonObject = Annotated[dict[str, object], BeforeValidator(to_json)]
Weights = Annotated[
    dict[str, float],
    BeforeValidator(_pairs),
    Field(description="Factor by feature; 1 is as it stands"),
]
Ids = Annotated[list[UUID], BeforeValidator(_ordered)]


class PeriodOut(Out):
    """From the first to the last day, both included; null is open or not said."""

    start: PartialDateText | None
    end: PartialDateText | None
    ongoing: bool


class EvidenceOut(Out):
    """Where a claim was read."""

    fact_id: UUID | None
    quote: str = Field(description="The words of the source; empty where it is no text")
    source: str
    page: int | None
    language: str | None
    confirmed: bool


class LanguageNeedOut(Out):
    """A working language and the level from which somebody can work in it."""

    language: str
    minimum: LanguageLevel
    everyone: bool


class HeadOut(Out):
    """A record that was made or changed: its id and where it stands."""

    id: UUID
    href: str = Field(examples=["/api/v1/requests/5f0c0d0e-5f0c-4d0e-8f0c-0d0e5f0c4d0e"])


Day = date
