"""One try at a team by looser rules: who could sit in it, whether it stands, what it is called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

import numpy as np

from matching.teams.coding import encode, proposal_of
from matching.teams.easing import held_to
from matching.teams.programme import Programme, family, solve
from roster.read import ExpertView, Loosening, RankedExpert, Ranking, Relaxation, TeamRules
from roster.vocabulary import Band, Gate, GateOutcome

_DEAR = 1000.0
"""Points off for somebody to avoid: more than any score brings."""


@dataclass(frozen=True)
class Attempt:
    """People who fit by some rules, as a programme."""

    programme: Programme
    rules: TeamRules

    @cached_property
    def able(self) -> frozenset[tuple[UUID, str]]:
        """Who could take a seat, and who of them is one that a rule of the team asks for."""
        free = np.flatnonzero(self.programme.free.any(axis=0))
        ids = [one.id for one in self.programme.candidates]
        found = {(ids[at], "") for at in free}
        for rule in self.programme.rules:
            if family(rule.key) == "speaks":
                speaks = free[rule.coefficients[0, free] > 0]
                found |= {(ids[at], rule.key) for at in speaks}
        return frozenset(found)

    def opened_since(self, before: Attempt) -> int:
        """Count those who could not take a seat before, or not count for a rule of then."""
        keys = {"", *(rule.key for rule in before.programme.rules)}
        return len({one for one, key in self.able - before.able if key in keys})

    def way(self, parts: Sequence[Loosening]) -> Relaxation | None:
        """Return the best team with what was loosened for it; None where there is none."""
        if not self._may_stand():
            return None
        solution = solve(self.programme)
        if solution is None:
            return None
        words = "; ".join(map(in_words, parts))
        return Relaxation(
            words=words[:1].upper() + words[1:],
            cost=sum(part.price for part in parts),
            proposal=proposal_of(self.programme, solution, self.rules),
            parts=tuple(parts),
            rules=self.rules,
        )

    def avoiding(self, ids: Collection[UUID]) -> frozenset[UUID] | None:
        """Return the team with as few of some people as can be; None where there is none."""
        if not self._may_stand():
            return None
        dear = np.array([_DEAR if one.id in ids else 0.0 for one in self.programme.candidates])
        cheap = replace(self.programme, worth=self.programme.worth - dear)
        solution = solve(cheap)
        if solution is None:
            return None
        return frozenset(cheap.candidates[at].id for _, at in solution.places)

    def _may_stand(self) -> bool:
        """Whether counting leaves room for a team."""
        free = self.programme.free
        fit = free.any(axis=0)
        if not free.any(axis=1).all() or fit.sum() < self.programme.n_seats:
            return False
        if self.rules.forced_in - {one for one, _ in self.able}:
            return False
        return all(
            rule.coefficients[:, fit].max(axis=0).sum() >= rule.least
            for rule in self.programme.rules
            if rule.least > 0
        )


def attempt(ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> Attempt:
    """Return the programme of those who fit by some rules, or may be asked by them."""
    held = held_to(ranking, experts, rules)
    people = tuple(one for one in held.people if _is_in(one, experts, rules))
    return Attempt(encode(replace(held, people=people), experts, rules), rules)


def _is_in(one: RankedExpert, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> bool:
    view = experts.get(one.expert_id)
    if view is None:
        return False
    if one.band is Band.NOT:
        return any(seat.days for seat in rules.seats) and _fails_by_dates_only(one)
    if one.band is Band.FIT or rules.asked_later or one.expert_id in rules.forced_in:
        return True
    return view.home_country in rules.asked_of


def _fails_by_dates_only(one: RankedExpert) -> bool:
    failed = [gate for gate in one.gates if gate.outcome is GateOutcome.FAIL]
    return all(gate.gate is Gate.AVAILABILITY for gate in failed)


def in_words(part: Loosening) -> str:
    """Say what is loosened and how many people that lets in: "(2 more people)"."""
    if not part.people:
        return part.words
    people = "1 person" if part.people == 1 else f"{part.people} people"
    more = "1 more person" if part.people == 1 else f"{part.people} more people"
    said = {"ask": f"{people} to ask", "dates": f"{more} free then"}.get(part.kind, more)
    return f"{part.words} ({said})"
