"""The tables of a report, counted from facts: each figure with the rows that it counts.

Pure. Unknown is a line of its own or a number of its own ("known for 12 of 40"), never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from roster.counting.eligible import eligible_table
from roster.counting.facts import (
    ActionFact,
    ActivityFact,
    DeploymentFact,
    InquiryFact,
    ReportFacts,
    ReportScope,
    RequestFact,
    Within,
    action_within,
    both,
    part_within,
    request_within,
    span_of,
    within_period,
)
from roster.counting.figures import TriangularRule
from roster.counting.people import is_triangular, knows_experts
from roster.counting.responses import responses_table
from roster.counting.times import times_table
from roster.dates import PartialDate
from roster.read.reports import (
    CountedRow,
    LeftOut,
    ReportCell,
    ReportRow,
    ReportTable,
)
from roster.vocabulary import CountedKind, ReportOutcome, ReportTableCode

UNKNOWN = "unknown"
Part = tuple[ActionFact, ActivityFact]
Keys = Callable[[ActionFact], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a scope takes, and what it cannot tell."""

    scope: ReportScope
    requests: tuple[RequestFact, ...]
    actions: tuple[ActionFact, ...]
    activities: tuple[Part, ...]
    deployments: tuple[tuple[ActionFact, DeploymentFact], ...]
    inquiries: tuple[tuple[ActionFact, InquiryFact], ...]
    left_out: tuple[LeftOut, ...]


def choose(facts: ReportFacts, scope: ReportScope) -> Chosen:
    """Return the records of one origin that surely belong to a scope."""
    requests = [one for one in facts.requests if one.origin is scope.origin]
    actions = [one for one in facts.actions if one.origin is scope.origin]
    parts = [(action, one) for action in actions for one in action.activities]
    sent = [(action, one) for action in actions for one in action.deployments]
    asked = [(action, one) for action in actions for one in action.inquiries]
    judged = (
        (CountedKind.REQUEST, [request_within(one, scope) for one in requests]),
        (CountedKind.ACTION, [action_within(one, scope) for one in actions]),
        (CountedKind.ACTIVITY, [part_within(a, p.starts, p.ends, scope) for a, p in parts]),
        (CountedKind.DEPLOYMENT, [_sent_within(a, one, scope) for a, one in sent]),
        (CountedKind.INQUIRY, [_asked_within(a, one, scope) for a, one in asked]),
    )
    said = dict(judged)
    return Chosen(
        scope,
        _taken(requests, said[CountedKind.REQUEST]),
        _taken(actions, said[CountedKind.ACTION]),
        _taken(parts, said[CountedKind.ACTIVITY]),
        _taken(sent, said[CountedKind.DEPLOYMENT]),
        _taken(asked, said[CountedKind.INQUIRY]),
        tuple(
            LeftOut(kind, answers.count(Within.UNDATED), answers.count(Within.UNPLACED))
            for kind, answers in judged
            if Within.UNDATED in answers or Within.UNPLACED in answers
        ),
    )


def _taken(records: Sequence[object], answers: Sequence[Within]) -> tuple:  # type: ignore[type-arg]
    pairs = zip(records, answers, strict=True)
    return tuple(record for record, answer in pairs if answer is Within.YES)


def _sent_within(action: ActionFact, one: DeploymentFact, scope: ReportScope) -> Within:
    starts = PartialDate.of(one.starts) if one.starts else None
    ends = PartialDate.of(one.ends) if one.ends else None
    if starts is None:
        place = next((part for part in action.activities if part.lineage == one.lineage), None)
        starts, ends = (place.starts, place.ends) if place else (None, None)
    return part_within(action, starts, ends, scope)


def _asked_within(action: ActionFact, one: InquiryFact, scope: ReportScope) -> Within:
    sent = within_period(span_of(PartialDate.of(one.sent_on), None), scope)
    return both(part_within(action, PartialDate.of(one.sent_on), None, scope), sent)


def tables_of(facts: ReportFacts, scope: ReportScope) -> tuple[tuple[ReportTable, ...], Chosen]:
    """Count everything of a scope."""
    chosen = choose(facts, scope)
    return (
        _activity_types(chosen),
        _parts_by(
            ReportTableCode.INTERVENTIONS,
            chosen,
            lambda part: part.intervention.value if part.intervention else UNKNOWN,
        ),
        _parts_by(
            ReportTableCode.MODALITIES,
            chosen,
            lambda part: part.modality.value if part.modality else UNKNOWN,
        ),
        _participants(chosen),
        _requests(chosen),
        _actions(chosen),
        *_eligible(facts, chosen),
        _themes(ReportTableCode.AREAS, chosen, lambda one: one.areas),
        _themes(ReportTableCode.TOPICS, chosen, lambda one: one.topics),
        _triangular(chosen),
        _states(chosen),
        _kinds(chosen),
        times_table(facts, chosen.requests),
        responses_table(chosen.inquiries),
    ), chosen


