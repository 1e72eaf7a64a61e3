"""The decision on a request: votes, outcome, minutes; split, joined, forwarded."""

from __future__ import annotations

from uuid import UUID

from fastapi.responses import Response

from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.fiches import DecisionInput, JoinInput, SplitInput
from roster.intake import decisions, splits
from roster.policy import Permission
from roster.queries.fiches import ballot_of, decisions_of
from roster.queries.requests import get_request, list_requests, request_detail
from roster.read import Paging, RequestRow
from roster.vocabulary import RequestStatus
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.decisions import decision_page
from web.presenters.fiche_page import Refused
from web.presenters.request_form import Typed
from web.reason_words import clause
from web.views.requests import FormDep, words_of
from web.views.screening import input_of, one

router = new_router()
_WRITE = [requires(Permission.WRITE_REQUESTS)]
_JOINABLE = frozenset({RequestStatus.RECEIVED, RequestStatus.SCREENED, RequestStatus.FICHE_DRAFTED})
_MOST_LISTED = 50


@router.get("/requests/{request_id}/decision", dependencies=[requires(Permission.READ_REQUESTS)])
def show_decision(reader: ReaderDep, request_id: UUID) -> Response:
    """Show how the steering body voted and what was decided."""
    return _page(reader, request_id)


@router.post("/requests/{request_id}/decision", dependencies=_WRITE)
def record_decision(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Record a decision."""
    typed = words_of(form)
    names = ("outcome", "decided_on", "reason", "minutes", "without_votes")
    said: dict[str, object] = {name: one(typed, name) for name in names}
    if said["outcome"] == RequestStatus.FORWARDED.value:
        said |= {name: one(typed, name) for name in ("to_facility", "to_body")}
    given, errors = input_of(DecisionInput, said, reader.tongue)
    try:
        if given is not None:
            decisions.decide(reader.session, reader.actor, request_id, given, clock=reader.clock)
    except InvalidInput as refused:
        errors = refused.errors
    except Conflict as refused:
        again = Refused("decision", typed, problem=clause(refused.detail, reader.tongue))
        return _page(reader, request_id, again, refused.status)
    if errors:
        return _page(reader, request_id, _again("decision", typed, errors, reader), 422)
    return see_other(f"/requests/{request_id}/decision")


@router.post("/requests/{request_id}/split", dependencies=_WRITE)
def split(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Split a request: one for each country that is ticked, one more for all others."""
    typed = words_of(form)
    found = request_detail(reader.session, reader.actor, request_id)
    typed = {"country": (), **typed}  # Boxes without a tick are not sent; they were emptied.
    ticked = [code for code in found.need.countries if code in typed.get("country", ())]
    rest = [code for code in found.need.countries if code not in ticked]
    parts = [
        {"countries": codes, "title": f"{found.row.title[:200]}: {_names(codes, reader)[:90]}"}
        for codes in [*([code] for code in ticked), *([rest] if rest else [])]
    ]
    given, errors = input_of(SplitInput, {"parts": parts}, reader.tongue)
    if given is None:
        words = reader.tongue.word("Tick countries so that at least two requests come out.")
        errors = (FieldError("/country", words),)
        return _page(reader, request_id, Refused("split", typed, errors), 422)
    try:
        splits.split_request(reader.session, reader.actor, request_id, given, clock=reader.clock)
    except (Conflict, InvalidInput) as refused:
        problem = clause(refused.detail, reader.tongue)
        return _page(reader, request_id, Refused("split", typed, problem=problem), refused.status)
    return see_other(f"/requests/{request_id}/decision")


@router.post("/requests/{request_id}/join", dependencies=_WRITE)
def join(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Join a request with those ticked into one regional request."""
    typed = words_of(form)
    ids = [str(request_id), *typed.get("with", ())]
    said: dict[str, object] = {"requests": ids, "title": one(typed, "title")}
    given, errors = input_of(JoinInput, said, reader.tongue)
    if given is None:
        moved = tuple(
            FieldError("/with", reader.tongue.word("Tick at least one other request."))
            if error.pointer.startswith("/requests")
            else error
            for error in errors
        )
        return _page(reader, request_id, Refused("join", typed, moved), 422)
    try:
        made = splits.join_requests(reader.session, reader.actor, given, clock=reader.clock)
    except (Conflict, InvalidInput) as refused:
        problem = clause(refused.detail, reader.tongue)
        return _page(reader, request_id, Refused("join", typed, problem=problem), refused.status)
    return see_other(f"/requests/{made.id}")


def _again(form: str, typed: Typed, errors: tuple[FieldError, ...], reader: Reader) -> Refused:
    words = tuple(FieldError(each.pointer, clause(each.detail, reader.tongue)) for each in errors)
    return Refused(form, typed, words)


def _names(codes: list[str], reader: Reader) -> str:
    return reader.tongue.listed([reader.tongue.country(code) for code in codes])


def _others(reader: Reader, request_id: UUID) -> tuple[RequestRow, ...]:
    """Return open requests that this one could be joined with, the newest first."""
    found = list_requests(reader.session, reader.actor, Paging(1, _MOST_LISTED), only_open=True)
    return tuple(row for row in found.items if row.id != request_id and row.status in _JOINABLE)


def _page(
    reader: Reader, request_id: UUID, refused: Refused | None = None, status: int = 200
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    request = get_request(session, actor, request_id)
    found = request_detail(session, actor, request_id)
    beside = None
    if actor.may(Permission.WRITE_REQUESTS):
        beside = (decisions.facilities_beside(session, actor), _others(reader, request_id))
    context = decision_page(
        reader.frame(f"{tongue.word('Decision')}, {found.row.title}", "requests"),
        found,
        ballot_of(session, request),
        decisions_of(session, request_id),
        beside,
        reader.clock.now().date(),
        tongue,
        refused or Refused(),
    )
    return respond(reader.request, "requests/decision.html", context, status)
