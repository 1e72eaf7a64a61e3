"""Links by which somebody sets a password: each works once, for a time, and takes others' place.

The token is kept encrypted only until the link is sent or used; to know it again its digest does.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import MailFailed, NotFound
from roster.ports import Mailer
from roster.tables import Account, Facility, OneTimeLink
from roster.telling.link_letters import letter_in
from roster.telling.tokens import make_token, read_token
from roster.vault import Vault, digest
from roster.vocabulary import LinkPurpose

PATH = "/link/"
"""Where links lead; what follows is the token, which no log may hold."""
VALID = {LinkPurpose.INVITATION: timedelta(days=14), LinkPurpose.RESET: timedelta(hours=2)}
_MOST_ATTEMPTS = 5


def make_link(
    session: Session,
    account: Account,
    purpose: LinkPurpose,
    *,
    vault: Vault,
    at: datetime,
    by: UUID | None,
    back: str = "",
) -> tuple[OneTimeLink, str]:
    """Make a link and end those that the account was given before.

    Parameters
    ----------
    back : what the mailed address says behind the token, as `?next=…`

    Returns
    -------
    it, and the token that goes behind `PATH`
    """
    end_links(session, account.id, at=at)
    token = make_token(vault)
    link = OneTimeLink(
        facility_id=account.facility_id,
        origin=account.origin,
        created_at=at,
        account_id=account.id,
        purpose=purpose,
        token_hash=token.hash,
        locked_token=vault.lock(f"{token.text}{back}".encode()) if back else token.locked,
        expires_at=at + VALID[purpose],
        by=by,
    )
    session.add(link)
    session.flush()
    return link, token.text


def end_links(session: Session, account_id: UUID, *, at: datetime) -> None:
    """End every link that an account was given."""
    for old in session.exec(
        select(OneTimeLink).where(
            OneTimeLink.account_id == account_id, col(OneTimeLink.used_at).is_(None)
        )
    ):
        spend(session, old, at=at)


def link_of(session: Session, token: str, *, at: datetime) -> tuple[OneTimeLink, Account]:
    """Return a link that still works, and whose password it sets.

    Raises
    ------
    NotFound
        It is unknown, used, or has run out, or the account is closed: alike.
    """
    found = session.exec(
        select(OneTimeLink, Account)
        .join(Account, col(Account.id) == col(OneTimeLink.account_id))
        .where(OneTimeLink.token_hash == digest(token))
    ).first()
    if found is None or found[0].used_at or found[0].expires_at <= at or not found[1].is_active:
        raise NotFound("This link does not work any more. Ask for a new one.")
    return found


def spend(session: Session, link: OneTimeLink, *, at: datetime) -> None:
    """End a link that did its work."""
    link.used_at, link.locked_token = at, None
    session.add(link)


def send_links(
    session: Session, *, mailer: Mailer, vault: Vault, at: datetime, base_url: str, most: int = 50
) -> int:
    """Mail the links that wait; return how many were sent. One that fails is tried a few times."""
    due = session.exec(
        select(OneTimeLink, Account, Facility.name)
        .join(Account, col(Account.id) == col(OneTimeLink.account_id))
        .join(Facility, col(Facility.id) == col(OneTimeLink.facility_id))
        .where(
            col(OneTimeLink.locked_token).is_not(None),
            col(OneTimeLink.sent_at).is_(None),
            col(OneTimeLink.used_at).is_(None),
            OneTimeLink.expires_at > at,
            OneTimeLink.attempts < _MOST_ATTEMPTS,
        )
        .order_by(col(OneTimeLink.created_at))
        .limit(most)
    ).all()
    sent = 0
    for link, account, facility in due:
        token = read_token(link.locked_token or b"", vault)
        letter = letter_in(link.purpose, account.locale, facility, f"{base_url}{PATH}{token}")
        link.attempts += 1
        session.add(link)
        try:
            mailer.send(account.email, letter.subject, letter.body)
        except MailFailed:
            continue
        link.sent_at, link.locked_token = at, None
        sent += 1
    return sent
