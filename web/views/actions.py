"""Actions: the list, one of them with its life, its results and what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from roster.delivery import actions, follow_ups
from roster.errors import FieldError, InvalidInput, NotFound
from roster.inputs import ActionMove, FollowUpAnswer, ResultInput, ResultJudgement
from roster.policy import Permission
from roster.queries import follow_ups as asked
from roster.queries.actions import (
    get_action,
    list_actions,
    officers,
    published_sheets,
    requests_of,
    steps_of,
)
from roster.queries.figures import comparisons
from roster.read import ActionView
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.action_pages import ActionFormPage
from web.contexts.layout import Head
from web.contexts.parts import Link
from web.deps import respond
from web.forms import error_lines
from web.presenters.action_form import (
    action_from,
    action_groups,
    action_typed,
    fields_of,
    one_of,
    read,
)
from web.presenters.action_head import head_of, path_of
from web.presenters.action_page import Around, detail_page, follow_ups_page
from web.presenters.actions import FACETS, ListState, list_page
from web.presenters.request_form import Typed
from web.presenters.returned import Returned, with_returned
from web.presenters.sheets import TITLES, sheets_page
from web.reason_words import clause
from web.tongues import tongue_of
from web.views.requests import FormDep, words_of

router = new_router()

MOST_WORDS = 200


class SentBack(NamedTuple):
    """A short form that was not taken."""

    why: str
    form: Returned


def get_state(
    request: Request,
    q: Annotated[str, Query(max_length=MOST_WORDS)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> ListState:
    """Return what the address says of the list; filters that nobody knows are left out."""
    chosen = {name: frozenset(request.query_params.getlist(name)) for name, _, _ in FACETS}
    return ListState(q.strip(), {name: on for name, on in chosen.items() if on}, page)


@router.get("/actions", dependencies=[requires(Permission.READ_ACTIONS)])
def show_actions(
    reader: ReaderDep, state: Annotated[ListState, Depends(get_state)]
) -> HTMLResponse:
    """Show what was done, counted from the rows, beside what was printed."""
    context = list_page(
        reader.frame(reader.tongue.word("Actions"), "actions"),
        reader.tongue,
        list_actions(reader.session, reader.actor),
        comparisons(reader.session, reader.actor),
        state,
        may_write=reader.actor.may(Permission.WRITE_ACTIONS),
    )
    return respond(reader.request, "actions/list.html", context)


@router.get("/actions/new", dependencies=[requires(Permission.WRITE_ACTIONS)])
def new_action(reader: ReaderDep) -> HTMLResponse:
    """Show the form of an Action that is written down by hand."""
    return _form(reader)


@router.post("/actions/new", dependencies=[requires(Permission.WRITE_ACTIONS)])
def write_action(reader: ReaderDep, form: FormDep) -> Response:
    """Write an Action down."""
    typed = words_of(form)
    given, errors = action_from(typed, reader.tongue)
    if given is None:
        return _form(reader, typed, errors)
    try:
        made = actions.write_down(reader.session, reader.actor, given, clock=reader.clock)
    except InvalidInput as refused:
        return _form(reader, typed, refused.errors)
    drafts.sent_off(reader, typed)
    return see_other(path_of(made.code))


@router.post("/requests/{request_id}/action", dependencies=[requires(Permission.WRITE_ACTIONS)])
def begin_action(reader: ReaderDep, request_id: UUID) -> Response:
    """Make an Action of an approved request."""
    made = actions.begin(reader.session, reader.actor, request_id, clock=reader.clock)
    return see_other(path_of(made.code))


@router.get("/actions/follow-ups", dependencies=[requires(Permission.READ_ACTIONS)])
def show_follow_ups(reader: ReaderDep) -> HTMLResponse:
    """Show what is asked of closed Actions."""
    return _follow_ups(reader)


@router.post("/follow-ups/{follow_up_id}", dependencies=[requires(Permission.WRITE_ACTIONS)])
def answer_follow_up(reader: ReaderDep, follow_up_id: UUID, form: FormDep) -> Response:
    """Keep what became of an Action."""
    typed = words_of(form)
    given, errors = read(
        FollowUpAnswer,
        {name: one_of(typed, name) for name in ("adopted", "adopted_on", "text", "source")},
        reader.tongue,
    )
    try:
        if given is None:
            raise InvalidInput("Nothing was saved.", errors)
        follow_ups.answer(reader.session, reader.actor, follow_up_id, given, clock=reader.clock)
    except InvalidInput as refused:
        return _follow_ups(reader, sent_back(refused, reader, typed))
    return see_other(f"/actions/follow-ups#u-{follow_up_id}")


@router.get("/actions/{code}", dependencies=[requires(Permission.READ_ACTIONS)])
def show_action(reader: ReaderDep, code: str) -> HTMLResponse:
    """Show one Action."""
    return _detail(reader, code)


@router.get("/actions/{code}/edit", dependencies=[requires(Permission.WRITE_ACTIONS)])
def edit_action(reader: ReaderDep, code: str) -> HTMLResponse:
    """Show the fields of an Action."""
    return _form(reader, code=code)


@router.post("/actions/{code}/edit", dependencies=[requires(Permission.WRITE_ACTIONS)])
def correct_action(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Correct the fields of an Action."""
    typed = words_of(form)
    given, errors = action_from(typed, reader.tongue)
    if given is None:
        return _form(reader, typed, errors, code)
    if drafts.is_overtaken(typed, _stood(get_action(reader.session, reader.actor, code))):
        return _form(reader, typed, code=code)
    try:
        actions.correct(reader.session, reader.actor, code, given, clock=reader.clock)
    except InvalidInput as refused:
        return _form(reader, typed, refused.errors, code)
    drafts.sent_off(reader, typed)
    return see_other(path_of(code))


