"""Looking back at a stored ranking: made again, and why somebody is not further up."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.schemas.base import EvidenceOut, Out
from api.schemas.rankings import GateResultOut, PersonOut
from api.schemas.requests import RankingRowOut
from roster.read import ReplayCause
from roster.vocabulary import Band


class StandOut(Out):
    """Where somebody stands."""

    band: Band
    place: int = Field(description="Inside the band, from 1")
    score: float = Field(description="In [0, 100]")


class ReplayedOut(Out):
    """One person who comes out otherwise."""

    expert_id: UUID
    cause: ReplayCause = Field(
        description="gone: on the roster no more; changed: the record changed since; company: "
        "others changed since, and how rare a word or topic is counts over everybody; product: "
        "this version of the product or its encoder measures otherwise"
    )
    then: StandOut
    now: StandOut | None


class ReplayOut(Out):
    """A stored ranking made again with its own model, weights, request and day."""

    ranking: RankingRowOut
    equal: bool = Field(description="Whether it came out as it was, to the last person")
    refusal: str | None = Field(description="Why it could not be made again; null: it was")
    sums_hold: bool = Field(description="Whether the stored parts add up to the stored scores")
    order_holds: bool = Field(description="Whether all the others stand in the same order")
    people: int
    causes: dict[ReplayCause, int] = Field(description="Why people come out otherwise, how many")
    differing: list[ReplayedOut] = Field(description="Those whom this key may know of, 100 at most")


class GapOut(Out):
    """One part of the score beside the same part of the tenth of the list."""

    feature: str
    label: str
    reason: str
    value: float | None = Field(description="In [0, 1]; null is missing")
    points: float
    most: float
    of_tenth: float | None = Field(description="Points of the tenth; null: nobody stands there")
    evidence: list[EvidenceOut]


class LiftOut(Out):
    """What the record does not show, and what would show it."""

    feature: str
    label: str
    points: float = Field(description="How many points more at most")
    is_unknown: bool = Field(description="True: not known; false: known, and there is none")
    words: str


class WhyNotOut(Out):
    """Where one person stands in a ranking, and what keeps her from the first ten."""

    ranking: RankingRowOut
    person: PersonOut
    as_stored: bool = Field(description="False: she was not in it; this is how she stands today")
    band: Band
    place: int | None = Field(description="Inside the band, from 1; null where she was not in it")
    score: float
    gates: list[GateResultOut]
    tenth: float | None = Field(description="Score of the tenth who fits, or of the last of fewer")
    gaps: list[GapOut] = Field(description="Where the tenth is ahead most comes first")
    lifts: list[LiftOut] = Field(description="The largest first")
    reach: float = Field(description="The score with all of it supplied at its best")
