"""Reports as pages: tables with bars, each figure a way to the rows that it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from roster.counting.facts import ReportScope
from roster.counting.figures import TriangularRule
from roster.read.reports import CountedRow, Report, ReportCell, ReportRow, ReportTable
from roster.reference import regions, topics
from roster.vocabulary import CountedKind, Origin, ReportTableCode
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, Empty, Figure, FormField, Link, percent
from web.contexts.reports import (
    CountedLine,
    CountedPage,
    FigureCell,
    FigureLine,
    FigureTable,
    ReportPage,
)
from web.presenters.pagers import kept_within, pager_of
from web.presenters.report_words import (
    COUNTED,
    EMPTY,
    NOTES,
    TITLES,
    area_words,
    column_words,
    line_words,
    region_words,
)
from web.tongues import Tongue
from web.wording import marked

PER_PAGE = 50
_MOST_BESIDE = 4
"""Columns of a table that fits beside another."""
_BARS = frozenset(ReportTableCode) - {ReportTableCode.TIMES}
_ORIGINS = {
    Origin.REAL: marked("Real records"),
    Origin.IMPORTED: marked("Imported records"),
    Origin.SYNTHETIC: marked("Invented records of the demonstration"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    scope: ReportScope
    facility: str = ""
    """Code; empty is the present one."""

    def query(self, **more: str) -> str:
        """Return the question as the query of an address."""
        scope = self.scope
        said = {
            "facility": self.facility,
            "since": scope.first.isoformat() if scope.first else "",
            "until": scope.last.isoformat() if scope.last else "",
            "region": scope.region or "",
            "area": scope.area or "",
            "topic": scope.topic or "",
            "origin": "" if scope.origin is Origin.REAL else scope.origin.value,
            "rule": ""
            if scope.rule is TriangularRule.ADMINISTRATIONS_NOT_BENEFICIARY
            else rule_code(scope.rule),
            **more,
        }
        return urlencode({name: value for name, value in said.items() if value})

    def address(self, path: str, **more: str) -> str:
        """Return the address of a page with the same question."""
        query = self.query(**more)
        return f"{path}?{query}" if query else path


def rule_code(rule: TriangularRule) -> str:
    """Return the code of a rule, as addresses and tables have it."""
    return rule.name.lower()


def report_page(
    frame: Frame,
    tongue: Tongue,
    report: Report,
    asked: Asked,
    facilities: Sequence[tuple[str, str]],
    error: str = "",
    *,
    may_exchange: bool = False,
) -> ReportPage:
    """Return the page of a report.

    Parameters
    ----------
    facilities : code and name of those whose reports the reader may see
    """
    tables = [_table(tongue, table, asked) for table in report.tables]
    origin = asked.scope.origin
    return ReportPage(
        frame=frame,
        title=tongue.word("Reports"),
        scope=scope_words(tongue, report, asked.scope),
        mark=None if origin is Origin.REAL else Chip("look", tongue.word(_ORIGINS[origin])),
        fields=_fields(tongue, asked, facilities, error),
        figures=_figures(tongue, report, asked),
        centre=tables[0],
        tables=tuple(tables[1:]),
        left_out=left_out_words(tongue, report),
        exports=tuple(
            Link(name, asked.address("/reports/export", format=name.lower()))
            for name in ("XLSX", "DOCX", "JSON")
        ),
        also=(
            Link(tongue.word("What was printed, beside what is counted"), "/reports/printed"),
            Link(tongue.word("Actions done so far"), "/actions"),
            *((Link(tongue.word("Exchange"), "/exchange"),) if may_exchange else ()),
        ),
        error=error,
        no_table=tongue.word(EMPTY),
    )


def scope_words(tongue: Tongue, report: Report, scope: ReportScope) -> str:
    """Say what is counted: facility, origin, period, region and theme."""
    parts = [report.facility, tongue.word(_ORIGINS[scope.origin])]
    if scope.first and scope.last:
        parts.append(tongue.days(scope.first, scope.last))
    elif scope.first:
        parts.append(tongue.word("since %(date)s", date=tongue.day(scope.first)))
    elif scope.last:
        parts.append(tongue.word("until %(date)s", date=tongue.day(scope.last)))
    else:
        parts.append(tongue.word("any time"))
    parts += [region_words(tongue, scope.region)] if scope.region else []
    parts += [area_words(tongue, scope.area)] if scope.area else []
    if scope.topic:
        parts.append(topics.label(scope.topic, tongue.code))
    return " · ".join(parts)


def left_out_words(tongue: Tongue, report: Report) -> tuple[str, ...]:
    """Say how many records could not be placed, and that few people are not told of."""
    lines = []
    for one in report.left_out:
        what = tongue.word(COUNTED[one.kind])
        if one.undated:
            words = tongue.word(
                "%(count)s without a date that tells", count=tongue.number(one.undated)
            )
            lines.append(tongue.labelled(what, words))
        if one.unplaced:
            words = tongue.word(
                "%(count)s without region, area or topic", count=tongue.number(one.unplaced)
            )
            lines.append(tongue.labelled(what, words))
    if report.hides_few:
        lines.append(tongue.word("Figures of fewer than five people are not told here."))
    return tuple(lines)


def _figures(tongue: Tongue, report: Report, asked: Asked) -> tuple[Figure, ...]:
    made = []
    for name, cell in report.totals:
        shown = _cell(tongue, cell, asked, ("totals", name, ""))
        made.append(
            Figure(column_words(tongue, name), shown.value or shown.missing, shown.note, shown.href)
        )
    triangular = report.table(ReportTableCode.TRIANGULAR)
    code = rule_code(asked.scope.rule)
    share = triangular.cell(code, "triangular")
    if share is not None:
        shown = _cell(tongue, share, asked, ("triangular", code, "triangular"))
        label = column_words(tongue, "triangular")
        made.append(Figure(label, shown.value or shown.missing, shown.note, shown.href))
    return tuple(made)


def _table(tongue: Tongue, table: ReportTable, asked: Asked) -> FigureTable:
    most = max((row.cells[0].value or 0 for row in table.rows), default=0)
    told = [place for place in range(len(table.columns)) if not _is_blank(table, place)]
    rows = table.rows if told else ()
    return FigureTable(
        id=table.code.value.replace("_", "-"),
        title=tongue.word(TITLES[table.code]),
        heads=tuple(column_words(tongue, table.columns[place]) for place in told),
        lines=tuple(_line(tongue, table, row, asked, (most, told)) for row in rows),
        note=_note(tongue, table, told),
        is_wide=len(told) > _MOST_BESIDE,
        has_bars=table.code in _BARS,
    )


def _is_blank(table: ReportTable, place: int) -> bool:
    """Whether nothing is known of a column, which is then named once instead of line by line."""
    cells = [row.cells[place] for row in table.rows]
    return all(one.value is None and not one.is_hidden for one in cells)


def _note(tongue: Tongue, table: ReportTable, told: Sequence[int]) -> str:
    note = NOTES.get(table.code)
    said = [tongue.word(note)] if note else []
    blank = [column_words(tongue, one) for at, one in enumerate(table.columns) if at not in told]
    if blank and table.rows:
        said.append(tongue.labelled(tongue.word("Not known of any"), ", ".join(blank)))
    return " ".join(said)


def _line(
    tongue: Tongue,
    table: ReportTable,
    row: ReportRow,
    asked: Asked,
    shown: tuple[float, Sequence[int]],
) -> FigureLine:
    most, told = shown
    return FigureLine(
        label=line_words(tongue, table.code, row.key),
        width=percent(row.cells[0].value or 0, most),
        cells=tuple(
            _cell(tongue, row.cells[at], asked, (table.code.value, row.key, table.columns[at]))
            for at in told
        ),
    )


def _cell(
    tongue: Tongue, cell: ReportCell, asked: Asked, figure: tuple[str, str, str]
) -> FigureCell:
    if cell.value is None:
        why = marked("fewer than five") if cell.is_hidden else marked("not known")
        return FigureCell("", missing=tongue.word(why))
    table, row, column = figure
    href = asked.address("/reports/rows", table=table, row=row, column=column)
    return FigureCell(
        tongue.number(cell.value), href if cell.rows else None, known_words(tongue, cell)
    )


def known_words(tongue: Tongue, cell: ReportCell) -> str:
    """Say of how many records a figure is known, where it is not known of all."""
    if cell.known is None or cell.known == cell.among:
        return ""
    return tongue.word(
        "known for %(known)s of %(among)s",
        known=tongue.number(cell.known),
        among=tongue.number(cell.among or 0),
    )


# --- The question -------------------------------------------------------------------------------


def _fields(
    tongue: Tongue, asked: Asked, facilities: Sequence[tuple[str, str]], error: str
) -> tuple[FormField, ...]:
    scope = asked.scope
    everything = Choice("", tongue.word("All"))
    areas = {one: area_words(tongue, one) for one in topics.areas()}
    kinds = {one.code: topics.label(one.code, tongue.code) for one in topics.topics()}
    places = {one: region_words(tongue, one) for one in regions.FACILITY_REGIONS}
    rules = {
        rule_code(one): line_words(tongue, ReportTableCode.TRIANGULAR, rule_code(one))
        for one in TriangularRule
    }
    origins = {one.value: tongue.word(words) for one, words in _ORIGINS.items()}
    made = [
        FormField(
            "since", tongue.word("From"), "date", scope.first.isoformat() if scope.first else ""
        ),
        FormField(
            "until",
            tongue.word("To"),
            "date",
            scope.last.isoformat() if scope.last else "",
            error=error,
        ),
        _select("region", tongue.word("Region"), places, scope.region, everything),
        _select("area", tongue.word("Thematic area"), areas, scope.area, everything),
        _select("topic", tongue.word("Topic"), kinds, scope.topic, everything),
        _select("origin", tongue.word("Records"), origins, scope.origin.value),
        _select("rule", tongue.word("Triangular means"), rules, rule_code(scope.rule)),
    ]
    if len(facilities) > 1:
        made.append(_select("facility", tongue.word("Facility"), dict(facilities), asked.facility))
    return tuple(made)


def _select(
    name: str, label: str, options: Mapping[str, str], on: str | None, *first: Choice
) -> FormField:
    choices = (Choice(value, words, value == on) for value, words in options.items())
    return FormField(name, label, "select", choices=(*first, *choices))


# --- The rows behind a figure -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one figure, as far as a reader may open it."""

    figure: tuple[str, str, str]
    """Table, line and column, by code."""
    cell: ReportCell
    names: Mapping[UUID, str]
    """Of the people whom she may know."""
    opens_requests: bool = True


