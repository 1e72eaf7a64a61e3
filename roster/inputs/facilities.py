"""The rules of a facility, as its configuration states them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from roster.inputs.base import Code, CountryCode, Input, Line

POINTS = ("eligible_country", "eligible_area", "coherence", "ownership", "sustainability")
"""Points that a checklist of screening can have, in their usual order."""
Days = Annotated[int, Field(ge=1, le=366)]


class FacilityRules(Input):
    """What a facility decides for itself; what is left out is not asked for."""

    steering: Line = Field(default="steering group", description="The body that decides")
    fiche_days: Days | None = Field(
        default=None, description="Days from a request to its fiche", examples=[21]
    )
    fiche_days_urgent: Days | None = Field(
        default=None, description="The same for a request of high priority; None: as any other"
    )
    eligible_countries: tuple[CountryCode, ...] | None = Field(
        default=None, description="Who may ask; None: any country"
    )
    areas: tuple[Code, ...] | None = Field(
        default=None, description="Thematic areas that are taken; None: all"
    )
    screening: tuple[Code, ...] = Field(
        default=POINTS, description="Points of the checklist, in order"
    )
    has_rounds: bool = Field(default=False, description="Requests are taken in rounds only")
    least_votes: int = Field(
        default=0, ge=0, le=100, description="Votes that must be cast before a decision"
    )
    call_days: Days = Field(default=7, description="Usual deadline of a call")
    release_days: Days = Field(default=10, description="Usual deadline of a release")
    reminder_days: Days = Field(default=2, description="Reminded so many days before a deadline")
    rates_people: bool = Field(
        default=False, description="Whether feedback may rate a named person"
    )
    least_raters: int = Field(
        default=3, ge=3, le=20, description="Ratings of a person are shown from so many on"
    )
    follow_up_months: tuple[int, ...] = Field(
        default=(6, 12), description="After so many months it is asked what became of an Action"
    )
    names_last: bool = Field(
        default=False,
        description="Lists of a ranking begin without names; each name is opened by a step that is "
        "written down",
    )
    public_catalogue: bool = Field(
        default=False, description="Whether anybody may read the list of Actions"
    )
