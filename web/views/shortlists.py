"""The shortlist of a request: people put on it from a ranking, moved, noted, sent away."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import PlainTextResponse, Response
from pydantic import ValidationError

from roster import shortlists
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import ShortlistInput, StageInput
from roster.policy import Permission
from roster.queries.rankings import rankings_of
from roster.queries.requests import get_request
from roster.queries.shortlists import get_entry, last_change, moves_of
from roster.read import StageMove
from roster.vocabulary import LEFT_STAGES, Stage
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import safe_path
from web.drafts import sent_off
from web.presenters.rankings import person_ids
from web.presenters.request_form import Typed
from web.presenters.shortlist_cards import Said
from web.presenters.shortlists import changed_words, state_of
from web.reason_words import clause
from web.views.requests import FormDep, words_of
from web.views.shortlist_reading import show_board
from web.wording import say

router = new_router()

_LONGEST_NOTE = 500
_DIGITS = 6


@router.get("/requests/{request_id}/shortlist", dependencies=[requires(Permission.WRITE_SHORTLIST)])
def shortlist_page(
    reader: ReaderDep,
    request_id: UUID,
    expert: Annotated[list[str] | None, Query()] = None,
    done: UUID | None = None,
    version: int | None = None,
) -> Response:
    """Show everybody picked for a request, by stage; `done` and `version` name the last move."""
    moved = (done, version) if done and version else None
    return show_board(reader, request_id, moved=moved, picked=person_ids(expert or ()))


@router.get(
    "/requests/{request_id}/shortlist/changed",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
)
def changed(
    reader: ReaderDep, request_id: UUID, since: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """Say whether somebody changed the list since a page was shown; 204 where nobody did."""
    get_request(reader.session, reader.actor, request_id)
    change = last_change(reader.session, reader.actor, request_id)
    if since == state_of(change):
        return Response(status_code=204)
    return PlainTextResponse(changed_words(change, reader.tongue))


@router.post(
    "/requests/{request_id}/shortlist/undo",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
)
def undo(
    reader: ReaderDep,
    request_id: UUID,
    entry: Annotated[UUID, Form()],
    version: Annotated[int, Form(ge=1, le=100_000)],
) -> Response:
    """Take the last move of a person back; pressed twice it does no more."""
    try:
        back = shortlists.undo_move(
            reader.session, reader.actor, entry, version, clock=reader.clock
        )
    except NotFound:
        # Whoever was taken off by the first of two presses is not there for the second.
        return see_other(f"/requests/{request_id}/shortlist")
    except Conflict:
        said = reader.tongue.word("This cannot be undone any more: look at where she stands now.")
        return show_board(reader, request_id, {entry: Said(said)}, 409)
    if back is None:
        return see_other(f"/requests/{request_id}/shortlist")
    return _moved(request_id, entry, len(moves_of(reader.session, entry)))


@router.post(
    "/requests/{request_id}/shortlist", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def add(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Put one person or those selected on the shortlist, or keep why somebody is not suitable."""
    typed = words_of(form)
    if "undo" in typed:
        return _take_off(reader, request_id, typed)
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


def _take_off(reader: Reader, request_id: UUID, typed: Typed) -> Response:
    """Take somebody off who was put on from the ranking; pressed twice it does no more."""
    entry, _, version = _first(typed, "undo").partition(":")
    ids = person_ids((entry,))
    if ids and version.isdecimal() and len(version) <= _DIGITS:
        with suppress(NotFound):  # The first of two presses took her off.
            shortlists.undo_move(
                reader.session, reader.actor, ids[0], int(version), clock=reader.clock
            )
    back = safe_path(_first(typed, "back"))
    here = f"/requests/{request_id}/"
    return see_other(back if back.startswith(f"{here}ranking") else f"{here}shortlist")


@router.post(
    "/shortlist-entries/{entry_id}/stage", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def move(reader: ReaderDep, entry_id: UUID, form: FormDep) -> Response:
    """Move a person to another stage; whoever leaves the list leaves with a reason."""
    typed = words_of(form)
    entry = get_entry(reader.session, reader.actor, entry_id)
    request_id = entry.request_id
    wanted = Said(
        "", _first(typed, "stage"), _first(typed, "reason"), _first(typed, "note")[:_LONGEST_NOTE]
    )
    moves = moves_of(reader.session, entry_id)
    version = _first(typed, "version")
    if version and version != str(len(moves)):
        if _is_done(reader, moves, version, wanted):
            return _moved(request_id, entry_id, len(moves))
        said = _meanwhile(reader, moves[-1])
        return show_board(reader, request_id, {entry_id: replace(wanted, words=said)}, 409)
    refused = _try(reader, entry_id, typed, wanted)
    if refused:
        words, status = refused
        return show_board(reader, request_id, {entry_id: replace(wanted, words=words)}, status)
    return _moved(request_id, entry_id, len(moves_of(reader.session, entry_id)))


def _moved(request_id: UUID, entry_id: UUID, version: int) -> Response:
    return see_other(
        f"/requests/{request_id}/shortlist?done={entry_id}&version={version}#card-{entry_id}"
    )


def _try(reader: Reader, entry_id: UUID, typed: Typed, wanted: Said) -> tuple[str, int] | None:
    """Move a person; return why that could not be done, and the status, or None."""
    try:
        given = StageInput(stage=Stage(wanted.stage), reason=_reason(typed), note=wanted.note)
        shortlists.move_entry(reader.session, reader.actor, entry_id, given, clock=reader.clock)
    except (ValueError, ValidationError):
        return reader.tongue.word("Choose a stage first."), 422
    except InvalidInput:
        said = reader.tongue.word("Choose a reason that belongs to this way of leaving the list.")
        return said, 422
    except Conflict as conflict:
        return clause(conflict.detail, reader.tongue), 409
    return None


def _is_done(reader: Reader, moves: Sequence[StageMove], version: str, wanted: Said) -> bool:
    """Whether this is the second press of a button whose first press moved the card."""
    last = moves[-1]
    is_next = version == str(len(moves) - 1)
    return is_next and last.to_stage.value == wanted.stage and last.by == reader.actor.name


def _meanwhile(reader: Reader, last: StageMove) -> str:
    """Return where somebody else moved a card to since its page was shown."""
    return reader.tongue.word(
        "%(who)s moved this card at %(time)s: it stands under “%(stage)s” now. Choose again.",
        who=last.by or reader.tongue.word("the system"),
        time=reader.tongue.time(last.at),
        stage=say(reader.tongue, last.to_stage),
    )


@router.post(
    "/shortlist-entries/{entry_id}/note", dependencies=[requires(Permission.WRITE_SHORTLIST)]
)
def set_note(reader: ReaderDep, entry_id: UUID, form: FormDep) -> Response:
    """Rewrite the note on a person; what somebody else wrote meanwhile is never lost."""
    typed = words_of(form)
    note = _first(typed, "note")[:_LONGEST_NOTE]
    entry = get_entry(reader.session, reader.actor, entry_id)
    before = _first(typed, "before") if "before" in typed else None
    try:
        shortlists.note_on_entry(
            reader.session, reader.actor, entry_id, note, clock=reader.clock, before=before
        )
    except Conflict:
        words = reader.tongue.word(
            "Somebody rewrote this note meanwhile. Yours is kept in the field: put both together."
        )
        said = {entry_id: Said(words, own_note=note)}
        return show_board(reader, entry.request_id, said, 409)
    sent_off(reader, typed)
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
