"""Many teams as one integer programme, solved exactly without ever writing it down whole.

The linear relaxation is solved over a few columns (who in which seat); its prices tell of every
other column whether it could still help, until none can. The value is then a bound on any plan.
The best plan over columns that are nearly as good is found by branch and bound; a column left out
can only be in a plan worse by its reduced price than the bound, so that where the gap is smaller
than the least price left out, the plan is the best there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, gcd, inf
from time import perf_counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from matching.arrays import Bools, Floats
from matching.teams.caps import Caps
from matching.teams.jobs import Job
from matching.teams.rows import Duals, Rows, rows_of

AGREES = 0.005
"""Plans nearer than half a hundredth of a point are as good as each other."""
_EPSILON = 1e-7
_FIRST = 10
"""Best people per seat that the first relaxation begins with."""
_PER_ROUND = 60
"""Columns that one round adds to a job at most."""
_COLUMNS = (4_000, 16_000)
"""How many columns the branching looks at, first and where that proves nothing."""

Places = tuple[tuple[int, int], ...]
"""(seat, column) of one job."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits where in each job; an empty tuple is no team."""

    places: tuple[Places, ...]
    value: float
    """Weighted points, and the bonus of each team made."""
    bound: float
    """No plan is worth more."""

    @property
    def gap(self) -> float:
        """How much a better plan could be worth more."""
        return max(0.0, self.bound - self.value)


@dataclass(frozen=True, slots=True)
class _Relaxed:
    value: float
    reduced: tuple[Floats, ...]
    """By job, (n_seats, n_people): what a plan with that column loses at least, as a negative
    number; -inf where nobody may sit."""
    unseen: tuple[float, ...]
    """By job: the same for the best that anybody not looked at could be."""


