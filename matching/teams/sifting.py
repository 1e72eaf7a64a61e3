"""Who can be in a best team at all: out of thousands a handful, and the proof that it is enough.

The relaxed programme (people may be split) gives each rule a price. A price of any size bounds
what a team with a certain person in a certain seat can be worth, so whoever stays below a team
that was found is left out without harm. The prices come from a few columns and are held against
all of them; bad prices leave too many in, never too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from matching.arrays import Bools, Floats, Ints
from matching.teams.constraints import Rule

FEW = 400
"""Up to so many pairs of seat and person nothing is gained by sifting."""
_BEST_PER_SEAT = 12
_BEST_PER_RULE = 4
_ADDED = 24
"""Columns per seat that a round takes in."""
_ROUNDS = 12
_DEAR = 1e4
"""Price of a broken rule in the relaxed programme: above any sum of scores."""
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Pairs:
    """Pairs of seat and person as columns, with the rows that bind them.

    Attributes
    ----------
    seats, people : Ints of shape (n_pairs,)
    worth : Floats of shape (n_pairs,)
    rows : sparse array of shape (n_rules, n_pairs)
    least, most : Floats of shape (n_rules,)
    forced : people who must have a seat
    """

    seats: Ints
    people: Ints
    worth: Floats
    rows: csc_array
    least: Floats
    most: Floats
    forced: tuple[int, ...]

    @classmethod
    def of(
        cls,
        pairs: Ints,
        worth: Floats,
        rows: csc_array,
        rules: Sequence[Rule],
        forced: tuple[int, ...],
    ) -> Pairs:
        """Return the columns of pairs (seat, person), of shape (n_pairs, 2)."""
        return cls(
            seats=pairs[:, 0],
            people=pairs[:, 1],
            worth=worth[pairs[:, 0], pairs[:, 1]],
            rows=rows,
            least=np.array([rule.least for rule in rules], dtype=float),
            most=np.array([rule.most for rule in rules], dtype=float),
            forced=forced,
        )

    def among(self, kept: Bools) -> Pairs:
        """Return some of the columns."""
        return Pairs(
            self.seats[kept],
            self.people[kept],
            self.worth[kept],
            csc_array(self.rows[:, np.flatnonzero(kept)]),
            self.least,
            self.most,
            self.forced,
        )


@dataclass(frozen=True)
class Sieve:
    """How good a team with each pair can be at most.

    Attributes
    ----------
    core : Bools of shape (n_pairs,)
        Pairs among which good teams are to be found.
    with_pair : Floats of shape (n_pairs,)
        No team with this pair is worth more.
    with_unseen : float
        No team with anybody who is in no pair is worth more; -inf where there is nobody.
    """

    core: Bools
    with_pair: Floats
    with_unseen: float = -inf


def sieve_of(pairs: Pairs, unseen: float | None = None) -> Sieve:
    """Return a core of good pairs, and what a team with each pair can be worth at most.

    Parameters
    ----------
    unseen : the most that anybody who is in no pair is worth in any seat; None for nobody
    """
    core = _first(pairs)
    reach = np.full(len(pairs.worth), inf)
    beyond = -inf if unseen is None else inf
    for _ in range(_ROUNDS):
        prices = _relaxed(pairs.among(core))
        if prices is None:
            break
        reach = np.minimum(reach, _reach(pairs, prices))
        if unseen is not None:
            beyond = min(beyond, _reach_unseen(pairs, prices, unseen))
        new = _promising(pairs, prices, core)
        if not new.any():
            break
        core |= new
    return Sieve(core, reach, beyond)


def _first(pairs: Pairs) -> Bools:
    """Return the best pairs of each seat, overall and of those whom a rule asks for."""
    core = np.isin(pairs.people, pairs.forced)
    asked = [pairs.rows[[at], :].toarray()[0] > 0 for at in np.flatnonzero(pairs.least > 0)]
    for seat in np.unique(pairs.seats):
        here = pairs.seats == seat
        _take_best(core, here, pairs.worth, _BEST_PER_SEAT)
        for counts in asked:
            _take_best(core, here & counts, pairs.worth, _BEST_PER_RULE)
    return core


def _take_best(core: Bools, of: Bools, worth: Floats, most: int) -> None:
    at = np.flatnonzero(of)
    core[at[np.argsort(-worth[at], kind="stable")[:most]]] = True


# --- The relaxed programme ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Prices:
    """Prices of the rows; a rule's is positive where its most binds, negative where its least."""

    rules: Floats
    people: dict[int, float]
    seats: dict[int, float]


