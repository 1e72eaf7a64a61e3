"""Releases: of a request, with its open seats; and those that a focal point answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from fastapi.responses import Response
from pydantic import BaseModel, ValidationError

from roster import records
from roster.calling import release_questions, releases
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import AskRelease, GeneralRelease, GrantInput, RefusalInput
from roster.policy import Permission
from roster.queries.calls import calls_of, sees_all
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.facilities import rules_of
from roster.queries.overlaps import overlaps_of
from roster.queries.releases import (
    askable_people,
    open_seats,
    own_releases,
    releases_for_request,
    releases_here,
)
from roster.queries.requests import request_detail
from roster.read import Overlap, Paging, ReleaseRow
from roster.vocabulary import ExpertStatus
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.recorded import recorded
from web.presenters.releases import Asking, releases_page, request_releases_page
from web.presenters.request_form import Typed
from web.reason_words import clause
from web.validation import field_errors
from web.views.calls import ToldQuery
from web.views.requests import FormDep, words_of

router = new_router()

_MOST_PEOPLE = 300
Errors = Mapping[UUID | None, tuple[FieldError, ...]]
Told = tuple[str, UUID | None]


@router.get("/requests/{request_id}/releases", dependencies=[requires(Permission.WRITE_CALLS)])
def request_page(
    reader: ReaderDep, request_id: UUID, told: ToldQuery = "", of: UUID | None = None
) -> Response:
    """Show the releases of a request, its open seats, and its calls."""
    return _request_page(reader, request_id, {}, (), told=(told, of))


def _request_page(
    reader: Reader,
    request_id: UUID,
    typed: Typed,
    errors: tuple[FieldError, ...],
    *,
    told: Told = ("", None),
    problem: str = "",
) -> Response:
    tongue, today = reader.tongue, reader.clock.now().date()
    found = request_detail(reader.session, reader.actor, request_id)
    asking = _asking(reader, request_id, typed, errors, problem)
    _log_views(reader, request_id, asking)
    frame = reader.frame(
        f"{tongue.word('Calls and releases')}, {found.row.title}",
        "requests",
        recorded(*told, _named(asking.releases), tongue),
    )
    context = request_releases_page(frame, found, asking, today, tongue)
    return respond(
        reader.request, "calls/releases.html", context, 422 if errors or problem else 200
    )


def _asking(
    reader: Reader, request_id: UUID, typed: Typed, errors: tuple[FieldError, ...], problem: str
) -> Asking:
    session, actor, today = reader.session, reader.actor, reader.clock.now().date()
    seats = open_seats(session, actor, request_id)
    people = askable_people(session, actor, request_id, today)
    next_ids = [one.id for one in people] + [one.id for seat in seats for one in seat.alternates]
    return Asking(
        releases=releases_for_request(session, actor, request_id, today),
        seats=seats,
        calls=calls_of(session, actor, today, request_id=request_id),
        people=people,
        due_on=today + timedelta(days=rules_of(session, actor.facility_id).release_days),
        typed=typed,
        errors=errors,
        problem=problem,
        overlaps=_overlaps(reader, request_id, next_ids, today),
    )


def _log_views(reader: Reader, request_id: UUID, asking: Asking) -> None:
    ids = [one.person.id for one in asking.releases] + [one.id for one in asking.people]
    ids += [one.id for seat in asking.seats for one in seat.alternates]
    records.log_views(
        reader.session,
        reader.actor,
        list(dict.fromkeys(ids)),
        what="releases",
        purpose=str(request_id),
        at=reader.clock.now(),
    )


def _overlaps(
    reader: Reader, request_id: UUID, people: Iterable[UUID], today: date
) -> Mapping[UUID, tuple[Overlap, ...]]:
    """Return by person what else takes her up on the days of the request."""
    pairs = [(one, request_id) for one in people]
    found = overlaps_of(reader.session, reader.actor, pairs, today)
    return {expert_id: overlaps for (expert_id, _), overlaps in found.items()}


@router.post("/requests/{request_id}/releases", dependencies=[requires(Permission.WRITE_CALLS)])
def ask(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Ask for the release of a person."""
    typed = words_of(form)
    try:
        given = AskRelease.model_validate(_body(typed, "expert_id", "seat_id", "due_on", "note"))
        made = release_questions.ask_release(
            reader.session, reader.actor, request_id, given, clock=reader.clock
        )
    except ValidationError as refused:
        return _request_page(reader, request_id, typed, field_errors(refused, reader.tongue))
    except (InvalidInput, Conflict) as refused:
        errors = refused.errors or (FieldError("/expert_id", refused.detail),)
        return _request_page(reader, request_id, typed, errors)
    return see_other(f"/requests/{request_id}/releases?told=asked&of={made.id}")


@router.post(
    "/requests/{request_id}/seats/{seat_id}/person",
    dependencies=[requires(Permission.WRITE_CALLS)],
)
def seat(reader: ReaderDep, request_id: UUID, seat_id: UUID, form: FormDep) -> Response:
    """Seat somebody on a seat that came free, and ask for the release."""
    typed = words_of(form)
    try:
        given = AskRelease.model_validate(_body(typed, "expert_id"))
        made = release_questions.seat_alternate(
            reader.session,
            reader.actor,
            request_id,
            seat_id,
            given.expert_id,
            clock=reader.clock,
        )
    except ValidationError as refused:
        return _request_page(reader, request_id, typed, field_errors(refused, reader.tongue))
    except Conflict as refused:
        # Not beside the form further down: somebody was chosen by a button, not in a field.
        words = clause(refused.detail, reader.tongue)
        return _request_page(reader, request_id, {}, (), problem=words)
    return see_other(f"/requests/{request_id}/releases?told=asked&of={made.id}")


