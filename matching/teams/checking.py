"""A team that somebody else put together, held against the rules that the composer obeys.

What is surely against a rule breaks it; what nobody knows of a member is told apart and breaks
nothing, so that a team of the composer always passes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching import relations
from matching.gates import band_of, check_gates, language_gate
from matching.teams.constraints import (
    MOST_SEATS,
    Candidate,
    Rule,
    candidate_of,
    kind_on,
)
from matching.teams.wishes import all_rules
from roster.read import ExpertView, GateResult, RankedExpert, RequestView, TeamRules
from roster.vocabulary import ExpertKind, Gate, GateOutcome, TeamMode


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a team breaks, or that cannot be told."""

    code: str
    """"eu", "south", "own", "outside", "practitioners", "country", "office", "language",
    "speaks", "topic", "availability", "status", "conflict", "excluded", "declined", "release",
    "kind", "size" or "twice"."""
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a team breaks, and what would have to be asked."""

    broken: tuple[Finding, ...]
    unknown: tuple[Finding, ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether no rule is surely broken."""
        return not self.broken


def check_team(
    views: Sequence[ExpertView],
    names: Sequence[str],
    request: RequestView,
    rules: TeamRules,
    today: date,
) -> Verdict:
    """Hold a team against the conditions of a request and the rules of its mode.

    Parameters
    ----------
    views : its members; somebody named twice stands there twice
    names : what to call each of them
    rules : of as many seats as the team should have
    today : kinds and memberships are read on the first day of the activity, else on this day
    """
    day = rules.starts or request.starts or today
    findings = list(_of_number(views, names, rules))
    members, called = _once(views, names)
    people = [
        _candidate(view, name, request, day) for view, name in zip(members, called, strict=True)
    ]
    for one in people:
        findings += _of_person(one, request, rules)
    findings += _of_team(people, request, rules)
    broken = [told for told, outcome in findings if outcome is GateOutcome.FAIL]
    unknown = [told for told, outcome in findings if outcome is GateOutcome.UNKNOWN]
    return Verdict(tuple(dict.fromkeys(broken)), tuple(dict.fromkeys(unknown)))


Told = tuple[Finding, GateOutcome]


def _broken(code: str, words: str) -> Told:
    return Finding(code, words), GateOutcome.FAIL


def _unknown(code: str, words: str) -> Told:
    return Finding(code, words), GateOutcome.UNKNOWN


def _once(views: Sequence[ExpertView], names: Sequence[str]) -> tuple[list[ExpertView], list[str]]:
    by_id = {view.id: (view, name) for view, name in zip(views, names, strict=True)}
    return [view for view, _ in by_id.values()], [name for _, name in by_id.values()]


def _candidate(view: ExpertView, name: str, request: RequestView, day: date) -> Candidate:
    """Return a member as the composer sees her; her kind as of the day also for the conditions."""
    view = replace(view, kind=kind_on(view, day), display_name=name)
    gates = check_gates(view, request)
    return candidate_of(RankedExpert(view.id, 1, band_of(gates), 0.0, (), gates), view, day)


# --- Seats and persons ----------------------------------------------------------------------------


def _of_number(
    views: Sequence[ExpertView], names: Sequence[str], rules: TeamRules
) -> Iterator[Told]:
    times = Counter(view.id for view in views)
    name_of = dict(zip((view.id for view in views), names, strict=True))
    for one, number in times.items():
        if number > 1:
            yield _broken("twice", f"{name_of[one]} is named {number} times.")
    if len(times) < len(rules.seats):
        yield _broken(
            "size", f"{len(times)} of at least {len(rules.seats)} members: the team is too small."
        )
    if len(times) > MOST_SEATS:
        yield _broken("size", f"{len(times)} members: a team has {MOST_SEATS} seats at most.")


_PERSONAL = {
    Gate.LANGUAGE: "language",
    Gate.AVAILABILITY: "availability",
    Gate.STATUS: "status",
    Gate.EXCLUDED: "excluded",
    Gate.DECLINED: "declined",
    Gate.CONFLICT: "conflict",
    Gate.RELEASE: "release",
    Gate.KIND: "kind",
}


