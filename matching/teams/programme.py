"""A team as an integer programme: who may sit where, at what price; solved exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from math import inf, isinf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, hstack, vstack

from matching.arrays import Bools, Floats, Ints
from matching.teams.constraints import PRICES, Candidate, Rule, Shortfall, tiled
from matching.teams.fitting import Shortfalls
from matching.teams.sifting import FEW, TOLERANCE, Pairs, Sieve, sieve_of
from roster.read import RequestView

PRICE_SCALE = 1000.0
"""One unit of price outweighs any difference of scores: first the cheapest, then the best team."""
TIME_LIMIT_S = 5.0
SPARE = 3
"""People who stay in a narrowed programme beyond those who can be seated."""
_OPTIMAL, _INFEASIBLE = 0, 2
_SIDES = ("least", "most")


@dataclass(frozen=True)
class Programme:
    """Seats × candidates with what each pair is worth and lacks."""

    candidates: tuple[Candidate, ...]
    lacks: Shortfalls
    """By seat and candidate; None where nothing mends it."""
    worth: Floats
    """(n_seats, n_candidates): score, and a hundredth of a point for who suits the role."""
    rules: tuple[Rule, ...]
    forced: tuple[int, ...]
    """Candidates who must have a seat."""
    request: RequestView | None = None
    """What the team is for."""
    day: date | None = None
    """On which kinds and memberships are read."""
    unseen: float | None = None
    """The most that anybody not among the candidates is worth in a seat; None: nobody is."""

    @property
    def n_seats(self) -> int:
        """Number of seats."""
        return len(self.lacks)

    @property
    def free(self) -> Bools:
        """Who may sit where with nothing loosened, of shape (n_seats, n_candidates)."""
        return self.lacks.none

    def prices(self, banned: Collection[str] = ()) -> Floats:
        """Return what each pair costs to allow, infinite where it cannot be."""
        return self.lacks.prices(partial(_price, banned=banned))

    def price(self, seat: int, at: int) -> float:
        """Return what one pair costs to allow, infinite where it cannot be."""
        return _price(self.lacks[seat][at])

    def kept_by(self, places: Sequence[tuple[int, int]], seat: int, people: Ints) -> Bools:
        """Return with whom of some people in a seat, beside those placed, every rule is kept."""
        taken = np.array(places, dtype=np.int64).reshape(-1, 2)
        held = self.rows(taken).sum(axis=1)
        pairs = np.column_stack([np.full(len(people), seat), people])
        counted = self.rows(pairs).toarray() + held[:, None]
        least, most = (np.array([getattr(rule, side) for rule in self.rules]) for side in _SIDES)
        kept: Bools = ((least[:, None] <= counted) & (counted <= most[:, None])).all(axis=0)
        return kept

    def rows(self, pairs: Ints) -> csc_array:
        """Return what pairs (seat, candidate) count in each rule, sparse of (n_rules, n_pairs)."""
        if self._shared is None:
            held = [rule.coefficients[pairs[:, 0], pairs[:, 1]] for rule in self.rules]
            return csc_array(np.array(held).reshape(len(self.rules), len(pairs)))
        return csc_array(self._shared[:, pairs[:, 1]])

    @cached_property
    def _shared(self) -> csc_array | None:
        """What candidates count in each rule where that is the same in every seat."""
        if any(rule.coefficients.strides[0] for rule in self.rules):
            return None
        rows = [rule.coefficients[0] for rule in self.rules]
        return csc_array(np.array(rows).reshape(len(rows), len(self.candidates)))

    @cached_property
    def sifted(self) -> tuple[Ints, Sieve | None]:
        """Pairs (seat, candidate) with nothing loosened; where they are many, who can matter."""
        pairs = np.argwhere(self.free)
        is_small = len(pairs) <= FEW and self.unseen is None
        if is_small or len(np.unique(pairs[:, 0])) < self.n_seats:
            return pairs, None
        columns = Pairs.of(pairs, self.worth, self.rows(pairs), self.rules, self.forced)
        return pairs, sieve_of(columns, self.unseen)


@dataclass(frozen=True, slots=True)
class Solution:
    """Who sits where, and which rules are broken for it."""

    places: tuple[tuple[int, int], ...]
    """(seat, candidate), by seat; an empty seat has none."""
    broken: tuple[Rule, ...]
    empty: tuple[int, ...]
    optimal: bool
    gap: float | None = 0.0
    """Points that a better team could have at most; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Search:
    """What came of looking for a team."""

    solution: Solution | None
    proven: bool
    """Whether the solution is the best there is; without one, whether there is none."""


def _price(found: tuple[Shortfall, ...] | None, banned: Collection[str] = ()) -> float:
    if found is None or any(family(one.key) in banned for one in found):
        return inf
    return sum(one.price for one in found)


def family(key: str) -> str:
    """Return the part of a key that says what kind of thing is loosened."""
    return key.split(":", maxsplit=1)[0]


