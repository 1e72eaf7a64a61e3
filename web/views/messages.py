"""What the reader was told."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from roster.policy import Permission
from roster.queries.messages import count_unread, messages_of
from roster.queries.undelivered import count_undelivered, undelivered, unsent_letters
from roster.read import Paging
from roster.read.calls import UnsentLetters
from roster.telling import messages
from web.access import ReaderDep, new_router, past_the_end, requires, see_other
from web.deps import respond
from web.presenters.messages import messages_page, undelivered_page

router = new_router()

_PER_PAGE = 25


@router.get("/messages", dependencies=[requires(Permission.SIGNED_IN)])
def list_page(reader: ReaderDep, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Show what the reader was told, unread first."""
    session, actor = reader.session, reader.actor
    sees_mail = actor.may(Permission.ADMINISTER) or actor.may(Permission.WRITE_CALLS)
    looks_after = actor.may(Permission.WRITE_CALLS)
    unsent = unsent_letters(session, actor) if looks_after else UnsentLetters(0, 0)
    found = messages_of(session, actor, Paging(page, _PER_PAGE))
    if last := past_the_end(reader.request, found):
        return last
    context = messages_page(
        reader.frame(reader.tongue.word("Messages"), "messages"),
        found,
        reader.tongue,
        unread=count_unread(session, actor.account_id, actor.facility_id),
        undelivered=count_undelivered(session, actor.facility_id) if sees_mail else 0,
        unsent=unsent.links + unsent.notices,
        looks_after=looks_after,
    )
    return respond(reader.request, "messages/list.html", context)


@router.get("/messages/undelivered", dependencies=[requires(Permission.WRITE_CALLS)])
def list_undelivered(reader: ReaderDep) -> Response:
    """Show what mail could not deliver, with what can be done about it."""
    context = undelivered_page(
        reader.frame(reader.tongue.word("Not delivered by mail"), "messages"),
        undelivered(reader.session, reader.actor),
        unsent_letters(reader.session, reader.actor),
        reader.tongue,
        administers=reader.actor.may(Permission.ADMINISTER),
        tells_people=reader.actor.may(Permission.WRITE_EXPERTS),
    )
    return respond(reader.request, "messages/undelivered.html", context)


@router.post("/messages/{message_id}/again", dependencies=[requires(Permission.WRITE_CALLS)])
def send_again(reader: ReaderDep, message_id: UUID) -> Response:
    """Let mail try once more."""
    messages.send_again(reader.session, reader.actor, message_id, at=reader.clock.now())
    return see_other("/messages/undelivered")


@router.post("/messages/{message_id}/by-hand", dependencies=[requires(Permission.WRITE_CALLS)])
def told_by_hand(reader: ReaderDep, message_id: UUID) -> Response:
    """Write that it was told in another way."""
    messages.told_by_hand(reader.session, reader.actor, message_id, at=reader.clock.now())
    return see_other("/messages/undelivered")


@router.post("/messages/read", dependencies=[requires(Permission.SIGNED_IN)])
def read_all(reader: ReaderDep) -> Response:
    """Mark everything as read."""
    messages.mark_all_read(reader.session, reader.actor, at=reader.clock.now())
    return see_other("/messages")


@router.post("/messages/{message_id}/read", dependencies=[requires(Permission.SIGNED_IN)])
def read(reader: ReaderDep, message_id: UUID) -> Response:
    """Mark one message as read."""
    messages.mark_read(reader.session, reader.actor, message_id, at=reader.clock.now())
    return see_other("/messages")
