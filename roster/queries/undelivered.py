"""Messages that mail did not deliver: what each was for, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, require
from roster.read.calls import UndeliveredMail, UnsentLetters
from roster.tables import AssistanceRequest, Guest, Message, Notice, OneTimeLink, RoleGrant
from roster.vocabulary import MessageState, NoticeState, Role

_MOST = 200
Given = Mapping[UUID, tuple[Role, str | None]]


def count_undelivered(session: Session, facility_id: UUID) -> int:
    """Count what mail could not deliver in a facility, nobody read and nobody told by hand."""
    query = select(func.count()).where(
        col(Message.facility_id) == facility_id,
        col(Message.state) == MessageState.FAILED,
        col(Message.read_at).is_(None),
    )
    return session.exec(query).one()


def undelivered(session: Session, actor: Actor) -> tuple[UndeliveredMail, ...]:
    """Return what mail could not deliver so far, what is tried no more first, then the latest.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_CALLS)
    rows = _open(session, actor)
    roles = _roles(session, actor, (one.account_id for one, _ in rows if one.account_id))
    codes = _codes(session, (guest.request_id for _, guest in rows if guest and guest.request_id))
    return tuple(_mail(one, guest, roles, codes) for one, guest in rows)


def unsent_letters(session: Session, actor: Actor) -> UnsentLetters:
    """Count the links and the letters to people that mail could not deliver; nobody is named.

    A link that has run out counts, too, as long as no newer one took its place.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_CALLS)
    links = select(func.count()).where(
        col(OneTimeLink.facility_id) == actor.facility_id,
        col(OneTimeLink.sent_at).is_(None),
        col(OneTimeLink.used_at).is_(None),
        col(OneTimeLink.attempts) > 0,
    )
    notices = select(func.count()).where(
        col(Notice.facility_id) == actor.facility_id, col(Notice.state) == NoticeState.FAILED
    )
    return UnsentLetters(session.exec(links).one(), session.exec(notices).one())


def get_undelivered(session: Session, actor: Actor, message_id: UUID) -> Message:
    """Return one message that mail gave up.

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.WRITE_CALLS)
    found = _open(session, actor, col(Message.id) == message_id)
    if not found or found[0][0].state is not MessageState.FAILED:
        raise NotFound("No such message waits here: it was sent, read or told since.")
    return found[0][0]


def _open(
    session: Session, actor: Actor, *conditions: ColumnElement[bool]
) -> list[tuple[Message, Guest | None]]:
    tried = (col(Message.state) == MessageState.WAITING) & (col(Message.attempts) > 0)
    query = (
        select(Message, Guest)
        .join(Guest, col(Guest.id) == col(Message.guest_id), isouter=True)
        .where(
            col(Message.facility_id) == actor.facility_id,
            col(Message.read_at).is_(None),
            or_(col(Message.state) == MessageState.FAILED, tried),
            *conditions,
        )
        .order_by(
            col(Message.state) != MessageState.FAILED,
            col(Message.created_at).desc(),
            col(Message.id),
        )
        .limit(_MOST)
    )
    return [(message, guest) for message, guest in session.exec(query)]


def _roles(session: Session, actor: Actor, accounts: Iterable[UUID]) -> Given:
    """Return one role of each account in the facility, that of a country first."""
    rows = session.exec(
        select(RoleGrant)
        .where(
            RoleGrant.facility_id == actor.facility_id,
            col(RoleGrant.account_id).in_(set(accounts)),
            col(RoleGrant.ended_at).is_(None),
        )
        .order_by(col(RoleGrant.country).is_not(None), col(RoleGrant.created_at).desc())
    )
    return {one.account_id: (one.role, one.country) for one in rows}


def _codes(session: Session, requests: Iterable[UUID]) -> dict[UUID, str]:
    rows = session.exec(
        select(AssistanceRequest.id, AssistanceRequest.code).where(
            col(AssistanceRequest.id).in_(set(requests))
        )
    )
    return dict(rows.all())


def _mail(
    one: Message, guest: Guest | None, roles: Given, codes: Mapping[UUID, str]
) -> UndeliveredMail:
    role, country = roles.get(one.account_id, (None, None)) if one.account_id else (None, None)
    detail = dict(one.detail)
    request = guest.request_id if guest else None
    if request is not None and request in codes:
        detail.setdefault("code", codes[request])
    return UndeliveredMail(
        id=one.id,
        kind=one.kind,
        at=one.created_at,
        detail=detail,
        due_on=date.fromisoformat(one.due_on) if one.due_on else None,
        role=role,
        country=country,
        guest_role=guest.role if guest else None,
        label=guest.label if guest else "",
        page=_page(one, request),
        attempts=one.attempts,
        tried_at=one.tried_at,
        problem=one.problem or "",
        is_given_up=one.state is MessageState.FAILED,
    )


def _page(one: Message, request: UUID | None) -> str:
    """Return the path of what a message is about, for whoever looks after it."""
    if one.record in {"inquiry", "call"}:
        return f"/{'inquiries' if one.record == 'inquiry' else 'calls'}/{one.record_id}"
    about = one.detail.get("request") or request
    if about:
        return f"/requests/{about}"
    action = one.detail.get("action")
    return f"/actions/{action}" if action else "/lessons"
