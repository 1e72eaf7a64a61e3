"""Who is sent for an Action: planned with overlaps told, checked, done, called off."""

from __future__ import annotations

from uuid import UUID

from fastapi.responses import HTMLResponse, Response

from roster import records
from roster.delivery import deployments
from roster.errors import InvalidInput
from roster.inputs import DeploymentInput, StepInput
from roster.policy import Permission
from roster.queries.actions import get_action, requests_of
from roster.queries.deployments import clashes_with, deployments_of, get_deployment, sendable
from roster.queries.plans import plan_book
from roster.read import Clash
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Link
from web.deps import respond
from web.forms import errors_by_field
from web.presenters.action_form import one_of, read
from web.presenters.action_head import path_of
from web.presenters.action_people import Sending, people_page
from web.presenters.request_form import Typed
from web.presenters.returned import with_returned
from web.views.actions import SentBack, said, sent_back
from web.views.requests import FormDep, words_of

router = new_router()
_WRITE = [requires(Permission.WRITE_ACTIONS)]
_FIELDS = ("expert_id", "lineage", "role", "days", "starts", "ends")


@router.get("/actions/{code}/people", dependencies=[requires(Permission.READ_ACTIONS)])
def show_people(reader: ReaderDep, code: str) -> HTMLResponse:
    """Show who is sent for an Action."""
    return _page(reader, code)


@router.post("/actions/{code}/people", dependencies=_WRITE)
def send_somebody(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Plan that somebody goes; an overlap is told first, and saved only where it is meant."""
    typed = words_of(form)
    given, errors = read(
        DeploymentInput, {name: one_of(typed, name) for name in _FIELDS}, reader.tongue
    )
    if given is None:
        refused = InvalidInput("Nothing was saved.", errors)
        return _page(reader, code, typed=typed, refused=refused, status=422)
    get_action(reader.session, reader.actor, code)
    anyway = bool(one_of(typed, "anyway"))
    clashes = () if anyway else clashes_with(reader.session, reader.actor, code, given)
    if clashes:
        return _page(reader, code, typed=typed, clashes=clashes, status=409)
    made = deployments.plan_deployment(
        reader.session, reader.actor, code, given, clock=reader.clock
    )
    return see_other(f"{path_of(code, 'people')}#d-{made.id}")


@router.post("/deployments/{deployment_id}", dependencies=_WRITE)
def change_deployment(reader: ReaderDep, deployment_id: UUID, form: FormDep) -> Response:
    """Change somebody's part, days or dates."""
    typed = words_of(form)
    code = _code(reader, deployment_id)
    given, errors = read(
        DeploymentInput, {name: one_of(typed, name) for name in _FIELDS}, reader.tongue
    )
    if given is None:
        refused = InvalidInput("Nothing was saved.", errors)
        return _page(reader, code, back=sent_back(refused, reader, typed), status=422)
    deployments.change_deployment(
        reader.session, reader.actor, deployment_id, given, clock=reader.clock
    )
    return _back(code, deployment_id)


@router.post("/deployments/{deployment_id}/steps", dependencies=_WRITE)
def tick_step(reader: ReaderDep, deployment_id: UUID, form: FormDep) -> Response:
    """Tick a line of the checklist; without a day, take its tick away."""
    typed = words_of(form)
    code = _code(reader, deployment_id)
    names = ("step", "done_on", "note")
    given, errors = read(StepInput, {name: one_of(typed, name) for name in names}, reader.tongue)
    try:
        if given is None:
            raise InvalidInput("Nothing was saved.", errors)
        deployments.tick(reader.session, reader.actor, deployment_id, given, clock=reader.clock)
    except InvalidInput as refused:
        return _page(reader, code, back=sent_back(refused, reader, typed), status=422)
    return _back(code, deployment_id)


@router.post("/deployments/{deployment_id}/done", dependencies=_WRITE)
def finish_deployment(reader: ReaderDep, deployment_id: UUID) -> Response:
    """Write down that somebody went: from now on it is evidence in the record."""
    code = _code(reader, deployment_id)
    deployments.finish(reader.session, reader.actor, deployment_id, clock=reader.clock)
    return _back(code, deployment_id)


@router.post("/deployments/{deployment_id}/cancel", dependencies=_WRITE)
def cancel_deployment(reader: ReaderDep, deployment_id: UUID, form: FormDep) -> Response:
    """Call a deployment off, with a reason."""
    code = _code(reader, deployment_id)
    typed = words_of(form)
    reason = one_of(typed, "reason")
    try:
        deployments.cancel(reader.session, reader.actor, deployment_id, reason, clock=reader.clock)
    except InvalidInput as refused:
        return _page(reader, code, back=sent_back(refused, reader, typed), status=422)
    return _back(code, deployment_id)


def _code(reader: Reader, deployment_id: UUID) -> str:
    _, action = get_deployment(
        reader.session, reader.actor, deployment_id, Permission.WRITE_ACTIONS
    )
    return action.code


def _back(code: str, deployment_id: UUID) -> Response:
    return see_other(f"{path_of(code, 'people')}#d-{deployment_id}")


def _page(
    reader: Reader,
    code: str,
    *,
    typed: Typed | None = None,
    refused: InvalidInput | None = None,
    back: SentBack | None = None,
    clashes: tuple[Clash, ...] = (),
    status: int = 200,
) -> HTMLResponse:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    action = get_action(session, actor, code)
    found = deployments_of(session, actor, code)
    may_write = actor.may(Permission.WRITE_ACTIONS)
    records.log_views(
        session,
        actor,
        [one.expert_id for one in found if one.expert_id],
        what="deployment",
        purpose=code,
        at=reader.clock.now(),
    )
    sending = Sending(
        today=reader.clock.now().date(),
        book=plan_book(session, actor, code),
        may_write=may_write,
        people=sendable(session, actor, code) if may_write else (),
        request=_shortlist(reader, action.id),
        typed=typed,
        errors=errors_by_field(refused.errors, reader.tongue) if refused and typed else None,
        clashes=clashes,
        problem=said(refused, reader) if refused else back.why if back else "",
    )
    frame = reader.frame(f"{tongue.word('People')}, {action.name}", "actions")
    page = people_page(frame, tongue, action, found, sending)
    page = with_returned(page, back and back.form)
    return respond(reader.request, "actions/people.html", page, status)


def _shortlist(reader: Reader, action_id: UUID) -> Link | None:
    """Return where the shortlist of the first request of an Action stands; None without one."""
    asked = requests_of(reader.session, action_id)
    label = reader.tongue.word("Open the shortlist")
    return Link(label, f"/requests/{asked[0].id}/shortlist") if asked else None
