"""The rules of a team as rows of an integer programme, each with its words and its price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil, inf
from uuid import UUID

import numpy as np

from matching import relations
from matching.arrays import Floats
from matching.gates import language_gate
from matching.teams.experience import covers_topic, has_worked_in, near_topics, speaks
from matching.text import words
from roster.read import (
    ExpertView,
    LanguageNeed,
    RankedExpert,
    Ranking,
    SeatNeed,
    TeamRules,
)
from roster.vocabulary import (
    Band,
    ExpertKind,
    Gate,
    GateOutcome,
    SeatRole,
    TeamMode,
)

OFFICIALS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})

MOST_SEATS = 12
PRICES = {
    "ask": 1.0,
    "level": 10.0,
    "day": 1.5,
    "seat": 12.0,
    "country": 15.0,
    "practitioners": 20.0,
    "office": 25.0,
    "kind": 30.0,
    "language": 40.0,
    "mode": 100.0,
    "empty": 1000.0,
}
"""What it costs to loosen a rule: asking is cheapest, leaving a seat empty the last way out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked person as the composer sees her, on the day of the activity."""

    ranked: RankedExpert
    view: ExpertView
    kind: ExpertKind | None
    country: str | None
    day: date

    @property
    def id(self) -> UUID:
        """Id of the person."""
        return self.view.id

    @property
    def office(self) -> str | None:
        """The employer of the post held on the day, folded, with its country; None unknown."""
        first, is_held = None, False
        for item in self.view.posts:
            employer = item.value.employer
            if item.period.overlaps(self.day, self.day):
                is_held = True
                if employer:
                    return f"{self.view.home_country}: {_folded(employer)}"
            first = first or employer
        if is_held or not first:
            return None
        return f"{self.view.home_country}: {_folded(first)}"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why somebody cannot take a seat unless something is loosened."""

    key: str
    words: str
    price: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Least ≤ Σ coefficients over who sits where ≤ most."""

    key: str
    words: str
    coefficients: Floats
    """(n_seats, n_candidates)."""
    least: float
    most: float
    price: float
    loosened: str
    """For people: what is given up where it is broken."""
    people: tuple[UUID, ...] = ()
    """Those whom a rule on named people is about."""

    def held_by(self, places: Iterable[tuple[int, int]]) -> float:
        """Return the sum over (seat, candidate) pairs."""
        return float(sum(self.coefficients[seat, at] for seat, at in places))


# --- People ---------------------------------------------------------------------------------------


def candidates_of(
    ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules
) -> tuple[Candidate, ...]:
    """Return everybody of a ranking whose view is given, but those who are forced out.

    Best first, whatever the order of the ranking: the same people make the same team.
    """
    day = day_of(ranking, rules)
    people = sorted(ranking.people, key=lambda one: (-one.score, one.expert_id))
    return tuple(
        candidate_of(person, experts[person.expert_id], day)
        for person in people
        if person.expert_id in experts and person.expert_id not in rules.forced_out
    )


def day_of(ranking: Ranking, rules: TeamRules) -> date:
    """Return the day on which kinds and memberships are read."""
    return rules.starts or ranking.request.starts or ranking.today


def candidate_of(ranked: RankedExpert, view: ExpertView, day: date) -> Candidate:
    """Return a ranked person as she stands on a day."""
    return Candidate(ranked, view, kind_on(view, day), view.home_country, day)


def kind_on(view: ExpertView, day: date) -> ExpertKind | None:
    """Return what kind of expert somebody is on a day.

    An official is one of a Member State as long as the state is a member: British officials of
    2012 were, those of today are not.
    """
    if view.kind not in OFFICIALS or view.home_country is None:
        return view.kind
    if relations.is_eu_member(view.home_country, day):
        return ExpertKind.EU_ADMINISTRATION
    return ExpertKind.NON_EU_ADMINISTRATION


@lru_cache(maxsize=8192)
def _folded(employer: str) -> str:
    return " ".join(words(employer))


# --- Who can take a seat --------------------------------------------------------------------------


def shortfalls(
    candidate: Candidate, seat: SeatNeed, rules: TeamRules
) -> tuple[Shortfall, ...] | None:
    """Return what keeps somebody from a seat, () for nothing, None for what nothing mends."""
    found = _of_gates(candidate, rules)
    if found is None:
        return None
    needs = dict.fromkeys((*rules.everyone_speaks, *seat.languages))
    for need in needs:
        found += _of_language(candidate, need, asked_later=_is_asked(candidate, rules))
    found += _of_seat(candidate, seat)
    return tuple({one.key: one for one in found}.values()) if found else ()


def _of_gates(candidate: Candidate, rules: TeamRules) -> list[Shortfall] | None:
    """Return what the ranking's gates say; people to ask count as fit where they are forced in."""
    name, found = candidate.view.display_name, []
    for gate in candidate.ranked.gates:
        if gate.outcome is GateOutcome.FAIL:
            if gate.distance is None:
                return None
            per = "day" if gate.gate is Gate.AVAILABILITY else "level"
            price = PRICES[per] * gate.distance
            found.append(Shortfall(f"{gate.gate.value}:{candidate.id}", _mended(name, gate), price))
        elif gate.outcome is GateOutcome.UNKNOWN and not may_be_asked(candidate, rules):
            told = f"ask about {name}: {gate.reason}"
            found.append(Shortfall(f"ask:{candidate.id}:{gate.reason}", told, PRICES["ask"]))
    return found


