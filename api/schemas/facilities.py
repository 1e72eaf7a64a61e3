"""The rules of a facility."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Out
from roster.inputs.privacy import PrivacyRules
from roster.vocabulary import Basis, Kept, Purpose, Regime


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
    names_last: bool = Field(description="Whether lists of a ranking begin without names")
    public_catalogue: bool = Field(description="Whether anybody may read the list of Actions")


class PrivacyControllerOut(Out):
    """Who answers for the data, alone or with others."""

    name: str
    contact: str | None
    part: str | None = Field(description="What it answers for, where several do")


class PrivacyRecipientOut(Out):
    """Who outside gets data on people, and where."""

    name: str
    country: str | None
    safeguard: str | None = Field(description="Why data may go to a country outside the Union")


class PrivacyRulesOut(Out):
    """What a facility says about data protection; null and empty: not said."""

    regime: Regime | None
    law: str | None = Field(description="Name of the law, where it is none of the EU")
    controllers: list[PrivacyControllerOut]
    processors: list[PrivacyRecipientOut]
    recipients: list[PrivacyRecipientOut]
    contact: str | None = Field(description="Data protection officer or contact")
    authority: str | None = Field(description="Where a person may complain")
    bases: dict[Purpose, Basis]
    retention: dict[Kept, int] = Field(description="Days by class; one left out has no end set")
    warn_days: int | None
    missing: list[str] = Field(description="Names of what the law asks for and was not said")

    @classmethod
    def of(cls, rules: PrivacyRules) -> PrivacyRulesOut:
        """Return the answer that tells some rules."""
        return cls(**rules.model_dump(), missing=list(rules.missing))
