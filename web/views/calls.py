"""Calls: the list, a new one from a request, one call for officers or for a focal point."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import ValidationError

from roster import records
from roster.calling import calls, nominations, own_people
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import NewCall, NobodyInput, NominationInput
from roster.outreach import advise_outreach
from roster.policy import Permission
from roster.queries.calls import asked_already, call_of, calls_of, sees_all
from roster.queries.facilities import rules_of
from roster.queries.outreach import focal_points_by_state
from roster.queries.releases import team_to_release
from roster.queries.requests import request_detail
from roster.queries.teams import teams_of
from roster.read import CallView
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.calls import CallForm, call_page, calls_page, new_call_page
from web.presenters.fiche_page import Refused
from web.presenters.own_calls import own_call_page
from web.presenters.recorded import recorded
from web.presenters.request_form import Typed
from web.reason_words import clause
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()

_NOTHING = Refused()
ToldQuery = Annotated[str, Query(max_length=20, description="What was just recorded")]


@router.get("/calls", dependencies=[requires(Permission.READ_CALLS)])
def list_page(reader: ReaderDep) -> Response:
    """Show the calls of the facility; a focal point sees those to her country."""
    today = reader.clock.now().date()
    found = calls_of(reader.session, reader.actor, today)
    context = calls_page(
        reader.frame(reader.tongue.word("Calls"), "calls"),
        found,
        today,
        reader.tongue,
        officer=sees_all(reader.actor),
    )
    return respond(reader.request, "calls/list.html", context)


@router.get("/requests/{request_id}/call", dependencies=[requires(Permission.WRITE_CALLS)])
def new_page(reader: ReaderDep, request_id: UUID) -> Response:
    """Show the form of a new call, the states to ask first on top."""
    return _new_page(reader, request_id, {}, ())


@router.post("/requests/{request_id}/call", dependencies=[requires(Permission.WRITE_CALLS)])
def send(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Send a call to the countries chosen."""
    typed = words_of(form)
    given = {name: _first(typed, name) for name in ("deadline", "text", "team_id")}
    body = {name: value for name, value in given.items() if value}
    try:
        call = calls.open_call(
            reader.session,
            reader.actor,
            request_id,
            NewCall.model_validate({**body, "countries": typed.get("country", ())}),
            clock=reader.clock,
        )
    except ValidationError as refused:
        errors = field_errors(refused, reader.tongue)
        if not typed.get("country"):
            said = reader.tongue.word("Tick at least one country.")
            others = tuple(one for one in errors if one.pointer != "/countries")
            errors = (FieldError("/countries", said), *others)
        return _new_page(reader, request_id, typed, errors)
    except InvalidInput as refused:
        return _new_page(reader, request_id, typed, refused.errors)
    except Conflict as refused:
        said = clause(refused.detail, reader.tongue)
        return _new_page(reader, request_id, typed, (FieldError("/countries", said),))
    return see_other(f"/calls/{call.id}?told=sent")


