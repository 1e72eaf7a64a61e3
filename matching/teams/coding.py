"""A team as a programme, and back: what each seat is worth, who sits where and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import numpy as np

from matching import relations
from matching.arrays import Floats
from matching.explain import top_reasons
from matching.teams.constraints import Candidate, Rule, candidates_of, day_of
from matching.teams.fitting import Shortfalls
from matching.teams.programme import Programme, Solution, family
from matching.teams.sifting import TOLERANCE
from matching.teams.southern import southern_reasons
from matching.teams.wishes import THEMATIC, all_rules
from roster.read import (
    ExpertView,
    LanguageNeed,
    Ranking,
    RuleCheck,
    SeatFilled,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import ActivityType, ExpertKind, GateOutcome, SeatRole, TeamMode

MOST_ALTERNATES = 3
_LOOKED_AT = 256
"""People looked at together for an alternate."""
SUITS = 0.01
"""Points for who suits a role: decides who sits where, never who is chosen."""

_ROLE_ACTIVITY = {
    SeatRole.TRAINER: {ActivityType.TRAINING, ActivityType.TRAINING_OF_TRAINERS},
    SeatRole.DRAFTER: {ActivityType.DRAFTING, ActivityType.VALIDATION},
    SeatRole.LEAD: {ActivityType.FACT_FINDING, ActivityType.ASSESSMENT, ActivityType.CONSULTATION},
}


# --- Encode ---------------------------------------------------------------------------------------


def encode(
    ranking: Ranking,
    experts: Mapping[UUID, ExpertView],
    rules: TeamRules,
    beyond: float | None = None,
) -> Programme:
    """Return the programme of everybody who is not forced out.

    Parameters
    ----------
    beyond : the most points of anybody who is left out of `ranking`; None where nobody is
    """
    people = candidates_of(ranking, experts, rules)
    beneficiaries = rules.beneficiaries or ranking.request.countries
    worth = {role: _worths(people, role) for role in {seat.role for seat in rules.seats}}
    return Programme(
        candidates=people,
        lacks=Shortfalls.of(people, rules),
        worth=np.array([worth[seat.role] for seat in rules.seats], dtype=float).reshape(
            len(rules.seats), len(people)
        ),
        rules=all_rules(people, rules, beneficiaries),
        forced=tuple(at for at, one in enumerate(people) if one.id in rules.forced_in),
        request=ranking.request,
        day=day_of(ranking, rules),
        unseen=None if beyond is None else beyond + SUITS + TOLERANCE,
    )


def _worths(people: Sequence[Candidate], role: SeatRole) -> Floats:
    """Return what each is worth in a seat: her score, and a trifle where she suits the role."""
    scores = np.array([one.ranked.score for one in people], dtype=float)
    done = _ROLE_ACTIVITY.get(role)
    if done:
        did = ([item.value.activity for item in one.view.activities] for one in people)
        return scores + SUITS * np.array([not done.isdisjoint(one) for one in did], dtype=float)
    if role is SeatRole.SOUTHERN_PEER:
        south = ExpertKind.NON_EU_ADMINISTRATION
        return scores + SUITS * np.array([one.kind is south for one in people], dtype=float)
    return scores


# --- Decode ---------------------------------------------------------------------------------------


def proposal_of(programme: Programme, solution: Solution, rules: TeamRules) -> TeamProposal:
    """Return a solution as a team: who sits where and why, how it stands to each rule."""
    seats = tuple(
        SeatFilled(
            seat=rules.seats[seat],
            expert_id=programme.candidates[at].id,
            score=programme.candidates[at].ranked.score,
            reasons=_why(programme, seat, at, rules),
            alternates=_alternates(programme, solution, seat),
            at=seat,
        )
        for seat, at in solution.places
    )
    score = sum(filled.score for filled in seats)
    return TeamProposal(seats, score, 0.0, _checks(programme, solution, rules))


def _why(programme: Programme, seat: int, at: int, rules: TeamRules) -> tuple[str, ...]:
    """Return why somebody sits there; of the Southern peer first what the countries share."""
    one = programme.candidates[at]
    reasons = top_reasons(one.ranked.contributions)
    is_south = rules.seats[seat].role is SeatRole.SOUTHERN_PEER or rules.mode is TeamMode.TRIANGULAR
    request = programme.request
    if request is None or programme.day is None or not is_south:
        return reasons
    if one.kind is not ExpertKind.NON_EU_ADMINISTRATION:
        return reasons
    beneficiaries = rules.beneficiaries or request.countries
    shared = southern_reasons(one.view, request, beneficiaries, programme.day)
    return (*shared, *reasons)


def _alternates(programme: Programme, solution: Solution, seat: int) -> tuple[UUID, ...]:
    """Return who could step in for one member with every rule kept, best first."""
    seated = {at for _, at in solution.places}
    kept = [place for place in solution.places if place[0] != seat]
    free = np.array(
        [at for at in np.flatnonzero(programme.free[seat]).tolist() if at not in seated], np.int64
    )
    free = free[np.argsort(-programme.worth[seat, free], kind="stable")]
    able: list[UUID] = []
    for start in range(0, len(free), _LOOKED_AT):
        some = free[start : start + _LOOKED_AT]
        keeps = programme.kept_by(kept, seat, some)
        able += [programme.candidates[at].id for at in some[keeps]]
        if len(able) >= MOST_ALTERNATES:
            break
    return tuple(able[:MOST_ALTERNATES])


def is_kept(rule: Rule, places: Sequence[tuple[int, int]]) -> bool:
    """Whether who sits where keeps a rule."""
    return rule.least <= rule.held_by(places) <= rule.most


def _checks(programme: Programme, solution: Solution, rules: TeamRules) -> tuple[RuleCheck, ...]:
    """Hold a team against each rule; "tight" is a rule that one member less or more would break."""
    checks = [_seats_check(solution, rules), *_named_checks(programme, solution, rules)]
    checks += [
        _cap_check(programme, solution, name, most)
        for name, most in (
            ("country", rules.most_per_country),
            ("office", rules.most_per_administration),
        )
    ]
    told: dict[str, RuleCheck] = {}
    for rule in programme.rules:
        if family(rule.key) in {"country", "office"}:
            continue
        check = _rule_check(rule, solution, len(rules.seats))
        # A ring of rows that keep a group together is one rule; the broken row speaks for it.
        ring = f"{check.rule}{check.people}"
        if check.state == "broken" or ring not in told:
            told[ring] = check
    checks += told.values()
    checks += [_everyone_check(programme, solution, need) for need in rules.everyone_speaks]
    checks += _own_checks(programme, solution, rules)
    return (*checks, *_counterparts_check(rules))


def _named_checks(
    programme: Programme, solution: Solution, rules: TeamRules
) -> Iterator[RuleCheck]:
    """Yield whether those asked in sit in the team, and those left out do not."""
    seated = {programme.candidates[at].id for _, at in solution.places}
    if rules.forced_in:
        missing = rules.forced_in - seated
        said = f"{len(rules.forced_in) - len(missing)} of {len(rules.forced_in)}"
        state = "broken" if missing else "kept"
        yield RuleCheck("who must be in is in", state, said, tuple(sorted(missing)))
    inside = rules.forced_out & seated
    if inside:
        yield RuleCheck("who stays out is out", "broken", "", tuple(sorted(inside)))


def _rule_check(rule: Rule, solution: Solution, n_seats: int) -> RuleCheck:
    held = rule.held_by(solution.places)
    family_name = family(rule.key)
    if family_name == "together":
        state = "kept" if is_kept(rule, solution.places) else "broken"
        return RuleCheck(rule.words, state, "", rule.people)
    is_tight = held == rule.least or (held == rule.most and rule.most > 0)
    state = "tight" if is_tight else "kept"
    state = state if is_kept(rule, solution.places) else "broken"
    return RuleCheck(rule.words, state, f"{held:.0f} of {n_seats}", rule.people)


def _everyone_check(programme: Programme, solution: Solution, need: LanguageNeed) -> RuleCheck:
    name = relations.language_label(need.language)
    lacking_it = tuple(
        programme.candidates[at].id
        for seat, at in solution.places
        for one in programme.lacks[seat][at] or ()
        if need.language in one.key.split(":") or name in one.words
    )
    held = len(solution.places) - len(set(lacking_it))
    return RuleCheck(
        f"everyone speaks {name} {need.minimum.value}",
        "broken" if lacking_it else "kept",
        f"{held} of {len(solution.places)}",
        tuple(dict.fromkeys(lacking_it)),
    )


_OWN = {
    "availability": "everybody is free on the dates",
    "status": "everybody stands active on the roster",
    "excluded": "nobody is on the exclusion list",
    "conflict": "nobody has a conflict of interest",
    "release": "everybody is released",
    "keeper": "who keeps a seat sits there",
    "ask": "nothing has to be asked first",
    "kind": "each seat has the kind of expert it asks for",
    "topics": "each seat has experience in its topics",
    "activities": "each seat has done what it is for",
    "load": "nobody is out more days a year than the most",
    "rotation": "nobody is sent more often a year than the most",
}


def _own_checks(programme: Programme, solution: Solution, rules: TeamRules) -> list[RuleCheck]:
    """Return what members lack of themselves, one check per condition."""
    found: dict[str, list[UUID]] = {}
    for seat, at in solution.places:
        lacks = programme.lacks[seat][at]
        failed = _hopeless(programme.candidates[at], rules) if lacks is None else ()
        for key in (*failed, *(family(one.key) for one in lacks or ())):
            if key in _OWN:
                found.setdefault(key, []).append(programme.candidates[at].id)
    n = len(solution.places)
    return [
        RuleCheck(
            _OWN[key],
            "open" if key == "ask" else "broken",
            f"{n - len(set(people))} of {n}",
            tuple(dict.fromkeys(people)),
        )
        for key, people in found.items()
    ]


def _hopeless(one: Candidate, rules: TeamRules) -> tuple[str, ...]:
    """Return what keeps somebody from every seat, or from this one, and nothing mends."""
    if one.id in rules.conflicts:
        return ("conflict",)
    failed = [gate.gate.value for gate in one.ranked.gates if gate.outcome is GateOutcome.FAIL]
    return tuple(failed) or ("keeper",)


def _counterparts_check(rules: TeamRules) -> list[RuleCheck]:
    """Return whether the partner has named somebody for each thematic seat."""
    thematic = [seat for seat in rules.seats if seat.role in THEMATIC]
    if not thematic:
        return []
    named = sum(seat.counterpart is not None for seat in thematic)
    return [
        RuleCheck(
            "a counterpart is named for each thematic seat",
            "kept" if named == len(thematic) else "open",
            f"{named} of {len(thematic)}",
        )
    ]


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
