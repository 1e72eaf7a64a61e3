"""What the caller was told, and what states say they want to work on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.paging import Page, PageDep, page_out, part_of
from api.problems import problems
from api.schemas.calls import (
    InterestOut,
    InterestsOut,
    MessageOut,
    ReadOut,
    UndeliveredListOut,
    UndeliveredOut,
)
from roster.calling import interests
from roster.errors import NotFound, UnknownTerm
from roster.inputs import InterestInput
from roster.policy import Permission
from roster.queries.calls import countries_of, sees_all
from roster.queries.interests import interests_of
from roster.queries.messages import message_row, messages_of
from roster.queries.undelivered import undelivered, unsent_letters
from roster.read import MessageRow
from roster.read.calls import UndeliveredMail
from roster.telling import messages
from roster.telling.message_words import page_of, sentence

router = new_router("messages")


def _message(one: MessageRow, locale: str) -> MessageOut:
    return MessageOut(
        id=one.id,
        kind=one.kind,
        said=sentence(one.kind, one.detail, locale),
        at=one.at,
        href=page_of(one.kind, one.record, str(one.record_id), one.detail),
        due_on=one.due_on,
        read_at=one.read_at,
        state=one.state,
        problem=one.problem,
    )


def _undelivered(one: UndeliveredMail, locale: str) -> UndeliveredOut:
    return UndeliveredOut(
        id=one.id,
        kind=one.kind,
        said=sentence(one.kind, one.detail, locale),
        at=one.at,
        due_on=one.due_on,
        role=one.role,
        country=one.country,
        guest_role=one.guest_role,
        label=one.label,
        href=one.page,
        attempts=one.attempts,
        tried_at=one.tried_at,
        problem=one.problem,
        is_given_up=one.is_given_up,
    )


@router.get("/messages", dependencies=[requires(Permission.SIGNED_IN)])
def list_messages(
    session: SessionDep, actor: ActorDep, paging: PageDep, unread: bool = False
) -> Page[MessageOut]:
    """List what the caller was told, unread first."""
    found = messages_of(session, actor, paging, unread=unread)
    return page_out(found, lambda one: _message(one, actor.locale))


@router.get(
    "/messages/undelivered",
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(),
)
def list_undelivered(session: SessionDep, actor: ActorDep, paging: PageDep) -> UndeliveredListOut:
    """List what mail could not deliver, what is tried no more first."""
    part = part_of(undelivered(session, actor), paging)
    unsent = unsent_letters(session, actor)
    return UndeliveredListOut(
        items=[_undelivered(one, actor.locale) for one in part.items],
        page=part.page,
        per_page=part.per_page,
        total=part.total,
        next=part.next,
        links=unsent.links,
        notices=unsent.notices,
    )


@router.get(
    "/messages/{message_id}",
    dependencies=[requires(Permission.SIGNED_IN)],
    responses=problems(NotFound),
)
def get_one_message(message_id: UUID, session: SessionDep, actor: ActorDep) -> MessageOut:
    """Return one thing that the caller was told."""
    return _message(message_row(session, actor, message_id), actor.locale)


@router.post(
    "/messages/{message_id}/again",
    dependencies=[requires(Permission.WRITE_CALLS)],
    status_code=204,
    responses=problems(NotFound),
)
def send_again(message_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> None:
    """Let mail try once more to deliver a message that it gave up."""
    messages.send_again(session, actor, message_id, at=clock.now())


@router.post(
    "/messages/{message_id}/by-hand",
    dependencies=[requires(Permission.WRITE_CALLS)],
    status_code=204,
    responses=problems(NotFound),
)
def told_by_hand(message_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> None:
    """Write that a message was told in another way, so that it waits no more."""
    messages.told_by_hand(session, actor, message_id, at=clock.now())


@router.post("/messages/read", dependencies=[requires(Permission.SIGNED_IN)])
def read_all_messages(session: SessionDep, actor: ActorDep, clock: ClockDep) -> ReadOut:
    """Mark all of the caller's messages as read."""
    return ReadOut(read=messages.mark_all_read(session, actor, at=clock.now()))


@router.post(
    "/messages/{message_id}/read",
    dependencies=[requires(Permission.SIGNED_IN)],
    responses=problems(NotFound),
)
def read_message(
    message_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ReadOut:
    """Mark one message as read."""
    messages.mark_read(session, actor, message_id, at=clock.now())
    return ReadOut(read=1)


@router.get("/interests", dependencies=[requires(Permission.READ_CALLS)])
def list_interests(
    session: SessionDep,
    actor: ActorDep,
    topic: Annotated[str | None, Query(max_length=80, description="Only who says it")] = None,
) -> InterestsOut:
    """List what states want to work on; for a focal point her own state's."""
    countries = None if sees_all(actor) else countries_of(actor)
    found = interests_of(session, actor, countries)
    wanted = [one for one in found if topic is None or topic in one.topics]
    return InterestsOut(items=[InterestOut.model_validate(one) for one in wanted])


@router.get(
    "/interests/{country}",
    dependencies=[requires(Permission.READ_CALLS)],
    responses=problems(NotFound),
)
def get_interest(country: str, session: SessionDep, actor: ActorDep) -> InterestOut:
    """Return what one state wants to work on; for a focal point her own state."""
    code = country.upper()
    is_seen = sees_all(actor) or code in countries_of(actor)
    found = interests_of(session, actor, frozenset({code})) if is_seen else ()
    if not found:
        raise NotFound("This state has not said what it wants to work on.")
    return InterestOut.model_validate(found[0])


@router.put(
    "/interests/{country}",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, UnknownTerm),
)
def state_interest(
    country: str, given: InterestInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> InterestOut:
    """Say what a state wants to work on, in place of what it said before."""
    interests.state_interest(session, actor, country.upper(), given, clock=clock)
    (found,) = interests_of(session, actor, frozenset({country.upper()}))
    return InterestOut.model_validate(found)