def _eligible(facts: ReportFacts, chosen: Chosen) -> tuple[ReportTable, ...]:
    """Return the table of who may ask; none where the rules let any country ask."""
    if not facts.eligible:
        return ()
    return (eligible_table(facts, chosen.scope, chosen.requests, chosen.actions),)


# --- Cells --------------------------------------------------------------------------------------


def request_row(one: RequestFact) -> CountedRow:
    """Return a request as a row that a figure counts."""
    return CountedRow(CountedKind.REQUEST, one.id, one.title)


def action_row(one: ActionFact) -> CountedRow:
    """Return an Action as a row that a figure counts."""
    return CountedRow(CountedKind.ACTION, one.id, one.name, one.code)


def _activity_row(action: ActionFact, part: ActivityFact, value: int | None = None) -> CountedRow:
    return CountedRow(CountedKind.ACTIVITY, part.id, part.title, action.code, value)


def count(rows: Iterable[CountedRow]) -> ReportCell:
    """Return how many records there are, with the records."""
    held = tuple(rows)
    return ReportCell(len(held), held)


def _sum(parts: Iterable[Part], value: Callable[[ActivityFact], int | None]) -> ReportCell:
    """Add up a number that is known of some; no value where it is known of none."""
    held = [(action, part, value(part)) for action, part in parts]
    rows = tuple(_activity_row(a, part, n) for a, part, n in held if n is not None)
    total = sum(row.value or 0 for row in rows) if rows else None
    return ReportCell(total, rows, known=len(rows), among=len(held))


def _recorded(chosen: Chosen, cell: ReportCell) -> ReportCell:
    """Return a figure on people deployed; none where nobody wrote any deployment down."""
    return cell if chosen.deployments else ReportCell(None)


def _people(deployments: Iterable[DeploymentFact]) -> ReportCell:
    ids = dict.fromkeys(one.expert_id for one in deployments)
    return count(CountedRow(CountedKind.EXPERT, one, "") for one in ids)


def _sent(pairs: Iterable[tuple[ActionFact, DeploymentFact]]) -> ReportCell:
    """Count deployments; each row leads to its person, whose name is looked up where shown."""
    return count(
        CountedRow(CountedKind.DEPLOYMENT, one.expert_id, "", action.code) for action, one in pairs
    )


def _ordered(keys: Iterable[str], weight: Mapping[str, float]) -> list[str]:
    """Return keys by falling weight, then by name, what is unknown last."""
    return sorted(set(keys), key=lambda key: (key == UNKNOWN, -weight.get(key, 0), key))


def _by_weight(rows: Iterable[ReportRow]) -> tuple[ReportRow, ...]:
    held = {row.key: row for row in rows}
    order = _ordered(held, {key: row.cells[0].value or 0 for key, row in held.items()})
    return tuple(held[key] for key in order)


# --- Activities ---------------------------------------------------------------------------------


def _activity_types(chosen: Chosen) -> ReportTable:
    lines = []
    for key in {part.type.value for _, part in chosen.activities}:
        parts = [(action, part) for action, part in chosen.activities if part.type.value == key]
        lineages = {part.lineage for _, part in parts}
        sent = [pair for pair in chosen.deployments if pair[1].lineage in lineages]
        cells = (
            count(_activity_row(action, part) for action, part in parts),
            count(map(action_row, dict.fromkeys(action for action, _ in parts))),
            _sum(parts, lambda part: part.participants),
            _sum(parts, lambda part: part.women),
            _recorded(chosen, _sent(sent)),
        )
        lines.append(ReportRow(key, cells))
    columns = ("activities", "actions", "participants", "women", "deployments")
    return ReportTable(ReportTableCode.ACTIVITY_TYPES, columns, _by_weight(lines))


def _parts_by(
    code: ReportTableCode, chosen: Chosen, key_of: Callable[[ActivityFact], str]
) -> ReportTable:
    held: dict[str, list[Part]] = {}
    for action, part in chosen.activities:
        held.setdefault(key_of(part), []).append((action, part))
    lines = (
        ReportRow(
            key,
            (
                count(_activity_row(action, part) for action, part in parts),
                count(map(action_row, dict.fromkeys(action for action, _ in parts))),
            ),
        )
        for key, parts in held.items()
    )
    return ReportTable(code, ("activities", "actions"), _by_weight(lines))


def _participants(chosen: Chosen) -> ReportTable:
    held: dict[str, list[Part]] = {}
    for action, part in chosen.activities:
        held.setdefault(action.region or UNKNOWN, []).append((action, part))
    lines = (
        ReportRow(
            key, (_sum(parts, lambda part: part.participants), _sum(parts, lambda part: part.women))
        )
        for key, parts in held.items()
    )
    columns = ("participants", "women")
    return ReportTable(ReportTableCode.PARTICIPANTS, columns, _by_weight(lines))


# --- Requests and Actions -----------------------------------------------------------------------


