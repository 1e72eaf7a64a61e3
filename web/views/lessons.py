"""Lessons, and the context of a request."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from fastapi.responses import Response
from pydantic import ValidationError

from roster.errors import FieldError, InvalidInput
from roster.feedback import lessons
from roster.inputs.lessons import LessonDecision, LessonInput, SectionInput, WorkingGroupInput
from roster.intake import surroundings
from roster.policy import Permission
from roster.queries import lessons as known
from roster.queries import surroundings as around
from roster.queries.actions import list_actions
from roster.queries.requests import request_detail
from roster.read.lessons import Surroundings
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.drafts import drafts_in, resumed, resumed_from, sent_off, stands
from web.presenters.feedback import uuid_in
from web.presenters.lessons import (
    KEYS,
    NONE,
    Typed,
    detail_page,
    lesson_from,
    list_page,
    write_form,
)
from web.presenters.surroundings import (
    NOTHING,
    Begun,
    Sent,
    context_page,
    form_sent,
    forms_in,
    group_from,
)
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()
Errors = tuple[FieldError, ...]


@router.get("/lessons", dependencies=[requires(Permission.READ_LESSONS)])
def show_lessons(reader: ReaderDep) -> Response:
    """Show the lessons of the facility; the address says the filters."""
    return _list(reader)


@router.post("/lessons", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def write(reader: ReaderDep, form: FormDep) -> Response:
    """Keep a lesson written by hand."""
    typed = words_of(form)
    try:
        given = LessonInput.model_validate(lesson_from(typed))
        made = lessons.write(reader.session, reader.actor, given, clock=reader.clock)
    except ValidationError as refused:
        return _list(reader, typed, field_errors(refused, reader.tongue))
    except InvalidInput as refused:
        return _list(reader, typed, refused.errors)
    sent_off(reader, typed)
    return see_other(f"/lessons/{made.id}")


@router.get("/lessons/{lesson_id}", dependencies=[requires(Permission.READ_LESSONS)])
def show_lesson(reader: ReaderDep, lesson_id: UUID) -> Response:
    """Show one lesson with what it rests on."""
    return _one(reader, lesson_id)


@router.post("/lessons/{lesson_id}", dependencies=[requires(Permission.DECIDE_LESSONS)])
def decide(reader: ReaderDep, lesson_id: UUID, form: FormDep) -> Response:
    """Confirm a lesson in the words sent, or dismiss it with a reason."""
    typed = words_of(form)
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    wanted = ("state", "text", "advice") if "text" in said else ("state", "reason")
    try:
        given = LessonDecision.model_validate(
            {
                name: said[name]
                for name in wanted
                if name in said and (said[name] or name != "reason")
            }
        )
        lessons.decide(reader.session, reader.actor, lesson_id, given, clock=reader.clock)
    except ValidationError as refused:
        return _one(reader, lesson_id, typed, field_errors(refused, reader.tongue))
    sent_off(reader, typed)
    return see_other(f"/lessons/{lesson_id}")


@router.get("/requests/{request_id}/context", dependencies=[requires(Permission.READ_REQUESTS)])
def show_context(reader: ReaderDep, request_id: UUID) -> Response:
    """Show what is known around a request."""
    return _context(reader, request_id)


@router.post(
    "/requests/{request_id}/context/sections", dependencies=[requires(Permission.WRITE_REQUESTS)]
)
def write_section(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Write one section of the migration profile of a country."""
    typed = words_of(form)
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    country, section = said.get("country", ""), said.get("section", "")
    try:
        given = SectionInput.model_validate(
            {name: said[name] for name in ("text", "source", "as_of") if said.get(name)}
        )
        surroundings.set_section(
            reader.session, reader.actor, country, section, given, clock=reader.clock
        )
    except ValidationError as refused:
        return _context(reader, request_id, typed, field_errors(refused, reader.tongue))
    except InvalidInput as refused:
        return _context(reader, request_id, typed, refused.errors)
    sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/context#profile-{country}")


