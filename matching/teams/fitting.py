"""What keeps whom from which seat: who lacks nothing at once, the words only when they are asked.

Thousands of people times a dozen seats would be told in words otherwise, for the few who are
looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload
from uuid import UUID

import numpy as np

from matching import relations
from matching.arrays import Bools, Floats, Ints
from matching.teams.constraints import Candidate, Shortfall, may_be_asked, speaks
from matching.teams.wishes import lacking
from roster.read import Load, SeatNeed, TeamRules
from roster.vocabulary import ActivityType

Found = tuple[Shortfall, ...] | None
"""What somebody lacks for a seat: () nothing, None what nothing mends."""


class Shortfalls(Sequence[Sequence[Found]]):
    """What each candidate lacks for each seat: `shortfalls[seat][candidate]`."""

    def __init__(self, told: _Told, columns: Ints) -> None:
        self._told = told
        self._columns = columns

    @classmethod
    def of(cls, people: Sequence[Candidate], rules: TeamRules) -> Shortfalls:
        """Return those of candidates for the seats of some rules."""
        return cls(_Told(people, rules), np.arange(len(people)))

    def only(self, columns: Sequence[int]) -> Shortfalls:
        """Return those of some candidates; nothing is found out twice."""
        return Shortfalls(self._told, self._columns[np.asarray(columns, dtype=np.int64)])

    @overload
    def __getitem__(self, seat: int) -> Sequence[Found]: ...
    @overload
    def __getitem__(self, seat: slice) -> Sequence[Sequence[Found]]: ...
    def __getitem__(self, seat: int | slice) -> Sequence[Found] | Sequence[Sequence[Found]]:
        """Return what the candidates lack for a seat, or for some."""
        seats = range(len(self))
        if isinstance(seat, slice):
            return [_OfSeat(self._told, at, self._columns) for at in seats[seat]]
        return _OfSeat(self._told, seats[seat], self._columns)

    def __len__(self) -> int:
        """Return the number of seats."""
        return self._told.n_seats

    @property
    def none(self) -> Bools:
        """Who lacks nothing, of shape (n_seats, n_candidates)."""
        return self._told.none[:, self._columns]

    def prices(self, price: Callable[[Found], float]) -> Floats:
        """Return a price for what each candidate lacks, of shape (n_seats, n_candidates)."""
        found = [[price(one) for one in seat] for seat in self]
        return np.array(found, dtype=float).reshape(len(self), len(self._columns))


class _Told:
    """What was found out so far of everybody; equal seats are found out once."""

    def __init__(self, people: Sequence[Candidate], rules: TeamRules) -> None:
        self.people = people
        self.rules = rules
        self.loads: Mapping[UUID, Load] = {load.expert_id: load for load in rules.loads}
        first = {seat: at for at, seat in reversed(list(enumerate(rules.seats)))}
        self.alike = [first[seat] for seat in rules.seats]
        self.cells: dict[tuple[int, int], Found] = {}

    @property
    def n_seats(self) -> int:
        return len(self.alike)

    def at(self, seat: int, person: int) -> Found:
        cell = self.alike[seat], person
        if cell not in self.cells:
            need = self.rules.seats[cell[0]]
            self.cells[cell] = lacking(self.people[person], need, self.rules, self.loads)
        return self.cells[cell]

    @cached_property
    def none(self) -> Bools:
        rows = {alike: self._none_for(self.rules.seats[alike]) for alike in set(self.alike)}
        found = [rows[alike] for alike in self.alike]
        return np.array(found, dtype=bool).reshape(self.n_seats, len(self.people))

    def _none_for(self, need: SeatNeed) -> list[bool]:
        may = zip(self.people, self._may_take(need), strict=True)
        return [fits and lacking(one, need, self.rules, self.loads) == () for one, fits in may]

    def _may_take(self, need: SeatNeed) -> Iterator[bool]:
        """Yield for each candidate whether nothing that is quickly seen keeps her from a seat."""
        near = frozenset(other for one in need.topics for other in relations.topics_near(one))
        activities = frozenset(need.activities)
        needs = (*self.rules.everyone_speaks, *need.languages)
        for at, one in enumerate(self.people):
            yield (
                (not need.kinds or one.kind in need.kinds)
                and (not near or not near.isdisjoint(self._topics[at]))
                and (not activities or not activities.isdisjoint(self._activities[at]))
                and (
                    may_be_asked(one, self.rules)
                    or all(speaks(one.view, language) for language in needs)
                )
            )

    @cached_property
    def _topics(self) -> list[set[str]]:
        return [{item.value.topic for item in one.view.topics} for one in self.people]

    @cached_property
    def _activities(self) -> list[set[ActivityType]]:
        return [{item.value.activity for item in one.view.activities} for one in self.people]


class _OfSeat(Sequence[Found]):
    """What some candidates lack for one seat."""

    def __init__(self, told: _Told, seat: int, columns: Ints) -> None:
        self._told, self._seat, self._columns = told, seat, columns

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Found]: ...
    def __getitem__(self, at: int | slice) -> Found | Sequence[Found]:
        if isinstance(at, slice):
            return [self._told.at(self._seat, int(one)) for one in self._columns[at]]
        return self._told.at(self._seat, int(self._columns[at]))
