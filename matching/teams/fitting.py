"""What keeps whom from which seat: who lacks nothing at once, the words only when they are asked.

Thousands of people times a dozen seats would be told in words otherwise, for the few who are
looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import overload
from uuid import UUID

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.teams.constraints import Candidate, Shortfall, may_be_asked
from matching.teams.experience import near_topics, speaks
from matching.teams.wishes import lacking
from roster.read import LanguageNeed, Load, SeatNeed, TeamRules
from roster.vocabulary import ActivityType, GateOutcome

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
        self._speakers: dict[LanguageNeed, Bools] = {}

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

    def _none_for(self, need: SeatNeed) -> Bools:
        """Return who lacks nothing: plain cases by what is quickly seen, others by being told."""
        may = self._may_take(need)
        unsure = may if need.keeper is not None else may & ~(self._plain & ~self._asked)
        for at in np.flatnonzero(unsure).tolist():
            may[at] = lacking(self.people[at], need, self.rules, self.loads) == ()
        return may

    def _may_take(self, need: SeatNeed) -> Bools:
        """Return whom nothing that is quickly seen keeps from a seat."""
        may = np.ones(len(self.people), dtype=bool)
        if need.keeper is not None:
            may &= self._each(one.id == need.keeper for one in self.people)
        if need.kinds:
            may &= self._each(one.kind in need.kinds for one in self.people)
        if need.topics:
            near = near_topics(need.topics)
            may &= self._each(not near.isdisjoint(done) for done in self._topics)
        if need.activities:
            asked = frozenset(need.activities)
            may &= self._each(not asked.isdisjoint(done) for done in self._activities)
        for language in self.rules.everyone_speaks:
            may &= self._asked | self._speaks(language)
        if need.languages:
            each = [self._speaks(language) for language in need.languages]
            enough = np.any if need.one_language else np.all
            may &= self._asked | enough(each, axis=0)
        return may

    def _each(self, held: Iterable[bool]) -> Bools:
        return np.fromiter(held, dtype=bool, count=len(self.people))

    @cached_property
    def _plain(self) -> Bools:
        """Who passes every condition outright, where no cap on a year's work is set."""
        capped = self.rules.most_days_a_year, self.rules.most_deployments_a_year
        if capped != (None, None):
            return np.zeros(len(self.people), dtype=bool)
        passes, conflicts = GateOutcome.PASS, self.rules.conflicts
        return self._each(
            all(gate.outcome is passes for gate in one.ranked.gates) and one.id not in conflicts
            for one in self.people
        )

    @cached_property
    def _asked(self) -> Bools:
        return self._each(may_be_asked(one, self.rules) for one in self.people)

    def _speaks(self, need: LanguageNeed) -> Bools:
        if need not in self._speakers:
            self._speakers[need] = self._each(speaks(one.view, need) for one in self.people)
        return self._speakers[need]

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
