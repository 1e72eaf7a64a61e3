"""What accounts and guests are told: read in the product and, where it is set up, by mail.

A message holds a kind, ids and codes; its words are made where it is shown or sent, in the
language of whoever reads it, so that none of them can go stale or name somebody who was erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from roster import records
from roster.policy import Actor
from roster.queries.messages import get_message
from roster.queries.undelivered import get_undelivered
from roster.tables import Account, AssistanceRequest, Message, Record, RoleGrant
from roster.vocabulary import MessageKind, MessageState, Role


@dataclass(frozen=True, slots=True)
class News:
    """What is told."""

    kind: MessageKind
    about: Record
    """The record that the message leads to."""
    due_on: date | None = None
    """The day by which something is wanted."""
    detail: Mapping[str, str | int] = field(default_factory=dict)
    """Codes, ids, days and counts that the words need; never names or text."""


def tell(
    session: Session,
    actor: Actor,
    news: News,
    *,
    at: datetime,
    accounts: Iterable[UUID] = (),
    guests: Iterable[UUID] = (),
) -> list[Message]:
    """Put one message into the box of each account and guest; whoever acts is not told."""
    to: list[tuple[UUID | None, UUID | None]] = [
        (one, None) for one in dict.fromkeys(accounts) if one != actor.account_id
    ]
    to += [(None, one) for one in dict.fromkeys(guests)]
    made = [
        Message(
            facility_id=actor.facility_id,
            origin=actor.origin,
            created_at=at,
            kind=news.kind,
            account_id=account,
            guest_id=guest,
            record=str(news.about.__tablename__),
            record_id=news.about.id,
            detail=dict(news.detail),
            due_on=news.due_on.isoformat() if news.due_on else None,
        )
        for account, guest in to
    ]
    session.add_all(made)
    session.flush()
    return made


def about_request(request: AssistanceRequest) -> dict[str, str | int]:
    """Return what a message says of the request that it belongs to."""
    return {"request": str(request.id), "code": request.code}


def focal_points(session: Session, facility_id: UUID, countries: Iterable[str]) -> list[UUID]:
    """Return the active accounts of the focal points of some countries, by country and id."""
    found = session.exec(
        select(Account.id)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(
            RoleGrant.facility_id == facility_id,
            RoleGrant.role == Role.FOCAL_POINT,
            col(RoleGrant.country).in_(list(countries)),
            col(RoleGrant.ended_at).is_(None),
            col(Account.is_active).is_(True),
        )
        .order_by(col(RoleGrant.country), col(Account.id))
    )
    return list(dict.fromkeys(found))


def with_role(session: Session, facility_id: UUID, *roles: Role) -> list[UUID]:
    """Return the active accounts that hold one of some roles in a facility, by id."""
    found = session.exec(
        select(Account.id)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(
            RoleGrant.facility_id == facility_id,
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.ended_at).is_(None),
            col(Account.is_active).is_(True),
        )
        .order_by(col(Account.id))
    )
    return list(dict.fromkeys(found))


def officers_of(session: Session, request: AssistanceRequest, *also: UUID | None) -> list[UUID]:
    """Return whom to tell about a request: its officer and `also`; where nobody is, all officers.

    Accounts that are closed are told nothing.
    """
    ids = [one for one in (request.officer_id, *also) if one is not None]
    active = set(
        session.exec(
            select(Account.id).where(col(Account.id).in_(ids), col(Account.is_active).is_(True))
        )
    )
    known = [one for one in dict.fromkeys(ids) if one in active]
    return known or with_role(session, request.facility_id, Role.PROJECT_OFFICER)


def send_again(session: Session, actor: Actor, message_id: UUID, *, at: datetime) -> Message:
    """Let mail try once more to deliver a message that it gave up, as often as a new one.

    Raises
    ------
    NotAllowed, NotFound
    """
    message = get_undelivered(session, actor, message_id)
    message.state, message.attempts, message.problem = MessageState.WAITING, 0, None
    session.add(message)
    records.log_change(session, actor, message, "sent_again", at, kind=message.kind)
    return message


def told_by_hand(session: Session, actor: Actor, message_id: UUID, *, at: datetime) -> Message:
    """Write that somebody told in another way what mail could not deliver.

    Raises
    ------
    NotAllowed, NotFound
    """
    message = get_undelivered(session, actor, message_id)
    message.state = MessageState.BY_HAND
    session.add(message)
    records.log_change(session, actor, message, "told_by_hand", at, kind=message.kind)
    return message


def mark_read(session: Session, actor: Actor, message_id: UUID, *, at: datetime) -> Message:
    """Write that the actor has read one of her messages; the first time counts.

    Raises
    ------
    NotFound
    """
    message = get_message(session, actor, message_id)
    message.read_at = message.read_at or at
    session.add(message)
    return message


def mark_all_read(session: Session, actor: Actor, *, at: datetime) -> int:
    """Write that the actor has read everything she was told; return how much was new."""
    if actor.account_id is None:
        return 0
    done = session.exec(
        update(Message)
        .where(
            col(Message.account_id) == actor.account_id,
            col(Message.facility_id) == actor.facility_id,
            col(Message.read_at).is_(None),
        )
        .values(read_at=at)
    )
    return int(done.rowcount)
