"""CVs: sent, and read in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlmodel import col

from roster import documents
from roster.documents import Upload
from roster.errors import FileRefused, InvalidInput
from roster.policy import Permission
from roster.queries.documents import (
    document_counts,
    document_rows,
    reading_sizes,
)
from roster.reference import countries
from roster.tables import Document
from roster.vocabulary import DocumentState
from web.access import Reader, ReaderDep, requires, see_other
from web.deps import respond
from web.presenters.uploads import (
    PER_PAGE,
    Files,
    NotTaken,
    states_of,
    upload_form,
    upload_page,
)

router = APIRouter()

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