def _new_page(
    reader: Reader, request_id: UUID, typed: Typed, errors: tuple[FieldError, ...]
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    found = request_detail(session, actor, request_id)
    advice = advise_outreach(
        session, actor, request_id, adviser=reader.installation.adviser, clock=reader.clock
    )
    today = reader.clock.now().date()
    rules = rules_of(session, actor.facility_id)
    context = new_call_page(
        reader.frame(tongue.word("Call for experts"), "requests"),
        found,
        CallForm(
            advice=advice,
            teams=teams_of(session, actor, request_id),
            deadline=today + timedelta(days=rules.call_days),
            asked=asked_already(session, request_id),
            reached=focal_points_by_state(session, actor),
            team=team_to_release(session, actor, request_id, today),
            typed=typed,
            errors=errors,
        ),
        today,
        tongue,
    )
    return respond(reader.request, "calls/new.html", context, 422 if errors else 200)


@router.get("/calls/{call_id}", dependencies=[requires(Permission.READ_CALLS)])
def call_detail(
    reader: ReaderDep, call_id: UUID, told: ToldQuery = "", of: UUID | None = None
) -> Response:
    """Show a call: to officers all answers, to a focal point what is asked and her own people."""
    found = call_of(reader.session, reader.actor, call_id, reader.clock.now().date())
    named = [(one.id, one.person.display_name) for one in found.nominations]
    notices = recorded(told, of, named, reader.tongue)
    if not sees_all(reader.actor):
        return _own_page(reader, found, notices=notices)
    _seen(reader, [one.person.id for one in found.nominations], call_id)
    context = call_page(
        reader.frame(found.title, "calls", notices),
        found,
        reader.clock.now().date(),
        reader.tongue,
    )
    return respond(reader.request, "calls/officer.html", context)


def _own_page(
    reader: Reader,
    found: CallView,
    again: Refused = _NOTHING,
    notices: tuple[Notice, ...] = (),
) -> Response:
    people = own_people.own_people(
        reader.session,
        reader.actor,
        found.id,
        ranker=reader.installation.ranker,
        clock=reader.clock,
    )
    seen = [one.person.id for one in people] + [one.person.id for one in found.nominations]
    _seen(reader, list(dict.fromkeys(seen)), found.id)
    context = own_call_page(
        reader.frame(reader.tongue.word("Call for experts"), "calls", notices),
        found,
        people,
        reader.clock.now().date(),
        reader.tongue,
        most=own_people.MOST,
        again=again,
    )
    status = 422 if again.form else 200
    return respond(reader.request, "calls/focal_point.html", context, status)


def _seen(reader: Reader, ids: list[UUID], call_id: UUID) -> None:
    records.log_views(
        reader.session,
        reader.actor,
        ids,
        what="call",
        purpose=str(call_id),
        at=reader.clock.now(),
    )


@router.post("/calls/{call_id}/close", dependencies=[requires(Permission.WRITE_CALLS)])
def close(reader: ReaderDep, call_id: UUID) -> Response:
    """Close a call."""
    calls.close_call(reader.session, reader.actor, call_id, clock=reader.clock)
    return see_other(f"/calls/{call_id}?told=closed")


@router.post("/calls/{call_id}/nominations", dependencies=[requires(Permission.ANSWER_CALLS)])
def nominate(reader: ReaderDep, call_id: UUID, form: FormDep) -> Response:
    """Put one of one's own people forward."""
    typed = words_of(form)
    given = {name: _first(typed, name) for name in ("expert_id", "seat_id", "note")}
    body = {name: value for name, value in given.items() if value}
    try:
        made = nominations.nominate(
            reader.session,
            reader.actor,
            call_id,
            NominationInput.model_validate(body),
            clock=reader.clock,
        )
    except ValidationError as refused:
        errors = field_errors(refused, reader.tongue)
        said = " ".join(dict.fromkeys(one.detail for one in errors))
        if "expert_id" not in body:
            said = reader.tongue.word("Choose a person first.")
        return _again(reader, call_id, Refused(given["expert_id"] or "nominate", typed, (), said))
    except Conflict as refused:
        said = clause(refused.detail, reader.tongue)
        return _again(reader, call_id, Refused(given["expert_id"], typed, (), said))
    return see_other(f"/calls/{call_id}?told=nominated&of={made.id}")


@router.post("/calls/{call_id}/nobody", dependencies=[requires(Permission.ANSWER_CALLS)])
def answer_nobody(reader: ReaderDep, call_id: UUID, form: FormDep) -> Response:
    """Answer that nobody is put forward, with the reason."""
    typed = words_of(form)
    given = {name: _first(typed, name) for name in ("reason", "note", "country")}
    body = {name: value for name, value in given.items() if value}
    try:
        nominations.answer_nobody(
            reader.session,
            reader.actor,
            call_id,
            NobodyInput.model_validate(body),
            clock=reader.clock,
        )
    except ValidationError as refused:
        errors = field_errors(refused, reader.tongue)
        if "reason" not in body:
            errors = (FieldError("/reason", reader.tongue.word("Choose a reason.")),)
        return _again(reader, call_id, Refused("nobody", typed, errors))
    except (Conflict, InvalidInput) as refused:
        said = clause(refused.detail, reader.tongue)
        return _again(reader, call_id, Refused("nobody", typed, refused.errors, said))
    return see_other(f"/calls/{call_id}?told=nobody")


@router.post(
    "/nominations/{nomination_id}/withdraw", dependencies=[requires(Permission.ANSWER_CALLS)]
)
def withdraw(reader: ReaderDep, nomination_id: UUID) -> Response:
    """Take a nomination back."""
    made = nominations.withdraw_nomination(
        reader.session, reader.actor, nomination_id, clock=reader.clock
    )
    return see_other(f"/calls/{made.call_id}?told=taken&of={made.id}")


def _again(reader: Reader, call_id: UUID, refused: Refused) -> Response:
    """Show the call with what was typed and why it could not be kept."""
    found = call_of(reader.session, reader.actor, call_id, reader.clock.now().date())
    return _own_page(reader, found, refused)


def _first(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""
