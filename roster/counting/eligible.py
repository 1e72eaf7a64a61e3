"""Which countries that may ask did ask and were served, those never served first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roster.counting.facts import ActionFact, ReportFacts, ReportScope, RequestFact
from roster.read.reports import CountedRow, ReportCell, ReportRow, ReportTable
from roster.reference import regions
from roster.vocabulary import ActionStatus, CountedKind, ReportTableCode

COLUMNS = ("requests", "actions", "actions_ever")


def eligible_table(
    facts: ReportFacts,
    scope: ReportScope,
    requests: Sequence[RequestFact],
    actions: Sequence[ActionFact],
) -> ReportTable:
    """Return requests and Actions of each country that may ask; no line where any country may.

    A cancelled Action serves nobody.

    Parameters
    ----------
    requests, actions : those of the scope; the last column counts Actions of any time and theme
    """
    ever = [one for one in facts.actions if one.origin is scope.origin]
    lines = [
        ReportRow(
            country,
            (
                _cell(
                    CountedRow(CountedKind.REQUEST, one.id, one.title)
                    for one in requests
                    if country in one.countries
                ),
                _served(country, actions),
                _served(country, ever),
            ),
        )
        for country in facts.eligible
        if scope.region is None or regions.facility_region_of(country) == scope.region
    ]
    lines.sort(key=lambda row: (*(cell.value or 0 for cell in reversed(row.cells)), row.key))
    return ReportTable(ReportTableCode.ELIGIBLE, COLUMNS, tuple(lines))


def _served(country: str, actions: Sequence[ActionFact]) -> ReportCell:
    return _cell(
        CountedRow(CountedKind.ACTION, one.id, one.name, one.code)
        for one in actions
        if country in one.served and one.status is not ActionStatus.CANCELLED
    )


def _cell(rows: Iterable[CountedRow]) -> ReportCell:
    held = tuple(rows)
    return ReportCell(len(held), held)
