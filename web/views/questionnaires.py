"""Questionnaires: the form behind a personal link, the form in the product, and their questions.

`show_to_guest` and `answer_as_guest` serve links to an inquiry; who holds a link was checked by
`web.views.guests`, and a link that opens nothing raises NotFound here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from fastapi import Request
from fastapi.responses import Response
from pydantic import ValidationError
from sqlmodel import Session

from roster.errors import FieldError, InvalidInput
from roster.feedback import answers, questionnaires
from roster.inputs.feedback import QuestionnaireInput
from roster.policy import Permission
from roster.ports import Clock
from roster.queries import questionnaires as known
from roster.tables import Guest
from roster.telling import guests
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.feedback import ThanksPage
from web.contexts.parts import Link
from web.deps import Site, frame_of, get_tongue, respond
from web.drafts import resumed, sent_off
from web.presenters.questionnaires import list_page, one_page, questionnaire_from
from web.presenters.sheet import Typed, answers_from, once_from, sheet_page
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()

_DEVICE_COOKIE = "answered_"
_REMEMBERED = timedelta(days=120)


def show_to_guest(request: Request, session: Session, guest: Guest) -> Response:
    """Show whoever holds a link what she is asked; a device that answered for a room is thanked.

    Raises
    ------
    NotFound
        The questionnaire was closed.
    """
    sheet = answers.sheet_of_guest(session, guest)
    if sheet.inquiry.is_room and request.cookies.get(_cookie(guest)):
        return _thanks(request)
    return _sheet(request, session, guest, str(uuid4()))


def answer_as_guest(
    request: Request, session: Session, guest: Guest, typed: Typed, *, clock: Clock
) -> Response:
    """Keep what was answered and thank; what cannot be kept comes back with what was typed.

    Raises
    ------
    NotFound
        The questionnaire was closed.
    """
    sheet = answers.sheet_of_guest(session, guest)
    once = once_from(typed) or uuid4()
    try:
        given = answers_from(typed, sheet)
        answers.answer_as_guest(session, guest, guests.acting(guest), given, once=once, clock=clock)
    except InvalidInput as refused:
        return _sheet(request, session, guest, str(once), typed, refused.errors)
    answer = _thanks(request, again=None if sheet.inquiry.is_room else request.url.path)
    if sheet.inquiry.is_room:
        site: Site = request.app.state.site
        answer.set_cookie(
            _cookie(guest),
            "1",
            max_age=int(_REMEMBERED.total_seconds()),
            path="/guest/",
            httponly=True,
            samesite="lax",
            secure=site.secure_cookies,
        )
    return answer


def _cookie(guest: Guest) -> str:
    return f"{_DEVICE_COOKIE}{guest.id.hex}"


def _sheet(
    request: Request,
    session: Session,
    guest: Guest,
    once: str,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    tongue = get_tongue(request)
    page = sheet_page(
        frame_of(request, tongue.word("Your feedback"), facility=""),
        tongue,
        answers.sheet_of_guest(session, guest),
        action=request.url.path,
        once=once,
        typed=typed,
        errors=errors,
    )
    return respond(request, "feedback/sheet.html", page, 422 if errors else 200)


def _thanks(request: Request, again: str | None = None) -> Response:
    tongue = get_tongue(request)
    title = tongue.word("Thank you")
    page = ThanksPage(
        frame_of(request, title, facility=""),
        title,
        tongue.word("Your answers are kept. They are read together with all others."),
        Link(tongue.word("Change my answers"), again) if again else None,
    )
    return respond(request, "feedback/thanks.html", page)


@router.get("/inquiries/{inquiry_id}/answer", dependencies=[requires(Permission.SIGNED_IN)])
def answer_page(reader: ReaderDep, inquiry_id: UUID) -> Response:
    """Show an officer, or an expert who was there, what she is asked."""
    return _own_sheet(reader, inquiry_id)


@router.post("/inquiries/{inquiry_id}/answer", dependencies=[requires(Permission.SIGNED_IN)])
def answer(reader: ReaderDep, inquiry_id: UUID, form: FormDep) -> Response:
    """Keep what somebody with an account answers; her last answer counts."""
    typed = words_of(form)
    sheet = answers.sheet_of_account(reader.session, reader.actor, inquiry_id)
    try:
        given = answers_from(typed, sheet)
        answers.answer_as_account(
            reader.session, reader.actor, inquiry_id, given, clock=reader.clock
        )
    except InvalidInput as refused:
        return _own_sheet(reader, inquiry_id, typed, refused.errors)
    sent_off(reader, typed)
    return see_other(f"/inquiries/{inquiry_id}/answer")


def _own_sheet(
    reader: Reader,
    inquiry_id: UUID,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    there = f"/inquiries/{inquiry_id}/answer"
    shown, box = resumed(reader, there, there, {}, sent=typed)
    page = sheet_page(
        reader.frame(reader.tongue.word("Your feedback"), "actions"),
        reader.tongue,
        answers.sheet_of_account(reader.session, reader.actor, inquiry_id),
        action=there,
        once=str(uuid4()),
        typed=shown or None,
        errors=errors,
    )
    page = replace(page, draft=box)
    return respond(reader.request, "feedback/sheet.html", page, 422 if errors else 200)


@router.get("/questionnaires", dependencies=[requires(Permission.READ_FEEDBACK)])
def show_questionnaires(reader: ReaderDep) -> Response:
    """Show what is asked, of whom and when."""
    found = known.questionnaires(reader.session, reader.actor)
    page = list_page(
        reader.frame(reader.tongue.word("Questionnaires"), "actions"), reader.tongue, found
    )
    return respond(reader.request, "feedback/questionnaires.html", page)


@router.get("/questionnaires/{code}", dependencies=[requires(Permission.READ_FEEDBACK)])
def show_questionnaire(reader: ReaderDep, code: str) -> Response:
    """Show one questionnaire and, to who may, the form that changes it."""
    return _one(reader, code)


@router.post("/questionnaires/{code}", dependencies=[requires(Permission.DECIDE_LESSONS)])
def change_questionnaire(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Keep a new version, or a copy under its own code."""
    typed = words_of(form)
    copies = typed.get("do", ("",))[-1] == "copy"
    to = typed.get("code", ("",))[-1].strip() if copies else code
    try:
        given = QuestionnaireInput.model_validate(questionnaire_from(typed))
        keep = questionnaires.copy if copies else questionnaires.change
        keep(reader.session, reader.actor, to, given, clock=reader.clock)
    except ValidationError as refused:
        return _one(reader, code, typed, field_errors(refused, reader.tongue))
    except InvalidInput as refused:
        return _one(reader, code, typed, refused.errors)
    return see_other(f"/questionnaires/{to}")


def _one(
    reader: Reader,
    code: str,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    page = one_page(
        reader.frame(tongue.word("Questionnaire"), "actions"),
        tongue,
        known.questionnaire(session, actor, code),
        known.versions(session, actor, code),
        may_change=actor.may(Permission.DECIDE_LESSONS),
        typed=typed,
        errors=errors,
    )
    return respond(reader.request, "feedback/questionnaire.html", page, 422 if errors else 200)
