"""Reports for any period and theme, the exchange of requests and Actions, the public catalogue."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, File, Form, Query, Response, UploadFile

from api.deps import ActorDep, ClockDep, InstallationDep, SessionDep, new_router, requires
from api.paging import PageDep
from api.problems import problems
from api.schemas.reports import (
    CatalogueFacilityOut,
    CatalogueOut,
    ChangeOut,
    CountedRowOut,
    CountedRowsOut,
    ExchangeOut,
    LeftOutOut,
    PrintedLineOut,
    PrintedOut,
    ReportCellOut,
    ReportOut,
    ReportTableOut,
    RowOutcomeOut,
    RowProblemOut,
    TotalOut,
)
from roster import reports
from roster.counting.facts import ReportScope
from roster.counting.figures import TriangularRule
from roster.errors import FieldError, FileRefused, FileTooLarge, InvalidInput, NotFound, UnknownTerm
from roster.exchange import transfer as exchange
from roster.exchange.transfer import Orders
from roster.ingest.interchange import MEDIA_TYPES, ExchangeFormat, read_file, tidy, written
from roster.installation import limits_of
from roster.policy import Permission
from roster.queries.catalogue import catalogue
from roster.queries.exchange import exported_rows
from roster.queries.printed import printed_lines
from roster.read.exchange import ExchangeKind, ExchangeResult, OnKnown
from roster.read.reports import ReportCell
from roster.reference import regions, topics
from roster.vocabulary import CountedKind, Origin

router = new_router("reports")
_RULES = {rule.name.lower(): rule for rule in TriangularRule}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind.partition(";")[0]: {"schema": {}} for kind in MEDIA_TYPES.values()}}
}
_PERSONS = frozenset({CountedKind.EXPERT, CountedKind.DEPLOYMENT})


def get_scope(
    since: Annotated[date | None, Query(description="First day")] = None,
    until: Annotated[date | None, Query(description="Last day, inclusive")] = None,
    region: Annotated[str | None, Query(max_length=80, description="A facility's region")] = None,
    area: Annotated[str | None, Query(max_length=80, description="A thematic area")] = None,
    topic: Annotated[str | None, Query(max_length=80, description="A topic's code")] = None,
    origin: Annotated[Origin, Query(description="One origin at a time")] = Origin.REAL,
    rule: Annotated[
        str, Query(max_length=40, description="What makes a team triangular")
    ] = "administrations_not_beneficiary",
) -> ReportScope:
    """Return what is asked for.

    Raises
    ------
    UnknownTerm
        A region, area, topic or rule is not known.
    """
    codes = tuple(one.code for one in topics.topics())
    lists = (
        ("region", region, regions.FACILITY_REGIONS),
        ("area", area, topics.areas()),
        ("topic", topic, codes),
        ("rule", rule, tuple(_RULES)),
    )
    errors = tuple(
        FieldError(f"/{name}", f"The {name} “{value}” is not known. Known are: {', '.join(known)}.")
        for name, value, known in lists
        if value is not None and value not in known
    )
    if errors:
        raise UnknownTerm("A report cannot be made for this.", errors)
    return ReportScope(since, until, region, area, topic, origin, _RULES[rule])


ScopeDep = Annotated[ReportScope, Depends(get_scope)]
FacilityQuery = Annotated[
    str | None,
    Query(max_length=80, description="Code of another facility whose reports the account reads"),
]


@router.get(
    "/reports",
    dependencies=[requires(Permission.READ_REPORTS)],
    responses=problems(NotFound, InvalidInput, UnknownTerm),
)
def get_report(
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    scope: ScopeDep,
    facility: FacilityQuery = None,
) -> ReportOut:
    """Return the figures of the facility for a period and a theme."""
    reader = reports.in_facility(session, actor, facility)
    found = reports.build_report(session, reader, scope, now=clock.now())
    return ReportOut(
        facility=found.facility,
        origin=scope.origin,
        since=scope.first,
        until=scope.last,
        triangular_rule=scope.rule.name.lower(),
        totals=[
            TotalOut(name=name, figure=ReportCellOut.model_validate(_bare(cell)))
            for name, cell in found.totals
        ],
        tables=[
            ReportTableOut.model_validate(
                {
                    "code": table.code,
                    "columns": list(table.columns),
                    "rows": [
                        {"key": row.key, "cells": [_bare(cell) for cell in row.cells]}
                        for row in table.rows
                    ],
                }
            )
            for table in found.tables
        ],
        left_out=[LeftOutOut.model_validate(one) for one in found.left_out],
        hides_few=found.hides_few,
    )


def _bare(cell: ReportCell) -> dict[str, object]:
    return {
        "value": cell.value,
        "known": cell.known,
        "among": cell.among,
        "is_hidden": cell.is_hidden,
    }


@router.get(
    "/reports/rows",
    dependencies=[requires(Permission.READ_REPORTS)],
    responses=problems(NotFound, InvalidInput, UnknownTerm),
)
def list_counted_rows(  # noqa: PLR0913, PLR0917 -- a scope, a figure and a page.
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    scope: ScopeDep,
    paging: PageDep,
    table: Annotated[str, Query(max_length=40, description="Code of the table, or totals")],
    row: Annotated[str, Query(max_length=80, description="Key of the line")],
    column: Annotated[str, Query(max_length=40, description="Empty for totals")] = "",
    facility: FacilityQuery = None,
) -> CountedRowsOut:
    """Return the records that one figure counts; a look at people is written down."""
    reader = reports.in_facility(session, actor, facility)
    report = reports.build_report(session, reader, scope, now=clock.now())
    figure = (table, row, column)
    found = reports.counted_rows(session, reader, report, figure, now=clock.now())
    shown = found.cell.rows[paging.offset : paging.offset + paging.per_page]
    return CountedRowsOut(
        figure=ReportCellOut.model_validate(_bare(found.cell)),
        items=[
            CountedRowOut(
                kind=one.kind,
                id=one.id,
                label=found.names.get(one.id, "") if one.kind in _PERSONS else one.label,
                action=one.action,
                value=one.value,
            )
            for one in shown
        ],
        page=paging.page,
        per_page=paging.per_page,
        total=len(found.cell.rows),
    )


@router.get(
    "/reports/printed",
    dependencies=[requires(Permission.READ_REPORTS)],
    responses=problems(),
)
def list_printed(session: SessionDep, actor: ActorDep) -> PrintedOut:
    """Return each printed figure beside the same computed, and why they differ."""
    lines = printed_lines(session, actor)
    return PrintedOut(items=[PrintedLineOut.model_validate(one) for one in lines])


@router.get(
    "/exchange",
    dependencies=[requires(Permission.EXCHANGE_RECORDS)],
    response_class=Response,
    responses=problems(InvalidInput) | _FILES,
)
def export_records(
    session: SessionDep,
    actor: ActorDep,
    what: Annotated[
        list[ExchangeKind] | None, Query(description="All three where nothing is said")
    ] = None,
    format: ExchangeFormat = ExchangeFormat.JSON,  # noqa: A002 -- the word of the address
) -> Response:
    """Return requests, Actions and their activities as JSON, XLSX or CSV (one kind)."""
    kinds = what or list(ExchangeKind)
    if format is ExchangeFormat.CSV and len(kinds) != 1:
        detail = "A CSV file holds one kind: give what=requests, what=actions or what=activities."
        raise InvalidInput(detail, (FieldError("/what", detail),))
    rows = {kind: exported_rows(session, actor, kind) for kind in dict.fromkeys(kinds)}
    return Response(written(rows, format), media_type=MEDIA_TYPES[format])


@router.post(
    "/exchange",
    dependencies=[requires(Permission.EXCHANGE_RECORDS)],
    responses=problems(FileRefused, FileTooLarge),
)
def import_records(
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    installation: InstallationDep,
    file: Annotated[UploadFile, File(description="CSV, XLSX or JSON")],
    source: Annotated[
        str, Form(min_length=1, max_length=120, description="Which system it comes from")
    ],
    known: Annotated[OnKnown, Form(description="What to do with codes that are here")] = (
        OnKnown.SKIP
    ),
    is_trial: Annotated[bool, Form(description="true: predict, write nothing")] = True,
) -> ExchangeOut:
    """Take requests and Actions in, all rows or none; a trial predicts and writes nothing."""
    rows = read_file(
        file.file.read(),
        file.filename,
        most_bytes=installation.settings.upload_max_bytes,
        limits=limits_of(installation.settings),
    )
    orders = Orders(source, known, clock.now(), is_trial, tidy)
    return exchange_out(exchange.take_in(session, actor, rows, orders))


def exchange_out(found: ExchangeResult) -> ExchangeOut:
    """Return what an exchange did as the API answers it."""
    return ExchangeOut(
        is_done=found.is_done,
        outcomes=[
            RowOutcomeOut(
                kind=one.kind,
                number=one.number,
                code=one.code,
                act=one.act,
                changes=[
                    ChangeOut(field=field, before=before, after=after)
                    for field, before, after in one.changes
                ],
            )
            for one in found.outcomes
        ],
        problems=[RowProblemOut.model_validate(one) for one in found.problems],
        unread=list(found.unread),
    )


@router.get("/catalogue", dependencies=[requires(Permission.PUBLIC)], responses=problems(NotFound))
def get_catalogue(session: SessionDep) -> CatalogueOut:
    """Return the Actions of the facilities that publish them; nobody's name is among it."""
    found = catalogue(session)
    return CatalogueOut(facilities=[CatalogueFacilityOut.model_validate(one) for one in found])
