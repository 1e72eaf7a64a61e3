"""The rows of several teams over chosen columns, and what their prices say of any column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

import numpy as np
from scipy.sparse import csr_array, vstack

from matching.arrays import Bools, Floats, Ints
from matching.teams.caps import Caps
from matching.teams.constraints import Rule
from matching.teams.jobs import Job

_Pieces = list[tuple[Ints, Floats]]


@dataclass
class Duals:
    """Prices of rows, zero for every row that was not written down."""

    seats: list[Floats]
    """By job: (n_seats,)."""
    rules: list[list[tuple[Rule, float]]]
    """By job: rules whose rows have a price."""
    forced: list[list[tuple[int, float]]]
    """By job: columns that must have a seat."""
    caps: list[dict[int, float]]
    """By cap: person → price."""
    newcomers: float = 0.0

    def of_columns(self, at: int, job: Job, caps: Caps) -> Floats:
        """Return what the rows take from each column of a job, (n_seats, n_people)."""
        taken = np.repeat(self.seats[at][:, None], len(job.people), axis=1)
        for rule, price in self.rules[at]:
            taken += price * rule.coefficients
        for column, price in self.forced[at]:
            taken[:, column] += price
        places: dict[int, int] | None = None
        for cap, prices in zip(caps.caps, self.caps, strict=True):
            amounts = cap.amounts.get(at)
            if amounts is None or not prices:
                continue
            places = places or {int(one): column for column, one in enumerate(job.people)}
            for person, price in prices.items():
                if person in places:
                    taken[:, places[person]] += amounts * price
        return taken

    def least_of_columns(self, at: int) -> float:
        """Return the least that the rows could take from anybody not looked at.

        Of such a person nothing is known but her points: each rule is taken to count her as
        kindly as it counts anybody, at least from nought to one.
        """
        taken = float(self.seats[at].min())
        for rule, price in self.rules[at]:
            known = rule.coefficients
            low, high = min(0.0, known.min(initial=0.0)), max(1.0, known.max(initial=1.0))
            taken += min(price * low, price * high)
        return taken


@dataclass
class Rows:
    """low ≤ matrix · (columns, teams) ≤ high, worth · (columns, teams) to be made largest."""

    worth: Floats
    most: Floats
    n_columns: int
    jobs: Sequence[Job]
    columns: list[tuple[Ints, Ints]]
    """By job: seats and columns."""
    starts: list[int]
    caps: Caps
    pieces: _Pieces = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    meanings: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, where: Ints, values: Floats, low: float, high: float, *meaning: object) -> None:
        """Write down one row."""
        self.pieces.append((where, values))
        self.lows.append(low)
        self.highs.append(high)
        self.meanings.append(meaning)

    @cached_property
    def matrix(self) -> csr_array:
        """The rows."""
        lengths = [len(where) for where, _ in self.pieces]
        where = np.concatenate([np.zeros(0, np.int64), *(one for one, _ in self.pieces)])
        values = np.concatenate([np.zeros(0), *(one for _, one in self.pieces)])
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return csr_array((values, where, starts), shape=(len(lengths), len(self.worth)))

    @property
    def low(self) -> Floats:
        """Least of each row."""
        return np.array(self.lows)

    @property
    def high(self) -> Floats:
        """Most of each row."""
        return np.array(self.highs)

    @property
    def bounds(self) -> Floats:
        """(n, 2): columns need no most of their own, their seat has one."""
        most = self.most.copy()
        most[: self.n_columns] = inf
        return np.column_stack([np.zeros(len(most)), most])

    @cached_property
    def _sorts(self) -> tuple[Ints, Ints, Ints]:
        """Rows that are equal to, at most, at least."""
        low, high = self.low, self.high
        same = low == high
        return (
            np.flatnonzero(same),
            np.flatnonzero(~same & np.isfinite(high)),
            np.flatnonzero(~same & ~np.isfinite(high)),
        )

    @property
    def linear(self) -> tuple[csr_array, Floats, csr_array, Floats]:
        """The rows as `scipy.optimize.linprog` takes them."""
        same, most, least = self._sorts
        upper = _stacked(self.matrix[most], -self.matrix[least])
        limit = np.concatenate([self.high[most], -self.low[least]])
        return upper, limit, self.matrix[same], self.high[same]

    def duals(self, of_upper: Floats, of_same: Floats) -> Duals:
        """Return what the rows take from a column per unit, from the answer of `linprog`."""
        same, most, least = self._sorts
        prices = np.zeros(len(self.lows))
        prices[same] = -of_same
        prices[most] = -of_upper[: len(most)]
        prices[least] = of_upper[len(most) :]
        made = Duals(
            seats=[np.zeros(job.n_seats) for job in self.jobs],
            rules=[[] for _ in self.jobs],
            forced=[[] for _ in self.jobs],
            caps=[{} for _ in self.caps.caps],
        )
        for meaning, price in zip(self.meanings, prices.tolist(), strict=True):
            if price:
                _note(made, meaning, price)
        return made

    def places(self, values: Floats) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Return who sits where, by job."""
        found = []
        for start, (seats, columns) in zip(self.starts, self.columns, strict=True):
            used = values[start : start + len(seats)] > 0.5
            pairs = zip(seats[used].tolist(), columns[used].tolist(), strict=True)
            found.append(tuple(sorted(pairs)))
        return tuple(found)


