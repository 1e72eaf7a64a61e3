"""Requests for assistance and how to rank them."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from roster.inputs.base import Code, CountryCode, Factor, Input, LanguageInput, Line, Text
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    IntakeChannel,
    Priority,
    TeamMode,
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
    priority: Priority | None = Field(
        default=None, description="As the facility sees it; sets the day by which the fiche is due"
    )
    deadline: date | None = Field(
        default=None, description="Day by which the fiche is due, instead of the one by rules"
    )
    channel: IntakeChannel | None = None
    received_on: date | None = None
    round_id: UUID | None = Field(
        default=None,
        description="Application round; null: the one of the day of receipt. Left out of a "
        "change, one that was chosen before stays",
    )
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
