"""CVs: sent, read in the background, confirmed beside their text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import col

from roster import confirmations, documents
from roster.documents import Upload
from roster.errors import Conflict, FileRefused, InvalidInput
from roster.policy import Permission
from roster.queries.documents import (
    document_counts,
    document_rows,
    get_document,
    reading_sizes,
    waiting_ids,
)
from roster.queries.experts import get_expert
from roster.read import DocumentReading, DocumentRow
from roster.reference import countries
from roster.tables import Document
from roster.vocabulary import DocumentState
from web.access import Reader, ReaderDep, requires, see_other
from web.contexts.documents import WaitingPage
from web.contexts.parts import Link, Notice
from web.deps import respond
from web.presenters.confirmation import Given, Neighbours, Typed, confirm_page, read_form
from web.presenters.uploads import (
    PER_PAGE,
    READING,
    Files,
    NotTaken,
    states_of,
    upload_form,
    upload_page,
)

router = APIRouter()

REFRESH = {"Refresh": "3"}
"""Looks again after three seconds, with or without script."""
_MOST_FILES = 100


@router.get("/uploads", dependencies=[requires(Permission.UPLOAD_CVS)])
def show_uploads(reader: ReaderDep, show: str = "", page: int = 1) -> HTMLResponse:
    """List the files sent, each with what became of it, and take more."""
    return _uploads(reader, show, max(1, page))


def _uploads(
    reader: Reader,
    group: str = "",
    page: int = 1,
    *,
    not_taken: Sequence[NotTaken] = (),
    error: str = "",
    status: int = 200,
) -> HTMLResponse:
    tongue, session, actor = reader.tongue, reader.session, reader.actor
    counts = document_counts(session, actor)
    wanted = col(Document.state).in_(states_of(group))
    rows = document_rows(session, actor, wanted, most=PER_PAGE, skip=(page - 1) * PER_PAGE)
    context = upload_page(
        reader.frame(tongue.word("Upload CVs"), "upload"),
        tongue,
        Files(rows, counts, reading_sizes(session, [row.id for row in rows]), group, page),
        form=upload_form(
            tongue,
            _countries_to_choose(reader),
            most_bytes=reader.installation.settings.upload_max_bytes,
            error=error,
        ),
        not_taken=not_taken,
    )
    return respond(reader.request, "documents/upload.html", context, status)


def _countries_to_choose(reader: Reader) -> tuple[str, ...]:
    """Return the countries that a file may be for; empty where only one comes into question."""
    allowed = {grant.country for grant in reader.actor.grants_for(Permission.UPLOAD_CVS)}
    if None in allowed:
        return countries.codes()
    own = tuple(sorted(code for code in allowed if code))
    return own if len(own) > 1 else ()


@router.post("/uploads", dependencies=[requires(Permission.UPLOAD_CVS)])
def send_files(
    reader: ReaderDep,
    tasks: BackgroundTasks,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 -- FastAPI copies it.
    country: Annotated[str, Form()] = "",
) -> Response:
    """Take files in, each in a unit of work of its own: one that is refused harms no other."""
    chosen = [file for file in files if file.filename]
    if not chosen:
        words = reader.tongue.word("Choose at least one file.")
        return _uploads(reader, error=words, status=InvalidInput.status)
    not_taken = []
    for place, file in enumerate(chosen):
        try:
            if place >= _MOST_FILES:
                raise FileRefused(
                    f"Only {_MOST_FILES} files are taken at once. Send this one again."
                )
            stored = _store(reader, file, country or None)
        except (FileRefused, InvalidInput) as error:
            not_taken.append(NotTaken((file.filename or "")[:255], error.detail))
            continue
        if stored.state is DocumentState.RECEIVED:
            # After the answer, hence after the commit; a crash in between is made good at start.
            tasks.add_task(reader.installation.jobs.enqueue_reading, stored.id)
    answer = _answer(reader, not_taken)
    answer.background = tasks
    return answer


def _answer(reader: Reader, not_taken: Sequence[NotTaken]) -> Response:
    if not_taken:
        return _uploads(reader, not_taken=not_taken, status=InvalidInput.status)
    return see_other("/uploads")


def _store(reader: Reader, file: UploadFile, country: str | None) -> Document:
    most = reader.installation.settings.upload_max_bytes
    # One byte more than allowed tells that there are too many, and no more is held in memory.
    content = file.file.read(most + 1)
    upload = Upload(file_name=file.filename or "unnamed", content=content, country=country)
    with reader.installation.work() as session:
        return documents.store_cv(
            session,
            reader.actor,
            upload,
            vault=reader.installation.vault,
            clock=reader.clock,
            most_bytes=most,
        )


@router.get("/documents/next", dependencies=[requires(Permission.WRITE_EXPERTS)])
def show_next(reader: ReaderDep) -> RedirectResponse:
    """Lead to the file that has waited longest."""
    waiting = waiting_ids(reader.session, reader.actor)
    return see_other(f"/documents/{waiting[0]}" if waiting else "/uploads")


@router.get("/documents/{document_id}", dependencies=[requires(Permission.READ_EXPERTS)])
def show_document(reader: ReaderDep, document_id: UUID, confirmed: UUID | None = None) -> Response:
    """Show a CV beside what was read in it, to be confirmed by who may."""
    reading = documents.get_reading(reader.session, reader.actor, document_id, clock=reader.clock)
    if reading.document.state in (*READING, DocumentState.REFUSED):
        return _waiting(reader, reading.document)
    return _confirm_page(reader, reading, notices=_confirmed_notice(reader, confirmed))


def _confirmed_notice(reader: Reader, expert_id: UUID | None) -> tuple[Notice, ...]:
    if expert_id is None:
        return ()
    expert = get_expert(reader.session, reader.actor, expert_id)
    title = reader.tongue.word("Confirmed, and in the next ranking:")
    return (Notice("ok", title, action=Link(expert.display_name, f"/experts/{expert.id}")),)


def _waiting(reader: Reader, document: DocumentRow) -> HTMLResponse:
    tongue = reader.tongue
    refused = document.state is DocumentState.REFUSED
    title = tongue.word("This file cannot be read") if refused else tongue.word("Being read")
    words = tongue.word("This page looks again by itself. You can leave; reading goes on.")
    page = WaitingPage(
        frame=reader.frame(title, "upload"),
        title=title,
        words=(document.problem or "") if refused else words,
        ways=(Link(tongue.word("All files"), "/uploads"),),
        refused=refused,
    )
    headers = None if refused else REFRESH
    return respond(reader.request, "documents/waiting.html", page, headers=headers)


def _confirm_page(
    reader: Reader,
    reading: DocumentReading,
    *,
    typed: Typed | None = None,
    given: Given | None = None,
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> HTMLResponse:
    waiting = waiting_ids(reader.session, reader.actor)
    title = reader.tongue.word("What was read")
    page = confirm_page(
        reader.frame(title, "upload", notices),
        reader.tongue,
        reading,
        may_confirm=reading.document.id in waiting,
        neighbours=_neighbours(waiting, reading.document.id),
        typed=typed,
        errors=given.errors if given else None,
    )
    return respond(reader.request, "documents/confirm.html", page, status)


def _neighbours(waiting: Sequence[UUID], document_id: UUID) -> Neighbours:
    if document_id not in waiting:
        return Neighbours()
    at = list(waiting).index(document_id)
    return Neighbours(
        waiting[at - 1] if at else None, waiting[at + 1] if at + 1 < len(waiting) else None
    )


async def get_typed(request: Request) -> Typed:
    """Return the fields of a form as they were sent, the last of each name."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


