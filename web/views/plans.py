"""The plan of an Action: its versions, what changed, a draft written and approved, reports."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import HTMLResponse, Response

from roster.delivery import plans
from roster.errors import FieldError, InvalidInput, NotFound
from roster.policy import Permission
from roster.queries.actions import get_action
from roster.queries.plans import plan_book, plan_difference
from roster.read import ActivityView, PlanBook, PlanVersion
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.action_pages import ActionFormPage
from web.contexts.parts import Link
from web.deps import respond
from web.forms import error_lines
from web.presenters.action_form import (
    activity_from,
    activity_groups,
    activity_typed,
    fields_of,
    one_of,
    report_from,
    report_groups,
)
from web.presenters.action_head import head_of, path_of
from web.presenters.action_plan import Shown, plan_page
from web.presenters.request_form import Typed
from web.presenters.returned import with_returned
from web.reason_words import clause
from web.views.actions import SentBack, sent_back
from web.views.requests import FormDep, words_of

router = new_router()
_WRITE = [requires(Permission.WRITE_ACTIONS)]
Version = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/actions/{code}/plan", dependencies=[requires(Permission.READ_ACTIONS)])
def show_plan(
    reader: ReaderDep, code: str, version: Version = None, against: Version = None
) -> HTMLResponse:
    """Show one version of the plan: the draft, else the approved one, else the newest."""
    return _page(reader, code, version, against)


@router.post("/actions/{code}/plan/draft", dependencies=_WRITE)
def draft_plan(reader: ReaderDep, code: str) -> Response:
    """Begin a new version as a copy of the approved one."""
    plans.draft(reader.session, reader.actor, code, clock=reader.clock)
    return see_other(path_of(code, "plan"))


@router.post("/actions/{code}/plan/discard", dependencies=_WRITE)
def discard_plan(reader: ReaderDep, code: str) -> Response:
    """Throw the draft away."""
    plans.discard(reader.session, reader.actor, code, clock=reader.clock)
    return see_other(path_of(code, "plan"))


@router.post("/actions/{code}/plan/approval", dependencies=_WRITE)
def approve_plan(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Approve the draft, with a reason."""
    typed = words_of(form)
    reason = one_of(typed, "reason")
    try:
        plans.approve(reader.session, reader.actor, code, reason, clock=reader.clock)
    except InvalidInput as refused:
        return _page(reader, code, None, None, sent_back(refused, reader, typed))
    return see_other(path_of(code, "plan"))


@router.get("/actions/{code}/plan/activities/new", dependencies=_WRITE)
def new_activity(reader: ReaderDep, code: str) -> HTMLResponse:
    """Show the form of a new activity."""
    return _form(reader, code, None)


