"""Messages that go out by mail where a server is set; they are read in the product as well."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from roster.errors import MailFailed
from roster.ports import Clock, Mailer
from roster.tables import Account, Facility, Guest, Message
from roster.telling.guests import PATH, token_of
from roster.telling.message_words import (
    OF_THE_ACCOUNT,
    advice,
    due_words,
    frame_words,
    page_of,
    sentence,
)
from roster.vault import Vault
from roster.vocabulary import MessageState

MOST_ATTEMPTS = 5


def send_messages(
    session: Session, *, mailer: Mailer, vault: Vault, clock: Clock, base_url: str, most: int = 50
) -> int:
    """Send messages that wait and have an address; return how many were sent.

    What was read in the product already is not sent after, but what is told of somebody's own
    account: whoever came into it could have read it there. A message that is not taken waits for
    the next time, `MOST_ATTEMPTS` times; then the product says why it was not delivered.
    """
    reachable = or_(
        col(Account.is_active).is_(True),
        (col(Guest.address).is_not(None))
        & col(Guest.revoked_at).is_(None)
        & (col(Guest.expires_at) > clock.now()),
    )
    due = session.exec(
        select(Message, Account, Guest)
        .join(Account, col(Account.id) == col(Message.account_id), isouter=True)
        .join(Guest, col(Guest.id) == col(Message.guest_id), isouter=True)
        .where(
            col(Message.state) == MessageState.WAITING,
            or_(col(Message.read_at).is_(None), col(Message.kind).in_(OF_THE_ACCOUNT)),
            reachable,
        )
        .order_by(col(Message.created_at), col(Message.id))
        .limit(most)
        .with_for_update(skip_locked=True, of=Message)
    ).all()
    return sum(
        _send(
            session,
            message,
            account or guest,
            mailer,
            clock.now(),
            _link(message, guest, vault, base_url),
        )
        for message, account, guest in due
    )


def _link(message: Message, guest: Guest | None, vault: Vault, base_url: str) -> str:
    token = token_of(guest, vault) if guest is not None else None
    if token is not None:
        return f"{base_url}{PATH}{token}"
    return base_url + page_of(message.kind, message.record, str(message.record_id), message.detail)


def _send(
    session: Session,
    message: Message,
    to: Account | Guest,
    mailer: Mailer,
    now: datetime,
    link: str,
) -> bool:
    facility = session.get_one(Facility, message.facility_id).name
    said = sentence(message.kind, message.detail, to.locale)
    due_on = date.fromisoformat(message.due_on) if message.due_on else None
    before, foot = frame_words(to.locale)
    lines = (
        said,
        advice(message.kind, to.locale),
        due_words(due_on, to.locale),
        f"{before} {link}",
        "--",
        foot.format(facility=facility),
    )
    body = "\n\n".join(line for line in lines if line)
    address = to.email if isinstance(to, Account) else to.address or ""
    message.attempts, message.tried_at = message.attempts + 1, now
    session.add(message)
    try:
        # A line break in a name would forge a header of the mail.
        mailer.send(address, " ".join(f"{facility}: {said}".split()), body + "\n")
    except MailFailed as error:
        message.problem = error.detail
        if message.attempts >= MOST_ATTEMPTS:
            message.state = MessageState.FAILED
        return False
    message.state, message.sent_at, message.problem = MessageState.SENT, now, None
    return True