def _of_person(one: Candidate, request: RequestView, rules: TeamRules) -> Iterator[Told]:
    """Yield the conditions of the request that a member fails, and those nobody knows."""
    name, results = one.view.display_name, list(one.ranked.gates)
    asked = [need for need in request.languages if need.everyone]
    results += [
        language_gate(one.view, need) for need in rules.everyone_speaks if need not in asked
    ]
    for gate in results:
        if gate.outcome is GateOutcome.PASS:
            continue
        code = "own" if _is_at_home(one, gate, request) else _PERSONAL.get(gate.gate, "condition")
        yield Finding(code, f"{name}: {gate.reason}."), gate.outcome
    if one.kind is None:
        yield _unknown("kind", f"{name}: not known for whom she or he works, or in which country.")


def _is_at_home(one: Candidate, gate: GateResult, request: RequestView) -> bool:
    is_conflict = gate.gate is Gate.CONFLICT and gate.outcome is GateOutcome.FAIL
    return is_conflict and one.id not in request.conflicts


# --- The whole team -------------------------------------------------------------------------------


def _of_team(people: Sequence[Candidate], request: RequestView, rules: TeamRules) -> Iterator[Told]:
    """Yield the rules over the whole team that do not hold, or may not."""
    seats = replace(rules, seats=rules.seats[:1] * len(people))
    for rule in all_rules(people, seats, rules.beneficiaries or request.countries):
        held = rule.held_by((0, at) for at in range(len(people)))
        if rule.least <= held <= rule.most:
            continue
        code = rule.key.split(":", maxsplit=1)[0]
        if held < rule.least and held + _undecided(rule, people, rules) >= rule.least:
            yield _unknown(code, f"Not known: {rule.words}.")
        else:
            yield _broken(code, _in_words(rule, people))


def _undecided(rule: Rule, people: Sequence[Candidate], rules: TeamRules) -> int:
    """Return how many members may count for a rule, but are not known to."""
    may = _may_count(rule, rules)
    return sum(may(one) for at, one in enumerate(people) if not rule.coefficients[0, at])


def _may_count(rule: Rule, rules: TeamRules) -> Callable[[Candidate], bool]:
    if rule.key.startswith("speaks:"):
        needs = [one for one in rules.someone_speaks if f"speaks:{one.language}" == rule.key]
        return lambda one: any(
            language_gate(one.view, need).outcome is GateOutcome.UNKNOWN for need in needs
        )
    if rule.key.startswith("topic:"):
        return lambda one: not one.view.text and not one.view.topics
    return lambda one: one.kind is None


def _in_words(rule: Rule, people: Sequence[Candidate]) -> str:
    """Say what a rule asks and who is there instead."""
    said = f"{rule.words[:1].upper()}{rule.words[1:]}."
    if rule.key in {"eu", "south", "outside", "practitioners"}:
        return f"{said} The team: {', '.join(map(_standing, people))}."
    if rule.key == "own" or rule.most < len(people):
        named = [p.view.display_name for at, p in enumerate(people) if rule.coefficients[0, at]]
        return f"{said} Here: {', '.join(named)}."
    return said


def _standing(one: Candidate) -> str:
    what = relations.kind_label(one.kind) if one.kind else "of unknown kind"
    where = f", {relations.country_label(one.country)}" if one.country else ""
    return f"{one.view.display_name} ({what}{where})"


def mode_of_team(views: Sequence[ExpertView], beneficiaries: Sequence[str], day: date) -> TeamMode:
    """Return the mode that a team without one is to be held against.

    Triangular where an official of a country outside the Union, not of a beneficiary, sits in it.
    """
    for view in views:
        kind = kind_on(view, day)
        if kind is ExpertKind.NON_EU_ADMINISTRATION and view.home_country not in beneficiaries:
            return TeamMode.TRIANGULAR
    return TeamMode.PEER_TO_PEER
