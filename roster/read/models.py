"""Versions of the ranking model: what each was made from, and how well it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from roster.vocabulary import Band, ModelState, Origin

OTHERS = "other"
"""Home countries that are no Member States, together."""
FEWER = "fewer"
"""Groups too small to be told apart outside the facility, together."""


@dataclass(frozen=True, slots=True)
class ModelFigure:
    """A mean over requests with its 95 % interval; None where no request tells it."""

    mean: float | None
    low: float | None
    high: float | None

    @property
    def is_above_zero(self) -> bool:
        """Whether it is above zero for sure; a bound that is not known is no proof."""
        return self.low is not None and self.low > 0


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who stands among the first ten, over all requests looked at; shares in [0, 1]."""

    countries: Mapping[str, float] = field(default_factory=dict)
    """Home country → share of the first places; people whose country is not known have none."""
    first_timers: float | None = None
    """Share of people never deployed before; None where nobody stands anywhere."""
    places: int = 0
    """How many first places were counted."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group of people: how many of the first places it has, and how many people it is."""

    group: str | None
    """A code, or one of the words beside `ShownFirst`; None where it is not known of them."""
    places: int
    people: int
    """On the roster now."""


@dataclass(frozen=True, slots=True)
class ShownFirst:
    """Who stands among the first ten of the recorded rankings, beside everybody on the roster."""

    requests: int
    """Of each the last ranking counts."""
    since: date | None
    until: date | None
    """First and last day of those rankings; None where there is none."""
    places: int
    people: int
    invented: int
    """How many of the people do not exist."""
    countries: tuple[GroupShare, ...]
    """Member States by their code, everybody else together, those not known; most people first."""
    kinds: tuple[GroupShare, ...]
    """By `ExpertKind`."""
    first_timers: GroupShare | None
    """Never deployed: before the ranking, of the places; until now, of the people. None where that
    would single somebody out."""
    gone: int = 0
    """Places of people who left the roster since; they count in no group."""


@dataclass(frozen=True, slots=True)
class ModelCurve:
    """What one feature gives in a version, where a request asks for everything."""

    feature: str
    points: tuple[float, ...]
    """Of 100, at equal steps of the value from 0 to 1."""
    unknown: float
    """Where the value is not known."""

    @property
    def most(self) -> float:
        """What it gives at best."""
        return max(self.points)


@dataclass(frozen=True, slots=True)
class LastRanking:
    """The newest ranking of a request."""

    id: UUID
    request_id: UUID
    code: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeasuredPerson:
    """One person of a stored ranking: what was measured of her, without words."""

    expert_id: UUID
    band: Band
    score: float
    parts: tuple[tuple[str, float | None, float], ...]
    """Feature, its value in [0, 1] (None: not known) and the most points it could give."""


@dataclass(frozen=True, slots=True)
class MeasuredRanking:
    """A stored ranking without its words: enough to order it by another model."""

    weights: tuple[tuple[str, float], ...]
    people: tuple[MeasuredPerson, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One past ranking ordered by two models."""

    people: int
    """Who met every condition: nobody else is ordered by points."""
    entered: tuple[UUID, ...]
    """Among the first ten of the second model and not of the first, best first."""
    left: tuple[UUID, ...]
    moved_mean: float | None
    """Mean number of places by which people moved; None where nobody is to be ordered."""
    moved_most: int
    tau: float | None
    """Kendall's tau of the two orders, 1 is the same; None below two people."""
    first_moved: int = 0
    """How many of the first ten of the first model stand at another place by the second."""


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What a version was made from: enough to judge it, and to make it again."""

    features: tuple[str, ...]
    base: str
    """Version of the rule or packaged model that it was drawn towards."""
    against: str
    """Version that was in use when it was made; the gains are over this one."""
    data_hash: str
    """Of the decisions, in any order."""
    origin: Origin
    """Real only where every decision is; anything synthetic makes the whole synthetic."""
    requests: int
    decisions: int
    real_requests: int
    real_decisions: int
    held_out: int
    """Requests that the figures are about: each ranked by a model made before them."""
    since: date | None = None
    until: date | None = None
    """First and last day of the decisions."""
    figures: Mapping[str, Mapping[str, ModelFigure]] = field(default_factory=dict)
    """Way of ranking → metric → figure, on the requests held out."""
    gains: Mapping[str, ModelFigure] = field(default_factory=dict)
    """Metric → this one minus the one in use, paired by request."""
    exposure: Mapping[str, Exposure] = field(default_factory=dict)
    """Way of ranking → who is shown first."""
    factors: Mapping[str, float] = field(default_factory=dict)
    """Feature → how much more or less it counts than in the base, 1 is the same."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why decisions could not be learnt from, in words, and how many."""
    strength: float | None = None
    """How many requests of evidence the base was worth."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A version in the registry of a facility."""

    id: UUID
    version: str
    state: ModelState
    manifest: ModelManifest
    created_at: datetime
    created_by: str | None
    """Name of the account; None: a command of whoever owns the machine."""
    promoted_at: datetime | None
    promoted_by: str | None
    retired_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one person for one request, with what was known of her when she was shown."""

    request_id: UUID
    expert_id: UUID
    grade: int
    """3 went, 2 was proposed, 1 was proposed and not taken or went badly, 0 did not suit."""
    on: date
    """Day of the last step."""
    ranking_id: UUID
    """The stored ranking that she was picked from."""
    place: int | None
    """In that ranking, from 1 inside her band; None where she was not picked from it."""
    is_real: bool
    """False where person, request or the one who decided is invented."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided, and what of it says nothing about people."""

    held: tuple[Decision, ...]
    """In the order of their requests' first decision."""
    left_out: Mapping[str, int]
    """Why, in words → how many."""