@router.post("/actions/{code}/plan/activities/new", dependencies=_WRITE)
def add_activity(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Add an activity to the draft."""
    return _save(reader, code, None, words_of(form))


@router.get("/actions/{code}/plan/activities/{lineage}", dependencies=_WRITE)
def edit_activity(reader: ReaderDep, code: str, lineage: UUID) -> HTMLResponse:
    """Show the form of an activity of the draft."""
    book = plan_book(reader.session, reader.actor, code)
    one = _activity(book.draft, lineage)
    return _form(reader, code, one)


@router.post("/actions/{code}/plan/activities/{lineage}", dependencies=_WRITE)
def change_activity(reader: ReaderDep, code: str, lineage: UUID, form: FormDep) -> Response:
    """Change an activity of the draft."""
    return _save(reader, code, lineage, words_of(form))


@router.post("/actions/{code}/plan/activities/{lineage}/move", dependencies=_WRITE)
def move_activity(reader: ReaderDep, code: str, lineage: UUID, form: FormDep) -> Response:
    """Move an activity one place up or down."""
    up = bool(one_of(words_of(form), "up"))
    plans.move_activity(reader.session, reader.actor, code, lineage, up=up, clock=reader.clock)
    return see_other(f"{path_of(code, 'plan')}#list-h")


@router.post("/actions/{code}/plan/activities/{lineage}/drop", dependencies=_WRITE)
def drop_activity(reader: ReaderDep, code: str, lineage: UUID) -> Response:
    """Take an activity out of the draft."""
    plans.drop_activity(reader.session, reader.actor, code, lineage, clock=reader.clock)
    return see_other(f"{path_of(code, 'plan')}#list-h")


@router.get("/actions/{code}/activities/{lineage}", dependencies=_WRITE)
def show_report(reader: ReaderDep, code: str, lineage: UUID) -> HTMLResponse:
    """Show the form of what came of an activity."""
    one = _activity(plan_book(reader.session, reader.actor, code).approved, lineage)
    return _form(reader, code, one, reported=True)


@router.post("/actions/{code}/activities/{lineage}", dependencies=_WRITE)
def report_activity(reader: ReaderDep, code: str, lineage: UUID, form: FormDep) -> Response:
    """Keep what came of an activity."""
    typed = words_of(form)
    given, errors = report_from(typed, reader.tongue)
    try:
        if given is None:
            raise InvalidInput("Nothing was saved.", errors)
        plans.report(reader.session, reader.actor, code, lineage, given, clock=reader.clock)
    except InvalidInput as refused:
        one = _activity(plan_book(reader.session, reader.actor, code).approved, lineage)
        return _form(reader, code, one, (typed, told(refused, reader)), reported=True)
    drafts.sent_off(reader, typed)
    return see_other(path_of(code, "plan"))


def told(refused: InvalidInput, reader: Reader) -> tuple[FieldError, ...]:
    """Return what was refused, each at its field, in the language of the reader."""
    return tuple(
        FieldError(one.pointer, clause(one.detail, reader.tongue)) for one in refused.errors
    )


def _activity(version: PlanVersion | None, lineage: UUID) -> ActivityView:
    found = version.activities if version else ()
    one = next((one for one in found if one.lineage == lineage), None)
    if one is None:
        raise NotFound("There is no such activity in this plan.")
    return one


def _save(reader: Reader, code: str, lineage: UUID | None, typed: Typed) -> Response:
    given, errors = activity_from(typed, reader.tongue)
    if given is None:
        book = plan_book(reader.session, reader.actor, code)
        one = _activity(book.draft, lineage) if lineage else None
        return _form(reader, code, one, (typed, errors))
    plans.write_activity(reader.session, reader.actor, code, lineage, given, clock=reader.clock)
    drafts.sent_off(reader, typed)
    return see_other(f"{path_of(code, 'plan')}#list-h")


def _shown(book: PlanBook, version: int | None) -> PlanVersion | None:
    if version is None:
        return book.draft or book.approved or next(reversed(book.versions), None)
    found = next((one for one in book.versions if one.version == version), None)
    if found is None:
        raise NotFound("There is no such version of this plan.")
    return found


def _page(
    reader: Reader,
    code: str,
    version: int | None,
    against: int | None,
    back: SentBack | None = None,
) -> HTMLResponse:
    action = get_action(reader.session, reader.actor, code)
    book = plan_book(reader.session, reader.actor, code)
    shown = _shown(book, version)
    if against is None and shown is not None and shown is book.draft and book.approved:
        against = book.approved.version
    difference = plan_difference(book, against, shown.version) if shown and against else None
    page = plan_page(
        reader.frame(f"{reader.tongue.word('Plan')}, {action.name}", "actions"),
        reader.tongue,
        action,
        Shown(
            book=book,
            version=shown,
            difference=difference,
            today=reader.clock.now().date(),
            may_write=reader.actor.may(Permission.WRITE_ACTIONS),
            problem=back.why if back else "",
        ),
    )
    page = with_returned(page, back and back.form)
    return respond(reader.request, "actions/plan.html", page, 422 if back else 200)


def _form(
    reader: Reader,
    code: str,
    one: ActivityView | None,
    refused: tuple[Typed, tuple[FieldError, ...]] | None = None,
    *,
    reported: bool = False,
) -> HTMLResponse:
    """Show a form about an activity; None is one that is not in the draft yet."""
    tongue = reader.tongue
    action = get_action(reader.session, reader.actor, code)
    key = str(one.lineage) if one else "new"
    there = path_of(code, *(("activities", key) if reported else ("plan", "activities", key)))
    sent, wrong = refused or (None, ())
    stored = activity_typed(one) if one else {}
    stood = drafts.stands(stored) if one else ""
    typed, box = drafts.resumed(reader, there, there, stored, stood=stood, sent=sent)
    laid_out = report_groups if reported else activity_groups
    groups, before = laid_out(typed, wrong, tongue), laid_out(stored, (), tongue)
    errors = error_lines(fields_of(groups))
    page = ActionFormPage(
        frame=reader.frame(f"{tongue.word('Activity')}, {action.name}", "actions"),
        head=head_of(action, "plan", tongue),
        action=there,
        groups=groups,
        draft=drafts.compared(box, fields_of(before), fields_of(groups), tongue),
        errors=errors,
        cancel=Link(tongue.word("Back to the plan"), path_of(code, "plan")),
        lead=one.title if one else tongue.word("A new activity"),
        button=tongue.word("Save"),
    )
    return respond(reader.request, "actions/form.html", page, 422 if errors else 200)