def may_be_asked(candidate: Candidate, rules: TeamRules) -> bool:
    """Whether what is not known of somebody keeps her from no seat."""
    return _is_asked(candidate, rules) or candidate.id in rules.forced_in


def _is_asked(candidate: Candidate, rules: TeamRules) -> bool:
    return rules.asked_later or candidate.country in rules.asked_of


def _mended(name: str, gate: object) -> str:
    reason = getattr(gate, "reason", "")
    if getattr(gate, "gate", None) is Gate.AVAILABILITY:
        return f"move the dates: {name} is {reason}"
    return f"accept {name} with less: {reason}"


def _of_language(candidate: Candidate, need: LanguageNeed, *, asked_later: bool) -> list[Shortfall]:
    if speaks(candidate.view, need):
        return []
    result = language_gate(candidate.view, need)
    name = candidate.view.display_name
    if result.outcome is GateOutcome.UNKNOWN and asked_later:
        return []
    if result.outcome is GateOutcome.UNKNOWN:
        told = f"ask about {name}: {result.reason}"
        return [Shortfall(f"ask:{candidate.id}:{result.reason}", told, PRICES["ask"])]
    told = f"accept {name} with less: {result.reason}"
    price = PRICES["level"] * (result.distance or 1)
    return [Shortfall(f"language:{candidate.id}:{need.language}", told, price)]


def _of_seat(candidate: Candidate, seat: SeatNeed) -> list[Shortfall]:
    name, role = candidate.view.display_name, seat.role.value
    found = []
    if seat.kinds and candidate.kind not in seat.kinds:
        who = relations.kind_label(candidate.kind) if candidate.kind else "of unknown kind"
        told = f"open the seat of {role_label(seat.role)} to {name}, {who}"
        found.append(Shortfall(f"kind:{role}", told, PRICES["kind"]))
    if seat.topics and not has_worked_in(candidate.view, near_topics(seat.topics)):
        what = " or ".join(relations.topic_label(one) for one in seat.topics)
        told = f"take {name} as {role_label(seat.role)} without experience in {what}"
        found.append(Shortfall(f"topics:{role}", told, PRICES["seat"]))
    asked = seat.activities
    if asked and not any(item.value.activity in asked for item in candidate.view.activities):
        what = " or ".join(relations.activity_label(one.value) for one in asked)
        told = f"take {name} as {role_label(seat.role)} without having done: {what}"
        found.append(Shortfall(f"activities:{role}", told, PRICES["seat"]))
    return found


def role_label(role: SeatRole) -> str:
    """Return the name of a role."""
    return role.value.replace("_", " ")


# --- Rules over the whole team --------------------------------------------------------------------


def team_rules(
    candidates: Sequence[Candidate], rules: TeamRules, beneficiaries: Sequence[str]
) -> tuple[Rule, ...]:
    """Return the rules that bind members to each other."""
    n = len(rules.seats)
    built = [
        *_caps(candidates, n, lambda c: c.country, rules.most_per_country, "country"),
        *_caps(candidates, n, _capped_office(rules), rules.most_per_administration, "office"),
        *_mode_rules(candidates, rules, beneficiaries),
    ]
    least = ceil(rules.least_practitioners * n - 1e-9)
    if least:
        built.append(
            _at_least(
                candidates, n, lambda c: c.kind in OFFICIALS, least, "practitioners",
                f"at least {least} of {n} officials", "practitioners",
            )
        )  # fmt: skip
    for need in rules.someone_speaks:
        said = f"somebody speaks {relations.language_label(need.language)} {need.minimum.value}"
        speaks = _speaker(need)
        built.append(
            _at_least(candidates, n, speaks, 1, f"speaks:{need.language}", said, "language")
        )
    built += [_topic_rule(candidates, n, group) for group in rules.covered]
    return tuple(built)


