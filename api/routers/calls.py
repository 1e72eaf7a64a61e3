"""Calls for experts and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, RankerDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.calls import CallOut, CallsOut, NominationOut, OwnPeopleOut
from roster import records
from roster.calling import calls, nominations
from roster.calling.own_people import own_people
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import NewCall, NobodyInput, NominationInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.calls import call_of, calls_of, nomination_view
from roster.read import CallView

router = new_router("calls")


def _seen(session: Session, actor: Actor, found: Sequence[CallView], clock: Clock) -> None:
    """Write down whose names are told."""
    ids = [one.person.id for call in found for one in call.nominations]
    records.log_views(session, actor, ids, what="call", purpose="call", at=clock.now())


def _call(session: Session, actor: Actor, call_id: UUID, clock: Clock) -> CallOut:
    session.flush()
    found = call_of(session, actor, call_id, clock.now().date())
    _seen(session, actor, (found,), clock)
    return CallOut.model_validate(found)


@router.get("/calls", dependencies=[requires(Permission.READ_CALLS)])
def list_calls(
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    paging: PageDep,
    request: Annotated[UUID | None, Query(description="Only those of a request")] = None,
    only_open: Annotated[bool, Query(description="Leave out what is closed")] = False,
) -> CallsOut:
    """List the calls of the facility; for a focal point those to her country, her part of them."""
    found = calls_of(session, actor, clock.now().date(), request_id=request)
    part = part_of([one for one in found if not (only_open and one.closed_at)], paging)
    _seen(session, actor, part.items, clock)
    return CallsOut.model_validate(part)


@router.get(
    "/calls/{call_id}",
    dependencies=[requires(Permission.READ_CALLS)],
    responses=problems(NotFound),
)
def get_call(call_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> CallOut:
    """Return a call with its answers."""
    return _call(session, actor, call_id, clock)


@router.post(
    "/requests/{request_id}/calls",
    status_code=201,
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def open_call(
    request_id: UUID,
    given: NewCall,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> CallOut:
    """Call the focal points of some countries for experts."""
    call = calls.open_call(session, actor, request_id, given, clock=clock)
    response.headers["Location"] = path_of("calls", call.id)
    return _call(session, actor, call.id, clock)


@router.post(
    "/calls/{call_id}/close",
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound),
)
def close_call(call_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> CallOut:
    """Close a call; whoever answers later is marked as late."""
    calls.close_call(session, actor, call_id, clock=clock)
    return _call(session, actor, call_id, clock)


@router.get(
    "/calls/{call_id}/people",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound),
)
def list_own_people(
    call_id: UUID, session: SessionDep, actor: ActorDep, ranker: RankerDep, clock: ClockDep
) -> OwnPeopleOut:
    """Rank a focal point's own people for a call, among themselves."""
    found = own_people(session, actor, call_id, ranker=ranker, clock=clock)
    ids = [one.person.id for one in found]
    records.log_views(session, actor, ids, what="call", purpose=str(call_id), at=clock.now())
    return OwnPeopleOut.model_validate({"items": found}, from_attributes=True)


@router.post(
    "/calls/{call_id}/nominations",
    status_code=201,
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, Conflict),
)
def nominate(
    call_id: UUID, given: NominationInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> CallOut:
    """Put one of one's own people forward; the same person twice changes the note only."""
    nominations.nominate(session, actor, call_id, given, clock=clock)
    return _call(session, actor, call_id, clock)


@router.post(
    "/calls/{call_id}/nobody",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def answer_nobody(
    call_id: UUID, given: NobodyInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> CallOut:
    """Say that a country puts nobody forward, and why."""
    nominations.answer_nobody(session, actor, call_id, given, clock=clock)
    return _call(session, actor, call_id, clock)


@router.get(
    "/nominations/{nomination_id}",
    dependencies=[requires(Permission.READ_CALLS)],
    responses=problems(NotFound),
)
def get_nomination(
    nomination_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> NominationOut:
    """Return one nomination as it stands; for a focal point one of her own people's."""
    found = nomination_view(session, actor, nomination_id, clock.now().date())
    ids = [found.person.id]
    records.log_views(session, actor, ids, what="call", purpose="call", at=clock.now())
    return NominationOut.model_validate(found)


@router.post(
    "/nominations/{nomination_id}/withdraw",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, Conflict),
)
def withdraw_nomination(
    nomination_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> CallOut:
    """Take a nomination back; a release that rests on it ends with it."""
    made = nominations.withdraw_nomination(session, actor, nomination_id, clock=clock)
    return _call(session, actor, made.call_id, clock)