def _relaxed(pairs: Pairs) -> _Prices | None:
    """Solve the relaxed programme over some pairs, any rule broken at a high price."""
    seats, at_seat = np.unique(pairs.seats, return_inverse=True)
    people, at_person = np.unique(pairs.people, return_inverse=True)
    columns = np.arange(len(pairs.worth))
    one = np.ones(len(columns))
    by_seat = csr_array((one, (at_seat, columns)), shape=(len(seats), len(columns)))
    by_person = csr_array((one, (at_person, columns)), shape=(len(people), len(columns)))
    forced = np.flatnonzero(np.isin(people, pairs.forced))
    above, below = np.isfinite(pairs.most), np.isfinite(pairs.least)
    bound = [pairs.rows[above, :], -pairs.rows[below, :], by_person, -by_person[forced, :]]
    limits = [pairs.most[above], -pairs.least[below], np.ones(len(people)), -np.ones(len(forced))]
    sizes = np.cumsum([0, *(len(limit) for limit in limits)])
    slack, empty = -eye_array(sizes[-1]), eye_array(len(seats))
    answer = linprog(
        np.concatenate([-pairs.worth, np.full(sizes[-1] + len(seats), _DEAR)]),
        A_ub=hstack([vstack(bound), slack, csr_array((sizes[-1], len(seats)))]),
        b_ub=np.concatenate(limits),
        A_eq=hstack([by_seat, csr_array((len(seats), sizes[-1])), empty]),
        b_eq=np.ones(len(seats)),
        method="highs",
    )
    if answer.status != 0:
        return None
    of_row = np.maximum(0.0, -np.asarray(answer.ineqlin.marginals))
    parts = [of_row[low:high] for low, high in pairwise(sizes)]
    rules = np.zeros(len(pairs.least))
    rules[above] += parts[0]
    rules[below] -= parts[1]
    persons = parts[2].copy()
    persons[forced] -= parts[3]
    return _Prices(
        rules,
        dict(zip(people.tolist(), persons.tolist(), strict=True)),
        dict(zip(seats.tolist(), (-np.asarray(answer.eqlin.marginals)).tolist(), strict=True)),
    )


def _reduced(pairs: Pairs, prices: _Prices) -> Floats:
    """Return what each pair is worth beyond the prices of its rules and of its person."""
    by_person = np.array([prices.people.get(at, 0.0) for at in range(pairs.people.max() + 1)])
    reduced: Floats = pairs.worth - pairs.rows.T @ prices.rules - by_person[pairs.people]
    return reduced


def _reach(pairs: Pairs, prices: _Prices) -> Floats:
    """Return the most that a team with each pair is worth, by these prices.

    A team takes one pair per seat, so it is worth at most the best reduced worth of each seat, and
    what the rows allow at their prices.
    """
    reduced = _reduced(pairs, prices)
    best = _best_of_seats(pairs, reduced)
    total = _ceiling(pairs, prices) + float(best[np.isfinite(best)].sum())
    reach: Floats = total - best[pairs.seats] + reduced
    return reach


def _reach_unseen(pairs: Pairs, prices: _Prices, unseen: float) -> float:
    """Return the most that a team with somebody who is in no pair is worth, by these prices.

    Of such a person nothing is known but what she is worth at most: each rule is taken to count
    her as kindly as it counts anybody, at least from nought to one.
    """
    low = np.minimum(0.0, pairs.rows.min(axis=1).toarray().ravel())
    high = np.maximum(1.0, pairs.rows.max(axis=1).toarray().ravel())
    spare = unseen - float(np.minimum(prices.rules * low, prices.rules * high).sum())
    best = _best_of_seats(pairs, _reduced(pairs, prices))
    best = np.maximum(best[np.isfinite(best)], spare)
    return _ceiling(pairs, prices) + float(best.sum() + spare - best.min())


def _ceiling(pairs: Pairs, prices: _Prices) -> float:
    """Return what the rows allow at their prices."""
    limits = np.where(prices.rules > 0, pairs.most, pairs.least)
    priced = prices.rules != 0
    return float(prices.rules[priced] @ limits[priced]) + sum(prices.people.values())


def _best_of_seats(pairs: Pairs, reduced: Floats) -> Floats:
    """Return the best reduced worth of each seat, -inf where there is no pair."""
    best = np.full(pairs.seats.max() + 1, -inf)
    np.maximum.at(best, pairs.seats, reduced)
    return best


def _promising(pairs: Pairs, prices: _Prices, core: Bools) -> Bools:
    """Return the best pairs outside the core that would better the relaxed programme."""
    by_seat = np.array([prices.seats.get(at, 0.0) for at in range(pairs.seats.max() + 1)])
    gain = _reduced(pairs, prices) - by_seat[pairs.seats]
    better = (gain > TOLERANCE) & ~core
    new = np.zeros(len(core), dtype=bool)
    for seat in np.unique(pairs.seats[better]):
        _take_best(new, better & (pairs.seats == seat), gain, _ADDED)
    return new
