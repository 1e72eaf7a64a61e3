"""Rules that somebody sets for one team: who with whom, how much a year, who comes again.

They stand beside those of the mode (`matching.teams.constraints`) as rows with words and prices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from uuid import UUID

import numpy as np

from matching.arrays import Floats
from matching.teams.constraints import (
    Candidate,
    Rule,
    Shortfall,
    role_label,
    shortfalls,
    team_rules,
    tiled,
)
from roster.read import Load, SeatNeed, TeamRules
from roster.vocabulary import Gate, GateOutcome, SeatRole

PRICES = {"load": 8.0, "rotation": 8.0, "newcomers": 18.0, "returning": 18.0, "pair": 35.0}
"""What it costs to loosen a wish, on the scale of `matching.teams.constraints.PRICES`."""
THEMATIC = frozenset(
    {SeatRole.THEMATIC_EXPERT, SeatRole.TRAINER, SeatRole.DRAFTER, SeatRole.DATA_ANALYST}
)
"""Seats for which the partner institution names a counterpart."""


def all_rules(
    candidates: Sequence[Candidate], rules: TeamRules, beneficiaries: Sequence[str]
) -> tuple[Rule, ...]:
    """Return every rule that binds members to each other: of the mode, and as wished."""
    return (*team_rules(candidates, rules, beneficiaries), *wish_rules(candidates, rules))


def wish_rules(candidates: Sequence[Candidate], rules: TeamRules) -> tuple[Rule, ...]:
    """Return the rules on pairs and groups, on newcomers and on those who come again."""
    built = [rule for group in rules.together for rule in _together(candidates, rules, group)]
    for group in rules.apart:
        row = _row(candidates, group)
        people = tuple(sorted(group))
        built.append(
            Rule(_key("apart", group), "one at most of those kept apart", _tiled(row, rules), -inf,
                 1, PRICES["pair"], "seat people together who are kept apart", people)
        )  # fmt: skip
    if rules.least_newcomers:
        least = rules.least_newcomers
        said = f"rotation: at least {least} never deployed before"
        row = _row(candidates, {one.id for one in candidates if one.view.track.deployments == 0})
        built.append(_least("newcomers", said, row, least, rules))
    if rules.least_returning:
        least = rules.least_returning
        said = f"continuity: at least {least} who served on the Action or the country before"
        again = {load.expert_id for load in rules.loads if load.returning}
        row = _row(candidates, again)
        built.append(_least("returning", said, row, least, rules))
    return tuple(built)


def _together(
    candidates: Sequence[Candidate], rules: TeamRules, group: frozenset[UUID]
) -> Iterable[Rule]:
    """Yield a ring of rows: each of a group comes only with the next, so all do or none."""
    people = sorted(group)
    for one, following in zip(people, [*people[1:], people[0]], strict=True):
        row = _row(candidates, {one}) - _row(candidates, {following})
        yield Rule(
            _key("together", (one, following)), "all of those kept together, or none",
            _tiled(row, rules), -inf, 0, PRICES["pair"],
            "part people who are kept together", tuple(people),
        )  # fmt: skip


def _least(key: str, said: str, row: Floats, least: int, rules: TeamRules) -> Rule:
    return Rule(key, said, _tiled(row, rules), least, inf, PRICES[key], f"give up: {said}")


def _row(candidates: Sequence[Candidate], people: Collection[UUID]) -> Floats:
    return np.array([float(one.id in people) for one in candidates])


def _tiled(row: Floats, rules: TeamRules) -> Floats:
    return tiled(row, len(rules.seats))


def _key(family: str, group: Iterable[UUID]) -> str:
    return f"{family}:{'+'.join(str(one) for one in sorted(group))}"


# --- Who can take a seat --------------------------------------------------------------------------


def lacking(
    candidate: Candidate, seat: SeatNeed, rules: TeamRules, loads: Mapping[UUID, Load]
) -> tuple[Shortfall, ...] | None:
    """Return what keeps somebody from a seat, () for nothing, None for what nothing mends.

    Parameters
    ----------
    loads : `rules.loads` by person
    """
    if candidate.id in rules.conflicts or seat.keeper not in {None, candidate.id}:
        return None
    found = _of_languages(candidate, seat, rules)
    if found is None:
        return None
    if found and enough_days(candidate, seat, rules):
        found = tuple(one for one in found if not one.key.startswith(f"{Gate.AVAILABILITY.value}:"))
    if rules.most_days_a_year is None and rules.most_deployments_a_year is None:
        return found
    load = loads.get(candidate.id, Load(candidate.id))
    return (*found, *_too_much(candidate, seat, rules, load))


def _of_languages(
    candidate: Candidate, seat: SeatNeed, rules: TeamRules
) -> tuple[Shortfall, ...] | None:
    """Return the shortfalls of a seat; of languages of which one is enough, the least of them."""
    if not (seat.one_language and seat.languages):
        return shortfalls(candidate, seat, rules)
    each = [shortfalls(candidate, replace(seat, languages=(one,)), rules) for one in seat.languages]
    possible = [found for found in each if found is not None]
    return min(possible, key=lambda found: sum(one.price for one in found), default=None)


def enough_days(candidate: Candidate, seat: SeatNeed, rules: TeamRules) -> bool:
    """Whether somebody who is away for some of the activity is there for the days of a seat."""
    window = days_of(rules)
    away = [
        gate.distance
        for gate in candidate.ranked.gates
        if gate.gate is Gate.AVAILABILITY and gate.outcome is GateOutcome.FAIL
    ]
    if seat.days is None or window is None or not away or away[0] is None:
        return False
    return window - away[0] >= seat.days


def days_of(rules: TeamRules) -> int | None:
    """Return how many days the activity has; None where its dates are open."""
    if rules.starts is None or rules.ends is None:
        return None
    return (rules.ends - rules.starts).days + 1


def _too_much(
    candidate: Candidate, seat: SeatNeed, rules: TeamRules, load: Load
) -> Iterable[Shortfall]:
    name = candidate.view.display_name
    year = f" in {rules.starts.year}" if rules.starts else " this year"
    most = rules.most_days_a_year
    total = load.days + (seat.days or days_of(rules) or 1)
    if most is not None and total > most:
        told = f"let {name} be out {total} days{year}, {most} are the most"
        yield Shortfall(f"load:{candidate.id}", told, PRICES["load"])
    most = rules.most_deployments_a_year
    if most is not None and load.deployments + 1 > most:
        told = f"send {name} as {role_label(seat.role)} {load.deployments + 1} times{year}"
        yield Shortfall(
            f"rotation:{candidate.id}", f"{told}, {most} are the most", PRICES["rotation"]
        )
