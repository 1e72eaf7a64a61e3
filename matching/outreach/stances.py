"""What states say themselves, in points: a rule of its own, learnt from nothing.

The past Actions tell neither of interests nor of refusals, so no weight here is fitted: an interest
lifts, an answer to a call or to a question for a release moves a state by how unlike it is to what
the others answer. Whatever was said fades; a state of which nothing is known has no points.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.arrays import DAYS_PER_YEAR
from matching.outreach.history import Need, topic_overlap
from roster.read import Heard, InterestView, OutreachReason, Stances, StateAnswer, Told
from roster.reference import regions
from roster.vocabulary import RefusalReason

STANCES = (Told.INTEREST, Told.CALLS, Told.RELEASES)
WEIGHTS: Mapping[Told, float] = {Told.INTEREST: 1.0, Told.CALLS: 0.5, Told.RELEASES: 0.25}
"""Set beforehand. Calls count half of what they would were the past Actions not their outcome, too;
releases half of that: whom a state nominates, it mostly means to release."""
INTEREST_YEARS = 2.0
"""Half-life of an interest."""
_OF_ITS_OWN = 2.0
"""Answers that the rate of the others is worth in a state's own."""
_OF_THE_OTHERS = 4.0
"""Answers that one yes in two is worth in the rate of the others."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Bearing:
    """What an answer of a kind counts for another request."""

    elsewhere: float
    """Where the two have no topic in common."""
    same: float
    """Where they have the same topics."""
    years: float
    """Half-life."""


_AGREED = _Bearing(0.5, 1.0, 2.0)
_SILENT = _Bearing(0.5, 0.5, 1.0)
_OTHERWISE = _Bearing(0.5, 0.5, 1.0)
_REFUSED: Mapping[RefusalReason, _Bearing] = {
    # Nobody free at that time says little of another time; no interest is about the topic.
    RefusalReason.STAFF: _Bearing(0.5, 0.5, 0.5),
    RefusalReason.AVAILABILITY: _Bearing(0.5, 0.5, 0.5),
    RefusalReason.INTEREST: _Bearing(0.0, 1.0, 2.0),
    RefusalReason.OTHER: _OTHERWISE,
}


def stances_of(
    need: Need, stances: Stances, states: Sequence[str], on: date
) -> tuple[tuple[OutreachReason, ...], ...]:
    """Return for each state what its own words count for a need, in the order of `STANCES`.

    Parameters
    ----------
    on : the day of asking, from which everything fades backwards
    """
    said = {one.country: one for one in stances.interests}
    calls = _answers(Told.CALLS, need, stances.calls, states, on)
    releases = _answers(Told.RELEASES, need, stances.releases, states, on)
    return tuple(
        (_interest(need, said.get(state), on), calls[state], releases[state]) for state in states
    )


def unheard(need: Need, stances: Stances) -> tuple[Told, ...]:
    """Return the stances that can move nobody: no state said anything, or the need says nothing."""
    silent = {
        Told.INTEREST: not stances.interests or not (need.topics or need.countries),
        Told.CALLS: not stances.calls,
        Told.RELEASES: not stances.releases,
    }
    return tuple(one for one in STANCES if silent[one])


def _faded(day: date, on: date, half_life_years: float) -> float:
    years = max((on - day).days, 0) / DAYS_PER_YEAR
    return float(0.5 ** (years / half_life_years))


# --- Interests ------------------------------------------------------------------------------------


def _interest(need: Need, said: InterestView | None, on: date) -> OutreachReason:
    """Return what an interest counts: topics one half, places the other; what is not named, none.

    Measured by the request, so that naming more never counts less; other interests are no "no".
    """
    if said is None or not (said.topics or said.regions):
        return OutreachReason(Told.INTEREST, 0.0)
    wanted = tuple(sorted(set(need.topics) & set(said.topics)))
    places = {one: _named(one, said.regions) for one in need.countries}
    topics = math.fsum(need.topics[one] for one in wanted)
    shares = (
        topics / math.fsum(need.topics.values()) if need.topics else 0.0,
        sum(name is not None for name in places.values()) / len(places) if places else 0.0,
    )
    day = said.updated_at.date()
    worth = WEIGHTS[Told.INTEREST] * sum(shares) / 2 * _faded(day, on, INTEREST_YEARS)
    where = sorted({name for name in places.values() if name is not None})
    return OutreachReason(Told.INTEREST, round(worth, _DIGITS), names=(*wanted, *where), on=day)


def _named(country: str, named: Sequence[str]) -> str | None:
    """Return under which name a country stands among places: its own, or its sub-region's."""
    if country in named:
        return country
    within = regions.subregion_of(country)
    return within if within in named else None


