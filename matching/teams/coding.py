"""A team as a programme, and back: what each seat is worth, who sits where and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from matching import relations
from matching.explain import top_reasons
from matching.teams.constraints import Candidate, Rule, candidates_of, shortfalls, team_rules
from matching.teams.programme import Programme, Solution, family
from roster.read import (
    ExpertView,
    Ranking,
    RuleCheck,
    SeatFilled,
    SeatNeed,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import ActivityType, ExpertKind, SeatRole

MOST_ALTERNATES = 3
SUITS = 0.01
"""Points for who suits a role: decides who sits where, never who is chosen."""

_ROLE_ACTIVITY = {
    SeatRole.TRAINER: {ActivityType.TRAINING, ActivityType.TRAINING_OF_TRAINERS},
    SeatRole.DRAFTER: {ActivityType.DRAFTING, ActivityType.VALIDATION},
    SeatRole.LEAD: {ActivityType.FACT_FINDING, ActivityType.ASSESSMENT, ActivityType.CONSULTATION},
}


# --- Encode ---------------------------------------------------------------------------------------


def encode(ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> Programme:
    """Return the programme of everybody who is not forced out."""
    people = candidates_of(ranking, experts, rules)
    beneficiaries = rules.beneficiaries or ranking.request.countries
    worth = np.array([[_worth(one, seat) for one in people] for seat in rules.seats])
    return Programme(
        candidates=people,
        lacks=tuple(tuple(shortfalls(one, seat, rules) for one in people) for seat in rules.seats),
        worth=worth.reshape(len(rules.seats), len(people)),
        rules=team_rules(people, rules, beneficiaries),
        forced=tuple(at for at, one in enumerate(people) if one.id in rules.forced_in),
    )


def _worth(candidate: Candidate, seat: SeatNeed) -> float:
    done = {item.value.activity for item in candidate.view.activities}
    suits = bool(done & _ROLE_ACTIVITY.get(seat.role, set()))
    is_south = candidate.kind is ExpertKind.NON_EU_ADMINISTRATION
    suits = suits or (seat.role is SeatRole.SOUTHERN_PEER and is_south)
    return candidate.ranked.score + SUITS * suits


# --- Decode ---------------------------------------------------------------------------------------


def proposal_of(programme: Programme, solution: Solution, rules: TeamRules) -> TeamProposal:
    """Return a solution as a team: who sits where and why, how it stands to each rule."""
    seats = tuple(
        SeatFilled(
            seat=rules.seats[seat],
            expert_id=programme.candidates[at].id,
            score=programme.candidates[at].ranked.score,
            reasons=top_reasons(programme.candidates[at].ranked.contributions),
            alternates=_alternates(programme, solution, seat),
        )
        for seat, at in solution.places
    )
    score = sum(filled.score for filled in seats)
    return TeamProposal(seats, score, 0.0, _checks(programme, solution, rules))


def _alternates(programme: Programme, solution: Solution, seat: int) -> tuple[UUID, ...]:
    """Return who could step in for one member with every rule kept, best first."""
    seated = {at for _, at in solution.places}
    kept = [place for place in solution.places if place[0] != seat]
    free = [
        at for at, found in enumerate(programme.lacks[seat]) if found == () and at not in seated
    ]
    free.sort(key=lambda at: (-programme.worth[seat, at], at))
    able: list[UUID] = []
    for at in free:
        if len(able) == MOST_ALTERNATES:
            break
        if all(is_kept(rule, [*kept, (seat, at)]) for rule in programme.rules):
            able.append(programme.candidates[at].id)
    return tuple(able)


def is_kept(rule: Rule, places: Sequence[tuple[int, int]]) -> bool:
    """Whether who sits where keeps a rule."""
    return rule.least <= rule.held_by(places) <= rule.most


def _checks(programme: Programme, solution: Solution, rules: TeamRules) -> tuple[RuleCheck, ...]:
    """Hold a team against each rule; "tight" is a rule that one member less or more would break."""
    checks = [_seats_check(solution, rules)]
    checks += [
        _cap_check(programme, solution, name, most)
        for name, most in (
            ("country", rules.most_per_country),
            ("office", rules.most_per_administration),
        )
    ]
    for rule in programme.rules:
        if family(rule.key) in {"country", "office"}:
            continue
        held = rule.held_by(solution.places)
        state = "kept" if held not in (rule.least, rule.most) else "tight"
        state = state if is_kept(rule, solution.places) else "broken"
        checks.append(RuleCheck(rule.words, state, f"{held:.0f} of {len(rules.seats)}"))
    for need in rules.everyone_speaks:
        name = f"everyone speaks {relations.language_label(need.language)} {need.minimum.value}"
        lacking = [
            one.words
            for seat, at in solution.places
            for one in programme.lacks[seat][at] or ()
            if need.language in one.key or relations.language_label(need.language) in one.words
        ]
        checks.append(RuleCheck(name, "broken" if lacking else "kept", "; ".join(lacking)))
    return tuple(checks)


def _seats_check(solution: Solution, rules: TeamRules) -> RuleCheck:
    state = "broken" if solution.empty else "kept"
    return RuleCheck("every seat is filled", state, f"{len(solution.places)} of {len(rules.seats)}")


def _cap_check(programme: Programme, solution: Solution, name: str, most: int) -> RuleCheck:
    people = [programme.candidates[at] for _, at in solution.places]
    held = Counter(one.country if name == "country" else one.office for one in people)
    held.pop(None, None)
    largest = max(held.values(), default=0)
    state = "broken" if largest > most else "tight" if largest == most else "kept"
    what = "country" if name == "country" else "administration"
    return RuleCheck(
        f"at most {most} per {what}", state, f"{len(held)} different, {largest} of one"
    )