def narrowed(programme: Programme, keep: int) -> Programme:
    """Return the programme without people whom others replace in every respect.

    Of people alike in every rule and price only the `keep` best can ever be seated, so leaving the
    others out changes no answer. `SPARE` more of each stay, to step in.
    """
    prices = programme.prices()
    suits = np.round(programme.worth - programme.worth.min(axis=0, initial=inf), 6)
    alike = np.ascontiguousarray(
        np.vstack([prices, suits, *(rule.coefficients for rule in programme.rules)]).T + 0.0
    )
    possible = np.isfinite(prices).any(axis=0) if programme.n_seats else np.zeros(0, dtype=bool)
    at = np.flatnonzero(possible)
    best_first = at[np.argsort(-programme.worth[:, at].max(axis=0, initial=-inf), kind="stable")]
    keys = [alike[one].tobytes() for one in best_first]
    seen: Counter[bytes] = Counter()
    kept = set(programme.forced)
    for one, key in zip(best_first.tolist(), keys, strict=True):
        seen[key] += 1
        if seen[key] <= keep + SPARE:
            kept.add(one)
    return _only(programme, sorted(kept))


def _only(programme: Programme, kept: Sequence[int]) -> Programme:
    columns = list(kept)
    return replace(
        programme,
        candidates=tuple(programme.candidates[at] for at in columns),
        lacks=programme.lacks.only(columns),
        worth=programme.worth[:, columns],
        rules=tuple(
            replace(rule, coefficients=_columns(rule.coefficients, columns))
            for rule in programme.rules
        ),
        forced=tuple(columns.index(at) for at in programme.forced),
    )


def _columns(coefficients: Floats, columns: Sequence[int]) -> Floats:
    if coefficients.strides[0]:
        return coefficients[:, columns]
    return tiled(coefficients[0, columns], len(coefficients))


def solve(
    programme: Programme,
    *,
    others: Sequence[Solution] = (),
    elastic: bool = False,
    banned: Collection[str] = (),
) -> Solution | None:
    """Return the best team, None where none was found.

    Parameters
    ----------
    others : teams from which at least a third of the seats, and one, must differ
    elastic : True lets rules be broken at their price; the cheapest way is found first
    banned : families of rules that may not be broken
    """
    if elastic:
        return _elastic(programme, others, banned).solution
    return best_team(programme, others=others).solution


def best_team(
    programme: Programme, *, others: Sequence[Solution] = (), limit_s: float = TIME_LIMIT_S
) -> Search:
    """Look for the best team that breaks no rule.

    Parameters
    ----------
    others : teams from which at least a third of the seats, and one, must differ
    limit_s : seconds after which the best so far is taken, for each of two runs of the solver
    """
    pairs, sieve = programme.sifted
    nothing = _Slacks.none()
    if len(np.unique(pairs[:, 0])) < programme.n_seats:
        return Search(None, proven=True)
    if sieve is None:
        return _run(programme, pairs, np.zeros(len(pairs)), nothing, others, limit_s)
    core = pairs[sieve.core]
    first = _run(programme, core, np.zeros(len(core)), nothing, others, limit_s)
    able = np.ones(len(pairs), dtype=bool)
    if first.solution is not None:
        found = sum(programme.worth[seat, at] for seat, at in first.solution.places)
        able = sieve.with_pair >= found - TOLERANCE
        if first.proven and not (able & ~sieve.core).any():
            return first
    kept = pairs[able]
    return _run(programme, kept, np.zeros(len(kept)), nothing, others, limit_s)


def _elastic(programme: Programme, others: Sequence[Solution], banned: Collection[str]) -> Search:
    prices = programme.prices(banned)
    pairs = np.argwhere(np.isfinite(prices))
    costs = prices[pairs[:, 0], pairs[:, 1]]
    return _run(programme, pairs, costs, _slacks(programme, banned), others, TIME_LIMIT_S)


