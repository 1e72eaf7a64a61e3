"""The shortlist of a request: people put on it from a ranking, moved, noted, sent away."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from roster import records, shortlists
from roster.errors import FieldError, InvalidInput
from roster.inputs import ShortlistInput, StageInput
from roster.policy import Permission
from roster.queries.rankings import rankings_of
from roster.queries.requests import request_detail
from roster.queries.shortlists import get_entry, shortlist_of
from roster.vocabulary import LEFT_STAGES, Stage
from web.access import Reader, ReaderDep, requires, see_other
from web.deps import respond, safe_path
from web.presenters.rankings import person_ids
from web.presenters.request_form import Typed
from web.presenters.shortlists import board
from web.views.requests import FormDep, words_of

router = APIRouter()

_LONGEST_NOTE = 500


@router.get("/requests/{request_id}/shortlist", dependencies=[requires(Permission.WRITE_SHORTLIST)])
def shortlist_page(reader: ReaderDep, request_id: UUID) -> Response:
    """Show everybody picked for a request, by stage."""
    return _board(reader, request_id)


@router.post(
    "/requests/{request_id}/shortlist", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def add(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Put one person or those selected on the shortlist, or keep why somebody is not suitable."""
    typed = words_of(form)
    unsuitable = person_ids(typed.get("unsuitable", ()))
    only = person_ids(typed.get("only", ())) or unsuitable
    picked = only or person_ids(typed.get("expert", ()))
    if not picked:
        words = "Nobody is selected. Tick the boxes of the people whom you mean."
        raise InvalidInput(words, (FieldError("/expert", words),))
    ranking_id = _ranking(reader, request_id, typed)
    note = _first(typed, "note")[:_LONGEST_NOTE]
    for expert_id in picked:
        given = ShortlistInput(expert_id=expert_id, ranking_id=ranking_id, note=note)
        entry = shortlists.add_to_shortlist(
            reader.session, reader.actor, request_id, given, clock=reader.clock
        )
        if unsuitable:
            left = StageInput(
                stage=Stage.NOT_SELECTED, reason=_first(typed, "reason") or None, note=note
            )
            shortlists.move_entry(reader.session, reader.actor, entry.id, left, clock=reader.clock)
    back = safe_path(_first(typed, "back"))
    if only and back.startswith(f"/requests/{request_id}/ranking"):
        return see_other(f"{back}#p-{only[0]}")
    return see_other(f"/requests/{request_id}/shortlist")


@router.post(
    "/shortlist-entries/{entry_id}/stage", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def move(reader: ReaderDep, entry_id: UUID, form: FormDep) -> Response:
    """Move a person to another stage; whoever leaves the list leaves with a reason."""
    typed = words_of(form)
    entry = get_entry(reader.session, reader.actor, entry_id)
    request_id = entry.request_id
    changed = _changed_since(reader, request_id, entry_id, _first(typed, "version"))
    if changed:
        return _board(reader, request_id, {entry_id: changed}, 409)
    try:
        given = StageInput(
            stage=Stage(_first(typed, "stage")),
            reason=_reason(typed),
            note=_first(typed, "note")[:_LONGEST_NOTE],
        )
        shortlists.move_entry(reader.session, reader.actor, entry_id, given, clock=reader.clock)
    except (ValueError, ValidationError):
        said = reader.tongue.word("Choose a stage first.")
        return _board(reader, request_id, {entry_id: said}, 422)
    except InvalidInput:
        said = reader.tongue.word("Choose a reason that belongs to this way of leaving the list.")
        return _board(reader, request_id, {entry_id: said}, 422)
    return see_other(f"/requests/{request_id}/shortlist#card-{entry_id}")


@router.post(
    "/shortlist-entries/{entry_id}/note", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def set_note(reader: ReaderDep, entry_id: UUID, form: FormDep) -> Response:
    """Rewrite the note on a person."""
    note = _first(words_of(form), "note")[:_LONGEST_NOTE]
    entry = shortlists.note_on_entry(
        reader.session, reader.actor, entry_id, note, clock=reader.clock
    )
    return see_other(f"/requests/{entry.request_id}/shortlist#card-{entry_id}")


def _first(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""


def _reason(typed: Typed) -> str | None:
    """Return the reason where it is one of the stage chosen: each says which it belongs to."""
    stage, _, code = _first(typed, "reason").partition(":")
    leaves = _first(typed, "stage") in LEFT_STAGES
    return code if leaves and stage == _first(typed, "stage") and code else None


def _ranking(reader: Reader, request_id: UUID, typed: Typed) -> UUID | None:
    rows = rankings_of(reader.session, reader.actor, request_id)
    number = _first(typed, "run")
    return next((row.id for row in rows if str(row.number) == number), None)


def _changed_since(reader: Reader, request_id: UUID, entry_id: UUID, version: str) -> str:
    """Return who moved a card since its page was shown; empty where nobody did."""
    entries = shortlist_of(reader.session, reader.actor, request_id)
    moves = next(one.moves for one in entries if one.id == entry_id)
    if not version or version == str(len(moves)):
        return ""
    tongue, last = reader.tongue, moves[-1]
    return tongue.word(
        "%(who)s moved this card at %(time)s. Choose again.",
        who=last.by or tongue.word("the system"),
        time=tongue.time(last.at),
    )


def _board(
    reader: Reader,
    request_id: UUID,
    errors: Mapping[UUID, str] | None = None,
    status: int = 200,
) -> Response:
    found = request_detail(reader.session, reader.actor, request_id)
    entries = shortlist_of(reader.session, reader.actor, request_id)
    records.log_views(
        reader.session,
        reader.actor,
        [one.person.id for one in entries],
        what="shortlist",
        purpose=str(request_id),
        at=reader.clock.now(),
    )
    context = board(
        reader.frame(f"{reader.tongue.word('Shortlist')}, {found.row.title}", "requests"),
        found,
        entries,
        reader.clock.now().date(),
        reader.tongue,
        errors=errors or {},
    )
    return respond(reader.request, "shortlists/board.html", context, status)
