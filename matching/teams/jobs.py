"""One request of a portfolio: who may sit where, looked at only as far down as anybody asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from uuid import UUID

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.teams.coding import SUITS, encode
from matching.teams.constraints import Rule
from matching.teams.programme import Programme
from roster.read import ExpertView, RankedExpert, TeamAsked
from roster.vocabulary import Band, Priority

LOOKED_AT = 60
"""People, best first, that a request begins with; twice as many where the proof asks for more."""
FACTORS = {Priority.HIGH: 4.0, Priority.NORMAL: 2.0, Priority.LOW: 1.0}
"""What a request and each point of its team count."""
_ROUNDED = 1e-6
"""Rankings order by rounded scores: the next person may be better by so much."""

Views = Callable[[Collection[UUID]], Mapping[UUID, ExpertView]]
"""Gives the views of people."""


class Numbers:
    """People as columns: the same person has the same number in every request."""

    def __init__(self) -> None:
        self._of: dict[UUID, int] = {}

    def of(self, expert_id: UUID) -> int:
        """Return the number of a person, a new one for whoever has none."""
        return self._of.setdefault(expert_id, len(self._of))

    def __len__(self) -> int:
        return len(self._of)


class Job:
    """A request with its people so far; `look_further` takes in more of them.

    Attributes
    ----------
    worth : Floats of shape (n_seats, n_people)
        Points of each person in each seat.
    allowed : Bools of shape (n_seats, n_people)
        Who may sit there by the conditions and rules of this request.
    people : Ints of shape (n_people,)
        Their numbers.
    best_unseen : float or None
        The most that anybody not looked at could be worth; None when everybody was.
    """

    def __init__(self, asked: TeamAsked, views: Views, numbers: Numbers) -> None:
        self.asked = asked
        self.factor = FACTORS[asked.priority]
        self._views, self._numbers = views, numbers
        self._fit = asked.ranking.counts()[Band.FIT]
        # They come first, so that a column stays who it is however far down is looked.
        wanted = asked.rules.forced_in
        self._first = (
            [one for one in asked.ranking.people if one.expert_id in wanted] if wanted else []
        )
        self._look(LOOKED_AT)

    @property
    def n_seats(self) -> int:
        """Number of seats."""
        return len(self.asked.rules.seats)

    @property
    def n_fit(self) -> int:
        """How many people fit, looked at or not."""
        return self._fit

    def look_further(self) -> None:
        """Look at twice as many people."""
        self._look(2 * self._most)

    def look_at_all(self) -> None:
        """Look at everybody who fits."""
        if self.best_unseen is not None:
            self._look(self._fit)

    def id_of(self, at: int) -> UUID:
        """Return who stands in a column."""
        return self.programme.candidates[at].id

    def score_of(self, at: int) -> float:
        """Return the points of who stands in a column."""
        return self.programme.candidates[at].ranked.score

    def _look(self, most: int) -> None:
        self._most = most
        best = self.asked.ranking.band(Band.FIT, most + 1)
        wanted = self.asked.rules.forced_in
        seen = [*self._first, *(one for one in best[:most] if one.expert_id not in wanted)]
        self.programme = self._encoded(seen)
        self.best_unseen = best[most].score + SUITS + _ROUNDED if len(best) > most else None
        people = self.programme.candidates
        self.people: Ints = np.array([self._numbers.of(one.id) for one in people], dtype=np.int64)
        self.is_new: Bools = np.array([one.view.track.deployments == 0 for one in people], bool)
        self.worth: Floats = self.programme.worth
        self.rules: tuple[Rule, ...] = self.programme.rules
        self.forced: tuple[int, ...] = self.programme.forced
        self.allowed: Bools = np.array(self.programme.free)
        for rule in self.rules:
            if (rule.coefficients >= 0).all():
                self.allowed &= rule.coefficients <= rule.most

    def _encoded(self, people: list[RankedExpert]) -> Programme:
        ranking = replace(self.asked.ranking, people=tuple(people))
        views = self._views([one.expert_id for one in people])
        return encode(ranking, views, self.asked.rules)

    @property
    def can_be_staffed(self) -> bool:
        """Whether everybody who must have a seat is there to take one."""
        there = {self.programme.candidates[at].id for at in self.forced}
        return there == self.asked.rules.forced_in
