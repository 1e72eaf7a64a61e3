"""Invented contexts of reports, of the exchange and of the catalogue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from roster.counting.facts import ReportScope
from roster.counting.printed_tables import PrintedGroup, PrintedLine, PrintedState
from roster.dates import PartialDate
from roster.read.catalogue import CatalogueEntry, CatalogueFacility
from roster.read.exchange import (
    ExchangeKind,
    ExchangeResult,
    OnKnown,
    RowAct,
    RowOutcome,
    RowProblem,
)
from roster.read.reports import (
    CountedRow,
    LeftOut,
    Report,
    ReportCell,
    ReportRow,
    ReportTable,
)
from roster.vocabulary import ActionStatus, CountedKind, Origin, ReportTableCode
from web.contexts.layout import Frame
from web.presenters.catalogue import catalogue_page
from web.presenters.exchange import Sent, exchange_page
from web.presenters.printed import printed_page
from web.presenters.reports import Asked, Behind, counted_page, report_page
from web.tongues import Tongue

LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
PERSON = UUID(int=7)
ROWS = (
    CountedRow(CountedKind.EXPERT, PERSON, ""),
    CountedRow(CountedKind.DEPLOYMENT, UUID(int=8), "", "mali-i"),
    CountedRow(CountedKind.REQUEST, UUID(int=9), LONG, value=14),
    CountedRow(CountedKind.ACTION, UUID(int=10), LONG, "mali-i"),
)
KEYS = {
    ReportTableCode.ACTIVITY_TYPES: ("training", "study_visit"),
    ReportTableCode.TOPICS: ("remittances", "unknown"),
    ReportTableCode.EXPERT_STATES: ("PT", "unknown"),
    ReportTableCode.EXPERT_KINDS: ("ngo", "unknown"),
    ReportTableCode.RESPONSES: ("participant", "expert"),
    ReportTableCode.TRIANGULAR: ("administrations_not_beneficiary", "any_kind"),
}
FIGURE = ("expert_states", "PT", "people")


def _table(code: ReportTableCode, *, full: bool) -> ReportTable:
    cells = (
        ReportCell(1240, ROWS, 12, 40),
        ReportCell(None, is_hidden=True),
        ReportCell(None),
        ReportCell(12.5),
    )
    keys = KEYS.get(code, ("Africa", "unknown")) if full else ()
    first = "triangular" if code is ReportTableCode.TRIANGULAR else "people"
    columns = (first, "participants", "women", "percent")
    return ReportTable(code, columns, tuple(ReportRow(key, cells) for key in keys))


def _report(*, full: bool) -> Report:
    return Report(
        facility=LONG if full else "MIEUX",
        tables=tuple(_table(code, full=full) for code in ReportTableCode),
        left_out=(LeftOut(CountedKind.REQUEST, 47, 3),) if full else (),
        totals=(("requests", ReportCell(100, ROWS)), ("people", ReportCell(None))),
        hides_few=full,
    )


def _printed() -> tuple[PrintedLine, ...]:
    groups = list(PrintedGroup)
    return tuple(
        PrintedLine(
            group=groups[place % len(groups)],
            key="PT" if groups[place % len(groups)] is PrintedGroup.STATES else "x",
            label="" if groups[place % len(groups)] is PrintedGroup.STATES else LONG,
            printed=(42, None, "more than 4,300")[place % 3],
            computed=(40, None)[place % 2],
            state=list(PrintedState)[place % len(PrintedState)],
            why="The book counts two that it does not describe.",
            rule="Actions of the annex",
        )
        for place in range(10)
    )


def _exchanged(*, fails: bool) -> ExchangeResult:
    kind = ExchangeKind.ACTIONS
    outcomes = tuple(
        RowOutcome(kind, place + 2, f"code-{place}", act, (("objective", "", LONG),))
        for place, act in enumerate(RowAct)
    )
    problems = (
        RowProblem(kind, 6, "Pays", f"The country “{LONG}” is not known."),
        RowProblem(kind, 7, "", "This row cannot be read."),
    )
    return ExchangeResult(
        outcomes, problems if fails else (), is_done=False, unread=("Remarks", LONG)
    )


def _published() -> tuple[CatalogueFacility, ...]:
    entries = tuple(
        CatalogueEntry(
            name=f"Action {place}",
            status=ActionStatus.ONGOING,
            region=("Africa", "Asia", None)[place % 3],
            objective=LONG,
            countries=("CI", "BJ") if place % 2 else (),
            regional_body="ECOWAS",
            areas=("horizontal",),
            topics=(),
            starts=PartialDate(2014, 3) if place else None,
            ends=None,
        )
        for place in range(5)
    )
    return (CatalogueFacility("mieux", "MIEUX", entries),)


def report_pages(frame: Frame, tongue: Tongue) -> dict[str, tuple[str, object]]:
    """Return every page about figures, with everything and with nothing."""
    asked = Asked(
        ReportScope(date(2026, 1, 1), date(2026, 12, 31), "Africa", "horizontal", "remittances",
                    Origin.SYNTHETIC),
        "mieux",
    )  # fmt: skip
    both = (("mieux", "MIEUX"), ("ddf", "Demand Driven Facility"))
    full, empty = _report(full=True), _report(full=False)
    plain = Asked(ReportScope())
    behind = Behind(FIGURE, full.tables[0].rows[0].cells[0], {PERSON: LONG}, opens_requests=False)
    nobody = Behind(FIGURE, ReportCell(0), {})
    tried = Sent(OnKnown.UPDATE, LONG, _exchanged(fails=False), kept='{"actions": []}')
    refused = Sent(OnKnown.SKIP, "old", _exchanged(fails=True), error="This file is no table.")
    return {
        "report": ("reports/report.html",
                   report_page(frame, tongue, full, asked, both, "Too early.", may_exchange=True)),
        "report-empty": ("reports/report.html", report_page(frame, tongue, empty, plain, ())),
        "report-rows": ("reports/rows.html",
                        counted_page(frame, tongue, full, asked, behind, 1)),
        "report-rows-none": ("reports/rows.html",
                             counted_page(frame, tongue, full, plain, nobody, 1)),
        "printed": ("reports/printed.html", printed_page(frame, tongue, _printed())),
        "printed-none": ("reports/printed.html", printed_page(frame, tongue, ())),
        "exchange": ("reports/exchange.html", exchange_page(frame, tongue, Sent())),
        "exchange-tried": ("reports/exchange.html", exchange_page(frame, tongue, tried)),
        "exchange-refused": ("reports/exchange.html", exchange_page(frame, tongue, refused)),
        "catalogue": ("reports/catalogue.html", catalogue_page(frame, tongue, _published())),
        "catalogue-empty": ("reports/catalogue.html", catalogue_page(frame, tongue, ())),
    }  # fmt: skip