@router.post(
    "/requests/{request_id}/context/groups", dependencies=[requires(Permission.WRITE_REQUESTS)]
)
def save_group(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Keep a technical working group of the country, or change one."""
    typed = words_of(form)
    group_id = uuid_in(typed.get("group", ("",))[-1])
    try:
        given = WorkingGroupInput.model_validate(group_from(typed))
        surroundings.save_group(
            reader.session, reader.actor, given, clock=reader.clock, group_id=group_id
        )
    except ValidationError as refused:
        return _context(reader, request_id, typed, field_errors(refused, reader.tongue))
    except InvalidInput as refused:
        return _context(reader, request_id, typed, refused.errors)
    sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/context#groups")


def _list(reader: Reader, typed: Typed = NONE, errors: Errors = ()) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    params = reader.request.query_params
    chosen = {name: frozenset(params.getlist(name)) for name in KEYS if params.getlist(name)}
    form = None
    if actor.may(Permission.WRITE_FEEDBACK):
        actions = [(one.code, one.name) for one in list_actions(session, actor)]
        shown, box = resumed(reader, "/lessons", "/lessons#write", NONE, sent=typed or None)
        form = replace(write_form(tongue, actions, shown, errors), draft=box)
    page = list_page(
        reader.frame(tongue.word("Lessons"), "lessons"),
        tongue,
        known.lessons(session, actor),
        chosen,
        write=form,
    )
    return respond(reader.request, "lessons/list.html", page, 422 if errors else 200)


def _one(reader: Reader, lesson_id: UUID, typed: Typed = NONE, errors: Errors = ()) -> Response:
    found = known.lesson_detail(reader.session, reader.actor, lesson_id)
    here = f"/lessons/{lesson_id}"
    stood = stands((found.lesson.text, found.lesson.advice, found.lesson.state))
    typed, box = resumed(reader, here, here, NONE, stood=stood, sent=typed or None)
    page = detail_page(
        reader.frame(reader.tongue.word("Lesson"), "lessons"),
        reader.tongue,
        found,
        decides=reader.actor.may(Permission.DECIDE_LESSONS),
        reads_findings=reader.actor.may(Permission.READ_FEEDBACK),
        typed=typed,
        errors=errors,
    )
    if page.confirm is not None:
        page = replace(page, confirm=replace(page.confirm, draft=box))
    return respond(reader.request, "lessons/detail.html", page, 422 if errors else 200)


def _context(
    reader: Reader, request_id: UUID, typed: Typed = NONE, errors: Errors = ()
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    today = reader.clock.now().date()
    found = request_detail(session, actor, request_id)
    known_around = around.surroundings(session, actor, request_id, today)
    writes = actor.may(Permission.WRITE_REQUESTS)
    sent = NOTHING
    if writes:
        begun = _begun(reader, f"/requests/{request_id}/context", known_around, typed)
        sent = Sent(begun, form_sent(typed) if typed else "", errors)
    page = context_page(
        reader.frame(f"{tongue.word('Context')}, {found.row.title}", "requests"),
        tongue,
        found,
        known_around,
        today,
        writes=writes,
        sent=sent,
    )
    return respond(reader.request, "requests/context.html", page, 422 if errors else 200)


def _begun(reader: Reader, path: str, found: Surroundings, typed: Typed) -> Begun:
    """Return what was typed into each form around a request and is not stored."""
    forms = {f"{path}/{name}": (name, *stored) for name, stored in forms_in(found).items()}
    kept, sent = drafts_in(reader, forms), form_sent(typed) if typed else ""
    return {
        name: resumed_from(
            kept.get(of),
            reader.tongue,
            (of, f"{path}#{anchor}"),
            NONE,
            stood=stands(repr(stored)) if stored else "",
            sent=typed if name == sent else None,
        )
        for of, (name, anchor, stored) in forms.items()
    }