@router.post("/releases/{release_id}/take-back", dependencies=[requires(Permission.WRITE_CALLS)])
def take_back(reader: ReaderDep, release_id: UUID) -> Response:
    """Ask no longer for a release that nobody has answered."""
    made = release_questions.take_back(reader.session, reader.actor, release_id, clock=reader.clock)
    return see_other(f"/requests/{made.request_id}/releases?told=dropped&of={made.id}")


# --- The focal point ------------------------------------------------------------------------------


@router.get("/releases", dependencies=[requires(Permission.READ_CALLS)])
def list_page(reader: ReaderDep, told: ToldQuery = "", of: UUID | None = None) -> Response:
    """Show a focal point what waits for her answer; officers read all releases."""
    return _list_page(reader, {}, {}, told=(told, of))


def _list_page(
    reader: Reader, typed: Typed, errors: Errors, *, told: Told = ("", None)
) -> Response:
    session, actor = reader.session, reader.actor
    today = reader.clock.now().date()
    answers = actor.may(Permission.ANSWER_CALLS)
    read = own_releases if answers and not sees_all(actor) else releases_here
    rows = read(session, actor, today)
    people = (
        list_experts(
            session,
            actor,
            ExpertFilter(status=ExpertStatus.ACTIVE),
            Paging(1, _MOST_PEOPLE),
        ).items
        if answers
        else ()
    )
    records.log_views(
        session,
        actor,
        list(dict.fromkeys(one.person.id for one in rows)),
        what="releases",
        purpose="own" if answers else "all",
        at=reader.clock.now(),
    )
    context = releases_page(
        reader.frame(
            reader.tongue.word("Releases"), "calls", recorded(*told, _named(rows), reader.tongue)
        ),
        rows,
        people,
        typed,
        errors,
        reader.tongue,
        answers=answers,
    )
    return respond(reader.request, "releases/list.html", context, 422 if errors else 200)


@router.post("/releases", dependencies=[requires(Permission.ANSWER_CALLS)])
def give(reader: ReaderDep, form: FormDep) -> Response:
    """Release one of one's own people in general."""
    typed = words_of(form)
    try:
        given = GeneralRelease.model_validate(
            _body(typed, "expert_id", "valid_from", "valid_to", "days", "note")
        )
        made = releases.give_release(reader.session, reader.actor, given, clock=reader.clock)
    except ValidationError as refused:
        return _list_page(reader, typed, {None: field_errors(refused, reader.tongue)})
    except InvalidInput as refused:
        return _list_page(reader, typed, {None: refused.errors})
    return see_other(f"/releases?told=given&of={made.id}")


@router.post("/releases/{release_id}/answer", dependencies=[requires(Permission.ANSWER_CALLS)])
def answer(reader: ReaderDep, release_id: UUID, form: FormDep) -> Response:
    """Grant or refuse a release that is asked for."""
    typed = words_of(form)
    granted = typed.get("outcome", ("",))[0] == "granted"
    shape: type[BaseModel] = GrantInput if granted else RefusalInput
    names = ("valid_from", "valid_to", "days", "note") if granted else ("reason", "note")
    try:
        given = shape.model_validate(_body(typed, *names))
        if isinstance(given, GrantInput):
            releases.grant(reader.session, reader.actor, release_id, given, clock=reader.clock)
        elif isinstance(given, RefusalInput):
            releases.refuse(reader.session, reader.actor, release_id, given, clock=reader.clock)
    except ValidationError as refused:
        return _list_page(reader, typed, {release_id: field_errors(refused, reader.tongue)})
    except (InvalidInput, Conflict) as refused:
        errors = refused.errors or (FieldError("/outcome", refused.detail),)
        return _list_page(reader, typed, {release_id: errors})
    return see_other(f"/releases?told={'granted' if granted else 'refused'}&of={release_id}")


@router.post("/releases/{release_id}/withdraw", dependencies=[requires(Permission.ANSWER_CALLS)])
def withdraw(reader: ReaderDep, release_id: UUID, form: FormDep) -> Response:
    """Take a granted release back, with the reason."""
    typed = words_of(form)
    try:
        given = RefusalInput.model_validate(_body(typed, "reason", "note"))
    except ValidationError as refused:
        return _list_page(reader, typed, {release_id: field_errors(refused, reader.tongue)})
    try:
        releases.withdraw(reader.session, reader.actor, release_id, given, clock=reader.clock)
    except Conflict as refused:
        errors = (FieldError("/outcome", clause(refused.detail, reader.tongue)),)
        return _list_page(reader, typed, {release_id: errors})
    return see_other(f"/releases?told=withdrawn&of={release_id}")


def _named(rows: Sequence[ReleaseRow]) -> list[tuple[UUID, str]]:
    return [(one.id, one.person.display_name) for one in rows]


def _body(typed: Typed, *names: str) -> dict[str, str]:
    """Return what was typed into some fields; empty ones were not filled in."""
    found = {name: typed[name][0].strip() for name in names if typed.get(name)}
    return {name: value for name, value in found.items() if value}