def _run(
    programme: Programme,
    pairs: Ints,
    costs: Floats,
    slacks: _Slacks,
    others: Sequence[Solution],
    limit_s: float,
) -> Search:
    """Let the solver choose among pairs (seat, candidate) and what may be broken."""
    n = len(pairs) + slacks.size
    if n == 0:
        return Search(None, proven=True)
    worth = programme.worth[pairs[:, 0], pairs[:, 1]]
    matrix, low, high = _rows(programme, pairs, slacks, others)
    answer = milp(
        np.concatenate([costs * PRICE_SCALE - worth, slacks.prices * PRICE_SCALE]),
        integrality=np.ones(n),
        bounds=Bounds(np.zeros(n), np.concatenate([np.ones(len(pairs)), slacks.most])),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": limit_s, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return Search(None, proven=answer.status == _INFEASIBLE)
    proven = answer.status == _OPTIMAL
    found = _decode(programme, pairs, slacks, np.asarray(answer.x), optimal=proven)
    if not proven:
        bound = getattr(answer, "mip_dual_bound", None)
        known = bound is not None and np.isfinite(bound)
        found = replace(found, gap=max(0.0, float(answer.fun - bound)) if known else None)
    return Search(found, proven)


@dataclass(frozen=True)
class _Slacks:
    """One variable per empty seat and per rule that may be broken."""

    seats: tuple[int, ...]
    rules: tuple[int, ...]
    prices: Floats
    most: Floats

    @classmethod
    def none(cls) -> _Slacks:
        return cls((), (), np.zeros(0), np.zeros(0))

    @property
    def size(self) -> int:
        return len(self.seats) + len(self.rules)


def _slacks(programme: Programme, banned: Collection[str]) -> _Slacks:
    seats = () if "empty" in banned else tuple(range(programme.n_seats))
    rules = tuple(at for at, rule in enumerate(programme.rules) if family(rule.key) not in banned)
    prices = [PRICES["empty"]] * len(seats) + [programme.rules[at].price for at in rules]
    most = [1.0] * len(seats) + [float(programme.n_seats)] * len(rules)
    return _Slacks(seats, rules, np.array(prices), np.array(most))


def _rows(
    programme: Programme, pairs: Ints, slacks: _Slacks, others: Sequence[Solution]
) -> tuple[csr_array, Floats, Floats]:
    """Return the constraint matrix over pairs and slacks, with its least and most."""
    blocks = [
        _seat_rows(programme, pairs, slacks),
        _person_rows(programme, pairs, slacks),
        _rule_rows(programme, pairs, slacks),
        _other_rows(programme, pairs, slacks, others),
    ]
    matrix = vstack([block.matrix for block in blocks if block.matrix.shape[0]], format="csr")
    low, high = (np.concatenate([getattr(b, side) for b in blocks]) for side in _SIDES)
    return csr_array(matrix), low, high


@dataclass(frozen=True)
class _Block:
    """Rows: least ≤ matrix · (pairs, slacks) ≤ most."""

    matrix: csr_array
    least: Floats
    most: Floats


def _seat_rows(programme: Programme, pairs: Ints, slacks: _Slacks) -> _Block:
    """Return one row per seat: somebody sits there, or it is empty."""
    n = programme.n_seats
    sits = _marks(pairs[:, 0], np.arange(len(pairs)), (n, len(pairs)))
    seats = np.array(slacks.seats, dtype=np.int64)
    empty = _marks(seats, np.arange(len(seats)), (n, slacks.size))
    return _Block(csr_array(hstack([sits, empty])), np.ones(n), np.ones(n))


def _person_rows(programme: Programme, pairs: Ints, slacks: _Slacks) -> _Block:
    """Return one row per person: one seat at most, exactly one for who is forced in."""
    forced = np.array(programme.forced, dtype=np.int64)
    people = np.union1d(pairs[:, 1], forced)
    at = np.searchsorted(people, pairs[:, 1])
    sits = _marks(at, np.arange(len(pairs)), (len(people), len(pairs) + slacks.size))
    must = np.isin(people, forced)
    bound = np.flatnonzero(must | (np.bincount(at, minlength=len(people)) > 1))
    return _Block(sits[bound, :], must[bound].astype(float), np.ones(len(bound)))


def _rule_rows(programme: Programme, pairs: Ints, slacks: _Slacks) -> _Block:
    """Return one row per rule of the whole team."""
    rules, loose = programme.rules, np.array(slacks.rules, dtype=np.int64)
    signs = np.array([1.0 if isinf(rules[at].most) else -1.0 for at in slacks.rules])
    columns = len(slacks.seats) + np.arange(len(loose))
    broken = csr_array((signs, (loose, columns)), shape=(len(rules), slacks.size))
    matrix = csr_array(hstack([programme.rows(pairs), broken]))
    least, most = ([getattr(rule, side) for rule in rules] for side in _SIDES)
    return _Block(matrix, np.array(least, dtype=float), np.array(most, dtype=float))


def _other_rows(
    programme: Programme, pairs: Ints, slacks: _Slacks, others: Sequence[Solution]
) -> _Block:
    """Return one row per team from which enough members have to differ."""
    most = programme.n_seats - max(1, -(-programme.n_seats // 3))
    found = [np.isin(pairs[:, 1], [at for _, at in other.places]) for other in others]
    members = np.array(found, dtype=float).reshape(len(others), len(pairs))
    matrix = hstack([csr_array(members), csr_array((len(others), slacks.size))])
    n = len(others)
    return _Block(csr_array(matrix), np.full(n, -inf), np.full(n, float(most)))


def _marks(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_array:
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def _decode(
    programme: Programme, pairs: Ints, slacks: _Slacks, values: Floats, *, optimal: bool
) -> Solution:
    chosen = pairs[np.flatnonzero(values[: len(pairs)] > 0.5)]
    places = tuple(sorted((int(seat), int(at)) for seat, at in chosen))
    loose = values[len(pairs) :] > 0.5
    empty = tuple(seat for seat, used in zip(slacks.seats, loose, strict=False) if used)
    used_rules = loose[len(slacks.seats) :]
    broken = tuple(
        programme.rules[at] for at, used in zip(slacks.rules, used_rules, strict=True) if used
    )
    return Solution(places, broken, empty, optimal)
