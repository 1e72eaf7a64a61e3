"""Uploads of many files: their results, the columns of a list, taken in, confirmed, called off."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from uuid import UUID

from fastapi import BackgroundTasks
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from roster import batches
from roster.errors import FieldError, InvalidInput
from roster.ingest.batches.lists import (
    checked,
    open_sheets,
    preview,
    proposal,
    proposal_for,
    table_for,
)
from roster.ingest.batches.sure import confirm_sure
from roster.ingest.lists.reading import ListFile
from roster.installation import limits_of
from roster.policy import Permission
from roster.queries.batches import all_items, batch_view, get_batch, items_page, mapping_of
from roster.queries.documents import waiting_ids
from roster.read import Paging
from roster.read.batches import ListMapping
from roster.tables import Batch
from roster.vocabulary import BatchState
from web.access import Reader, ReaderDep, new_router, past_the_end, requires, see_other
from web.contexts.parts import Notice
from web.deps import TypedDep, respond
from web.presenters.batches import batch_page, outcome_of, outcome_words, reasons
from web.presenters.columns import columns_page, read_mapping

router = new_router()

PER_PAGE = 50


@router.get("/uploads/{batch_id}", dependencies=[requires(Permission.UPLOAD_CVS)])
def show_batch(
    reader: ReaderDep, batch_id: UUID, show: str = "", page: int = 1, done: str = ""
) -> Response:
    """Show an upload with the result of each file or row."""
    session, actor = reader.session, reader.actor
    batch = get_batch(session, actor, batch_id)
    if batch.state is BatchState.MAPPING:
        return see_other(f"/uploads/{batch_id}/columns")
    wanted = outcome_of(show)
    paging = Paging(max(1, min(page, 100_000)), PER_PAGE)
    items = items_page(session, actor, batch, paging, wanted)
    if last := past_the_end(reader.request, items):
        return last
    tongue = reader.tongue
    context = batch_page(
        reader.frame(tongue.word("Upload CVs"), "upload"),
        tongue,
        batch_view(session, actor, batch),
        items,
        group=show if wanted else "",
        may_confirm=actor.may(Permission.WRITE_EXPERTS),
        notices=_done(reader, done),
    )
    return respond(reader.request, "uploads/batch.html", context)


def _done(reader: Reader, done: str) -> tuple[Notice, ...]:
    """Say what a press of the button confirmed: "12" or "12-3", the second were held back."""
    confirmed, _, held = done.partition("-")
    if not (confirmed.isdecimal() and len(done) < 12):
        return ()
    tongue = reader.tongue
    title = tongue.words(
        "%(num)s person was confirmed, and is in the next ranking.",
        "%(num)s people were confirmed, and are in the next ranking.",
        int(confirmed),
    )
    if not held.isdecimal():
        return (Notice("ok", title),)
    text = tongue.words(
        "%(num)s needs a look after all.", "%(num)s need a look after all.", int(held)
    )
    return (Notice("look", title, text),)


@router.get("/uploads/{batch_id}/next", dependencies=[requires(Permission.WRITE_EXPERTS)])
def show_first(reader: ReaderDep, batch_id: UUID) -> RedirectResponse:
    """Lead to the first file of an upload that waits to be confirmed."""
    session, actor = reader.session, reader.actor
    waiting = set(waiting_ids(session, actor))
    for item in all_items(session, actor, get_batch(session, actor, batch_id)):
        if item.document_id in waiting:
            return see_other(f"/documents/{item.document_id}?of={batch_id}")
    return see_other(f"/uploads/{batch_id}")


@router.get("/uploads/{batch_id}/results.csv", dependencies=[requires(Permission.UPLOAD_CVS)])
def download_results(reader: ReaderDep, batch_id: UUID) -> Response:
    """Give the results as a table."""
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    words = io.StringIO()
    table = csv.writer(words)
    table.writerow(
        tongue.word(head) for head in ("Number", "File", "Result", "Person", "Reason", "Address")
    )
    base = str(reader.request.base_url).rstrip("/")
    for item in all_items(session, actor, get_batch(session, actor, batch_id)):
        address = f"{base}/documents/{item.document_id}" if item.document_id else ""
        row = (
            item.file_name,
            outcome_words(tongue, item.outcome),
            item.display_name,
            "; ".join(reasons(tongue, item.reason)),
            address,
        )
        table.writerow((item.place, *map(_harmless, row)))
    return Response(
        "\ufeff" + words.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="upload-{batch_id}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") and cell else cell


@router.get("/uploads/{batch_id}/columns", dependencies=[requires(Permission.UPLOAD_CVS)])
def show_columns(
    reader: ReaderDep, batch_id: UUID, sheet: str | None = None, header_row: str = ""
) -> Response:
    """Show the columns of a list, each with our proposal or what was said before."""
    batch = get_batch(reader.session, reader.actor, batch_id)
    if batch.state is BatchState.REFUSED:
        return see_other(f"/uploads/{batch_id}")
    held = mapping_of(batch) or ListMapping()
    try:
        found, mapping = _looked_at(reader, batch_id, held, sheet, header_row)
    except InvalidInput as error:
        found, mapping = _looked_at(reader, batch_id, held, None, "")
        return _columns(reader, batch, found, mapping, error.errors, status=error.status)
    return _columns(reader, batch, found, mapping)


def _looked_at(
    reader: Reader, batch_id: UUID, held: ListMapping, sheet: str | None, header_row: str
) -> tuple[ListFile, ListMapping]:
    """Open a list: as it stands, or another sheet or header of it with a proposal for that."""
    if sheet is None and not header_row:
        return _opened(reader, batch_id, held), held
    name = held.sheet if sheet is None else sheet
    if name != held.sheet and header_row == str(held.header_row):
        found = _opened(reader, batch_id, None)  # Another sheet: its header is looked for.
        return found, proposal_for(table_for(found, ListMapping(name)))
    row = int(header_row) if header_row.isdecimal() and len(header_row) < 7 else 0
    wanted = ListMapping(name, row)
    if (name, row) == (held.sheet, held.header_row):
        return _opened(reader, batch_id, held), held
    found = _opened(reader, batch_id, wanted)
    return found, proposal_for(table_for(found, wanted))


def _opened(reader: Reader, batch_id: UUID, mapping: ListMapping | None) -> ListFile:
    installation = reader.installation
    content = batches.open_list(reader.session, reader.actor, batch_id, vault=installation.vault)
    settings = installation.settings
    return open_sheets(
        content, mapping, most_bytes=settings.upload_max_bytes, limits=limits_of(settings)
    )


def _columns(
    reader: Reader,
    batch: Batch,
    found: ListFile,
    mapping: ListMapping,
    errors: Sequence[FieldError] = (),
    status: int = 200,
) -> HTMLResponse:
    tongue = reader.tongue
    known = mapping if mapping.sheet in {one.name for one in found.tables} else proposal(found)
    context = columns_page(
        reader.frame(tongue.word("Upload CVs"), "upload"),
        tongue,
        batch_view(reader.session, reader.actor, batch),
        preview(table_for(found, known), known),
        sheets=[table.name for table in found.tables],
        errors=errors,
    )
    return respond(reader.request, "uploads/columns.html", context, status)


@router.post("/uploads/{batch_id}/columns", dependencies=[requires(Permission.UPLOAD_CVS)])
def name_columns(
    reader: ReaderDep, batch_id: UUID, typed: TypedDep, tasks: BackgroundTasks
) -> Response:
    """Keep what the columns are about, and begin: a trial, or for good."""
    batch = get_batch(reader.session, reader.actor, batch_id)
    said = read_mapping(typed)
    try:
        found = _opened(reader, batch_id, said)
        mapping = checked(table_for(found, said), said)
    except InvalidInput as error:
        held = mapping_of(batch) or ListMapping()
        found = _opened(reader, batch_id, held)
        kept = ListMapping(held.sheet, held.header_row, said.columns)
        return _columns(reader, batch, found, kept, error.errors, status=error.status)
    with reader.apart() as session:
        batches.set_mapping(session, reader.actor, batch_id, mapping)
        is_trial = typed.get("do") == "try"
        batches.start(session, reader.actor, batch_id, is_trial=is_trial, clock=reader.clock)
    return _at_work(reader, batch_id, tasks)


def _at_work(reader: Reader, batch_id: UUID, tasks: BackgroundTasks) -> Response:
    tasks.add_task(reader.installation.jobs.enqueue_batch, batch_id)
    answer = see_other(f"/uploads/{batch_id}")
    answer.background = tasks
    return answer


@router.post("/uploads/{batch_id}/start", dependencies=[requires(Permission.UPLOAD_CVS)])
def take_in(reader: ReaderDep, batch_id: UUID, tasks: BackgroundTasks) -> Response:
    """Take in for good what was tried."""
    with reader.apart() as session:
        batches.start(session, reader.actor, batch_id, clock=reader.clock)
    return _at_work(reader, batch_id, tasks)


@router.post("/uploads/{batch_id}/cancel", dependencies=[requires(Permission.UPLOAD_CVS)])
def call_off(reader: ReaderDep, batch_id: UUID) -> Response:
    """Call off what still waits; what was taken in stays."""
    with reader.apart() as session:
        batches.cancel(session, reader.actor, batch_id, clock=reader.clock)
    return see_other(f"/uploads/{batch_id}")


@router.post("/uploads/{batch_id}/confirmation", dependencies=[requires(Permission.WRITE_EXPERTS)])
def confirm_all_sure(reader: ReaderDep, batch_id: UUID) -> Response:
    """Put everybody of a list on the roster whose row holds nothing to look at."""
    get_batch(reader.session, reader.actor, batch_id)
    with reader.apart() as session:
        done = confirm_sure(session, reader.actor, batch_id, clock=reader.clock)
    held = f"-{done.held_back}" if done.held_back else ""
    return see_other(f"/uploads/{batch_id}?done={done.confirmed}{held}")
