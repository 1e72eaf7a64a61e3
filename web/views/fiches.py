"""The action fiche of a request: drafted, shared, submitted; who reads it by a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs.fiches import CommentInput, ConsultationInput, GuestInput
from roster.intake import fiches, invitations
from roster.policy import Permission
from roster.queries.fiches import (
    comments_of,
    consultations_of,
    fiche_view,
    fiches_of,
    get_fiche,
    get_guest,
    guests_of_request,
)
from roster.queries.requests import get_request, request_detail
from roster.read.fiches import FicheView
from roster.telling import guests
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.fiches import FicheFormPage
from web.contexts.parts import DraftBox, FormField, Link
from web.deps import respond
from web.forms import errors_by_field
from web.papers import documents
from web.presenters.fiche_form import (
    at_rows,
    ends,
    error_lines_of,
    fiche_from,
    groups,
    texts,
    typed_from,
)
from web.presenters.fiche_page import Around, Refused, fiche_page
from web.presenters.fiche_paper import fiche_paper
from web.presenters.fiches import budget_words, version_words
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.reason_words import clause
from web.tongues import Tongue
from web.views.requests import FormDep, words_of
from web.views.screening import input_of, one

router = new_router()
_READ = [requires(Permission.READ_REQUESTS)]
_WRITE = [requires(Permission.WRITE_REQUESTS)]


@router.get("/requests/{request_id}/fiche", dependencies=_READ)
def show_fiche(
    reader: ReaderDep,
    request_id: UUID,
    version: Annotated[int | None, Query(ge=1, le=100_000)] = None,
) -> Response:
    """Show one version of the fiche, the newest where none is named."""
    return _page(reader, request_id, version)


@router.get("/requests/{request_id}/fiche/export", dependencies=_READ)
def export_fiche(
    reader: ReaderDep, request_id: UUID, version: Annotated[int, Query(ge=1, le=100_000)]
) -> Response:
    """Give one version as a document in the language of the page."""
    request = get_request(reader.session, reader.actor, request_id)
    found = request_detail(reader.session, reader.actor, request_id)
    fiche = next(
        (each for each in fiches_of(reader.session, request) if each.version == version), None
    )
    if fiche is None:
        raise NotFound("There is no such version of this fiche.")
    now = reader.clock.now()
    talks = consultations_of(reader.session, request_id)
    paper = fiche_paper(found, fiche, talks, now.date(), reader.tongue)
    records.log_change(
        reader.session, reader.actor, request, "exported", now, what="fiche", format="docx"
    )
    code = re.sub(r"[^A-Za-z0-9-]+", "-", found.row.code).strip("-") or "request"
    name = f"fiche-{code}-{version}.docx"
    return Response(
        documents.docx_of(paper),
        media_type=documents.MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "Content-Language": reader.tongue.code,
        },
    )


@router.post("/requests/{request_id}/fiches", dependencies=_WRITE)
def begin_fiche(reader: ReaderDep, request_id: UUID) -> Response:
    """Begin a version: from the request's fields, or as the newest one."""
    try:
        made = fiches.draft_fiche(
            reader.session, reader.actor, request_id, None, clock=reader.clock
        )
    except Conflict as refused:
        return _page(
            reader, request_id, problem=clause(refused.detail, reader.tongue), status=refused.status
        )
    return see_other(f"/fiches/{made.id}/edit")


@router.get("/fiches/{fiche_id}/edit", dependencies=_WRITE)
def edit_page(reader: ReaderDep, fiche_id: UUID) -> Response:
    """Show a draft to be written."""
    fiche = get_fiche(reader.session, reader.actor, fiche_id)
    return _form(reader, fiche_view(fiche))


@router.post("/fiches/{fiche_id}", dependencies=_WRITE)
def save_fiche(reader: ReaderDep, fiche_id: UUID, form: FormDep) -> Response:
    """Keep a draft; or add a row to the form, without keeping anything yet."""
    typed = words_of(form)
    fiche = fiche_view(get_fiche(reader.session, reader.actor, fiche_id))
    request_id = fiche.request_id
    if one(typed, "add"):
        return _form(reader, fiche, typed, more=one(typed, "add"))
    if drafts.is_overtaken(typed, _stood(fiche)):
        return _form(reader, fiche, typed, status=409)
    given, errors = fiche_from(typed, reader.tongue)
    try:
        if given is not None:
            fiches.change_fiche(reader.session, reader.actor, fiche_id, given, clock=reader.clock)
    except InvalidInput as refused:
        errors = at_rows(refused.errors)
    if errors:
        return _form(reader, fiche, typed, errors=errors, status=422)
    drafts.sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/fiche")