def counted_page(
    frame: Frame, tongue: Tongue, report: Report, asked: Asked, behind: Behind, page: int
) -> CountedPage:
    """Return the list of records that one figure counts."""
    cell, figure = behind.cell, behind.figure
    total = len(cell.rows)
    page = kept_within(page, PER_PAGE, total)
    shown = cell.rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    table, row, column = figure

    def at(number: int) -> str:
        return asked.address("/reports/rows", table=table, row=row, column=column, page=str(number))

    return CountedPage(
        frame=frame,
        title=figure_words(tongue, figure),
        scope=scope_words(tongue, report, asked.scope),
        back=Link(tongue.word("Reports"), asked.address("/reports")),
        lines=tuple(_counted(tongue, one, behind) for one in shown),
        pager=pager_of(page, PER_PAGE, total, tongue, at),
        note=known_words(tongue, cell),
        has_values=any(one.value is not None for one in cell.rows),
        empty=None if shown else Empty(tongue.word(EMPTY), ""),
    )


def figure_words(tongue: Tongue, figure: tuple[str, str, str]) -> str:
    """Name a figure by its table, line and column."""
    table, row, column = figure
    if table == "totals":
        return column_words(tongue, row)
    code = ReportTableCode(table)
    line = line_words(tongue, code, row)
    return tongue.labelled(line, column_words(tongue, column))


def _counted(tongue: Tongue, one: CountedRow, behind: Behind) -> CountedLine:
    names = behind.names
    kind = tongue.word(COUNTED[one.kind])
    value = "" if one.value is None else tongue.number(one.value)
    if one.kind in {CountedKind.EXPERT, CountedKind.DEPLOYMENT}:
        if one.id not in names:
            return CountedLine(tongue.word("a person of another list"), None, kind, value)
        return CountedLine(names[one.id], f"/experts/{one.id}", kind, value)
    if one.kind is CountedKind.REQUEST:
        href = f"/requests/{one.id}" if behind.opens_requests else None
        return CountedLine(one.label, href, kind, value)
    return CountedLine(one.label, f"/actions/{one.action}", kind, value)
