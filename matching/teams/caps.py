"""What nobody may exceed over several teams: one place at a time, so many days and trips a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.teams.jobs import Job, Numbers
from roster.read import Engagement, PortfolioLimits, TeamRules

Window = tuple[date, date]


@dataclass(frozen=True)
class Cap:
    """Σ amounts over a person's seats ≤ most, less what is used already."""

    amounts: Mapping[int, Floats]
    """By job: (n_seats,)."""
    most: float
    is_place: bool = False
    """Whether it is about being in one place at a time: a seat each, one at most."""
    used: dict[int, float] = field(default_factory=dict)
    """By the number of a person."""

    def room(self, people: Ints) -> Floats:
        """Return how much is left for each of some people."""
        if not self.used:
            return np.full(len(people), self.most)
        return np.array([self.most - self.used.get(int(one), 0.0) for one in people])

    def take(self, job: int, seat: int, person: int) -> Cap:
        """Return the cap with one more seat taken."""
        amount = self.amounts.get(job)
        if amount is None:
            return self
        used = {**self.used, person: self.used.get(person, 0.0) + float(amount[seat])}
        return replace(self, used=used)


@dataclass(frozen=True)
class Caps:
    """All caps of a portfolio, and who is bound elsewhere on the dates of which job."""

    caps: tuple[Cap, ...]
    bound: Mapping[int, frozenset[int]]
    """By job: numbers of people."""

    @cached_property
    def binding(self) -> tuple[int, ...]:
        """Caps that must be watched: one seat of one job at a time follows from fewer."""
        places = {number: frozenset(cap.amounts) for number, cap in enumerate(self.caps)}
        found: list[int] = []
        for number, cap in enumerate(self.caps):
            own = places[number]
            others = (
                other
                for other, one in enumerate(self.caps)
                if one.is_place and other != number and own <= places[other]
            )
            if cap.is_place:
                implied = any(own < places[other] or other < number for other in others)
            else:
                # Who holds one seat at most of these jobs exceeds nothing that lets her in.
                implied = any(True for _ in others)
            if not implied:
                found.append(number)
        return tuple(found)

    def among(self, chosen: Sequence[int]) -> Caps:
        """Return the caps of some jobs, counted anew from 0 in their order."""
        now = {at: number for number, at in enumerate(chosen)}
        caps = tuple(
            replace(cap, amounts={now[at]: one for at, one in cap.amounts.items() if at in now})
            for cap in self.caps
            if now.keys() & cap.amounts.keys()
        )
        return Caps(caps, {now[at]: those for at, those in self.bound.items() if at in now})

    def take(self, job: int, seat: int, person: int) -> Caps:
        """Return the caps with one more seat taken."""
        return Caps(tuple(cap.take(job, seat, person) for cap in self.caps), self.bound)

    def free(self, at: int, job: Job) -> Bools:
        """Return who may still take which seat of a job, (n_seats, n_people)."""
        free = np.ones(job.allowed.shape, dtype=bool)
        for cap in self.caps:
            if at in cap.amounts:
                free &= cap.amounts[at][:, None] <= cap.room(job.people)[None, :] + 1e-9
        bound = self.bound.get(at)
        if bound:
            free &= ~np.isin(job.people, list(bound))[None, :]
        return free


def caps_of(
    jobs: Sequence[Job],
    limits: PortfolioLimits,
    engaged: Sequence[Engagement],
    numbers: Numbers,
) -> Caps:
    """Return what nobody may exceed over these jobs, less what people are bound to already."""
    windows = [window_of_rules(job.asked.rules) for job in jobs]
    caps = [*_at_once(jobs, windows, limits.margin_days)]
    years = sorted({year for window in windows if window for year in _years(window)})
    for year in years:
        if limits.most_deployments_a_year is not None:
            caps.append(_trips(jobs, windows, engaged, numbers, year, limits))
        if limits.most_days_a_year is not None:
            caps.append(_days(jobs, windows, engaged, numbers, year, limits))
    return Caps(tuple(caps), _bound(jobs, windows, engaged, numbers, limits.margin_days))


def window_of_rules(rules: TeamRules) -> Window | None:
    """Return the first and last day of an activity; None where its dates are open."""
    first, last = rules.starts or rules.ends, rules.ends or rules.starts
    return (first, last) if first and last else None


