"""A team put together by hand: how it stands to each rule, and who else could take each seat."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from uuid import UUID

import numpy as np

from matching.arrays import Bools, Floats
from matching.teams.coding import encode, proposal_of
from matching.teams.constraints import PRICES
from matching.teams.easing import held_to
from matching.teams.programme import Programme, Solution
from roster.errors import FieldError, InvalidInput
from roster.ports import LookFurther
from roster.read import ExpertView, Offer, Ranking, Seating, TeamRules

MOST_OFFERS = 6
"""People offered for a seat."""
_EPS = 1e-9
_LEAST = min(PRICES.values())
"""Whoever lacks something lacks a day, a level or an answer at least."""


def seat_people(
    ranking: Ranking,
    experts: Mapping[UUID, ExpertView],
    rules: TeamRules,
    people: Sequence[UUID | None],
    beyond: float | None = None,
) -> Seating:
    """Hold who sits where against every rule, and order who else could take each seat.

    Parameters
    ----------
    people : by seat; None leaves a seat open
    beyond : the most points of anybody who is left out of `ranking`; None where nobody is

    Raises
    ------
    roster.ports.LookFurther
        Somebody left out could be offered.
    roster.errors.InvalidInput
        Not one for each seat, somebody twice, or somebody who is not in the ranking.
    """
    seated = frozenset(one for one in people if one is not None)
    left_out = seated & rules.forced_out
    held = held_to(ranking, experts, rules)
    inside = replace(rules, forced_out=rules.forced_out - seated)
    programme = encode(held, experts, inside, beyond)
    places = _places(programme, rules, people)
    empty = tuple(at for at, one in enumerate(people) if one is None)
    broken = tuple(
        rule for rule in programme.rules if not rule.least <= rule.held_by(places) <= rule.most
    )
    solution = Solution(places, broken, empty, optimal=False)
    proposal = proposal_of(programme, solution, replace(rules, forced_out=left_out))
    offers = tuple(_offers(programme, places, seat) for seat in range(len(rules.seats)))
    return Seating(proposal, offers)


def _places(
    programme: Programme, rules: TeamRules, people: Sequence[UUID | None]
) -> tuple[tuple[int, int], ...]:
    named = [one for one in people if one is not None]
    at = {one.id: number for number, one in enumerate(programme.candidates)}
    problem = ""
    if len(people) != len(rules.seats):
        problem = f"{len(rules.seats)} seats need as many places, open ones too."
    elif len(set(named)) != len(named):
        problem = "Nobody can sit in two seats."
    elif any(one not in at for one in named):
        problem = "Somebody here is not in this ranking: rank again, or leave the seat open."
    if problem:
        raise InvalidInput("This team cannot be put together.", (FieldError("/seated", problem),))
    return tuple((seat, at[one]) for seat, one in enumerate(people) if one is not None)


def _offers(
    programme: Programme, places: Sequence[tuple[int, int]], seat: int
) -> tuple[Offer, ...]:
    """Return who could take a seat: those who break nothing more first, then the best of these."""
    if not programme.candidates and programme.unseen is None:
        return ()
    seated = {at for _, at in places}
    sitter = next((at for number, at in places if number == seat), None)
    now = programme.worth[seat, sitter] if sitter is not None else 0.0
    breaks, mends = _changes(programme, places, seat, sitter)
    found: list[Offer] = []
    for at in _cheapest(programme, seat, breaks, seated):
        lacks = [one.words for one in programme.lacks[seat][at] or ()]
        lacks += [rule.words for number, rule in enumerate(programme.rules) if breaks[number, at]]
        found.append(
            Offer(
                expert_id=programme.candidates[at].id,
                score=programme.candidates[at].ranked.score,
                gains=float(programme.worth[seat, at] - now),
                breaks=tuple(dict.fromkeys(lacks)),
                mends=tuple(
                    dict.fromkeys(
                        rule.words
                        for number, rule in enumerate(programme.rules)
                        if mends[number, at]
                    )
                ),
            )
        )
    if programme.unseen is not None and not _are_best(found, programme.unseen - now):
        raise LookFurther
    return tuple(found)


def _are_best(offers: Sequence[Offer], gains: float) -> bool:
    """Whether nobody who gains so much at most could be offered before any of these."""
    return len(offers) == MOST_OFFERS and not offers[-1].breaks and offers[-1].gains >= gains


def _cheapest(
    programme: Programme, seat: int, breaks: Bools, seated: Collection[int]
) -> Iterator[int]:
    """Yield at most `MOST_OFFERS` who could take a seat, the cheapest and then the best first.

    What somebody lacks takes long to be told, so it is asked only of those who could come first
    even if they lacked no more than the cheapest thing there is.
    """
    broken = np.array([rule.price for rule in programme.rules]) @ breaks
    worth, free = programme.worth[seat], programme.free[seat]
    waiting = [
        (float(broken[at]) + (0.0 if free[at] else _LEAST), -float(worth[at]), at, bool(free[at]))
        for at in range(len(programme.candidates))
        if at not in seated
    ]
    heapq.heapify(waiting)
    left = MOST_OFFERS
    while waiting and left:
        _, other, at, is_priced = heapq.heappop(waiting)
        if is_priced:
            left -= 1
            yield at
            continue
        price = programme.price(seat, at)
        if isfinite(price):
            heapq.heappush(waiting, (price + float(broken[at]), other, at, True))


def _changes(
    programme: Programme, places: Sequence[tuple[int, int]], seat: int, sitter: int | None
) -> tuple[Bools, Bools]:
    """Return which rules each candidate in a seat would newly break, and which mend.

    Returns
    -------
    tuple of two arrays
        (n_rules, n_candidates).
    """
    shape = (len(programme.rules), len(programme.candidates))
    breaks, mends = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for number, rule in enumerate(programme.rules):
        held = rule.held_by(places)
        without = held - (rule.coefficients[seat, sitter] if sitter is not None else 0.0)
        then: Floats = without + rule.coefficients[seat]
        kept = (then >= rule.least - _EPS) & (then <= rule.most + _EPS)
        was_kept = rule.least - _EPS <= held <= rule.most + _EPS
        breaks[number], mends[number] = ~kept & was_kept, kept & (not was_kept)
    return breaks, mends
