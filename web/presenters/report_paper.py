"""A report as a paper: the same tables in words, for DOCX, XLSX and JSON."""

from __future__ import annotations

from datetime import date

from roster.counting.facts import ReportScope
from roster.read.reports import Report, ReportCell, ReportTable
from roster.vocabulary import Origin
from web.papers.paper import Cell, Paper, Table
from web.presenters.report_words import EMPTY, NOTES, TITLES, column_words, line_words
from web.presenters.reports import known_words, left_out_words, scope_words
from web.tongues import Tongue


def report_paper(report: Report, scope: ReportScope, today: date, tongue: Tongue) -> Paper:
    """Return a report in the words of a language."""
    facts = [(tongue.word("Counted"), scope_words(tongue, report, scope))]
    facts += [(column_words(tongue, name), _said(tongue, cell)) for name, cell in report.totals]
    facts += [(tongue.word("Left out"), words) for words in left_out_words(tongue, report)]
    mark = "" if scope.origin is Origin.REAL else scope_words(tongue, report, scope)
    return Paper(
        title=tongue.word("Report of %(facility)s", facility=report.facility),
        subject=scope_words(tongue, report, scope),
        mark=mark,
        facts=tuple(facts),
        facts_title=tongue.word("What is counted"),
        tables=tuple(_table(tongue, table) for table in report.tables),
        footer=tongue.day(today),
        language=tongue.locale.language,
    )


def _table(tongue: Tongue, table: ReportTable) -> Table:
    note = NOTES.get(table.code)
    return Table(
        title=tongue.word(TITLES[table.code]),
        heads=(
            tongue.word("Line"),
            *(column_words(tongue, one) for one in table.columns),
            tongue.word("Remark"),
        ),
        rows=tuple(
            (
                line_words(tongue, table.code, row.key),
                *map(_value, row.cells),
                _remark(tongue, table, row.cells),
            )
            for row in table.rows
        ),
        empty=" ".join(tongue.word(one) for one in (EMPTY, note) if one),
    )


def _remark(tongue: Tongue, table: ReportTable, cells: tuple[ReportCell, ...]) -> str:
    """Say what figures of a line are known of some only, or kept back."""
    said = []
    for column, cell in zip(table.columns, cells, strict=True):
        words = known_words(tongue, cell)
        if cell.is_hidden:
            words = tongue.word("fewer than five")
        if words:
            said.append(tongue.labelled(column_words(tongue, column), words))
    return "; ".join(said)


def _value(cell: ReportCell) -> Cell:
    if cell.value is None:
        return None
    return int(cell.value) if float(cell.value).is_integer() else cell.value


def _said(tongue: Tongue, cell: ReportCell) -> str:
    if cell.value is not None:
        return tongue.number(cell.value)
    return tongue.word("fewer than five") if cell.is_hidden else tongue.word("not known")