TypedDep = Annotated[Typed, Depends(get_typed)]


@router.post(
    "/documents/{document_id}/confirmation", dependencies=[requires(Permission.WRITE_EXPERTS)]
)
def confirm(reader: ReaderDep, document_id: UUID, typed: TypedDep) -> Response:
    """Confirm what was read: the person is on the roster, and in the next ranking."""
    get_document(reader.session, reader.actor, document_id, Permission.WRITE_EXPERTS)
    # Looking is written down at once: SQLite lets only one unit of work write at a time.
    with reader.installation.work() as session:
        reading = documents.get_reading(session, reader.actor, document_id, clock=reader.clock)
    if reading.document.state is not DocumentState.READ:
        raise Conflict("Nothing waits for confirmation in this file any more.")
    given = read_form(reader.tongue, reading, typed)
    if given.confirmation is None:
        return _confirm_page(reader, reading, typed=typed, given=given, status=422)
    try:
        # A unit of work of its own: what is refused half-way leaves nothing behind.
        with reader.installation.work() as session:
            expert = confirmations.confirm_cv(
                session, reader.actor, document_id, given.confirmation, clock=reader.clock
            )
    except InvalidInput as error:
        refused = Given(None, {"add-name": reader.tongue.word(error.detail)})
        return _confirm_page(reader, reading, typed=typed, given=refused, status=error.status)
    with reader.installation.work() as session:
        waiting = waiting_ids(session, reader.actor)
    if waiting:
        return see_other(f"/documents/{waiting[0]}?confirmed={expert.id}")
    return see_other(f"/experts/{expert.id}?done=confirmed")
