"""Who fits a request, in order, and exactly why."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
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
    supplied_by: str = ""
    """What would show it where a record does not, for people, one clause."""


@dataclass(frozen=True, slots=True)
class RankedExpert:
    """One person in a ranking."""

    expert_id: UUID
    place: int
    """Counted from 1 inside the band; ties stand in the order of ids, never by chance."""
    band: Band
    score: float
    """In [0, 100], comparable inside one ranking only."""
    contributions: tuple[Contribution, ...]
    gates: tuple[GateResult, ...]
    tied: bool = False
    """Somebody beside her stands equal: only the order of ids puts one before the other."""

    @property
    def deciding(self) -> GateResult | None:
        """The first condition that keeps the person out of the first band; None for nothing."""
        return deciding(self.band, self.gates)


_DECIDES = {Band.NOT: GateOutcome.FAIL, Band.ASK: GateOutcome.UNKNOWN}


def deciding(band: Band, gates: Sequence[GateResult]) -> GateResult | None:
    """Return the first condition that puts somebody with these results into this band."""
    outcome = _DECIDES.get(band)
    return next((result for result in gates if result.outcome is outcome), None)


@dataclass(frozen=True, slots=True)
class RankedColumns:
    """Everybody of a ranking as columns, in order; equal things are told once, by number.

    Numbers count from 0 in the order in which they are first met.
    """

    ids: Sequence[bytes]
    """16 bytes each."""
    bands: Sequence[Band]
    places: Sequence[int]
    scores: Sequence[float]
    tied: Sequence[bool]
    gates: Sequence[tuple[GateResult, ...]]
    """The combinations of results that occur."""
    held: Sequence[int]
    """Which combination each has."""
    told: Sequence[Sequence[Contribution]]
    """The contributions that occur, by feature."""
    parts: Sequence[Sequence[int]]
    """By feature: which contribution each has. Those of whoever has words of her own are there for
    nothing."""
    words: Mapping[int, tuple[Contribution, ...]]
    """By position: the contributions of those who carry evidence, or others than all others."""


class People(Sequence[RankedExpert]):
    """Everybody of a ranking in order, made when looked at; counted without looking at each."""

    @abstractmethod
    def tally(self) -> Mapping[tuple[Band, Gate | None], int]:
        """Count people by band and the condition that decides it."""

    @abstractmethod
    def in_band(self, band: Band, most: int | None = None) -> tuple[RankedExpert, ...]:
        """Return the people of one band in order, at most so many."""

    @abstractmethod
    def best(self, most: int) -> tuple[RankedExpert, ...]:
        """Return the people of most points, whatever their band, at most so many, best first."""

    def those(self, expert_ids: Collection[UUID]) -> tuple[RankedExpert, ...]:
        """Return people by id, in order; ids that are not in the ranking are left out."""
        return tuple(one for one in self if one.expert_id in expert_ids)

    def in_columns(self) -> RankedColumns | None:
        """Return everybody at once, where that costs less than putting each together."""
        return None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            one == two for one, two in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # equal to tuples, which it cannot hash like


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
    people: Sequence[RankedExpert]
    model: str
    """Version of the model: name, data hash."""
    weights: tuple[tuple[str, float], ...]
    """Feature and factor applied, 1.0 where nothing was shifted."""
    today: date
    timing_ms: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()
    """For people: "the letter's language was not recognised", "no encoder"."""

    def band(self, band: Band, most: int | None = None) -> tuple[RankedExpert, ...]:
        """People of one band, in order, at most so many."""
        if isinstance(self.people, People):
            return self.people.in_band(band, most)
        return tuple(person for person in self.people if person.band is band)[:most]

    def best(self, most: int) -> tuple[RankedExpert, ...]:
        """People of most points, whatever their band, at most so many, best first."""
        if isinstance(self.people, People):
            return self.people.best(most)
        return tuple(nsmallest(most, self.people, key=lambda one: -one.score))

    def among(self, expert_ids: Collection[UUID]) -> Ranking:
        """Return the ranking of some of its people, in the same order and as they stand in it."""
        if isinstance(self.people, People):
            return replace(self, people=self.people.those(expert_ids))
        return replace(
            self, people=tuple(one for one in self.people if one.expert_id in expert_ids)
        )

    def tally(self) -> Mapping[tuple[Band, Gate | None], int]:
        """How many people stand in which band for which condition, the first told."""
        if isinstance(self.people, People):
            return self.people.tally()
        told = ((one.band, one.deciding) for one in self.people)
        return Counter((band, gate.gate if gate else None) for band, gate in told)

    def counts(self) -> dict[Band, int]:
        """How many people stand in each band."""
        found = dict.fromkeys(Band, 0)
        for (band, _), people in self.tally().items():
            found[band] += people
        return found


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
    positions: Mapping[UUID, int]
    """Where each of them stands, counted from 0."""
