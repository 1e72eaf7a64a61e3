"""Which states to ask first for a request, with reasons that add up to the order.

What past Actions tell is learnt and measured against the average state; what a state says itself
(`matching.outreach.stances`) is added by a rule and measured against a state that said nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

import numpy as np

from matching.arrays import Bools, Floats
from matching.outreach.history import (
    Nearness,
    Need,
    languages_in_common,
    member_states,
    nearness,
    regions_of,
    shared_languages,
)
from matching.outreach.lenders import MEASURED, RULE, Chances, Past, apart, fit, measure
from matching.outreach.stances import stances_of, unheard
from matching.relations import topics_in
from roster.read import (
    NOTHING_SAID,
    OutreachAdvice,
    OutreachReason,
    PastAction,
    RequestView,
    Stances,
    StateAdvice,
    Told,
)

_HISTORY = (Told.TOPIC, Told.PLACE, Told.REGION, Told.SHARE)


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What past Actions teach, for one day's Member States."""

    past: Past
    weights: Floats
    chances: Chances | None

    @property
    def model(self) -> str:
        return "rule" if np.array_equal(self.weights, RULE) else "learnt"


_LEARNING = Lock()


def _learnt(actions: tuple[PastAction, ...], on: date) -> _Learnt:
    """Return what past Actions teach; who asks while it is learnt waits, and learns nothing twice.

    A second learning beside the first would make both take twice as long.
    """
    with _LEARNING:
        return _learn(actions, on)


@lru_cache(maxsize=8)
def _learn(actions: tuple[PastAction, ...], on: date) -> _Learnt:
    past = Past.of(actions, member_states(on), on)
    rows = np.ones(len(past), dtype=bool)
    use = apart(np.ones((len(past), len(past)), dtype=bool))
    weights = fit(past, use, rows)
    return _Learnt(past, weights, Chances.of(past, weights, use, rows))


class Adviser:
    """Orders the Member States by how readily they lend experts to such a request.

    The states are those of the day that is asked for: a former Member State is not among them.
    Its interests and its answers to calls and to questions for releases add points of their own;
    the chance speaks of past Actions only.
    """

    def advise(
        self,
        request: RequestView,
        actions: Sequence[PastAction],
        on: date,
        stances: Stances = NOTHING_SAID,
    ) -> OutreachAdvice:
        """Order the states for a request.

        Parameters
        ----------
        request : RequestView
        actions : past ones; those that name no state teach nothing and are left out
        on : the day of asking
        stances : what states say themselves
        """
        named = tuple(sorted((one for one in actions if one.states), key=lambda one: one.code))
        learnt = _learnt(named, on)
        need = Need.of_request(request, further_topics(request), on)
        near = nearness([need], learnt.past.needs, on)
        found, scores = _measured(learnt, need, near)
        points = (found - found.mean(axis=0)) * learnt.weights
        chances = learnt.chances.at(scores) if learnt.chances else None
        tally = _Tally(need, named, learnt.past, near)
        said = stances_of(need, stances, learnt.past.states, on)
        totals = points.sum(axis=1) + [math.fsum(one.points for one in row) for row in said]
        order = sorted(range(len(totals)), key=lambda at: (-totals[at], learnt.past.states[at]))
        return OutreachAdvice(
            states=tuple(
                StateAdvice(
                    country=learnt.past.states[at],
                    place=1 + int((totals > totals[at]).sum()),
                    score=float(totals[at]),
                    chance=float(chances[at]) if chances is not None else None,
                    reasons=_ordered((*tally.reasons(at, points[at]), *said[at])),
                )
                for at in order
            ),
            actions=len(named),
            model=learnt.model,
            missing=(*_missing(need, named), *unheard(need, stances)),
        )


def _ordered(reasons: Sequence[OutreachReason]) -> tuple[OutreachReason, ...]:
    """Return reasons, the largest first; ties as they came."""
    return tuple(sorted(reasons, key=lambda one: -one.points))


def further_topics(request: RequestView) -> tuple[str, ...]:
    """Return the topics that the letter speaks of besides those of the request."""
    said = topics_in(f"{request.title}\n{request.text}", request.text_language)
    return tuple(sorted(set(said) - set(request.topics)))


def _measured(learnt: _Learnt, need: Need, near: Nearness) -> tuple[Floats, Floats]:
    """Return the measures of each state, (m, 5), and the scores as the chances know them, (m,)."""
    past = learnt.past
    speaks = languages_in_common([need], past.states)
    use: Bools = np.ones((1, len(past)), dtype=bool)
    # Rounded, so that states of whom the same is known stand level whatever the order of sums.
    found = np.round(measure(near, speaks, past.sent, use)[0], 12)
    return found, found @ learnt.weights


def _missing(need: Need, actions: Sequence[PastAction]) -> tuple[Told, ...]:
    silent = set() if actions else set(_HISTORY)
    if not need.topics:
        silent.add(Told.TOPIC)
    if not need.countries:
        silent |= {Told.PLACE, Told.REGION}
    if not need.countries and not need.languages:
        silent.add(Told.LANGUAGE)
    return tuple(one for one in MEASURED if one in silent)


class _Tally:
    """Counts past Actions of each kind, as people count them: whole, without weights."""

    def __init__(
        self, need: Need, actions: Sequence[PastAction], past: Past, near: Nearness
    ) -> None:
        self._need = need
        self._past = past
        self._years = [one.starts.year if one.starts else None for one in actions]
        asked = set(need.topics)
        regions = regions_of(need.countries)
        self._kinds: dict[Told, Bools] = {
            Told.TOPIC: np.array([bool(asked & set(one.topics)) for one in past.needs], bool),
            Told.PLACE: near.place[0] > 0,
            Told.REGION: np.array(
                [bool(regions & regions_of(one.countries)) for one in past.needs], bool
            ),
            Told.SHARE: np.ones(len(past), bool),
        }

    def reasons(self, state: int, points: Floats) -> tuple[OutreachReason, ...]:
        """Return the reasons of one state in the order of `MEASURED`."""
        return tuple(
            self._reason(one, state, float(value))
            for one, value in zip(MEASURED, points, strict=True)
        )

    def _reason(self, told: Told, state: int, points: float) -> OutreachReason:
        if told is Told.LANGUAGE:
            code = self._past.states[state]
            return OutreachReason(told, points, names=shared_languages(self._need, code))
        kind = self._kinds[told]
        came = kind & (self._past.sent[:, state] > 0)
        years = [self._years[at] for at in np.flatnonzero(came)]
        return OutreachReason(
            told,
            points,
            supplied=int(came.sum()),
            of=int(kind.sum()),
            latest=max((one for one in years if one is not None), default=None),
            names=self._names(told),
        )

    def _names(self, told: Told) -> tuple[str, ...]:
        if told is Told.PLACE:
            return self._need.countries
        if told is Told.REGION:
            return tuple(sorted(regions_of(self._need.countries)))
        return ()
