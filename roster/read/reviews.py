"""What people ask of a stored ranking: does it come out again, and why does somebody not stand up.

Reasons of a ranking are told as they were; what would help is told of the record as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from roster.read.experts import ExpertRow
from roster.read.facts import Evidence
from roster.read.rankings import RankedExpert
from roster.read.requests import RankingRow


class ReplayCause(StrEnum):
    """Why a person comes out otherwise when a stored ranking is made again."""

    GONE = "gone"
    CHANGED = "changed"
    COMPANY = "company"
    """Others changed: how rare a word or a topic is, is counted over everybody."""
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One person who comes out otherwise when a stored ranking is made again."""

    then: RankedExpert
    now: RankedExpert | None
    """None: she is in the index no more."""
    cause: ReplayCause


@dataclass(frozen=True, slots=True)
class Replay:
    """A stored ranking made again with its own model, weights, request and day."""

    row: RankingRow
    refusal: str | None
    """Why it could not be made again; None: it was."""
    sums_hold: bool
    """Whether the stored parts add up to the stored score of everybody."""
    people: int
    """Whom it held then."""
    causes: Mapping[ReplayCause, int]
    """Why people come out otherwise → how many."""
    order_holds: bool
    """Whether those who come out the same stand in the same order among themselves."""
    differing: tuple[Replayed, ...]
    """Those who come out otherwise and whom the reader may know of, in the order shown."""
    unnamed: Mapping[UUID, int] = field(default_factory=dict)
    """Whom the list shows without a name, with the number in it."""

    @property
    def is_equal(self) -> bool:
        """Whether it came out as it was, to the last person."""
        return self.refusal is None and not self.causes and self.order_holds and self.sums_hold


@dataclass(frozen=True, slots=True)
class Gap:
    """One part of a score beside the same part of the one who stands tenth."""

    feature: str
    label: str
    reason: str
    """For people, one clause."""
    value: float | None
    points: float
    most: float
    of_tenth: float | None
    """Points that the tenth has; None where nobody stands there."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Lift:
    """A part of the score that the record does not show, and what would show it."""

    feature: str
    label: str
    points: float
    """How many points more it could give at most."""
    is_unknown: bool
    """True: nothing is known; False: it is known, and there is nothing of it."""
    words: str
    """What would supply it."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Where one person stands for a request, and what keeps her from the first ten."""

    row: RankingRow
    person: ExpertRow
    ranked: RankedExpert
    is_as_stored: bool
    """False: she was not in the ranking; this is how she would stand, measured now."""
    tenth: RankedExpert | None
    """Who stands tenth among those who fit, or last where fewer do."""
    gaps: tuple[Gap, ...]
    """Where the tenth is ahead most comes first."""
    lifts: tuple[Lift, ...]
    """The largest first."""
    reach: float
    """The score with all of it supplied at its best, in [0, 100]."""
    is_unnamed: bool = False
    """Whether the list keeps her name back."""
    number: int | None = None
    """Of somebody without a name in the whole list; None where she is not in it."""