def _requests(chosen: Chosen) -> ReportTable:
    met = {one.outcome for one in chosen.requests}
    outcomes = [one for one in ReportOutcome if one in met]
    lines = []
    for key in {one.region or UNKNOWN for one in chosen.requests}:
        held = [one for one in chosen.requests if (one.region or UNKNOWN) == key]
        each = (
            count(request_row(one) for one in held if one.outcome is outcome)
            for outcome in outcomes
        )
        lines.append(ReportRow(key, (count(map(request_row, held)), *each)))
    columns = ("requests", *(one.value for one in outcomes))
    return ReportTable(ReportTableCode.REQUESTS, columns, _by_weight(lines))


def _actions(chosen: Chosen) -> ReportTable:
    statuses = list(dict.fromkeys(sorted(one.status for one in chosen.actions)))
    lines = []
    for key in {one.region or UNKNOWN for one in chosen.actions}:
        held = [one for one in chosen.actions if (one.region or UNKNOWN) == key]
        each = (
            count(action_row(one) for one in held if one.status is status) for status in statuses
        )
        lines.append(ReportRow(key, (count(map(action_row, held)), *each)))
    columns = ("actions", *(one.value for one in statuses))
    return ReportTable(ReportTableCode.ACTIONS, columns, _by_weight(lines))


def _themes(
    code: ReportTableCode,
    chosen: Chosen,
    keys: Callable[[ActionFact | RequestFact], tuple[str, ...]],
) -> ReportTable:
    """Count under every area or topic that a record names; one record can stand under several."""

    def of(record: ActionFact | RequestFact) -> tuple[str, ...]:
        return keys(record) or (UNKNOWN,)

    everything: tuple[ActionFact | RequestFact, ...] = (*chosen.actions, *chosen.requests)
    named = {key for one in everything for key in of(one)}
    lines = (
        ReportRow(
            key,
            (
                count(action_row(one) for one in chosen.actions if key in of(one)),
                count(request_row(one) for one in chosen.requests if key in of(one)),
                count(_activity_row(a, part) for a, part in chosen.activities if key in of(a)),
            ),
        )
        for key in named
    )
    return ReportTable(code, ("actions", "requests", "activities"), _by_weight(lines))


# --- Experts ------------------------------------------------------------------------------------


def _triangular(chosen: Chosen) -> ReportTable:
    known = [one for one in chosen.actions if knows_experts(one)]
    unknown = count(action_row(one) for one in chosen.actions if not knows_experts(one))
    lines = []
    for rule in TriangularRule:
        yes = [one for one in known if is_triangular(one, rule)]
        share = round(100 * len(yes) / len(known), 1) if known else None
        cells = (
            ReportCell(len(yes), tuple(map(action_row, yes)), len(known), len(chosen.actions)),
            count(action_row(one) for one in known if one not in yes),
            unknown,
            ReportCell(share),
        )
        lines.append(ReportRow(rule.name.lower(), cells))
    columns = ("triangular", "other_teams", "experts_unknown", "percent")
    return ReportTable(ReportTableCode.TRIANGULAR, columns, tuple(lines))


def _states(chosen: Chosen) -> ReportTable:
    named: dict[str, list[ActionFact]] = {}
    for action in chosen.actions:
        for country in dict.fromkeys(one.country or UNKNOWN for one in action.mentions):
            named.setdefault(country, []).append(action)
    return _exposure(
        ReportTableCode.EXPERT_STATES, chosen, named, lambda one: one.country or UNKNOWN
    )


def _kinds(chosen: Chosen) -> ReportTable:
    named: dict[str, list[ActionFact]] = {}
    for action in chosen.actions:
        kinds = (one.kind.value if one.kind else UNKNOWN for one in action.mentions)
        for kind in dict.fromkeys(kinds):
            named.setdefault(kind, []).append(action)
    return _exposure(
        ReportTableCode.EXPERT_KINDS,
        chosen,
        named,
        lambda one: one.kind.value if one.kind else UNKNOWN,
    )


def _exposure(
    code: ReportTableCode,
    chosen: Chosen,
    named: Mapping[str, Sequence[ActionFact]],
    key_of: Callable[[DeploymentFact], str],
) -> ReportTable:
    """Count the Actions that name experts, the people deployed, deployments, who went first."""
    lines = []
    for key in {*named, *(key_of(one) for _, one in chosen.deployments)}:
        sent = [pair for pair in chosen.deployments if key_of(pair[1]) == key]
        cells = (
            count(map(action_row, named.get(key, ()))),
            _recorded(chosen, _people(one for _, one in sent)),
            _recorded(chosen, _sent(sent)),
            _recorded(chosen, _people(one for _, one in sent if one.is_first)),
        )
        lines.append(ReportRow(key, cells))
    columns = ("named_in_actions", "people", "deployments", "first_timers")
    return ReportTable(code, columns, _by_weight(lines))