# --- Answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One answer, and what it counts."""

    answer: StateAnswer
    weight: float


def _answers(
    told: Told, need: Need, answers: Iterable[StateAnswer], states: Sequence[str], on: date
) -> Mapping[str, OutreachReason]:
    """Return by state how its answers differ from those of the others.

    The logarithm of its rate of yes, drawn towards that of the others by two answers, out of that
    rate; the others' is drawn towards one in two by four. Its own answers are not among the
    others', so that no refusal can lift it.
    """
    weighed: dict[str, list[_Weighed]] = {state: [] for state in states}
    for one in _weighed(need, answers, on):
        if one.weight > 0 and one.answer.country in weighed:
            weighed[one.answer.country].append(one)
    yes = {
        state: _sum(one for one in found if one.answer.agreed) for state, found in weighed.items()
    }
    every = {state: _sum(found) for state, found in weighed.items()}
    all_yes, all_every = math.fsum(yes.values()), math.fsum(every.values())
    reasons = {}
    for state, found in weighed.items():
        others = (max(all_yes - yes[state], 0.0), max(all_every - every[state], 0.0))
        rate = (others[0] + _OF_THE_OTHERS / 2) / (others[1] + _OF_THE_OTHERS)
        own = (yes[state] + _OF_ITS_OWN * rate) / (every[state] + _OF_ITS_OWN)
        worth = WEIGHTS[told] * math.log(own / rate) if found else 0.0
        heard = _heard([one.answer for one in found])
        reasons[state] = OutreachReason(told, round(worth, _DIGITS), heard=heard)
    return reasons


def _sum(weighed: Iterable[_Weighed]) -> float:
    return math.fsum(one.weight for one in weighed)


def _weighed(need: Need, answers: Iterable[StateAnswer], on: date) -> list[_Weighed]:
    """Weigh answers by what they are, how near their request comes to the need, and their age."""
    given = list(answers)
    asked = sorted({one.topics for one in given})
    past = [Need((), dict.fromkeys(topics, 1.0), frozenset(), None) for topics in asked]
    overlap = topic_overlap([need], past)[0] if past else np.zeros(0)
    near = dict(zip(asked, overlap.tolist(), strict=True))
    return [_Weighed(one, _weight(one, near[one.topics], on)) for one in given]


def _weight(answer: StateAnswer, overlap: float, on: date) -> float:
    bearing = _bearing(answer)
    nearness = bearing.elsewhere + (bearing.same - bearing.elsewhere) * overlap
    return nearness * _faded(answer.on, on, bearing.years)


def _bearing(answer: StateAnswer) -> _Bearing:
    if answer.agreed is None:
        return _SILENT
    if answer.agreed:
        return _AGREED
    return _REFUSED[answer.reason] if answer.reason else _OTHERWISE


def _heard(answers: Sequence[StateAnswer]) -> Heard:
    refused = [one for one in answers if one.agreed is False]
    why = Counter(one.reason for one in refused if one.reason)
    order = list(RefusalReason)
    return Heard(
        agreed=sum(one.agreed is True for one in answers),
        declined=len(refused),
        silent=sum(one.agreed is None for one in answers),
        why=tuple(sorted(why, key=lambda one: (-why[one], order.index(one)))),
        latest=max((one.on for one in answers), default=None),
    )
