"""Teams out of a ranking: encode, solve, decode; where none exists, the cheapest ways out.

A proposal obeys every rule. Where no team does, the answer says so with reasons, and which rules to
loosen, cheapest first, each with the team that this would allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter, thread_time
from uuid import UUID

from matching.gates import days_in_words
from matching.teams.coding import MOST_ALTERNATES, encode, proposal_of
from matching.teams.constraints import (
    MOST_SEATS,
    considered,
    role_label,
)
from matching.teams.easing import held_to
from matching.teams.programme import (
    TIME_LIMIT_S,
    Programme,
    Search,
    Solution,
    best_team,
    family,
    narrowed,
    solve,
)
from matching.teams.relaxations import LIMIT_S, WaysOut, find_ways
from matching.teams.seating import seat_people
from matching.teams.shortages import short_of
from matching.teams.sifting import TOLERANCE
from roster.errors import FieldError, InvalidInput
from roster.ports import LookFurther
from roster.read import (
    ExpertView,
    Loosening,
    Ranking,
    Relaxation,
    RequestView,
    RuleCheck,
    Seating,
    SeatNeed,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import ExpertKind, GateOutcome, SeatRole, TeamMode

MOST_PROPOSALS = 3
MOST_RELAXATIONS = 3
LEAST_SEARCH_S = 0.5
"""Seconds for each further team, however long the first took."""
_UNDECIDED = (
    "No team was found in {:.3g} seconds, and whether there is one is not known: ask for fewer "
    "seats, or force somebody in."
)
_AHEAD = "the activity lies ahead"
_TOGETHER = "Each seat could be filled, but no team keeps all rules together."


class Composer:
    """Implements `roster.ports.TeamComposer` by `scipy.optimize.milp`; no chance in it.

    Parameters
    ----------
    limit_s : seconds for the teams of an answer, after which the best so far are told with their
        gap; further teams get half a second each all the same
    """

    def __init__(self, limit_s: float = TIME_LIMIT_S) -> None:
        self._limit_s = limit_s

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
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        *,
        ways_out: bool = True,
        beyond: float | None = None,
    ) -> TeamAnswer:
        """Return up to three teams that really differ, or why there is none.

        Parameters
        ----------
        ways_out : False: where there is no team, only that is said, neither why nor what helps
        beyond : the most points of anybody who is left out of `ranking`; None where nobody is

        Raises
        ------
        roster.ports.LookFurther
            Somebody left out could change the answer.
        roster.errors.InvalidInput
            The rules name no seat, or more than `MOST_SEATS`.
        """
        _check_seats(rules)
        held = held_to(ranking, experts, rules)
        whole = encode(held, experts, rules, beyond)
        clashes = _forced_reasons(held, experts, rules)
        searches = [] if clashes else best_teams(whole, self._limit_s)
        found = [one.solution for one in searches if one.solution is not None]
        if beyond is not None and not _are_best(whole, searches):
            raise LookFurther(at_everybody=any(not one.proven for one in searches))
        if not found and any(not one.proven for one in searches):
            said = _UNDECIDED.format(self._limit_s)
            return TeamAnswer((), (said,), optimal=False, status="time_limit", gap=None)
        if not found:
            if not ways_out:
                return TeamAnswer((), tuple(clashes) or (_TOGETHER,), status="infeasible")
            reasons = [*clashes, *_reasons(whole, held, experts, rules)]
            reasons += [f"The activity is over: {one.detail}." for one in _past(held, rules)]
            return _no_team(reasons, find_ways(ranking, experts, rules), whole, rules)
        proposals = [proposal_of(whole, one, rules) for one in found]
        if beyond is not None and not _are_next(whole, proposals):
            raise LookFurther
        best = proposals[0].score
        proven = all(one.proven for one in searches)
        return TeamAnswer(
            proposals=tuple(
                replace(p, gives_up=max(0.0, best - p.score), rules=(*p.rules, *_past(held, rules)))
                for p in proposals
            ),
            optimal=proven,
            status="optimal" if proven else "time_limit",
            gap=_gap(searches),
        )

    def why_not(
        self,
        expert_id: UUID,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        answer: TeamAnswer,
        *,
        beyond: float | None = None,
    ) -> str:
        """Say in a sentence or two why somebody is in no proposal, or what her place would cost.

        Raises
        ------
        roster.ports.LookFurther
            Somebody left out, of `beyond` points at most, could change that.
        """
        if any(seat.expert_id == expert_id for one in answer.proposals for seat in one.seats):
            return "Sits in one of the teams proposed."
        held = held_to(ranking, experts, rules)
        person = next((one for one in held.people if one.expert_id == expert_id), None)
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
        return _cost_of(self.compose(ranking, experts, seated, beyond=beyond), answer)

    def seat(
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        people: Sequence[UUID | None],
        *,
        beyond: float | None = None,
    ) -> Seating:
        """Hold a team put together by hand against the rules; say who else could sit where.

        Raises
        ------
        roster.ports.LookFurther
            Somebody left out, of `beyond` points at most, could be offered.
        roster.errors.InvalidInput
            The rules name no seat or too many; not one for each seat, somebody twice, or somebody
            who is not in the ranking.
        """
        _check_seats(rules)
        return seat_people(ranking, experts, rules, people, beyond)


def _check_seats(rules: TeamRules) -> None:
    if not 1 <= len(rules.seats) <= MOST_SEATS:
        raise InvalidInput(
            f"A team has 1 to {MOST_SEATS} seats.",
            (FieldError("/seats", f"Give 1 to {MOST_SEATS} seats."),),
        )


def best_teams(programme: Programme, limit_s: float = TIME_LIMIT_S) -> list[Search]:
    """Return the search for each proposal, the last one where nothing was found."""
    started = perf_counter()
    found: list[Search] = []
    while len(found) < MOST_PROPOSALS:
        least = min(limit_s, LEAST_SEARCH_S)
        left = max(least, limit_s - (perf_counter() - started))
        others = [one.solution for one in found if one.solution is not None]
        found.append(best_team(programme, others=others, limit_s=left))
        if found[-1].solution is None:
            break
    return found


def _are_best(programme: Programme, searches: Sequence[Search]) -> bool:
    """Whether no team with somebody left out is better than any that was found."""
    found = [one.solution for one in searches if one.solution is not None and one.proven]
    _, sieve = programme.sifted
    if sieve is None or len(found) < MOST_PROPOSALS:
        return False
    worth = [sum(float(programme.worth[place]) for place in one.places) for one in found]
    return sieve.with_unseen <= min(worth) + TOLERANCE


def _are_next(programme: Programme, proposals: Sequence[TeamProposal]) -> bool:
    """Whether nobody left out would step in before those told for any seat."""
    at = {one.id: number for number, one in enumerate(programme.candidates)}
    least = programme.unseen or 0.0
    return all(
        len(seat.alternates) == MOST_ALTERNATES
        and programme.worth[seat.at, at[seat.alternates[-1]]] >= least
        for one in proposals
        for seat in one.seats
    )


def _past(ranking: Ranking, rules: TeamRules) -> list[RuleCheck]:
    """Return that the dates lie in the past, where they do: nobody can be sent then."""
    request = ranking.request
    last = rules.ends or rules.starts or request.ends or request.starts
    if last is None or last >= ranking.today:
        return []
    return [RuleCheck(_AHEAD, "open", f"its last day was {days_in_words(last, last)}")]


def _gap(searches: Sequence[Search]) -> float | None:
    """Return how many points a better team could have; None where nobody knows."""
    gaps = [one.solution.gap for one in searches if one.solution is not None]
    known = [gap for gap in gaps if gap is not None]
    return max(known, default=0.0) if len(known) == len(gaps) else None


# --- No team --------------------------------------------------------------------------------------


def _no_team(
    reasons: Sequence[str], found: WaysOut, programme: Programme, rules: TeamRules
) -> TeamAnswer:
    """Return why there is no team, what helps, and which ways there was no time for."""
    told = [*(dict.fromkeys(reasons) or [_TOGETHER]), *found.untried]
    ways = found.ways or _elastic(programme, rules)
    return TeamAnswer((), tuple(told), ways, status="infeasible")


def _reasons(
    programme: Programme,
    ranking: Ranking,
    experts: Mapping[UUID, ExpertView],
    rules: TeamRules,
) -> list[str]:
    """Return why there can be no team, as far as counting tells; [] where the solver must say."""
    found = list(short_of(ranking, experts, rules))
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


def _elastic(programme: Programme, rules: TeamRules) -> tuple[Relaxation, ...]:
    """Return ways out person by person: each next one without what the first would loosen."""
    loose = narrowed(programme, len(rules.seats))
    ways: list[Relaxation] = []
    banned: set[str] = set()
    started = thread_time()
    # One way is worth waiting for; further ones only where the first came quickly.
    while len(ways) < MOST_RELAXATIONS and not (ways and thread_time() - started > LIMIT_S):
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
    return tuple(sorted(ways, key=lambda way: way.cost))


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
    words = words[:1].upper() + words[1:]
    return keys, Relaxation(
        words,
        cost,
        proposal_of(programme, solution, rules),
        tuple(Loosening("other", one, 0.0) for one in dict.fromkeys(said)),
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