def _at_once(jobs: Sequence[Job], windows: Sequence[Window | None], margin: int) -> list[Cap]:
    """Return one cap per largest set of activities that all overlap, travel included.

    Windows with the margin behind them are intervals: whoever sits in at most one team of each such
    set is never in two places. A team with open dates stands alone: nobody has two of its seats.
    """
    spans = {
        at: (window[0].toordinal(), window[1].toordinal() + margin)
        for at, window in enumerate(windows)
        if window
    }
    sets = {
        frozenset(at for at, (first, last) in spans.items() if first <= start <= last)
        for start, _ in spans.values()
    }
    largest = [one for one in sets if not any(one < other for other in sets)]
    alone = [frozenset({at}) for at in range(len(jobs)) if at not in spans]
    return [
        Cap({at: np.ones(jobs[at].n_seats) for at in sorted(one)}, 1.0, is_place=True)
        for one in sorted([*largest, *alone], key=sorted)
    ]


def _years(window: Window) -> range:
    return range(window[0].year, window[1].year + 1)


def _days_in(window: Window, year: int) -> int:
    first, last = max(window[0], date(year, 1, 1)), min(window[1], date(year, 12, 31))
    return max(0, (last - first).days + 1)


def _trips(
    jobs: Sequence[Job],
    windows: Sequence[Window | None],
    engaged: Sequence[Engagement],
    numbers: Numbers,
    year: int,
    limits: PortfolioLimits,
) -> Cap:
    """Return the cap on deployments of which a day at least falls into a year."""
    amounts = {
        at: np.ones(jobs[at].n_seats)
        for at, window in enumerate(windows)
        if window and year in _years(window)
    }
    cap = Cap(amounts, float(limits.most_deployments_a_year or 0))
    for one in _elsewhere(engaged, jobs):
        if year in _years((one.first, one.last)):
            _add(cap, numbers.of(one.expert_id), 1.0)
    return cap


def _days(
    jobs: Sequence[Job],
    windows: Sequence[Window | None],
    engaged: Sequence[Engagement],
    numbers: Numbers,
    year: int,
    limits: PortfolioLimits,
) -> Cap:
    """Return the cap on days out in a year: those of the seat, else all of the activity.

    Days of work that are fewer than the activity's fall into the years as its days do.
    """
    amounts = {}
    for at, window in enumerate(windows):
        if window is None or not _days_in(window, year):
            continue
        whole, share = (window[1] - window[0]).days + 1, _days_in(window, year)
        days = [seat.days or whole for seat in jobs[at].asked.rules.seats]
        amounts[at] = np.array([min(one, whole) * share / whole for one in days])
    cap = Cap(amounts, float(limits.most_days_a_year or 0))
    for engagement in _elsewhere(engaged, jobs):
        span = (engagement.first, engagement.last)
        length = (span[1] - span[0]).days + 1
        worked = length if engagement.days is None else engagement.days
        _add(cap, numbers.of(engagement.expert_id), worked * _days_in(span, year) / length)
    return cap


def _add(cap: Cap, person: int, amount: float) -> None:
    cap.used[person] = cap.used.get(person, 0.0) + amount


def _elsewhere(engaged: Sequence[Engagement], jobs: Sequence[Job]) -> list[Engagement]:
    """Return what is not a place in one of these very teams: those are given out anew."""
    here = {job.asked.ranking.request.id for job in jobs}
    return [one for one in engaged if one.request_id is None or one.request_id not in here]


def _bound(
    jobs: Sequence[Job],
    windows: Sequence[Window | None],
    engaged: Sequence[Engagement],
    numbers: Numbers,
    margin: int,
) -> dict[int, frozenset[int]]:
    """Return who is bound to something else on the dates of each job, travel included."""
    found = {}
    for at, (job, window) in enumerate(zip(jobs, windows, strict=True)):
        if window is None:
            continue
        own = job.asked.ranking.request.id
        found[at] = frozenset(
            numbers.of(one.expert_id)
            for one in engaged
            if (one.request_id is None or one.request_id != own)
            and (window[0] - one.last).days <= margin
            and (one.first - window[1]).days <= margin
        )
    return found
