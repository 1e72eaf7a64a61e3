"""How many of those who were asked for feedback answered, by audience."""

from __future__ import annotations

from collections.abc import Sequence

from roster.counting.facts import ActionFact, InquiryFact
from roster.read.reports import CountedRow, ReportCell, ReportRow, ReportTable
from roster.vocabulary import CountedKind, ReportTableCode


def responses_table(inquiries: Sequence[tuple[ActionFact, InquiryFact]]) -> ReportTable:
    """Return asked, answered and the rate, the most asked first."""
    held: dict[str, list[tuple[ActionFact, InquiryFact]]] = {}
    for action, one in inquiries:
        held.setdefault(one.audience.value, []).append((action, one))
    columns = ("asked", "answered", "percent")
    rows = [ReportRow(key, _answered(pairs)) for key, pairs in held.items()]
    rows.sort(key=lambda row: (-(row.cells[0].value or 0), row.key))
    return ReportTable(ReportTableCode.RESPONSES, columns, tuple(rows))


def _answered(pairs: Sequence[tuple[ActionFact, InquiryFact]]) -> tuple[ReportCell, ...]:
    """Return asked, answered and the rate, the last over those whose number asked is known."""
    sure = [one for _, one in pairs if one.asked is not None]
    asked = sum(one.asked or 0 for one in sure)
    back = sum(one.answered for one in sure)

    def row(action: ActionFact, one: InquiryFact, value: int | None) -> CountedRow:
        return CountedRow(CountedKind.INQUIRY, action.id, one.title, action.code, value)

    return (
        ReportCell(
            asked if sure else None,
            tuple(row(a, one, one.asked) for a, one in pairs if one.asked is not None),
            len(sure),
            len(pairs),
        ),
        ReportCell(
            sum(one.answered for _, one in pairs),
            tuple(row(a, one, one.answered) for a, one in pairs),
        ),
        ReportCell(round(100 * back / asked, 1) if asked else None),
    )