@router.post("/actions/{code}/status", dependencies=[requires(Permission.WRITE_ACTIONS)])
def move_action(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Move an Action on, hold it, take it up again, close or cancel it."""
    typed = words_of(form)
    names = ("status", "reason", "on")
    given, errors = read(ActionMove, {name: one_of(typed, name) for name in names}, reader.tongue)
    try:
        if given is None:
            raise InvalidInput("Nothing was saved.", errors)
        actions.move(reader.session, reader.actor, code, given, clock=reader.clock)
    except InvalidInput as refused:
        return _detail(reader, code, sent_back(refused, reader, typed))
    return see_other(path_of(code))


@router.post("/actions/{code}/results", dependencies=[requires(Permission.WRITE_ACTIONS)])
def expect_result(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Add a result that is expected."""
    typed = words_of(form)
    names = ("constituent", "title")
    given, errors = read(ResultInput, {name: one_of(typed, name) for name in names}, reader.tongue)
    if given is None:
        refused = InvalidInput("Nothing was saved.", errors)
        return _detail(reader, code, sent_back(refused, reader, typed))
    actions.expect(reader.session, reader.actor, code, given, clock=reader.clock)
    return see_other(f"{path_of(code)}#rs-h")


@router.post(
    "/actions/{code}/results/{result_id}", dependencies=[requires(Permission.WRITE_ACTIONS)]
)
def judge_result(reader: ReaderDep, code: str, result_id: UUID, form: FormDep) -> Response:
    """Say how far a result was reached."""
    typed = words_of(form)
    names = ("state", "note")
    given, errors = read(
        ResultJudgement, {name: one_of(typed, name) for name in names}, reader.tongue
    )
    try:
        if given is None:
            raise InvalidInput("Nothing was saved.", errors)
        actions.judge(reader.session, reader.actor, code, result_id, given, clock=reader.clock)
    except InvalidInput as refused:
        return _detail(reader, code, sent_back(refused, reader, typed))
    return see_other(f"{path_of(code)}#rs-h")


@router.get("/publications/{publication}", dependencies=[requires(Permission.READ_ACTIONS)])
def show_publication(reader: ReaderDep, publication: str) -> HTMLResponse:
    """Show what one publication says, sheet by sheet."""
    if publication not in TITLES:
        raise NotFound("There is no such publication here.")
    kind, title = TITLES[publication]
    page = sheets_page(
        reader.frame(reader.tongue.word(title), "actions"),
        reader.tongue,
        publication,
        published_sheets(reader.session, kind),
    )
    return respond(reader.request, "actions/sheets.html", page)


def said(refused: InvalidInput, reader: Reader) -> str:
    """Return what a short form was refused for, in one line."""
    words = [clause(one.detail, reader.tongue) for one in refused.errors]
    return " ".join(dict.fromkeys(words)) or clause(refused.detail, reader.tongue)


def sent_back(refused: InvalidInput, reader: Reader, typed: Typed) -> SentBack:
    """Return a short form that was not taken: why in one line, and what stands in it."""
    told = (FieldError(one.pointer, clause(one.detail, reader.tongue)) for one in refused.errors)
    form = Returned(reader.request.url.path, typed, tuple(told))
    return SentBack(said(refused, reader), form)


def _detail(reader: Reader, code: str, back: SentBack | None = None) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    action = get_action(session, actor, code)
    reads_requests = actor.may(Permission.READ_REQUESTS)
    around = Around(
        today=reader.clock.now().date(),
        may_write=actor.may(Permission.WRITE_ACTIONS),
        steps=steps_of(session, action.id),
        asked=asked.follow_ups(session, actor, code=code),
        requests=requests_of(session, action.id) if reads_requests else (),
        problem=back.why if back else "",
    )
    page = detail_page(reader.frame(action.name, "actions"), reader.tongue, action, around)
    page = with_returned(page, back and back.form)
    if actor.may(Permission.READ_FEEDBACK):
        said = reader.tongue.word("Feedback, findings and lessons")
        page = replace(page, related=(Link(said, path_of(code, "feedback")), *page.related))
    return respond(reader.request, "actions/detail.html", page, 422 if back else 200)


def _follow_ups(reader: Reader, back: SentBack | None = None) -> HTMLResponse:
    page = follow_ups_page(
        reader.frame(reader.tongue.word("What became of closed Actions"), "actions"),
        reader.tongue,
        asked.follow_ups(reader.session, reader.actor),
        reader.clock.now().date(),
        may_write=reader.actor.may(Permission.WRITE_ACTIONS),
        problem=back.why if back else "",
    )
    page = with_returned(page, back and back.form)
    return respond(reader.request, "actions/follow_ups.html", page, 422 if back else 200)


def _form(
    reader: Reader,
    sent: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
    code: str = "",
) -> HTMLResponse:
    """Show the form of an Action; `code` is empty for one that is not there yet."""
    tongue, there = reader.tongue, path_of(code, "edit") if code else path_of("new")
    stored: Typed = {}
    stood = ""
    title = tongue.word("New Action")
    head = Head(title, crumbs=(Link(tongue.word("Actions"), "/actions"),))
    if code:
        action = get_action(reader.session, reader.actor, code)
        title, head = action.name, head_of(action, "", tongue)
        stored, stood = action_typed(action, tongue), _stood(action)
    typed, box = drafts.resumed(reader, there, there, stored, stood=stood, sent=sent)
    known = officers(reader.session, reader.actor)
    groups = action_groups(typed, errors, known, tongue)
    before = action_groups(stored, (), known, tongue)
    box = drafts.compared(box, fields_of(before), fields_of(groups), tongue)
    page = ActionFormPage(
        frame=reader.frame(title, "actions"),
        head=head,
        action=there,
        groups=groups,
        draft=box,
        errors=error_lines(fields_of(groups)),
        cancel=Link(tongue.word("Leave as it was"), path_of(code) if code else "/actions"),
        lead=""
        if code
        else tongue.word("An approved request becomes an Action from its own page."),
        button=tongue.word("Save"),
    )
    status = 422 if errors else 409 if sent else 200
    return respond(reader.request, "actions/form.html", page, status)


def _stood(action: ActionView) -> str:
    return drafts.stands(action_typed(action, tongue_of("en")))
