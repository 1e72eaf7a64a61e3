"""The rules of a facility."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Out


class FacilityRulesOut(Out):
    """What a facility decides for itself, with the usual values filled in."""

    steering: str = Field(description="The body that decides")
    fiche_days: int | None = Field(description="From a request to its fiche; null: no deadline")
    fiche_days_urgent: int | None = Field(description="Of high priority; null: as any other")
    eligible_countries: list[str] | None = Field(description="Who may ask; null: any country")
    areas: list[str] | None = Field(description="Thematic areas that are taken; null: all")
    screening: list[str] = Field(description="Points of the checklist, in order")
    has_rounds: bool
    least_votes: int = Field(description="Votes that must be cast before a decision")
    call_days: int
    release_days: int
    reminder_days: int
    rates_people: bool = Field(description="Whether feedback may rate a named person")
    least_raters: int
    follow_up_months: list[int]
    public_catalogue: bool = Field(description="Whether anybody may read the list of Actions")
