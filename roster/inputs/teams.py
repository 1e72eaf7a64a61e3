"""Shortlists, teams and plans for many requests."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from roster.inputs.base import Code, CountryCode, Input, LanguageInput, Line, Text
from roster.vocabulary import ActivityType, ExpertKind, Priority, SeatRole, Stage, TeamMode


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
    blind: bool = Field(
        default=False,
        description="Keep names, posts and home countries back; so it always is where the "
        "facility’s rule `names_last` says it, but of people whose names were opened for a request "
        "or who are on its shortlist, in the team of that request",
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
