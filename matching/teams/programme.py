"""A team as an integer programme: who may sit where, at what price; solved exactly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf, isinf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from matching.arrays import Floats, Ints
from matching.teams.constraints import PRICES, Candidate, Rule, Shortfall
from roster.read import RequestView

PRICE_SCALE = 1000.0
"""One unit of price outweighs any difference of scores: first the cheapest, then the best team."""
TIME_LIMIT_S = 5.0


@dataclass(frozen=True)
class Programme:
    """Seats × candidates with what each pair is worth and lacks."""

    candidates: tuple[Candidate, ...]
    lacks: tuple[tuple[tuple[Shortfall, ...] | None, ...], ...]
    """Per seat and candidate; None where nothing mends it."""
    worth: Floats
    """(n_seats, n_candidates): score, and a hundredth of a point for who suits the role."""
    rules: tuple[Rule, ...]
    forced: tuple[int, ...]
    """Candidates who must have a seat."""
    request: RequestView | None = None
    """What the team is for."""
    day: date | None = None
    """On which kinds and memberships are read."""

    @property
    def n_seats(self) -> int:
        """Number of seats."""
        return len(self.lacks)

    def prices(self, banned: Collection[str] = ()) -> Floats:
        """Return what each pair costs to allow, infinite where it cannot be."""

        def price(found: tuple[Shortfall, ...] | None) -> float:
            if found is None or any(family(one.key) in banned for one in found):
                return inf
            return sum(one.price for one in found)

        return np.array([[price(found) for found in seat] for seat in self.lacks]).reshape(
            self.n_seats, len(self.candidates)
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """Who sits where, and which rules are broken for it."""

    places: tuple[tuple[int, int], ...]
    """(seat, candidate), by seat; an empty seat has none."""
    broken: tuple[Rule, ...]
    empty: tuple[int, ...]
    optimal: bool


def family(key: str) -> str:
    """Return the part of a key that says what kind of thing is loosened."""
    return key.split(":", maxsplit=1)[0]


def narrowed(programme: Programme, keep: int) -> Programme:
    """Return the programme without people whom others replace in every respect.

    Of people alike in every rule and price only the `keep` best can ever be seated, so leaving the
    others out changes no answer.
    """
    prices, worth = programme.prices(), programme.worth
    suits = np.round(worth - worth.min(axis=0, initial=inf), 6)
    rows = [rule.coefficients[0] for rule in programme.rules]
    seen: dict[tuple[object, ...], int] = {}
    kept = set(programme.forced)
    for at in sorted(range(len(programme.candidates)), key=lambda at: (-worth[:, at].max(), at)):
        if not np.isfinite(prices[:, at]).any():
            continue
        alike = (tuple(prices[:, at]), tuple(suits[:, at]), tuple(row[at] for row in rows))
        seen[alike] = seen.get(alike, 0) + 1
        if seen[alike] <= keep:
            kept.add(at)
    return _only(programme, sorted(kept))


def _only(programme: Programme, kept: Sequence[int]) -> Programme:
    columns = list(kept)
    return replace(
        programme,
        candidates=tuple(programme.candidates[at] for at in columns),
        lacks=tuple(tuple(seat[at] for at in columns) for seat in programme.lacks),
        worth=programme.worth[:, columns],
        rules=tuple(
            replace(rule, coefficients=rule.coefficients[:, columns]) for rule in programme.rules
        ),
        forced=tuple(columns.index(at) for at in programme.forced),
    )


def solve(
    programme: Programme,
    *,
    others: Sequence[Solution] = (),
    elastic: bool = False,
    banned: Collection[str] = (),
) -> Solution | None:
    """Return the best team, None where there is none.

    Parameters
    ----------
    others : teams from which at least a third of the seats, and one, must differ
    elastic : True lets rules be broken at their price; the cheapest way is found first
    banned : families of rules that may not be broken
    """
    prices = programme.prices(banned)
    allowed = np.isfinite(prices) if elastic else prices == 0
    pairs = np.argwhere(allowed)
    slacks = _slacks(programme, banned) if elastic else _Slacks.none(programme)
    n = len(pairs) + slacks.size
    if n == 0:
        return None
    worth = programme.worth[pairs[:, 0], pairs[:, 1]]
    cost = prices[pairs[:, 0], pairs[:, 1]] * PRICE_SCALE - worth
    matrix, low, high = _rows(programme, pairs, slacks, others)
    upper = np.concatenate([np.ones(len(pairs)), slacks.most])
    answer = milp(
        np.concatenate([cost, slacks.prices * PRICE_SCALE]),
        integrality=np.ones(n),
        bounds=Bounds(np.zeros(n), upper),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": TIME_LIMIT_S, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    return _decode(programme, pairs, slacks, np.asarray(answer.x), optimal=answer.status == 0)


@dataclass(frozen=True)
class _Slacks:
    """One variable per empty seat and per rule that may be broken."""

    seats: tuple[int, ...]
    rules: tuple[int, ...]
    prices: Floats
    most: Floats

    @classmethod
    def none(cls, programme: Programme) -> _Slacks:  # noqa: ARG003 -- the twin of `_slacks`
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
    rows = [
        *_seat_rows(programme, pairs, slacks),
        *_person_rows(programme, pairs),
        *_rule_rows(programme, pairs, slacks),
    ]
    most = programme.n_seats - max(1, -(-programme.n_seats // 3))
    for other in others:
        team = [at for _, at in other.places]
        rows.append(_Row(np.isin(pairs[:, 1], team).astype(float), -inf, most))
    matrix = np.zeros((len(rows), len(pairs) + slacks.size))
    for at, row in enumerate(rows):
        matrix[at, : len(pairs)] = row.over_pairs
        if row.slack is not None:
            matrix[at, len(pairs) + row.slack] = row.sign
    return csr_array(matrix), np.array([r.least for r in rows]), np.array([r.most for r in rows])


@dataclass(frozen=True)
class _Row:
    """Least ≤ Σ over pairs + sign × one slack ≤ most."""

    over_pairs: Floats
    least: float
    most: float
    slack: int | None = None
    sign: float = 1.0


def _seat_rows(programme: Programme, pairs: Ints, slacks: _Slacks) -> Iterator[_Row]:
    """Yield one row per seat: somebody sits there, or it is empty."""
    for seat in range(programme.n_seats):
        slack = slacks.seats.index(seat) if seat in slacks.seats else None
        yield _Row((pairs[:, 0] == seat).astype(float), 1, 1, slack)


def _person_rows(programme: Programme, pairs: Ints) -> Iterator[_Row]:
    """Yield one row per person: one seat at most, exactly one for who is forced in."""
    for at in range(len(programme.candidates)):
        one = (pairs[:, 1] == at).astype(float)
        if one.sum() > 1 or at in programme.forced:
            yield _Row(one, float(at in programme.forced), 1)


def _rule_rows(programme: Programme, pairs: Ints, slacks: _Slacks) -> Iterator[_Row]:
    """Yield one row per rule of the whole team."""
    for number, rule in enumerate(programme.rules):
        held = rule.coefficients[pairs[:, 0], pairs[:, 1]]
        slack = None
        if number in slacks.rules:
            slack = len(slacks.seats) + slacks.rules.index(number)
        yield _Row(held, rule.least, rule.most, slack, 1.0 if isinf(rule.most) else -1.0)


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
