"""The conditions of a request as the rules of a team have them: other dates, languages, asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from uuid import UUID

import numpy as np

from matching.arrays import Bools
from matching.calendars import Calendars, calendars_of
from matching.gates import (
    availability_gate,
    band_of,
    language_gate,
    release_gate,
    window_of,
)
from roster.read import (
    ExpertView,
    GateResult,
    LanguageNeed,
    RankedExpert,
    Ranking,
    RequestView,
    TeamRules,
)
from roster.vocabulary import Gate, GateOutcome

_DATED = frozenset({Gate.AVAILABILITY, Gate.RELEASE})


def held_to(ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> Ranking:
    """Return a ranking with everybody held against the dates and languages of the rules.

    The same ranking where the rules have those of the request. Scores stay as they are: who is
    free at another time suits the work as well as before. People whose view is not given stay as
    they were ranked.
    """
    asked = ranking.request
    there = _on_dates(asked, rules)
    spoken = _spoken(asked, rules)
    moved = (there.starts, there.ends) != (asked.starts, asked.ends)
    if not moved and spoken == asked.languages:
        return ranking
    there = replace(there, languages=spoken)
    people = tuple(
        _again(one, experts[one.expert_id], there, moved=moved, spoken=spoken != asked.languages)
        if one.expert_id in experts
        else one
        for one in ranking.people
    )
    return replace(ranking, request=there, people=people)


def is_eased(request: RequestView, rules: TeamRules) -> bool:
    """Whether the rules let people in whom the ranking of a request does not call fit."""
    if rules.asked_of or rules.asked_later:
        return True
    there = _on_dates(request, rules)
    moved = (there.starts, there.ends) != (request.starts, request.ends)
    return moved or _spoken(request, rules) != request.languages


def _on_dates(request: RequestView, rules: TeamRules) -> RequestView:
    if rules.starts is None and rules.ends is None:
        return request
    return replace(request, starts=rules.starts, ends=rules.ends)


def _spoken(request: RequestView, rules: TeamRules) -> tuple[LanguageNeed, ...]:
    """Return the languages of a request with what the rules say of them instead."""
    needs = (_bound(need, rules) for need in request.languages)
    return tuple(need for need in needs if need is not None)


def _bound(need: LanguageNeed, rules: TeamRules) -> LanguageNeed | None:
    if need.language in rules.interpreted:
        return None
    for one in (*rules.everyone_speaks, *rules.someone_speaks):
        if one.language == need.language:
            return one
    return need


def _again(
    person: RankedExpert, view: ExpertView, there: RequestView, *, moved: bool, spoken: bool
) -> RankedExpert:
    """Return a person with the conditions that changed held again."""
    gates = list(person.gates)
    if moved:
        gates = [_on_other_days(gate, view, there) for gate in gates]
    if spoken:
        told = [language_gate(view, need) for need in there.languages if need.everyone]
        gates = told + [gate for gate in gates if gate.gate is not Gate.LANGUAGE]
    return replace(person, gates=tuple(gates), band=band_of(gates))


def _on_other_days(gate: GateResult, view: ExpertView, there: RequestView) -> GateResult:
    if gate.gate is Gate.AVAILABILITY:
        return availability_gate(view, there)
    return release_gate(view, there) if gate.gate is Gate.RELEASE else gate


# --- Who could be let in --------------------------------------------------------------------------


def asked_about(experts: Mapping[UUID, ExpertView], rules: TeamRules) -> frozenset[str]:
    """Return the countries of people whose focal points are not to be asked yet."""
    if rules.asked_later:
        return frozenset()
    homes = {view.home_country for view in experts.values()}
    return frozenset(code for code in homes if code and code not in rules.asked_of)


def only_busy(ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> Ranking:
    """Return a ranking with those only whom nothing but the dates may keep out.

    On other days the others are kept out as well, so they need not be looked at again.
    """
    held = held_to(ranking, experts, rules)
    people = tuple(
        was
        for was, one in zip(ranking.people, held.people, strict=True)
        if one.expert_id in rules.forced_in
        or all(
            gate.outcome is GateOutcome.PASS
            or gate.gate in _DATED
            or (gate.outcome is GateOutcome.UNKNOWN and _is_asked(one, experts, rules))
            for gate in one.gates
        )
    )
    return replace(ranking, people=people)


def _is_asked(one: RankedExpert, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> bool:
    view = experts.get(one.expert_id)
    return rules.asked_later or (view is not None and view.home_country in rules.asked_of)


class OtherDays:
    """People held against other days: calendars are laid out once, for many days to be tried.

    Parameters
    ----------
    ranking : those whom nothing but the dates may keep out
    experts : the views of everybody in it
    """

    def __init__(self, ranking: Ranking, experts: Mapping[UUID, ExpertView]) -> None:
        self._ranking, self._experts = ranking, experts

    def on(self, rules: TeamRules) -> Ranking:
        """Return the ranking without those whose calendar keeps them out on the days of the rules.

        Whoever is left is not yet known to fit; whoever is not could take no seat.
        """
        asked = self._ranking.request
        there = _on_dates(asked, rules)
        window = window_of(there)
        moved = (there.starts, there.ends) != (asked.starts, asked.ends)
        if window is None or not moved or any(seat.days for seat in rules.seats):
            return self._ranking
        away = self._calendars.lost(*window) > 0
        known = self._calendars.known_until >= window[1].toordinal()
        sure = known & ~self._calendars.touched(*window)
        stays = ~self._has_days | (~away & (sure | self._may_be_asked(rules)))
        people = self._ranking.people
        return replace(
            self._ranking, people=tuple(people[at] for at in np.flatnonzero(stays).tolist())
        )

    def _may_be_asked(self, rules: TeamRules) -> Bools:
        asked = (
            one.expert_id in rules.forced_in or _is_asked(one, self._experts, rules)
            for one in self._ranking.people
        )
        return np.fromiter(asked, dtype=bool, count=len(self._ranking.people))

    @cached_property
    def _calendars(self) -> Calendars:
        held = calendars_of([self._experts[one.expert_id] for one in self._ranking.people])
        return held.without(self._ranking.request.action_id)

    @cached_property
    def _has_days(self) -> Bools:
        """Of whom the ranking says whether they are free."""
        held = (
            any(gate.gate is Gate.AVAILABILITY for gate in one.gates)
            for one in self._ranking.people
        )
        return np.fromiter(held, dtype=bool, count=len(self._ranking.people))