def _topic_rule(candidates: Sequence[Candidate], n: int, group: Sequence[str]) -> Rule:
    said = f"somebody has experience in {' or '.join(map(relations.topic_label, group))}"
    key = f"topic:{'+'.join(group)}"
    return _at_least(
        candidates, n, lambda one: covers_topic(one.view, group), 1, key, said, "language"
    )


def _capped_office(rules: TeamRules) -> Callable[[Candidate], str | None]:
    """Return the office that needs a cap of its own: a country's cap at least as tight has it."""
    if rules.most_per_country > rules.most_per_administration:
        return lambda one: one.office
    return lambda one: one.office if one.country is None else None


def _speaker(need: LanguageNeed) -> Callable[[Candidate], bool]:
    return lambda one: speaks(one.view, need)


def _mode_rules(
    candidates: Sequence[Candidate], rules: TeamRules, beneficiaries: Sequence[str]
) -> list[Rule]:
    n = len(rules.seats)
    is_eu = _of_kind(ExpertKind.EU_ADMINISTRATION)
    is_outside = _of_kind(ExpertKind.NON_EU_ADMINISTRATION)
    if rules.mode is TeamMode.PEER_TO_PEER:
        least = max(1, ceil(rules.least_practitioners * n - 1e-9))
        said = f"peer-to-peer: at least {least} of {n} officials of EU Member States"
        none = tiled([float(is_outside(c)) for c in candidates], n)
        return [
            _at_least(candidates, n, is_eu, least, "eu", said, "mode"),
            Rule("outside", "peer-to-peer: officials of EU Member States only", none, 0, 0,
                 PRICES["mode"], "make the team triangular"),
        ]  # fmt: skip
    if rules.mode is TeamMode.TRIANGULAR:
        own = set(beneficiaries)
        south = "triangular: an official of a country outside the EU, not the beneficiary's own"
        at_home = np.array([float(c.kind in OFFICIALS and c.country in own) for c in candidates])
        return [
            _at_least(candidates, n, is_eu, 1, "eu",
                      "triangular: an official of an EU Member State", "mode"),
            _at_least(candidates, n, lambda c: is_outside(c) and c.country is not None
                      and c.country not in own, 1, "south", south, "mode"),
            Rule("own", "nobody of the beneficiary's own administration: they are counterparts",
                 tiled(at_home, n), -inf, 0, PRICES["mode"],
                 "take somebody of the beneficiary's own administration"),
        ]  # fmt: skip
    return []


def tiled(row: Floats | Sequence[float], n_seats: int) -> Floats:
    """Return a row of coefficients for every seat, without copying it."""
    flat = np.asarray(row, dtype=float)
    return np.broadcast_to(flat, (n_seats, len(flat)))


def _of_kind(kind: ExpertKind) -> Callable[[Candidate], bool]:
    return lambda one: one.kind is kind


def _at_least(
    candidates: Sequence[Candidate],
    n_seats: int,
    counts: Callable[[Candidate], bool],
    least: int,
    key: str,
    said: str,
    price: str,
) -> Rule:
    row = np.array([float(counts(one)) for one in candidates])
    return Rule(key, said, tiled(row, n_seats), least, inf, PRICES[price], f"give up: {said}")


def _caps(
    candidates: Sequence[Candidate],
    n_seats: int,
    of: Callable[[Candidate], str | None],
    most: int,
    family: str,
) -> list[Rule]:
    """Return one cap per value that more than `most` people share; unknown is nobody's."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(candidates):
        value = of(one)
        if value is not None:
            groups[value].append(at)
    built = []
    for value, members in sorted(groups.items()):
        if len(members) <= most:
            continue
        row = np.zeros(len(candidates))
        row[members] = 1
        name = relations.country_label(value) if family == "country" else "one administration"
        said = f"at most {most} from {name}"
        built.append(
            Rule(f"{family}:{value}", said, tiled(row, n_seats), -inf, most,
                 PRICES[family], f"take more than {most} from {name}")
        )  # fmt: skip
    return built


def considered(candidate: Candidate, rules: TeamRules) -> bool:
    """Whether somebody is considered without loosening: fits, or is to be asked and forced in."""
    if candidate.ranked.band is Band.FIT:
        return True
    return candidate.ranked.band is Band.ASK and may_be_asked(candidate, rules)
