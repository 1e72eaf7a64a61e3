"""The action fiche, what is said of it, and what is decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from roster.dates import PartialDate
from roster.inputs.base import Code, CountryCode, Input, Line
from roster.vocabulary import (
    ActivityType,
    Constituent,
    ExpertKind,
    FichePart,
    GuestRole,
    Modality,
    RequestStatus,
    VoteChoice,
)

MOST_ROWS = 50
"""Results, activities or kinds of expertise of one fiche."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


def _a_day(text: str) -> str:
    """Refuse what no calendar has."""
    try:
        return str(PartialDate.parse(text))
    except ValueError:
        raise ValueError("give a year, a month or a day that exists, for example 2027-03") from None


PartialDay = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_a_day),
    Field(description="ISO 8601 cut to what is known", examples=["2027-03"]),
]
Days = Annotated[int, Field(ge=0, le=10_000)]


class ResultInput(Input):
    """One result that the Action is to reach."""

    constituent: Constituent = Field(examples=["policy"])
    title: Line = Field(examples=["A draft national migration policy"])


class ActivityInput(Input):
    """One activity as the fiche plans it."""

    type: ActivityType = Field(examples=["training"])
    title: Line = Field(examples=["Training on migration data"])
    starts: PartialDay | None = None
    ends: PartialDay | None = None
    place: ShortText = Field(default="", examples=["Abidjan"])
    modality: Modality | None = None
    days: Days | None = Field(default=None, description="Days of work of all experts together")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts[: len(self.ends)]:
            raise ValueError("ends: the last day lies before the first")
        return self


class ExpertiseInput(Input):
    """One kind of expert that is wanted; never a person."""

    role: Line = Field(examples=["Trainer"])
    topics: tuple[Code, ...] = ()
    kind: ExpertKind | None = None
    days: Days | None = None


class FicheInput(Input):
    """An action fiche as far as it is written; a submitted one needs an objective and more."""

    title: Line = Field(examples=["Migration statistics for Côte d’Ivoire"])
    background: Words = ""
    objective: Words = ""
    results: tuple[ResultInput, ...] = Field(default=(), max_length=MOST_ROWS)
    activities: tuple[ActivityInput, ...] = Field(default=(), max_length=MOST_ROWS)
    expertise: tuple[ExpertiseInput, ...] = Field(default=(), max_length=MOST_ROWS)
    schedule: Words = ""
    risks: Words = ""
    expert_days: Days | None = Field(
        default=None, description="The budget; null: what the activities add up to"
    )


class ConsultationInput(Input):
    """A talk about the fiche with an authority or a delegation."""

    held_on: date
    with_whom: Line = Field(description="Institutions; persons by their function only")
    channel: ShortText = Field(default="", examples=["video meeting"])
    note: Words = ""


class CommentInput(Input):
    """A remark on a fiche, on one part of it or on all of it."""

    part: FichePart | None = Field(default=None, description="null: all of it")
    text: LongText


class GuestInput(Input):
    """Who is to read the fiche by a personal link."""

    role: Literal[
        GuestRole.REQUESTING_AUTHORITY, GuestRole.EU_DELEGATION, GuestRole.COMMITTEE_MEMBER
    ]
    label: Line = Field(examples=["Delegation to Côte d’Ivoire"])
    address: (
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"),
        ]
        | None
    ) = Field(default=None, description="E-mail; null: the link is handed over")
    locale: Literal["en", "fr", "es", "pt"] = "en"


class VoteInput(Input):
    """What a member of the steering body says; a reason is wanted for all but "for"."""

    choice: VoteChoice
    reason: Words = ""

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.choice is not VoteChoice.FOR and not self.reason:
            raise ValueError("reason: say why you do not vote for it")
        return self


class DecisionInput(Input):
    """What was decided of a request."""

    outcome: Literal[RequestStatus.APPROVED, RequestStatus.REJECTED, RequestStatus.FORWARDED]
    decided_on: date
    reason: Words = Field(default="", description="Needed to reject and to forward")
    minutes: Words = ""
    without_votes: ShortText = Field(
        default="", description="Why it is decided with fewer votes than the rules ask for"
    )
    to_facility: UUID | None = Field(
        default=None, description="Forwarded to: another facility of this installation"
    )
    to_body: Line | None = Field(default=None, description="Forwarded to: a body outside of it")

    @model_validator(mode="after")
    def _has_target(self) -> Self:
        targets = (self.to_facility is not None) + (self.to_body is not None)
        if self.outcome is RequestStatus.FORWARDED and targets != 1:
            raise ValueError("to_body: say to whom: one facility, or one body outside")
        if self.outcome is not RequestStatus.FORWARDED and targets:
            raise ValueError("to_body: only what is forwarded goes to somebody")
        return self


class PartInput(Input):
    """One of the requests that a request is split into."""

    countries: tuple[CountryCode, ...] = Field(min_length=1, examples=[["CI"]])
    title: Line | None = Field(default=None, description="null: as before")


class SplitInput(Input):
    """Into what a request is split."""

    parts: tuple[PartInput, ...] = Field(min_length=2, max_length=60)


class JoinInput(Input):
    """Which requests become one regional request."""

    requests: tuple[UUID, ...] = Field(min_length=2, max_length=60)
    title: Line
    regional_body: Code | None = None
