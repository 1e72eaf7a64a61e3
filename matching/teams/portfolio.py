"""Teams for all open requests of a period at once: nobody in two places, fair loads, to proof.

As many requests as possible get a team, a high one counting as two normal and as four low ones;
among such plans the one with the most points, weighted alike. What each request loses against
being alone, and gains against everybody taking the best in turn, is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from uuid import UUID

from matching.teams.caps import Caps, caps_of, window_of_rules
from matching.teams.gaps import lacks_of, recruits_needed
from matching.teams.jobs import Job, Numbers, Views
from matching.teams.joint import AGREES, Joint, Places, Plan
from roster.errors import InvalidInput
from roster.read import (
    Engagement,
    Portfolio,
    PortfolioLimits,
    Recruit,
    RequestPlan,
    SeatFilled,
    TeamAsked,
)
from roster.vocabulary import Band

MOST_REQUESTS = 100
TIME_LIMIT_S = 20.0
_ALONE_S = 5.0
_MOST_POINTS = 101.0


class Planner:
    """Implements `roster.ports.PortfolioPlanner`; no chance in it.

    Parameters
    ----------
    limit_s : seconds for the plan of all together; then the best so far is given with its gap
    """

    def __init__(self, limit_s: float = TIME_LIMIT_S) -> None:
        self._limit_s = limit_s

    def plan(
        self,
        asked: Sequence[TeamAsked],
        views: Views,
        limits: PortfolioLimits,
        engaged: Sequence[Engagement] = (),
    ) -> Portfolio:
        """Return the best plan for all requests, and what is lacking for the others.

        Raises
        ------
        roster.errors.InvalidInput
            More than `MOST_REQUESTS` requests, or one of them twice.
        """
        _check(asked)
        numbers = Numbers()
        # The order of the calculation is of the requests themselves, not of how they were given.
        jobs = [Job(one, views, numbers) for one in sorted(asked, key=lambda one: str(_id(one)))]
        caps = caps_of(jobs, limits, engaged, numbers)
        alone = [_by_itself(at, job, caps) for at, job in enumerate(jobs)]
        in_turn = _in_turn([_id(one) for one in asked], jobs, caps, alone)
        joint, bonus = self._together(jobs, caps, limits, alone)
        found = _Found(jobs, caps, alone, in_turn, joint)
        plans = {_id(job.asked): found.plan_of(at) for at, job in enumerate(jobs)}
        told = [(plans[_id(one)], one.ranking.request) for one in asked]
        most = joint.bound / bonus
        teams = sum(job.factor for job, places in zip(jobs, joint.places, strict=True) if places)
        return Portfolio(
            plans=tuple(plan for plan, _ in told),
            limits=limits,
            lacks=lacks_of(told),
            is_proven=joint.gap <= AGREES,
            gap=joint.gap if floor(most + 1e-6) <= teams else None,
            staffed_at_most=floor(most + 1e-6) / 2,
            engaged=len(engaged),
        )

    def _together(
        self, jobs: Sequence[Job], caps: Caps, limits: PortfolioLimits, alone: Sequence[Places]
    ) -> tuple[Plan, float]:
        """Plan those that could be staffed alone; no other can be."""
        best = [_points(job, places) for job, places in zip(jobs, alone, strict=True)]
        bonus = 1.0 + sum(job.factor * points for job, points in zip(jobs, best, strict=True))
        able = [at for at, places in enumerate(alone) if places]
        if not able:
            return Plan(tuple(() for _ in jobs), 0.0, 0.0), bonus
        joint = Joint(
            [jobs[at] for at in able],
            caps.among(able),
            bonus=bonus,
            least_newcomers=limits.least_newcomers,
            limit_s=self._limit_s,
        ).solve()
        places = dict(zip(able, joint.places, strict=True))
        return Plan(
            tuple(places.get(at, ()) for at in range(len(jobs))), joint.value, joint.bound
        ), bonus


def _check(asked: Sequence[TeamAsked]) -> None:
    if len(asked) > MOST_REQUESTS:
        raise InvalidInput(
            f"{len(asked)} requests are open in this period; {MOST_REQUESTS} at most can be "
            "planned together."
        )
    if len({_id(one) for one in asked}) < len(asked):
        raise InvalidInput("A request stands twice in this portfolio. Name each once.")


def _id(asked: TeamAsked) -> UUID:
    found = asked.ranking.request.id
    if found is None:
        raise ValueError("a portfolio is made of stored requests")
    return found


def _points(job: Job, places: Places) -> float:
    return sum(float(job.worth[place]) for place in places)


def _score(job: Job, places: Places) -> float:
    return sum(job.score_of(at) for _, at in places)


def _by_itself(at: int, job: Job, caps: Caps) -> Places:
    """Return the best team of a job as if no other request were there."""
    bonus = 1.0 + job.factor * job.n_seats * _MOST_POINTS
    return Joint([job], caps.among([at]), bonus=bonus, limit_s=_ALONE_S).solve().places[0]


def _in_turn(
    order: Sequence[UUID], jobs: Sequence[Job], caps: Caps, alone: Sequence[Places]
) -> list[float | None]:
    """Return the points of each where all take their best one after the other, high ones first."""
    place = {one: number for number, one in enumerate(order)}
    found: list[float | None] = [None] * len(jobs)
    turns = sorted(range(len(jobs)), key=lambda at: (-jobs[at].factor, place[_id(jobs[at].asked)]))
    for at in turns:
        job, places = jobs[at], alone[at]
        free = caps.free(at, job)
        if not all(free[place] for place in places):
            places = _by_itself(at, job, caps)
        if places:
            found[at] = _score(job, places)
        for seat, column in places:
            caps = caps.take(at, seat, int(job.people[column]))
    return found


@dataclass(frozen=True)
class _Found:
    """What was found, by job; columns are those of the job as far as it was looked at."""

    jobs: Sequence[Job]
    caps: Caps
    alone: Sequence[Places]
    in_turn: Sequence[float | None]
    joint: Plan

    def plan_of(self, at: int) -> RequestPlan:
        """Return what the plan does for a job."""
        job, places = self.jobs[at], self.joint.places[at]
        rules = job.asked.rules
        window = window_of_rules(rules)
        counts = job.asked.ranking.counts()
        free, recruits = (None, ()) if places else self._missing(at)
        return RequestPlan(
            request_id=_id(job.asked),
            priority=job.asked.priority,
            starts=window[0] if window else None,
            ends=window[1] if window else None,
            rules=rules,
            fit=job.n_fit,
            ask=counts[Band.ASK],
            free=free,
            seats=tuple(
                SeatFilled(rules.seats[seat], job.id_of(column), job.score_of(column), at=seat)
                for seat, column in places
            ),
            score=_score(job, places) if places else None,
            alone=_score(job, self.alone[at]) if self.alone[at] else None,
            in_turn=self.in_turn[at],
            rivals=() if places else self._rivals(at),
            recruits=recruits,
        )

    def _missing(self, at: int) -> tuple[int, tuple[Recruit, ...]]:
        """Return how many people are left for a job without a team, and whom it would take."""
        job = self.jobs[at]
        job.look_at_all()
        caps = self.caps
        for other, places in enumerate(self.joint.places):
            for seat, column in places:
                caps = caps.take(other, seat, int(self.jobs[other].people[column]))
        free = caps.free(at, job)
        return int((free & job.allowed).any(axis=0).sum()), recruits_needed(job, free)

    def _rivals(self, at: int) -> tuple[UUID, ...]:
        """Return the requests in whose teams the people of its best team sit."""
        job = self.jobs[at]
        wanted = {job.id_of(column) for _, column in self.alone[at]}
        return tuple(
            _id(other.asked)
            for other, places in zip(self.jobs, self.joint.places, strict=True)
            if wanted & {other.id_of(column) for _, column in places}
        )
