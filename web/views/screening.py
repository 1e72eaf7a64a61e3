"""The screening of a request, and the application rounds of the facility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from fastapi.responses import Response
from pydantic import ValidationError

from roster import requests
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import Input
from roster.inputs.screening import GuidelinesInput, RoundInput, ScreeningInput
from roster.intake import rounds, screening
from roster.policy import Permission
from roster.queries.requests import get_request, request_detail
from roster.queries.rounds import guidelines_of, rounds_of
from roster.queries.screening import screening_of
from roster.vocabulary import RequestStatus
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.fiche_page import Refused
from web.presenters.request_form import Typed
from web.presenters.screening import page_of, rounds_page
from web.reason_words import clause
from web.tongues import Tongue
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()

I = TypeVar("I", bound=Input)  # noqa: E741 -- an input.


def input_of(
    of: type[I], given: dict[str, object], tongue: Tongue
) -> tuple[I | None, tuple[FieldError, ...]]:
    """Return what a form gives, empty fields left out, or what to correct in it."""
    said = {name: value for name, value in given.items() if value not in ("", None)}
    try:
        return of.model_validate(said), ()
    except ValidationError as refused:
        return None, field_errors(refused, tongue)


def one(typed: Typed, name: str) -> str:
    """Return the first value of a field; empty where it was not sent."""
    values = typed.get(name, ())
    return values[0].strip() if values else ""


@router.get("/requests/{request_id}/screening", dependencies=[requires(Permission.READ_REQUESTS)])
def screening_page(reader: ReaderDep, request_id: UUID) -> Response:
    """Show the checklist of a request, prefilled where the rules tell the answer."""
    return _checklist(reader, request_id)


@router.post("/requests/{request_id}/screening", dependencies=[requires(Permission.WRITE_REQUESTS)])
def answer(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Keep the answers and, where asked, end the screening."""
    typed, tongue = words_of(form), reader.tongue
    request = get_request(reader.session, reader.actor, request_id)
    view = screening_of(reader.session, request, reader.clock.now().date())
    items = [check.item for check in view.checks if one(typed, f"answer_{check.item}")]
    checks = [
        {"item": item, "answer": one(typed, f"answer_{item}"), "note": one(typed, f"note_{item}")}
        for item in items
    ]
    if not checks:
        problem = tongue.word("Answer at least one point.")
        return _checklist(reader, request_id, Refused("", typed, problem=problem), 422)
    given, errors = input_of(ScreeningInput, {"checks": checks}, tongue)
    try:
        if given is not None:
            screening.answer_checks(
                reader.session, reader.actor, request_id, given, clock=reader.clock
            )
            if one(typed, "then") == "screened":
                to = RequestStatus.SCREENED
                requests.move_request(
                    reader.session, reader.actor, request_id, to, reason=None, clock=reader.clock
                )
    except InvalidInput as refused:
        errors = refused.errors
    except Conflict as refused:
        problem = clause(refused.detail, tongue)
        again = Refused("", typed, problem=problem)
        return _checklist(reader, request_id, again, refused.status)
    if errors:
        again = Refused("", typed, _at_items(errors, items, tongue))
        return _checklist(reader, request_id, again, 422)
    drafts.sent_off(reader, typed)
    ended = one(typed, "then") == "screened"
    return see_other(f"/requests/{request_id}/{'fiche' if ended else 'screening'}")


def _at_items(
    errors: Sequence[FieldError], items: Sequence[str], tongue: Tongue
) -> tuple[FieldError, ...]:
    """Move errors of the list of answers to the point that they are about."""
    found = []
    for error in errors:
        steps = error.pointer.strip("/").split("/")
        place = int(steps[1]) if len(steps) > 1 and steps[1].isdecimal() else 0
        name = "note" if steps[-1] == "note" else "answer"
        found.append(FieldError(f"/{name}_{items[place]}", clause(error.detail, tongue)))
    return tuple(found)