class Joint:
    """Jobs that share people.

    Parameters
    ----------
    jobs : those to staff
    caps : what nobody may exceed; jobs by their place in `jobs`
    bonus : points for each team made, more than all points of all teams together
    least_newcomers : share of the seats filled, in [0, 1]
    limit_s : seconds after which the best plan so far is given with its gap
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        caps: Caps,
        *,
        bonus: float,
        least_newcomers: float = 0.0,
        limit_s: float = inf,
    ) -> None:
        self._jobs, self._caps = jobs, caps
        self._bonus, self._newcomers = bonus, least_newcomers
        self._until = perf_counter() + limit_s
        self._unit = gcd(*(int(job.factor) for job in jobs))
        self._most_teams = inf
        self._open: list[Bools] = []
        self._held: list[Bools] = []

    def solve(self) -> Plan:
        """Return the best plan; no team at all is one, so there always is one."""
        self._most_teams = inf
        self._open = [self._caps.free(at, job) & job.allowed for at, job in enumerate(self._jobs)]
        self._held = [_begin(job, free) for job, free in zip(self._jobs, self._open, strict=True)]
        while True:
            relaxed = self._relax()
            plan = self._branch(relaxed)
            late = [at for at, loss in enumerate(relaxed.unseen) if loss > -plan.gap]
            if plan.gap <= AGREES or not late or self._is_over():
                return plan
            for at in late:
                self._look_further(at)

    def _is_over(self) -> bool:
        return perf_counter() > self._until

    def _left_s(self) -> float:
        return max(0.5, min(self._until - perf_counter(), 3600.0))

    # --- Relaxation -------------------------------------------------------------------------------

    def _relax(self) -> _Relaxed:
        """Solve the relaxation over all columns, by way of those that its prices ask for."""
        while True:
            value, teams, duals = self._prices()
            priced = [self._reduced(at, duals) for at in range(len(self._jobs))]
            unseen = [self._best_unseen(at, duals) for at in range(len(self._jobs))]
            if self._take_in(priced, unseen):
                continue
            most = self._unit * floor(value / (self._bonus * self._unit) + 1e-6)
            if teams > most + 1e-6:
                # Points never make up for a team: no plan has more teams than whole bonuses fit.
                self._most_teams = float(most)
                continue
            return _Relaxed(value, tuple(priced), tuple(unseen))

    def _prices(self) -> tuple[float, float, Duals]:
        rows = self._rows(self._held)
        answer = linprog(-rows.worth, *rows.linear, bounds=rows.bounds, method="highs")
        if answer.x is None:  # pragma: no cover -- no team at all is always feasible.
            raise ArithmeticError(f"the relaxation could not be solved: {answer.message}")
        teams = float(rows.worth[rows.n_columns :] @ answer.x[rows.n_columns :]) / self._bonus
        duals = rows.duals(answer.ineqlin.marginals, answer.eqlin.marginals)
        return -float(answer.fun), teams, duals

    def _rows(self, held: Sequence[Bools]) -> Rows:
        return rows_of(self._jobs, held, self._caps, self._bonus, self._newcomers, self._most_teams)

    def _reduced(self, at: int, duals: Duals) -> Floats:
        job = self._jobs[at]
        found = job.factor * job.worth - duals.of_columns(at, job, self._caps)
        if self._newcomers:
            found = found - duals.newcomers * (self._newcomers - job.is_new)[None, :]
        return np.where(self._open[at], found, -inf)

    def _best_unseen(self, at: int, duals: Duals) -> float:
        job = self._jobs[at]
        if job.best_unseen is None:
            return -inf
        best = job.factor * job.best_unseen - duals.least_of_columns(at)
        return best + duals.newcomers * max(0.0, 1 - self._newcomers)

    def _take_in(self, priced: Sequence[Floats], unseen: Sequence[float]) -> bool:
        """Take in columns, or people, that could make the relaxation better; say if any could."""
        grown = False
        for at, found in enumerate(priced):
            better = np.where(self._held[at], -inf, found)
            flat = np.argsort(-better, axis=None, kind="stable")[:_PER_ROUND]
            chosen = flat[better.ravel()[flat] > _EPSILON]
            if len(chosen):
                self._held[at].ravel()[chosen] = True
                grown = True
        if grown:
            return True
        for at, best in enumerate(unseen):
            if best > _EPSILON:
                self._look_further(at)
                grown = True
        return grown

    def _look_further(self, at: int) -> None:
        job, held = self._jobs[at], self._held[at]
        ids = {(seat, job.people[column]) for seat, column in np.argwhere(held)}
        job.look_further()
        self._open[at] = self._caps.free(at, job) & job.allowed
        again = [[(seat, one) in ids for one in job.people] for seat in range(job.n_seats)]
        self._held[at] = np.array(again, dtype=bool).reshape(job.allowed.shape) & self._open[at]

    # --- Branching --------------------------------------------------------------------------------

    def _branch(self, relaxed: _Relaxed) -> Plan:
        best: Plan | None = None
        for most in _COLUMNS:
            held, least_left = _nearest(relaxed.reduced, most)
            found = self._solved(held, relaxed.value, relaxed.value - least_left)
            best = found if best is None or found.value > best.value else best
            best = Plan(best.places, best.value, min(best.bound, found.bound))
            if best.gap <= AGREES or least_left == inf or self._is_over():
                break
        return best or self._nobody(relaxed.value)

    def _solved(self, held: Sequence[Bools], bound: float, left_out: float) -> Plan:
        """Solve over some columns.

        Parameters
        ----------
        bound : of the relaxation
        left_out : the most that a plan with another column can be worth
        """
        rows = self._rows(held)
        answer = milp(
            -rows.worth,
            integrality=np.ones(len(rows.worth)),
            bounds=Bounds(0, rows.most),
            constraints=LinearConstraint(rows.matrix, rows.low, rows.high),
            options={"time_limit": self._left_s(), "mip_rel_gap": 0.0},
        )
        if answer.x is None:
            return self._nobody(bound)
        places = rows.places(np.asarray(answer.x))
        value = self._value(places)
        within = value if answer.status == 0 else -float(answer.mip_dual_bound)
        return Plan(places, value, max(value, min(bound, max(within, left_out))))

    def _value(self, places: Sequence[Places]) -> float:
        return sum(
            job.factor * (self._bonus + sum(float(job.worth[place]) for place in team))
            for job, team in zip(self._jobs, places, strict=True)
            if team
        )

    def _nobody(self, bound: float) -> Plan:
        return Plan(tuple(() for _ in self._jobs), 0.0, bound)


def _begin(job: Job, free: Bools) -> Bools:
    """Return the columns to begin with: the best of each seat, and those a rule is short of."""
    held = np.zeros(free.shape, dtype=bool)
    order = np.argsort(-job.worth, axis=1, kind="stable")
    for seat in range(job.n_seats):
        able = [at for at in order[seat] if free[seat, at]]
        held[seat, able[:_FIRST]] = True
        for rule in job.rules:
            if rule.least > 0:
                counted = [at for at in able if rule.coefficients[seat, at] > 0]
                held[seat, counted[:3]] = True
    held[:, list(job.forced)] = True
    return held & free


def _nearest(reduced: Sequence[Floats], most: int) -> tuple[list[Bools], float]:
    """Return the columns that lose least, and what the best of the others loses; inf for none."""
    losses = np.sort(-np.concatenate([one.ravel() for one in reduced]), kind="stable")
    losses = losses[np.isfinite(losses)]
    if len(losses) <= most:
        return [np.isfinite(one) for one in reduced], inf
    cut = float(losses[most])
    return [-one < cut for one in reduced], cut
