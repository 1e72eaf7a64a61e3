"""How long it takes from a request to its fiche and to the first activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median, quantiles
from uuid import UUID

from roster.counting.facts import ActionFact, ReportFacts, RequestFact
from roster.read.reports import CountedRow, ReportCell, ReportRow, ReportTable
from roster.vocabulary import ActivityStatus, CountedKind, ReportTableCode

COLUMNS = ("median_days", "first_quarter", "last_quarter", "least", "most", "number")


def times_table(facts: ReportFacts, requests: Sequence[RequestFact]) -> ReportTable:
    """Return median and spread in days, each over the requests of which both days are known."""
    actions = {one.id: one for one in facts.actions}
    spans = (
        ("to_fiche", [(one, one.fiche_on) for one in requests]),
        ("to_first_activity", [(one, _first_activity(actions, one.action_id)) for one in requests]),
    )
    rows = tuple(ReportRow(key, _spread(pairs, len(requests))) for key, pairs in spans)
    return ReportTable(ReportTableCode.TIMES, COLUMNS, rows)


def _first_activity(actions: dict[UUID, ActionFact], action_id: UUID | None) -> date | None:
    """Return the first day of an activity, as far as activities have days; plans are none."""
    if action_id is None or action_id not in actions:
        return None
    days = [
        one.starts.first_day
        for one in actions[action_id].activities
        if one.starts is not None
        and one.starts.precision == "day"
        and one.status is ActivityStatus.DONE
    ]
    return min(days, default=None)


def _spread(pairs: Sequence[tuple[RequestFact, date | None]], among: int) -> tuple[ReportCell, ...]:
    rows = tuple(
        CountedRow(CountedKind.REQUEST, one.id, one.title, value=(day - one.received).days)
        for one, day in pairs
        if day is not None and one.received is not None and day >= one.received
    )
    known = ReportCell(len(rows), rows, len(rows), among)
    days = sorted(row.value for row in rows if row.value is not None)
    if not days:
        return (*(ReportCell(None) for _ in COLUMNS[:-1]), known)
    low, _, high = quantiles(days, n=4, method="inclusive") if len(days) > 1 else [days[0]] * 3
    found = (median(days), low, high, days[0], days[-1])
    return (*(ReportCell(round(value, 1)) for value in found), known)