def _checklist(
    reader: Reader,
    request_id: UUID,
    refused: Refused | None = None,
    status: int = 200,
) -> Response:
    found = request_detail(reader.session, reader.actor, request_id)
    request = get_request(reader.session, reader.actor, request_id)
    today, tongue = reader.clock.now().date(), reader.tongue
    view = screening_of(reader.session, request, today)
    writes, box = reader.actor.may(Permission.WRITE_REQUESTS), None
    refused = refused or Refused()
    if writes:
        here = f"/requests/{request_id}/screening"
        stood = drafts.stands([(one.item, one.answer, one.note) for one in view.checks])
        sent = refused.typed
        typed, box = drafts.resumed(reader, here, here, {}, stood=stood, sent=sent)
        refused = replace(refused, typed=typed)
    context = page_of(
        reader.frame(f"{tongue.word('Screening')}, {found.row.title}", "requests"),
        found,
        view,
        today,
        tongue,
        may_write=writes,
        refused=refused,
        draft=box,
    )
    return respond(reader.request, "requests/screening.html", context, status)


# --- Rounds ---------------------------------------------------------------------------------------


@router.get("/rounds", dependencies=[requires(Permission.READ_REQUESTS)])
def list_page(reader: ReaderDep) -> Response:
    """Show the application rounds and the guidelines."""
    return _rounds(reader)


@router.post("/rounds", dependencies=[requires(Permission.WRITE_ROUNDS)])
def open_round(reader: ReaderDep, form: FormDep) -> Response:
    """Set a round."""
    return _keep_round(reader, words_of(form), None)


@router.post("/rounds/{round_id}", dependencies=[requires(Permission.WRITE_ROUNDS)])
def change_round(reader: ReaderDep, round_id: UUID, form: FormDep) -> Response:
    """Change a round."""
    return _keep_round(reader, words_of(form), round_id)


@router.post("/guidelines", dependencies=[requires(Permission.WRITE_ROUNDS)])
def add_guidelines(reader: ReaderDep, form: FormDep) -> Response:
    """Write a new version of the guidelines."""
    typed = words_of(form)
    said: dict[str, object] = {name: one(typed, name) for name in ("title", "text", "approved_on")}
    given, errors = input_of(GuidelinesInput, said, reader.tongue)
    if given is None:
        return _rounds(reader, Refused("guide", typed, errors), 422)
    rounds.add_guidelines(reader.session, reader.actor, given, clock=reader.clock)
    return see_other("/rounds")


def _keep_round(reader: Reader, typed: Typed, round_id: UUID | None) -> Response:
    names = ("name", "opens", "closes", "guidelines_id")
    said: dict[str, object] = {name: one(typed, name) for name in names}
    given, errors = input_of(RoundInput, said, reader.tongue)
    which, status = str(round_id or "new"), 422
    try:
        if given is not None and round_id is None:
            rounds.open_round(reader.session, reader.actor, given, clock=reader.clock)
        elif given is not None and round_id is not None:
            rounds.change_round(reader.session, reader.actor, round_id, given, clock=reader.clock)
    except InvalidInput as refused:
        errors = refused.errors
    except Conflict as refused:
        errors, status = (
            (FieldError("/name", clause(refused.detail, reader.tongue)),),
            refused.status,
        )
    if errors:
        return _rounds(reader, Refused(which, typed, errors), status)
    return see_other("/rounds")


def _rounds(
    reader: Reader,
    refused: Refused | None = None,
    status: int = 200,
) -> Response:
    context = rounds_page(
        reader.frame(reader.tongue.word("Application rounds"), "requests"),
        rounds_of(reader.session, reader.actor),
        guidelines_of(reader.session, reader.actor),
        reader.clock.now().date(),
        reader.tongue,
        may_write=reader.actor.may(Permission.WRITE_ROUNDS),
        refused=refused or Refused(),
    )
    return respond(reader.request, "requests/rounds.html", context, status)