@router.post("/fiches/{fiche_id}/share", dependencies=_WRITE)
def share(reader: ReaderDep, fiche_id: UUID) -> Response:
    """Show a draft to the authority and the delegation."""
    return _step(
        reader,
        fiche_id,
        lambda: fiches.share_fiche(reader.session, reader.actor, fiche_id, clock=reader.clock),
    )


@router.post("/fiches/{fiche_id}/submit", dependencies=_WRITE)
def submit(reader: ReaderDep, fiche_id: UUID) -> Response:
    """Lay a version before the steering body."""
    return _step(
        reader,
        fiche_id,
        lambda: fiches.submit_fiche(reader.session, reader.actor, fiche_id, clock=reader.clock),
    )


@router.post("/fiches/{fiche_id}/comments", dependencies=_WRITE)
def comment(reader: ReaderDep, fiche_id: UUID, form: FormDep) -> Response:
    """Remark on a fiche as an officer."""
    typed = words_of(form)
    request_id = get_fiche(reader.session, reader.actor, fiche_id).request_id
    said: dict[str, object] = {name: one(typed, name) for name in ("part", "text")}
    given, errors = input_of(CommentInput, said, reader.tongue)
    if given is None:
        return _page(reader, request_id, refused=Refused("comment", typed, errors), status=422)
    invitations.comment(reader.session, reader.actor, fiche_id, given, clock=reader.clock)
    drafts.sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/fiche#said")