def _stacked(one: csr_array, other: csr_array) -> csr_array:
    return csr_array(vstack([one, other]))


def _note(duals: Duals, meaning: tuple[object, ...], price: float) -> None:
    match meaning:
        case ("seat", int(at), int(seat)):
            duals.seats[at][seat] = price
        case ("rule", int(at), Rule() as rule):
            duals.rules[at].append((rule, price))
        case ("forced", int(at), int(column)):
            duals.forced[at].append((column, price))
        case ("cap", int(cap), int(person)):
            duals.caps[cap][person] = price
        case ("newcomers",):
            duals.newcomers = price


def rows_of(
    jobs: Sequence[Job],
    held: Sequence[Bools],
    caps: Caps,
    bonus: float,
    least_newcomers: float,
    most_teams: float,
) -> Rows:
    """Return the rows of jobs over the columns held; the last columns say which teams are made."""
    columns = [np.nonzero(one) for one in held]
    sizes = [len(seats) for seats, _ in columns]
    starts = [0, *np.cumsum(sizes).tolist()]
    worth = [job.factor * job.worth[cells] for job, cells in zip(jobs, columns, strict=True)]
    worth.append(np.array([job.factor * bonus for job in jobs]))
    n = starts[-1]
    rows = Rows(
        worth=np.concatenate(worth),
        most=np.ones(n + len(jobs)),
        n_columns=n,
        jobs=jobs,
        columns=[(seats.astype(np.int64), at.astype(np.int64)) for seats, at in columns],
        starts=starts[:-1],
        caps=caps,
    )
    for at in range(len(jobs)):
        _add_seats(rows, at)
        _add_rules(rows, at)
    for number in caps.binding:
        _add_cap(rows, number)
    if least_newcomers and n:
        _add_newcomers(rows, least_newcomers)
    if most_teams < inf:
        teams = n + np.arange(len(jobs))
        rows.add(teams, np.array([job.factor for job in jobs]), -inf, most_teams, "teams")
    return rows


def _add_seats(rows: Rows, at: int) -> None:
    """Fill each seat where the team is made; who must be there is there."""
    job, start, team = rows.jobs[at], rows.starts[at], rows.n_columns + at
    seats, columns = rows.columns[at]
    for seat in range(job.n_seats):
        _add_sum(rows, start + np.flatnonzero(seats == seat), team, "seat", at, seat)
    for column in job.forced:
        _add_sum(rows, start + np.flatnonzero(columns == column), team, "forced", at, column)
    if not job.can_be_staffed:
        rows.most[team] = 0


def _add_sum(rows: Rows, where: Ints, team: int, *meaning: object) -> None:
    values = np.append(np.ones(len(where)), -1.0)
    rows.add(np.append(where, team), values, 0.0, 0.0, *meaning)


def _add_rules(rows: Rows, at: int) -> None:
    """Hold each rule where the team is made; rows that nothing could break are left out."""
    job, start, team = rows.jobs[at], rows.starts[at], rows.n_columns + at
    cells = rows.columns[at]
    for rule in job.rules:
        held = rule.coefficients[cells]
        counted = np.flatnonzero(held)
        where, values = np.append(start + counted, team), held[counted]
        if rule.least > 0 or values[values < 0].sum() < rule.least:
            rows.add(where, np.append(values, -rule.least), 0.0, inf, "rule", at, rule)
        if values[values > 0].sum() > rule.most:
            rows.add(where, np.append(values, -rule.most), -inf, 0.0, "rule", at, rule)


def _add_cap(rows: Rows, number: int) -> None:
    """Write a row for each person whose columns together could exceed a cap."""
    cap = rows.caps.caps[number]
    where, people, amounts = [], [], []
    for at, amount in cap.amounts.items():
        seats, columns = rows.columns[at]
        where.append(rows.starts[at] + np.arange(len(seats)))
        people.append(rows.jobs[at].people[columns])
        amounts.append(amount[seats])
    if not where:
        return
    cells, who, held = np.concatenate(where), np.concatenate(people), np.concatenate(amounts)
    order = np.argsort(who, kind="stable")
    cells, who, held = cells[order], who[order], held[order]
    persons, firsts = np.unique(who, return_index=True)
    sums = np.add.reduceat(held, firsts) if len(held) else np.zeros(0)
    room = cap.room(persons)
    ends = np.append(firsts[1:], len(who))
    for one in np.flatnonzero(sums > room + 1e-9):
        part = slice(firsts[one], ends[one])
        rows.add(cells[part], held[part], -inf, float(room[one]), "cap", number, int(persons[one]))


def _add_newcomers(rows: Rows, share: float) -> None:
    values = [
        share - job.is_new[columns].astype(np.float64)
        for job, (_, columns) in zip(rows.jobs, rows.columns, strict=True)
    ]
    rows.add(np.arange(rows.n_columns), np.concatenate(values), -inf, 0.0, "newcomers")
