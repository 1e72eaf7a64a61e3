"""CVs: sent one by one or many at once, and read in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import BackgroundTasks, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlmodel import col

from roster import batches, documents
from roster.documents import Upload
from roster.errors import FileRefused, InvalidInput
from roster.ingest.batches.files import Bounds, Sent, is_archive, is_list
from roster.ingest.batches.intake import Wishes, new_batches
from roster.installation import limits_of
from roster.policy import Permission
from roster.queries.batches import batches_page
from roster.queries.documents import document_counts, document_rows, reading_sizes
from roster.read import Paging
from roster.reference import countries
from roster.tables import Batch, Document
from roster.vocabulary import BatchKind, DocumentState
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.batches import earlier_links
from web.presenters.pagers import kept_within
from web.presenters.uploads import PER_PAGE, Files, files_in, states_of, upload_form, upload_page
from web.reason_words import clause

router = new_router()

_EARLIER = Paging(page=1, per_page=10)


@router.get("/uploads", dependencies=[requires(Permission.UPLOAD_CVS)])
def show_uploads(reader: ReaderDep, show: str = "", page: int = 1) -> HTMLResponse:
    """List the files sent, each with what became of it, and take more."""
    return _uploads(reader, show, max(1, page))


def _uploads(
    reader: Reader, group: str = "", page: int = 1, *, error: str = "", status: int = 200
) -> HTMLResponse:
    tongue, session, actor = reader.tongue, reader.session, reader.actor
    settings = reader.installation.settings
    counts = document_counts(session, actor)
    page = kept_within(page, PER_PAGE, files_in(counts, group))
    wanted = col(Document.state).in_(states_of(group))
    rows = document_rows(session, actor, wanted, most=PER_PAGE, skip=(page - 1) * PER_PAGE)
    context = upload_page(
        reader.frame(tongue.word("Upload CVs"), "upload"),
        tongue,
        Files(rows, counts, reading_sizes(session, [row.id for row in rows]), group, page),
        form=upload_form(
            tongue,
            _countries_to_choose(reader),
            most_bytes=settings.upload_max_bytes,
            error=error,
        ),
        earlier=earlier_links(tongue, batches_page(session, actor, _EARLIER).items),
    )
    return respond(reader.request, "uploads/list.html", context, status)


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
    trial: Annotated[str, Form()] = "",
) -> Response:
    """Take files in: one CV by itself; many, an archive or a list as one upload, whole."""
    wishes = Wishes(country or None, bool(trial))
    try:
        sent = [_sent(reader, file) for file in files if file.filename]
        if len(sent) == 1 and not trial and not _holds_many(sent[0].content):
            return _take_one(reader, sent[0], wishes.country, tasks)
        kept = _keep(reader, sent, wishes)
    except (FileRefused, InvalidInput) as error:
        words = clause(error.detail, reader.tongue)
        return _uploads(reader, error=words, status=error.status)
    for batch in kept:
        if batch.kind is not BatchKind.LIST:
            # After the answer, hence after the commit; a crash in between is mended at start.
            tasks.add_task(reader.installation.jobs.enqueue_batch, batch.id)
    answer = see_other(_next(kept))
    answer.background = tasks
    return answer


def _sent(reader: Reader, file: UploadFile) -> Sent:
    # One byte more than allowed tells that there are too many, and no more is held in memory.
    most = reader.installation.settings.batch_max_bytes
    return Sent((file.filename or "unnamed")[:255], file.file.read(most + 1))


def _holds_many(content: bytes) -> bool:
    return is_archive(content) or is_list(content)


def _take_one(reader: Reader, sent: Sent, country: str | None, tasks: BackgroundTasks) -> Response:
    with reader.apart() as session:
        stored = documents.store_cv(
            session,
            reader.actor,
            Upload(sent.name, sent.content, country),
            vault=reader.installation.vault,
            clock=reader.clock,
            most_bytes=reader.installation.settings.upload_max_bytes,
        )
    if stored.state is DocumentState.RECEIVED:
        tasks.add_task(reader.installation.jobs.enqueue_reading, stored.id)
    answer = see_other("/uploads")
    answer.background = tasks
    return answer


def _keep(reader: Reader, sent: Sequence[Sent], wishes: Wishes) -> tuple[Batch, ...]:
    settings = reader.installation.settings
    bounds = Bounds(settings.upload_max_bytes, settings.batch_max_bytes)
    given = new_batches(sent, wishes, bounds, limits_of(settings))
    vault, clock = reader.installation.vault, reader.clock
    with reader.apart() as session:
        return tuple(
            batches.store_batch(session, reader.actor, one, vault=vault, clock=clock)
            for one in given
        )


def _next(kept: Sequence[Batch]) -> str:
    if len(kept) > 1:
        return "/uploads"
    ending = "/columns" if kept[0].kind is BatchKind.LIST else ""
    return f"/uploads/{kept[0].id}{ending}"
