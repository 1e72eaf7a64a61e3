"""Teams for all open requests of a period at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from roster.read.rankings import Ranking
from roster.read.requests import LanguageNeed, RequestView
from roster.read.teams import SeatFilled, TeamRules
from roster.vocabulary import ExpertKind, Priority, TeamMode


@dataclass(frozen=True, slots=True)
class PortfolioLimits:
    """What holds for each person, and for the whole, over all teams of a period."""

    most_deployments_a_year: int | None = 2
    """Of one person in a calendar year, with those on record; None: no cap."""
    most_days_a_year: int | None = None
    """Of one person in a calendar year, with those on record; None: no cap."""
    margin_days: int = 2
    """Days that lie at least between two activities of one person: travel and rest."""
    least_newcomers: float = 0.0
    """Least share of the seats filled that goes to people who were never deployed, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """What somebody is bound to already: a deployment on record, or a place agreed to."""

    expert_id: UUID
    first: date
    last: date
    days: int | None = None
    """Days of work; None: every day from first to last."""
    request_id: UUID | None = None
    """The request for which she agreed; None for a deployment of an Action."""


@dataclass(frozen=True, slots=True)
class TeamAsked:
    """One request of a portfolio: who fits it in order, and what its team must obey."""

    ranking: Ranking
    rules: TeamRules
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True)
class Recruit:
    """Somebody whom the roster does not have, or has no free one of."""

    kind: ExpertKind
    languages: tuple[LanguageNeed, ...]
    topics: tuple[str, ...]
    """Any of them would do."""
    seats: int = 1
    """How many such people the team needs."""


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What a portfolio does for one request."""

    request_id: UUID
    priority: Priority
    starts: date | None
    ends: date | None
    """Window of the activity; None: dates open, so it clashes with nothing."""
    rules: TeamRules
    fit: int
    """People who fit it."""
    ask: int
    """People who must be asked something first; they are not planned with."""
    free: int | None
    """Where it has no team: how many who fit could still take a seat; else None."""
    seats: tuple[SeatFilled, ...] = ()
    """Empty: no team in this plan."""
    score: float | None = None
    alone: float | None = None
    """Points of its best team if it were the only request; None: there would be none."""
    in_turn: float | None = None
    """Points of its team if each request took its best, one after the other; None: no team."""
    rivals: tuple[UUID, ...] = ()
    """Where it has no team but alone would: requests that hold the people of that team."""
    recruits: tuple[Recruit, ...] = ()
    """The fewest people with whom a team could be made after all; empty where it has one, or
    where no newcomer would help because its rules contradict each other."""

    @property
    def is_staffed(self) -> bool:
        """Whether it has a team."""
        return bool(self.seats)


@dataclass(frozen=True, slots=True)
class Lack:
    """A kind of expert that the roster lacks in a period, and for whom."""

    kind: ExpertKind
    languages: tuple[LanguageNeed, ...]
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    """M49 subregions of the countries that ask; empty where none is named."""
    request_ids: tuple[UUID, ...]
    """Requests that wait for such a person."""
    seats: int
    """The most of such people that one of these requests needs."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Teams for all open requests of a period, and what stays open."""

    plans: tuple[RequestPlan, ...]
    """In the order asked."""
    limits: PortfolioLimits
    lacks: tuple[Lack, ...]
    """Most requested first."""
    is_proven: bool
    """Whether no plan of more value exists, to a hundredth of a point."""
    gap: float | None
    """Points by which another plan with as many teams could at most be better, weighted by
    priority; None where even more teams were not ruled out in time."""
    staffed_at_most: float
    """No plan staffs more requests than this, a high one counting as two normal ones, a low one
    as a half."""
    engaged: int
    """Deployments and places agreed to that were counted."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for people in a period, as a plan begins with it."""

    id: UUID
    code: str
    title: str
    urgency: str | None
    """As the authority puts it."""
    mode: TeamMode | None
    need: RequestView
    received_on: date | None


@dataclass(frozen=True, slots=True)
class PeriodPlan:
    """The plan for the open requests of a period."""

    starts: date
    ends: date
    requests: tuple[OpenRequest, ...]
    """Those planned, in the order of `portfolio.plans`."""
    portfolio: Portfolio
    unplanned: tuple[tuple[OpenRequest, tuple[str, ...]], ...] = ()
    """Requests that could not be taken in, each with the reasons, sentence by sentence."""
    left_out: tuple[OpenRequest, ...] = ()
    """Those left out on demand."""
    unnamed: Mapping[UUID, Mapping[UUID, int | None]] = field(default_factory=dict)
    """Request → who of its team is shown without a name, with the number in the ranking that the
    plan was made of. The same person can be known by name in another request."""

    @property
    def seated(self) -> frozenset[UUID]:
        """Everybody who sits in a team of the plan."""
        return frozenset(seat.expert_id for plan in self.portfolio.plans for seat in plan.seats)

    def unnamed_in(self, request_id: UUID) -> Mapping[UUID, int | None]:
        """Return who of the team of a request is shown without a name, with the number."""
        return self.unnamed.get(request_id, {})
