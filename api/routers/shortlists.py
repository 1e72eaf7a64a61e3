"""People picked for a request, moved from stage to stage."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.problems import problems
from api.schemas.shortlists import EntryOut, ShortlistEntryOut, ShortlistOut
from roster import records, shortlists
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import Input, ShortlistInput, StageInput, Text
from roster.policy import Actor, Permission
from roster.queries.requests import get_request
from roster.queries.shortlists import get_entry, shortlist_of
from roster.tables import ShortlistEntry

router = new_router("shortlists")


class NoteInput(Input):
    """The note on a person of a shortlist."""

    note: Text


def _entry(session: Session, actor: Actor, entry: ShortlistEntry) -> EntryOut:
    session.flush()
    found = shortlist_of(session, actor, entry.request_id)
    one = next(view for view in found if view.id == entry.id)
    return EntryOut(entry=ShortlistEntryOut.model_validate(one))


@router.get(
    "/requests/{request_id}/shortlist",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound),
)
def get_shortlist(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ShortlistOut:
    """Return everybody on the shortlist of a request."""
    get_request(session, actor, request_id)
    found = shortlist_of(session, actor, request_id)
    ids = [view.person.id for view in found]
    purpose = str(request_id)
    records.log_views(session, actor, ids, what="shortlist", purpose=purpose, at=clock.now())
    return ShortlistOut(items=[ShortlistEntryOut.model_validate(view) for view in found])


@router.post(
    "/requests/{request_id}/shortlist",
    status_code=201,
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound, Conflict),
)
def add_to_shortlist(
    request_id: UUID,
    given: ShortlistInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> EntryOut:
    """Put a person on the shortlist; the same person twice changes nothing."""
    entry = shortlists.add_to_shortlist(session, actor, request_id, given, clock=clock)
    response.headers["Location"] = path_of("shortlist-entries", entry.id)
    return _entry(session, actor, entry)


@router.get(
    "/shortlist-entries/{entry_id}",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound),
)
def get_one_entry(
    entry_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> EntryOut:
    """Return one person on a shortlist, with her moves from stage to stage."""
    found = _entry(session, actor, get_entry(session, actor, entry_id))
    ids, purpose = [found.entry.person.id], str(found.entry.request_id)
    records.log_views(session, actor, ids, what="shortlist", purpose=purpose, at=clock.now())
    return found


@router.post(
    "/shortlist-entries/{entry_id}/stage",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound, InvalidInput),
)
def move_entry(
    entry_id: UUID, given: StageInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> EntryOut:
    """Move a person to another stage; whoever leaves the list leaves with a reason."""
    return _entry(
        session, actor, shortlists.move_entry(session, actor, entry_id, given, clock=clock)
    )


@router.put(
    "/shortlist-entries/{entry_id}/note",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound),
)
def set_note(
    entry_id: UUID, given: NoteInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> EntryOut:
    """Rewrite the note on a person."""
    entry = shortlists.note_on_entry(session, actor, entry_id, given.note, clock=clock)
    return _entry(session, actor, entry)
