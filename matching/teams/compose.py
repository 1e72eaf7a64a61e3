"""Teams out of a ranking: encode, solve, decode; where none exists, the cheapest ways out.

A proposal obeys every rule. Where no team does, the answer says so with reasons, and which rules to
loosen, cheapest first, each with the team that this would allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np

from matching import relations
from matching.explain import top_reasons
from matching.teams.constraints import (
    MOST_SEATS,
    Candidate,
    Rule,
    candidates_of,
    considered,
    role_label,
    shortfalls,
    team_rules,
)
from matching.teams.programme import Programme, Solution, family, narrowed, solve
from roster.errors import FieldError, InvalidInput
from roster.read import (
    ExpertView,
    Ranking,
    Relaxation,
    RequestView,
    RuleCheck,
    SeatFilled,
    SeatNeed,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import ActivityType, ExpertKind, GateOutcome, SeatRole, TeamMode

MOST_PROPOSALS = 3
MOST_RELAXATIONS = 3
MOST_ALTERNATES = 3
SUITS = 0.01
"""Points for who suits a role: decides who sits where, never who is chosen."""

_ROLE_ACTIVITY = {
    SeatRole.TRAINER: {ActivityType.TRAINING, ActivityType.TRAINING_OF_TRAINERS},
    SeatRole.DRAFTER: {ActivityType.DRAFTING, ActivityType.VALIDATION},
    SeatRole.LEAD: {ActivityType.FACT_FINDING, ActivityType.ASSESSMENT, ActivityType.CONSULTATION},
}


class Composer:
    """Implements `roster.ports.TeamComposer` by `scipy.optimize.milp`; no chance in it."""

    def default_rules(self, mode: TeamMode, request: RequestView, size: int) -> TeamRules:
        """Return the rules of a mode for a request.

        Peer-to-peer seats officials of EU Member States, each from another state. Triangular keeps
        the last seat for an official of a country outside the EU, not the beneficiary's own. Custom
        asks for no kind. The languages are those of the request.

        Raises
        ------
        roster.errors.InvalidInput
            Less than one seat, or fewer than two for a triangular team.
        """
        least = 2 if mode is TeamMode.TRIANGULAR else 1
        if not least <= size <= MOST_SEATS:
            raise InvalidInput(
                f"A {mode.value.replace('_', '-')} team has {least} to {MOST_SEATS} seats.",
                (FieldError("/seats", f"Give {least} to {MOST_SEATS} seats."),),
            )
        eu = frozenset({ExpertKind.EU_ADMINISTRATION})
        south = frozenset({ExpertKind.NON_EU_ADMINISTRATION})
        kinds = eu if mode is TeamMode.PEER_TO_PEER else frozenset()
        seats = [SeatNeed(SeatRole.LEAD, kinds=kinds)]
        seats += [SeatNeed(SeatRole.THEMATIC_EXPERT, kinds=kinds)] * (size - 1)
        if mode is TeamMode.TRIANGULAR:
            seats[-1] = SeatNeed(SeatRole.SOUTHERN_PEER, kinds=south)
        return TeamRules(
            mode=mode,
            seats=tuple(seats),
            least_practitioners=1.0 if mode is TeamMode.PEER_TO_PEER else 0.5,
            everyone_speaks=tuple(need for need in request.languages if need.everyone),
            someone_speaks=tuple(need for need in request.languages if not need.everyone),
            beneficiaries=request.countries,
            starts=request.starts,
            ends=request.ends,
        )

    def compose(
        self, ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules
    ) -> TeamAnswer:
        """Return up to three teams that really differ, or why there is none.

        Raises
        ------
        roster.errors.InvalidInput
            The rules name no seat, or more than `MOST_SEATS`.
        """
        _check_seats(rules)
        whole = encode(ranking, experts, rules)
        reasons = tuple(_reasons(whole, ranking, experts, rules))
        strict = narrowed(whole, MOST_PROPOSALS * max(len(rules.seats), 1))
        found = [] if reasons else _best(strict)
        if not found:
            return _no_team(whole, rules, reasons)
        proposals = [_proposal(strict, one, rules) for one in found]
        best = proposals[0].score
        return TeamAnswer(
            proposals=tuple(replace(p, gives_up=max(0.0, best - p.score)) for p in proposals),
            optimal=all(one.optimal for one in found),
        )

    def why_not(
        self,
        expert_id: UUID,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        answer: TeamAnswer,
    ) -> str:
        """Say in a sentence or two why somebody is in no proposal, or what her place would cost."""
        if any(seat.expert_id == expert_id for one in answer.proposals for seat in one.seats):
            return "Sits in one of the teams proposed."
        person = next((one for one in ranking.people if one.expert_id == expert_id), None)
        if person is None or expert_id not in experts:
            return "Not in this ranking."
        if expert_id in rules.forced_out:
            return "Left out by the rules of this team."
        failed = [g for g in person.gates if g.outcome is not GateOutcome.PASS]
        if failed:
            return " ".join(
                ("Does not fit: " if gate.outcome is GateOutcome.FAIL else "To ask first: ")
                + f"{gate.reason}."
                for gate in failed
            )
        seated = replace(rules, forced_in=rules.forced_in | {expert_id})
        return _cost_of(self.compose(ranking, experts, seated), answer)


def _check_seats(rules: TeamRules) -> None:
    if not 1 <= len(rules.seats) <= MOST_SEATS:
        raise InvalidInput(
            f"A team has 1 to {MOST_SEATS} seats.",
            (FieldError("/seats", f"Give 1 to {MOST_SEATS} seats."),),
        )


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


def _best(programme: Programme) -> list[Solution]:
    found: list[Solution] = []
    while len(found) < MOST_PROPOSALS:
        solution = solve(programme, others=found)
        if solution is None:
            break
        found.append(solution)
    return found


# --- Decode ---------------------------------------------------------------------------------------


def _proposal(programme: Programme, solution: Solution, rules: TeamRules) -> TeamProposal:
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
        if all(_is_kept(rule, [*kept, (seat, at)]) for rule in programme.rules):
            able.append(programme.candidates[at].id)
    return tuple(able)


def _is_kept(rule: Rule, places: Sequence[tuple[int, int]]) -> bool:
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
        state = state if _is_kept(rule, solution.places) else "broken"
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


# --- No team --------------------------------------------------------------------------------------


def _reasons(
    programme: Programme,
    ranking: Ranking,
    experts: Mapping[UUID, ExpertView],
    rules: TeamRules,
) -> list[str]:
    """Return why there can be no team, as far as counting tells; [] where the solver must say."""
    found = list(_forced_reasons(ranking, experts, rules))
    fit = [at for at, one in enumerate(programme.candidates) if considered(one, rules)]
    if len(fit) < len(rules.seats):
        found.append(f"{len(fit)} people fit, {len(rules.seats)} seats are to be filled.")
    for seat, need in enumerate(rules.seats):
        if not any(programme.lacks[seat][at] == () for at in fit):
            found.append(f"Nobody who fits can take the seat of {role_label(need.role)}.")
    for rule in programme.rules:
        row = rule.coefficients[0]
        if rule.least > 0 and sum(row[at] for at in fit) < rule.least:
            found.append(f"Too few who fit for the rule “{rule.words}”.")
    return list(dict.fromkeys(found))


def _forced_reasons(
    ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules
) -> list[str]:
    found = []
    both = rules.forced_in & rules.forced_out
    if both:
        found.append(f"{len(both)} people are both forced in and left out.")
    if len(rules.forced_in) > len(rules.seats):
        found.append(f"{len(rules.forced_in)} people are forced into {len(rules.seats)} seats.")
    ranked = {person.expert_id: person for person in ranking.people}
    for one in sorted(rules.forced_in - rules.forced_out):
        name = experts[one].display_name if one in experts else "Somebody forced in"
        if one not in ranked or one not in experts:
            found.append(f"{name} is not in this ranking.")
            continue
        failed = [g for g in ranked[one].gates if g.outcome is GateOutcome.FAIL]
        found += [f"{name} is forced in but does not fit: {gate.reason}." for gate in failed]
    return found


def _no_team(programme: Programme, rules: TeamRules, reasons: tuple[str, ...]) -> TeamAnswer:
    """Return the cheapest ways out: each next one without what the first would loosen."""
    loose = narrowed(programme, len(rules.seats))
    ways: list[Relaxation] = []
    banned: set[str] = set()
    while len(ways) < MOST_RELAXATIONS:
        solution = solve(loose, elastic=True, banned=banned)
        if solution is None:
            break
        keys, way = _relaxation(loose, solution, rules)
        if not keys <= banned:
            ways.append(way)
        new = {family(key) for key in keys} - banned
        if not new:
            break
        banned |= {max(sorted(new))} if len(new) == 1 else new
    said = reasons or ("Each seat could be filled, but no team keeps all rules together.",)
    return TeamAnswer((), said, tuple(sorted(ways, key=lambda way: way.cost)))


def _relaxation(
    programme: Programme, solution: Solution, rules: TeamRules
) -> tuple[set[str], Relaxation]:
    lacking = {
        one.key: one for seat, at in solution.places for one in programme.lacks[seat][at] or ()
    }
    said = [one.words for one in lacking.values()]
    said += [rule.loosened for rule in solution.broken]
    said += [f"leave the seat of {role_label(rules.seats[at].role)} empty" for at in solution.empty]
    cost = sum(one.price for one in lacking.values()) + sum(r.price for r in solution.broken)
    keys = {*lacking, *(rule.key for rule in solution.broken)}
    keys |= {f"empty:{at}" for at in solution.empty}
    cost += 1000.0 * len(solution.empty)
    words = "; ".join(dict.fromkeys(said))
    return keys, Relaxation(
        words[:1].upper() + words[1:], cost, _proposal(programme, solution, rules)
    )


# --- One person -----------------------------------------------------------------------------------


def _cost_of(with_her: TeamAnswer, answer: TeamAnswer) -> str:
    """Return what the best team of an answer loses by seating somebody."""
    if not with_her.proposals:
        ways = [f"A way: {way.words}." for way in with_her.relaxations[:1]]
        return " ".join([*with_her.reasons, *ways])
    best = max((one.score for one in answer.proposals), default=0.0)
    lost = best - with_her.proposals[0].score
    if lost < 0.05:
        return "There is a team with this person as good as the best."
    return f"The best team with this person is {lost:.0f} points weaker than the best."
