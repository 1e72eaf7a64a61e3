"""Who fits a request, in order, and exactly why.

Rankings are sent as bytes, not through these shapes; a test holds the two together.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from api.schemas.base import EvidenceOut, Out, Weights
from api.schemas.requests import RankingRowOut
from roster.inputs import Input
from roster.vocabulary import Band, ExpertKind, Gate, GateOutcome, Origin


class GateResultOut(Out):
    """One mandatory condition for one person."""

    gate: Gate
    outcome: GateOutcome
    reason: str = Field(examples=["French B1, B2 needed"])
    distance: float | None = Field(description="How far a failed one is from passing")


class ContributionOut(Out):
    """One feature's part of a score; the contributions add up to the score."""

    feature: str
    value: float | None = Field(description="In [0, 1]; null is missing")
    points: float
    most: float = Field(description="The most that anybody could get here")
    reason: str
    evidence: list[EvidenceOut]


class PersonOut(Out):
    """Who it is."""

    id: UUID
    display_name: str = Field(
        description="In a list without names, “Person 7 of this list”: its number in the whole list"
    )
    home_country: str | None
    kind: ExpertKind | None
    headline: str | None
    origin: Origin


class RankedOut(Out):
    """One person in a ranking."""

    person: PersonOut
    place: int = Field(description="Inside the band, from 1")
    tied: bool = Field(
        description="Equal to somebody beside: the order between them is that of ids"
    )
    band: Band
    score: float = Field(description="In [0, 100], comparable inside one ranking only")
    contributions: list[ContributionOut]
    gates: list[GateResultOut]


class CountsOut(Out):
    """People by band."""

    fit: int
    ask: int
    not_: int = Field(alias="not")


class WhyOut(Out):
    """How many people of a band stand there because of which condition, the first one told."""

    band: Band
    gate: Gate
    people: int


class MatchOut(Out):
    """The best people for a request, and how many others there are and why."""

    run_id: UUID | None = Field(description="Of `/rankings/{id}`; null where nothing was kept")
    model: str
    today: date
    weights: Weights
    counts: CountsOut
    because: list[WhyOut]
    blind: bool = Field(description="Whether names, posts, countries and sentences are kept back")
    people: list[RankedOut]
    notes: list[str]


class RankingPageOut(Out):
    """One page of a stored ranking, in its order: fit, then to ask, then not."""

    ranking: RankingRowOut
    today: date
    because: list[WhyOut]
    notes: list[str]
    blind: bool = Field(description="Whether names, posts, countries and sentences are kept back")
    items: list[RankedOut]
    page: int
    per_page: int
    total: int


class NamesInput(Input):
    """Whose names to open in the lists of a request that keep names back."""

    experts: list[UUID] | None = Field(
        default=None, max_length=200, description="Ids of people; null is the whole list"
    )


class NamesOut(Out):
    """Whose names were opened."""

    experts: list[UUID] | None = Field(description="Ids of people; null is the whole list")
