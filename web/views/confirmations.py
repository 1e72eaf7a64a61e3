"""The confirmation of CVs: the document beside what was read in it, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from roster import confirmations, documents
from roster.errors import Conflict, FileRefused, InvalidInput, NotFound
from roster.ingest.sandbox.pictures import page_picture
from roster.installation import limits_of
from roster.policy import Permission
from roster.queries.batches import all_items, batch_view, get_batch
from roster.queries.documents import get_document, waiting_ids
from roster.queries.experts import get_expert
from roster.read import DocumentReading, DocumentRow
from roster.vocabulary import DocumentState
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.documents import WaitingPage
from web.contexts.parts import Link, Notice
from web.deps import TypedDep, respond
from web.presenters.batches import name_of
from web.presenters.confirmation import TEXT, Queue, Sent, Wanted, confirm_page
from web.presenters.confirmation_form import Given, read_form
from web.presenters.page_pictures import WIDTH
from web.presenters.purposes import purpose_page
from web.presenters.request_form import Typed
from web.presenters.uploads import READING
from web.reason_words import clause

router = new_router()

REFRESH = {"Refresh": "3"}
"""Looks again after three seconds, with or without script."""
_KEPT = {"Cache-Control": "private, max-age=600"}
"""The picture of a page stays the same, in this browser only."""


@router.get("/documents/next", dependencies=[requires(Permission.WRITE_EXPERTS)])
def show_next(reader: ReaderDep) -> RedirectResponse:
    """Lead to the file that has waited longest."""
    waiting = waiting_ids(reader.session, reader.actor)
    return see_other(f"/documents/{waiting[0]}" if waiting else "/uploads")


@router.get("/documents/{document_id}", dependencies=[requires(Permission.READ_EXPERTS)])
def show_document(
    reader: ReaderDep,
    document_id: UUID,
    confirmed: UUID | None = None,
    show: str = "",
    same_as: Annotated[str, Query(alias="as", max_length=40)] = "",
    of: UUID | None = None,
) -> Response:
    """Show a CV beside what was read in it, to be confirmed by who may; others say what for."""
    if documents.needs_purpose(reader.session, reader.actor, document_id, clock=reader.clock):
        return _ask_purpose(reader, document_id)
    reading = documents.get_reading(reader.session, reader.actor, document_id, clock=reader.clock)
    if reading.document.state in (*READING, DocumentState.REFUSED):
        return _waiting(reader, reading.document)
    wanted = Wanted(same_as=same_as, **({"show": TEXT} if show == TEXT else {}))
    queue = _queue(reader, reader.session, document_id, of)
    notices = _confirmed_notice(reader, confirmed)
    return _confirm_page(reader, reading, queue, wanted, notices=notices)


@router.post("/documents/{document_id}/purpose", dependencies=[requires(Permission.READ_EXPERTS)])
def state_purpose(
    reader: ReaderDep, document_id: UUID, purpose: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """Write down what a CV is opened for, and open it."""
    try:
        documents.state_purpose(
            reader.session, reader.actor, document_id, purpose, clock=reader.clock
        )
    except InvalidInput as refused:
        return _ask_purpose(reader, document_id, refused)
    return see_other(f"/documents/{document_id}")


def _ask_purpose(
    reader: Reader, document_id: UUID, refused: InvalidInput | None = None
) -> HTMLResponse:
    frame = reader.frame(reader.tongue.word("What is it for?"), "experts")
    page = purpose_page(frame, reader.tongue, f"/documents/{document_id}/purpose", refused)
    status = refused.status if refused else 200
    return respond(reader.request, "documents/purpose.html", page, status)


def _queue(reader: Reader, session: Session, here: UUID, of: UUID | None) -> Queue:
    """Return the files to go through: those of one upload, or all that wait."""
    waiting = waiting_ids(session, reader.actor)
    if of is None:
        return Queue(waiting, here)
    batch = get_batch(session, reader.actor, of)
    own = {item.document_id for item in all_items(session, reader.actor, batch)}
    if here not in own:
        return Queue(waiting, here)
    name = name_of(reader.tongue, batch_view(session, reader.actor, batch))
    return Queue([one for one in waiting if one in own], here, Link(name, f"/uploads/{of}"))


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
    queue: Queue,
    wanted: Wanted,
    *,
    sent: Sent | None = None,
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> HTMLResponse:
    said = {name: (value,) for name, value in sent.typed.items()} if sent else None
    there = f"/documents/{reading.document.id}"
    typed, box = drafts.resumed(
        reader, f"{there}/confirmation", queue.path(reading.document.id), {}, sent=said
    )
    if sent is None and typed:
        sent = Sent(_drafted(typed, wanted), Given(None))
    page = confirm_page(
        reader.frame(reader.tongue.word("What was read"), "upload", notices),
        reader.tongue,
        reading,
        queue,
        wanted,
        sent,
    )
    if page.action:
        page = replace(page, draft=box)
    return respond(reader.request, "documents/confirm.html", page, status)


def _drafted(typed: Typed, wanted: Wanted) -> dict[str, str]:
    """Return a draft as it would be sent; whose CV it is, the address says last."""
    said = {name: values[-1] for name, values in typed.items() if values}
    return said | ({"same_as": wanted.same_as} if wanted.same_as else {})


@router.get(
    "/documents/{document_id}/pages/{number}.png",
    dependencies=[requires(Permission.READ_EXPERTS)],
)
def show_page(reader: ReaderDep, document_id: UUID, number: int) -> Response:
    """Draw one page of the file for whoever sees all of it, while the file is kept."""
    # Looking is written down at once: drawing takes long, and SQLite has one writer at a time.
    with reader.apart() as session:
        original = documents.open_original(
            session,
            reader.actor,
            document_id,
            vault=reader.installation.vault,
            clock=reader.clock,
        )
    limits = limits_of(reader.installation.settings)
    try:
        drawn = page_picture(original.content, original.media_type, number, WIDTH, limits)
    except FileRefused as refused:
        raise NotFound(refused.detail) from refused
    return Response(drawn, media_type="image/png", headers=_KEPT)


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@router.post(
    "/documents/{document_id}/confirmation", dependencies=[requires(Permission.WRITE_EXPERTS)]
)
def confirm(reader: ReaderDep, document_id: UUID, typed: TypedDep) -> Response:
    """Confirm what was read: the person is on the roster, and in the next ranking."""
    get_document(reader.session, reader.actor, document_id, Permission.WRITE_EXPERTS)
    # Looking is written down at once: SQLite lets only one unit of work write at a time.
    with reader.apart() as session:
        reading = documents.get_reading(session, reader.actor, document_id, clock=reader.clock)
        queue = _queue(reader, session, document_id, _id_or_none(typed.get("of", "")))
    if reading.document.state is not DocumentState.READ:
        raise Conflict("Nothing waits for confirmation in this file any more.")
    wanted = Wanted(**({"show": TEXT} if typed.get("show") == TEXT else {}))
    given = read_form(reader.tongue, reading, typed)
    if given.confirmation is None:
        return _confirm_page(reader, reading, queue, wanted, sent=Sent(typed, given), status=422)
    try:
        # A unit of work of its own: what is refused half-way leaves nothing behind.
        with reader.apart() as session:
            expert = confirmations.confirm_cv(
                session, reader.actor, document_id, given.confirmation, clock=reader.clock
            )
    except InvalidInput as error:
        refused = Sent(typed, Given(None, {"add-name": clause(error.detail, reader.tongue)}))
        return _confirm_page(reader, reading, queue, wanted, sent=refused, status=error.status)
    drafts.sent_off(reader, {name: (value,) for name, value in typed.items()})
    following = queue.after()
    if following is not None:
        return see_other(
            f"/documents/{following}?confirmed={expert.id}&{queue.query}".removesuffix("&")
        )
    if queue.batch is not None:
        return see_other(f"{queue.batch.href}?done=1")
    return see_other(f"/experts/{expert.id}?done=confirmed")
