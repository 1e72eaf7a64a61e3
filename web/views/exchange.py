"""Requests and Actions out and in as files, tried before; and the public catalogue of Actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from roster.errors import FileRefused, InvalidInput, NotSignedIn
from roster.exchange import transfer as exchange
from roster.exchange.transfer import Orders
from roster.ingest.interchange import (
    MEDIA_TYPES,
    ExchangeFormat,
    from_json,
    read_file,
    tidy,
    written,
)
from roster.installation import limits_of
from roster.policy import Permission
from roster.queries.catalogue import catalogue
from roster.queries.exchange import exported_rows
from roster.read.exchange import ExchangeKind, ExchangeRow, OnKnown
from web.access import (
    InstallationDep,
    Reader,
    ReaderDep,
    SessionDep,
    frame_for,
    get_actor,
    new_router,
    requires,
)
from web.deps import frame_of, get_tongue, respond
from web.presenters.catalogue import catalogue_page
from web.presenters.exchange import Sent, exchange_page
from web.reason_words import clause

router = new_router()
_MOST_KEPT = 400_000
"""Characters of rows that a page carries from a trial to the real thing."""
_LONGEST_SOURCE = 120


@router.get("/exchange", dependencies=[requires(Permission.EXCHANGE_RECORDS)])
def show_exchange(reader: ReaderDep) -> HTMLResponse:
    """Show what can go out, and the form that takes a file in."""
    return _page(reader, Sent())


def _page(reader: Reader, sent: Sent, status: int = 200) -> HTMLResponse:
    frame = reader.frame(reader.tongue.word("Exchange"), "reports")
    context = exchange_page(frame, reader.tongue, sent)
    return respond(reader.request, "reports/exchange.html", context, status)


@router.get("/exchange/export", dependencies=[requires(Permission.EXCHANGE_RECORDS)])
def export_records(
    reader: ReaderDep,
    what: ExchangeKind | None = None,
    format: ExchangeFormat = ExchangeFormat.XLSX,  # noqa: A002 -- the word of the address
) -> Response:
    """Give records as a file with headings in the reader's language."""
    kinds = [what] if what else list(ExchangeKind)
    if format is ExchangeFormat.CSV and what is None:
        raise InvalidInput("A CSV file holds one kind: requests, Actions or activities.")
    rows = {kind: exported_rows(reader.session, reader.actor, kind) for kind in kinds}
    name = f"{what.value if what else 'exchange'}-{reader.clock.now().date()}.{format.value}"
    return Response(
        written(rows, format, reader.tongue.code),
        media_type=MEDIA_TYPES[format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@router.post("/exchange", dependencies=[requires(Permission.EXCHANGE_RECORDS)])
def try_file(
    reader: ReaderDep,
    file: Annotated[UploadFile | None, File()] = None,
    source: Annotated[str, Form(max_length=300)] = "",
    known: Annotated[OnKnown, Form()] = OnKnown.SKIP,
) -> HTMLResponse:
    """Say what a file would do, row by row; nothing is written."""
    settings = reader.installation.settings
    name = source.strip()[:_LONGEST_SOURCE] or (file.filename if file else "") or ""
    data = file.file.read() if file else b""
    if not data:
        error = reader.tongue.word("Choose a file.")
        return _page(reader, Sent(known, name, error=error), 422)
    try:
        rows = read_file(
            data,
            file.filename if file else None,
            most_bytes=settings.upload_max_bytes,
            limits=limits_of(settings),
        )
    except FileRefused as refused:
        return _page(
            reader, Sent(known, name, error=clause(refused.detail, reader.tongue)), refused.status
        )
    orders = Orders(name, known, reader.clock.now(), is_trial=True, tidy=tidy)
    found = exchange.take_in(reader.session, reader.actor, rows, orders)
    kept = "" if found.problems else _kept(rows)
    return _page(reader, Sent(known, name, found, kept=kept), 422 if found.problems else 200)


def _kept(rows: Sequence[ExchangeRow]) -> str:
    held = {kind: [one for one in rows if one.kind is kind] for kind in ExchangeKind}
    text = written({kind: some for kind, some in held.items() if some}, ExchangeFormat.JSON)
    return text.decode() if len(text) <= _MOST_KEPT else ""


@router.post("/exchange/take", dependencies=[requires(Permission.EXCHANGE_RECORDS)])
def take_rows(
    reader: ReaderDep,
    rows: Annotated[str, Form(max_length=_MOST_KEPT * 2)] = "",
    source: Annotated[str, Form(max_length=300)] = "",
    known: Annotated[OnKnown, Form()] = OnKnown.SKIP,
) -> HTMLResponse:
    """Take in the rows that were tried: all of them, or none."""
    name = source.strip()[:_LONGEST_SOURCE]
    try:
        given = from_json(rows.encode())
    except FileRefused as refused:
        return _page(
            reader, Sent(known, name, error=clause(refused.detail, reader.tongue)), refused.status
        )
    orders = Orders(name, known, reader.clock.now(), tidy=tidy)
    found = exchange.take_in(reader.session, reader.actor, given, orders)
    return _page(reader, Sent(known, name, found), 422 if found.problems else 200)


@router.get("/catalogue", dependencies=[requires(Permission.PUBLIC)])
def show_catalogue(
    request: Request, session: SessionDep, installation: InstallationDep
) -> HTMLResponse:
    """Show the Actions that facilities publish; nobody's name is among it."""
    found = catalogue(session)
    tongue = get_tongue(request)
    title = tongue.word("Catalogue of Actions")
    try:
        frame = frame_for(request, get_actor(request, session, installation), title, "")
    except NotSignedIn:
        frame = frame_of(request, title)
    return respond(request, "reports/catalogue.html", catalogue_page(frame, tongue, found))
