"""What people and other systems may hand in, validated once, for JSON and for forms alike.

Codes of open lists (countries, languages, topics, bodies) are checked by the use cases against
`roster.reference`, which answer with the same `FieldError`s.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    FactKind,
    IntakeChannel,
    LanguageLevel,
    Priority,
    SeatRole,
    Stage,
    TeamMode,
)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
CountryCode = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")
]
Factor = Annotated[float, Field(ge=0, le=3)]


class Input(BaseModel):
    """Anything handed in: unknown fields are refused, so that no typing error passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LanguageInput(Input):
    """A working language and the level from which somebody can work in it."""

    language: Code = Field(description="ISO 639-1, or 639-3 where there is none", examples=["fr"])
    minimum: LanguageLevel = Field(default=LanguageLevel.B2, examples=["B2"])
    everyone: bool = Field(
        default=True, description="True: each person must; False: one of the team is enough"
    )


class NewRequest(Input):
    """A request for assistance, as far as it is known; a ranking needs a topic, a type or text."""

    title: Line = Field(examples=["Migration statistics system"])
    authority: Line | None = Field(default=None, examples=["National Institute of Statistics"])
    administration: AdministrationKind | None = Field(
        default=None, description="Discipline of the authority; read from its name where left out"
    )
    counterpart: Line | None = None
    countries: tuple[CountryCode, ...] = Field(
        default=(), description="Beneficiary countries, ISO 3166-1 alpha-2", examples=[["CI"]]
    )
    regional_body: Code | None = Field(default=None, examples=["ECOWAS"])
    topics: tuple[Code, ...] = Field(default=(), examples=[["data_management"]])
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageInput, ...] = ()
    starts: date | None = Field(default=None, examples=["2027-03-01"])
    ends: date | None = Field(default=None, examples=["2027-03-12"])
    mode: TeamMode | None = None
    urgency: Line | None = None
    channel: IntakeChannel | None = None
    received_on: date | None = None
    release_required: bool = False
    text: Text = Field(default="", description="The letter, in any language")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("ends: the last day lies before the first")
        return self


class RankingInput(Input):
    """How to rank: factors by feature; 1 is as it stands, 0 leaves it out, 3 is the most."""

    weights: dict[str, Factor] = Field(default_factory=dict, examples=[{"country": 1.5}])


class ShortlistInput(Input):
    """Put a person on the shortlist of a request."""

    expert_id: UUID
    ranking_id: UUID | None = Field(default=None, description="The ranking it came from")
    note: Text = ""


class StageInput(Input):
    """Move a person; leaving the list needs a reason."""

    stage: Stage
    reason: Code | None = None
    note: Text = ""


Group = Annotated[tuple[UUID, ...], Field(min_length=2, max_length=12)]


class SeatInput(Input):
    """One role to fill."""

    role: SeatRole
    topics: tuple[Code, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageInput, ...] = ()
    one_language: bool = Field(default=False, description="True: one of them is enough")
    kinds: tuple[ExpertKind, ...] = ()
    counterpart: Line | None = None
    days: int | None = Field(
        default=None, ge=1, le=366, description="Days of work; left out: all of the activity"
    )
    keeper: UUID | None = Field(
        default=None, description="Who sits here and stays, whatever else is composed anew"
    )


class TeamInput(Input):
    """What team to compose; what is left out follows from the mode."""

    mode: TeamMode = TeamMode.PEER_TO_PEER
    size: int = Field(default=3, ge=1, le=8)
    seats: tuple[SeatInput, ...] = Field(default=(), max_length=12)
    most_per_country: int | None = Field(default=None, ge=1, le=12)
    most_per_administration: int | None = Field(default=None, ge=1, le=12)
    least_practitioners: float | None = Field(default=None, ge=0, le=1)
    forced_in: tuple[UUID, ...] = ()
    forced_out: tuple[UUID, ...] = ()
    conflicts: tuple[UUID, ...] = Field(
        default=(), description="People with a conflict of interest: nothing puts them in"
    )
    together: tuple[Group, ...] = Field(
        default=(), max_length=20, description="Groups of which all sit in the team, or none"
    )
    apart: tuple[Group, ...] = Field(
        default=(), max_length=20, description="Groups of which one at most sits in the team"
    )
    most_days_a_year: int | None = Field(default=None, ge=1, le=366)
    most_deployments_a_year: int | None = Field(default=None, ge=1, le=50)
    least_newcomers: int = Field(
        default=0, ge=0, le=12, description="Members who were never deployed before"
    )
    least_returning: int = Field(
        default=0, ge=0, le=12, description="Members who served on the Action or the countries"
    )
    languages: tuple[LanguageInput, ...] | None = Field(
        default=None, description="Instead of the request's"
    )
    starts: date | None = Field(default=None, description="First day, instead of the request's")
    ends: date | None = Field(default=None, description="Last day, instead of the request's")
    asked_of: tuple[CountryCode, ...] = Field(
        default=(), description="Countries whose focal points will be asked about their people"
    )
    interpreted: tuple[Code, ...] = Field(
        default=(), max_length=20, description="Languages that are left to interpreters"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("ends: the last day lies before the first")
        return self


class PlannedRequest(Input):
    """How one request takes part in a plan for many."""

    request_id: UUID
    priority: Priority = Priority.NORMAL
    leave_out: bool = Field(default=False, description="True: it is not planned this time")
    team: TeamInput | None = Field(
        default=None, description="Its rules; left out: of its mode, with `size` seats"
    )


class PortfolioInput(Input):
    """The period whose open requests are planned together, and what holds for each person."""

    starts: date = Field(description="First day", examples=["2027-01-01"])
    ends: date = Field(description="Last day", examples=["2027-12-31"])
    size: int = Field(default=3, ge=1, le=8, description="Seats of a team without rules of its own")
    most_deployments_a_year: int | None = Field(
        default=2, ge=1, le=50, description="Of one person, those on record included; null: no cap"
    )
    most_days_a_year: int | None = Field(
        default=None, ge=1, le=366, description="Of one person, those on record included"
    )
    margin_days: int = Field(
        default=2, ge=0, le=60, description="Days at least between two activities of one person"
    )
    least_newcomers: float = Field(
        default=0.0, ge=0, le=1, description="Least share of seats for people never deployed"
    )
    requests: tuple[PlannedRequest, ...] = Field(
        default=(), max_length=500, description="Those that are not planned like all others"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("ends: the last day lies before the first")
        return self


class KeepTeam(Input):
    """Keep one of the proposals of an answer as the request's team, or one put together by hand."""

    team: TeamInput
    ranking_id: UUID
    proposal: int = Field(default=0, ge=0, le=2)
    seated: tuple[UUID | None, ...] = Field(
        default=(), max_length=12, description="By seat, instead of a proposal; null: left open"
    )
    counterparts: tuple[Line | None, ...] = Field(
        default=(), max_length=12, description="By seat; null: not named yet"
    )
    note: Text = Field(default="", description="Needed where the team breaks a rule")


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
