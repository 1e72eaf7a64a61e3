"""The facility's own figures: for any period and theme, with their rows, as files, beside print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from roster import reports
from roster.counting.facts import ReportScope
from roster.counting.figures import TriangularRule
from roster.errors import InvalidInput
from roster.policy import Permission
from roster.queries.printed import printed_lines
from roster.read.reports import Report
from roster.reference import regions, topics
from roster.vocabulary import Origin
from web.access import Reader, ReaderDep, new_router, requires
from web.deps import respond
from web.papers import documents, json, workbooks
from web.papers.paper import Paper
from web.presenters.printed import printed_page
from web.presenters.report_paper import report_paper
from web.presenters.reports import Asked, Behind, counted_page, report_page
from web.reason_words import clause

router = new_router()


class Format(StrEnum):
    """What a report is written as."""

    XLSX = "xlsx"
    DOCX = "docx"
    JSON = "json"


_WRITERS: dict[Format, tuple[Callable[[Paper], bytes], str]] = {
    Format.XLSX: (workbooks.xlsx_of, workbooks.MEDIA_TYPE),
    Format.DOCX: (documents.docx_of, documents.MEDIA_TYPE),
    Format.JSON: (json.json_of, json.MEDIA_TYPE),
}


def get_asked(request: Request) -> Asked:
    """Return what the address asks for; what nobody knows is left out."""
    said = request.query_params
    rules = {one.name.lower(): one for one in TriangularRule}
    scope = ReportScope(
        first=_day(said.get("since", "")),
        last=_day(said.get("until", "")),
        region=_one(said.get("region", ""), regions.FACILITY_REGIONS),
        area=_one(said.get("area", ""), topics.areas()),
        topic=_one(said.get("topic", ""), tuple(one.code for one in topics.topics())),
        origin=Origin(_one(said.get("origin", ""), tuple(Origin)) or Origin.REAL),
    )
    rule = rules.get(said.get("rule", ""), scope.rule)
    return Asked(replace(scope, rule=rule), said.get("facility", "")[:80])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _one(text: str, known: tuple[str, ...]) -> str | None:
    return text if text in known else None


AskedDep = Annotated[Asked, Depends(get_asked)]


@dataclass(frozen=True)
class Counted:
    """A report as a reader asked for it."""

    reader: Reader
    report: Report
    asked: Asked


def _counted(reader: Reader, asked: Asked) -> Counted:
    actor = reports.in_facility(reader.session, reader.actor, asked.facility)
    report = reports.build_report(reader.session, actor, asked.scope, now=reader.clock.now())
    return Counted(replace(reader, actor=actor), report, asked)


@router.get("/reports", dependencies=[requires(Permission.READ_REPORTS)])
def show_report(reader: ReaderDep, asked: AskedDep) -> HTMLResponse:
    """Show the figures of a facility for a period, a region and a theme."""
    error = ""
    try:
        found = _counted(reader, asked)
    except InvalidInput as refused:
        error = clause(refused.detail, reader.tongue)
        whole = Asked(replace(asked.scope, first=None, last=None), asked.facility)
        found = _counted(reader, whole)
    facilities = reports.facilities_of(reader.session, reader.actor)
    context = report_page(
        reader.frame(reader.tongue.word("Reports"), "reports"),
        reader.tongue,
        found.report,
        found.asked if not error else asked,
        tuple((one.code, one.name) for one in facilities),
        reader.tongue.word("The period ends before it begins.") if error else "",
        may_exchange=reader.actor.may(Permission.EXCHANGE_RECORDS),
    )
    return respond(reader.request, "reports/report.html", context, 422 if error else 200)


@router.get("/reports/rows", dependencies=[requires(Permission.READ_REPORTS)])
def show_rows(
    reader: ReaderDep,
    asked: AskedDep,
    table: Annotated[str, Query(max_length=40)],
    row: Annotated[str, Query(max_length=80)],
    column: Annotated[str, Query(max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show the records that one figure counts."""
    found = _counted(reader, asked)
    actor = found.reader.actor
    figure = (table, row, column)
    rows = reports.counted_rows(reader.session, actor, found.report, figure, now=reader.clock.now())
    behind = Behind(figure, rows.cell, rows.names, actor.may(Permission.READ_REQUESTS))
    frame = reader.frame(reader.tongue.word("Reports"), "reports")
    context = counted_page(frame, reader.tongue, found.report, asked, behind, page)
    return respond(reader.request, "reports/rows.html", context)


@router.get("/reports/export", dependencies=[requires(Permission.READ_REPORTS)])
def export_report(
    reader: ReaderDep,
    asked: AskedDep,
    format: Format = Format.XLSX,  # noqa: A002 -- the word of the address
) -> Response:
    """Give a report as a workbook, a document or JSON, in the reader's language."""
    found = _counted(reader, asked)
    today = reader.clock.now().date()
    paper = report_paper(found.report, asked.scope, today, reader.tongue)
    write, media_type = _WRITERS[format]
    return Response(
        write(paper),
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="report-{today}.{format.value}"',
            "Cache-Control": "no-store",
            "Content-Language": reader.tongue.code,
        },
    )


@router.get("/reports/printed", dependencies=[requires(Permission.READ_REPORTS)])
def show_printed(reader: ReaderDep) -> HTMLResponse:
    """Show each printed figure of the facility beside the same counted."""
    tongue = reader.tongue
    context = printed_page(
        reader.frame(tongue.word("Reports"), "reports"),
        tongue,
        printed_lines(reader.session, reader.actor),
    )
    return respond(reader.request, "reports/printed.html", context)
