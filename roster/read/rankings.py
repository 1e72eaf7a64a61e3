"""Who fits a request, in order, and exactly why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.read.facts import (
    Evidence,
)
from roster.read.requests import (
    RankingRow,
    RequestView,
)
from roster.vocabulary import (
    Band,
    Gate,
    GateOutcome,
)


@dataclass(frozen=True, slots=True)
class GateResult:
    """One mandatory condition for one person: what is there, what is needed."""

    gate: Gate
    outcome: GateOutcome
    reason: str
    """For people: "French B1, B2 needed", "free 1-12 Mar 2027", "French level unknown"."""
    distance: float | None = None
    """How far a failed one is from passing (levels, days); None where that makes no sense."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One feature's part of a score; the contributions add up to the score."""

    feature: str
    value: float | None
    """The feature in [0, 1]; None is missing."""
    points: float
    """Of 100 at most; never negative."""
    most: float
    """The most that anybody could get here, with the weights applied."""
    reason: str
    """For people, one clause."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelFeature:
    """One feature of the model in use: what it measures, what it earns at its best."""

    name: str
    label: str
    group: str
    """Under which bar it is shown."""
    points: float
    """Of 100, where a request asks for everything."""
    neutral: float
    """Share of the points that it earns where it is not known of a person, in [0, 1]."""
    measures: str
    """For people, one clause."""


@dataclass(frozen=True, slots=True)
class RankedExpert:
    """One person in a ranking."""

    expert_id: UUID
    place: int
    """Counted from 1 inside the band; ties share the order of ids, never chance."""
    band: Band
    score: float
    """In [0, 100], comparable inside one ranking only."""
    contributions: tuple[Contribution, ...]
    gates: tuple[GateResult, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands in a stored ranking, without the reasons."""

    expert_id: UUID
    place: int
    band: Band
    score: float
    because: Gate | None
    """The first condition that keeps the person out of the first band; None where none does."""
    distance: float | None
    """How far that condition is from passing; None where that makes no sense."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody considered for one request, in order: fit, then to ask, then not."""

    request: RequestView
    people: tuple[RankedExpert, ...]
    model: str
    """Version of the model: name, data hash."""
    weights: tuple[tuple[str, float], ...]
    """Feature and factor applied, 1.0 where nothing was shifted."""
    today: date
    timing_ms: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()
    """For people: "the letter's language was not recognised", "no encoder"."""

    def band(self, band: Band) -> tuple[RankedExpert, ...]:
        """People of one band, in order."""
        return tuple(person for person in self.people if person.band is band)


@dataclass(frozen=True, slots=True)
class StoredRanking:
    """A ranking as it was kept."""

    row: RankingRow
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class RankingOutline:
    """A stored ranking as a list: who stands where; reasons and evidence are read by page."""

    row: RankingRow
    ranking: Ranking
    """Without its people."""
    standings: tuple[Standing, ...]
    """Everybody, in order: fit, then to ask, then not."""