@router.post("/requests/{request_id}/consultations", dependencies=_WRITE)
def record_talk(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Write down a talk about the fiche."""
    typed = words_of(form)
    names = ("held_on", "with_whom", "channel", "note")
    said: dict[str, object] = {name: one(typed, name) for name in names}
    given, errors = input_of(ConsultationInput, said, reader.tongue)
    try:
        if given is not None:
            fiches.record_consultation(
                reader.session, reader.actor, request_id, given, clock=reader.clock
            )
    except InvalidInput as refused:
        errors = tuple(
            FieldError(each.pointer, clause(each.detail, reader.tongue)) for each in refused.errors
        )
    if errors:
        return _page(reader, request_id, refused=Refused("talk", typed, errors), status=422)
    drafts.sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/fiche#talks")


# --- Guests ---------------------------------------------------------------------------------------


@router.post("/requests/{request_id}/guests", dependencies=_WRITE)
def invite(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Make a personal link and show it once, to be handed over or mailed."""
    typed = words_of(form)
    names = ("role", "label", "address", "locale")
    said: dict[str, object] = {name: one(typed, name) for name in names}
    given, errors = input_of(GuestInput, said, reader.tongue)
    if given is None:
        return _page(reader, request_id, refused=Refused("guest", typed, errors), status=422)
    try:
        made, token = invitations.invite_guest(
            reader.session,
            reader.actor,
            request_id,
            given,
            vault=reader.installation.vault,
            clock=reader.clock,
        )
    except Conflict as refused:
        again = Refused("guest", typed, problem=clause(refused.detail, reader.tongue))
        return _page(reader, request_id, refused=again, status=refused.status)
    return _page(reader, request_id, shown=(made.id, token))


@router.post("/guests/{guest_id}/link", dependencies=_WRITE)
def show_link(reader: ReaderDep, guest_id: UUID) -> Response:
    """Show a personal link again, to hand it over; who did is written down."""
    request_id = _request_of(reader, guest_id)
    try:
        token = invitations.link_of(
            reader.session,
            reader.actor,
            guest_id,
            vault=reader.installation.vault,
            clock=reader.clock,
        )
    except Conflict as refused:
        return _page(
            reader, request_id, problem=clause(refused.detail, reader.tongue), status=refused.status
        )
    return _page(reader, request_id, shown=(guest_id, token))


@router.post("/guests/{guest_id}/mail", dependencies=_WRITE)
def mail_link(reader: ReaderDep, guest_id: UUID) -> Response:
    """Put a personal link into the outgoing mail."""
    request_id = _request_of(reader, guest_id)
    try:
        invitations.mail_link(reader.session, reader.actor, guest_id, clock=reader.clock)
    except Conflict as refused:
        return _page(
            reader, request_id, problem=clause(refused.detail, reader.tongue), status=refused.status
        )
    return see_other(f"/requests/{request_id}/fiche#guests")


@router.post("/guests/{guest_id}/revoke", dependencies=_WRITE)
def revoke(reader: ReaderDep, guest_id: UUID) -> Response:
    """Close a personal link at once."""
    request_id = _request_of(reader, guest_id)
    invitations.revoke_guest(reader.session, reader.actor, guest_id, clock=reader.clock)
    return see_other(f"/requests/{request_id}/fiche#guests")


# --- Inside ---------------------------------------------------------------------------------------


def _request_of(reader: Reader, guest_id: UUID) -> UUID:
    guest = get_guest(reader.session, reader.actor, guest_id)
    if guest.request_id is None:
        raise NotFound("There is no such guest in this facility.")
    return guest.request_id


def _step(reader: Reader, fiche_id: UUID, act: Callable[[], object]) -> Response:
    request_id = get_fiche(reader.session, reader.actor, fiche_id).request_id
    try:
        act()
    except (Conflict, InvalidInput) as refused:
        return _page(
            reader, request_id, problem=clause(refused.detail, reader.tongue), status=refused.status
        )
    return see_other(f"/requests/{request_id}/fiche")


def _page(
    reader: Reader,
    request_id: UUID,
    version: int | None = None,
    *,
    refused: Refused | None = None,
    problem: str = "",
    shown: tuple[UUID, str] | None = None,
    status: int = 200,
) -> Response:
    session, tongue = reader.session, reader.tongue
    request = get_request(session, reader.actor, request_id)
    found = request_detail(session, reader.actor, request_id)
    base = reader.installation.settings.base_url.rstrip("/")
    around = Around(
        comments=comments_of(session, request_id),
        talks=consultations_of(session, request_id),
        guests=guests_of_request(session, request_id),
        shown={shown[0]: f"{base}{guests.PATH}{shown[1]}"} if shown else {},
        now=reader.clock.now(),
    )
    versions, writes = fiches_of(session, request), reader.actor.may(Permission.WRITE_REQUESTS)
    refused = refused or Refused(problem=tongue.word(problem) if problem else "")
    if writes:
        refused = replace(refused, begun=_begun(reader, request_id, versions, refused))
    context = fiche_page(
        reader.frame(f"{tongue.word('Fiche')}, {found.row.title}", "requests"),
        found,
        versions,
        version,
        around,
        tongue,
        may_write=writes,
        refused=refused,
    )
    return respond(reader.request, "requests/fiche.html", context, status)


def _begun(
    reader: Reader, request_id: UUID, versions: Sequence[FicheView], refused: Refused
) -> dict[str, tuple[Typed, DraftBox]]:
    """Return what was typed into the forms beside a fiche and is not stored.

    A remark begun on one version goes on under the next.
    """
    page = f"/requests/{request_id}/fiche"
    where = {"talk": (f"/requests/{request_id}/consultations", f"{page}#talks")}
    if versions:
        where["comment"] = (f"{page}/comments", f"{page}#said")
    kept = drafts.drafts_in(reader, [of for of, _ in where.values()])
    return {
        code: drafts.resumed_from(
            kept.get(of),
            reader.tongue,
            (of, back),
            {},
            sent=refused.typed if refused.form == code else None,
        )
        for code, (of, back) in where.items()
    }


def _form(
    reader: Reader,
    fiche: FicheView,
    sent: Typed | None = None,
    *,
    more: str = "",
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    tongue, action, stored = reader.tongue, f"/fiches/{fiche.id}", typed_from(fiche)
    typed, box = drafts.resumed(
        reader, action, f"{action}/edit", stored, stood=_stood(fiche), sent=sent
    )
    box = drafts.compared(box, _fields(stored, tongue), _fields(typed, tongue), tongue)
    found = request_detail(reader.session, reader.actor, fiche.request_id)
    by_field = errors_by_field(errors, tongue)
    rows = groups(typed, by_field, tongue, more=more)
    before, after = texts(typed, by_field, tongue), ends(typed, by_field, tongue)
    context = FicheFormPage(
        frame=reader.frame(f"{tongue.word('Fiche')}, {found.row.title}", "requests"),
        head=head_of(found, "fiche", reader.clock.now().date(), tongue),
        title=version_words(fiche, tongue),
        action=action,
        draft=box,
        before=before,
        groups=rows,
        after=after,
        budget=budget_words(fiche, tongue),
        back=Link(tongue.word("Back to the fiche"), path_of(found, "fiche")),
        errors=error_lines_of(before, rows, after),
    )
    return respond(reader.request, "requests/fiche_edit.html", context, status)


def _stood(fiche: FicheView) -> str:
    return drafts.stands(typed_from(fiche))


def _fields(typed: Typed, tongue: Tongue) -> list[FormField]:
    rows = (field for group in groups(typed, {}, tongue) for _, row in group.rows for field in row)
    return [*texts(typed, {}, tongue), *rows, *ends(typed, {}, tongue)]
