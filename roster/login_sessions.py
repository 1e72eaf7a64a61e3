"""Sessions: each is opened with a token that only a cookie holds, and its end is written down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.policy import Actor
from roster.tables import Account, LoginSession
from roster.vault import digest
from roster.vocabulary import Origin

_TOKEN_BYTES = 32
_LONGEST_DEVICE = 200
_NOBODY = UUID(int=0)
"""In place of an account, where an address was tried that nobody has."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session: its secret goes into the cookie and is kept nowhere else."""

    token: str
    expires_at: datetime
    account_id: UUID


def open_session(
    session: Session,
    account: Account,
    *,
    now: datetime,
    hours: int,
    device: str,
    by_openid: bool = False,
) -> SignIn:
    """Open a session for somebody who has shown who she is.

    Parameters
    ----------
    hours : after which it ends by itself
    device : as the browser names itself
    by_openid : whether another system said who she is
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    opened = LoginSession(
        facility_id=account.facility_id,
        origin=account.origin,
        account_id=account.id,
        token_hash=digest(token),
        expires_at=now + timedelta(hours=hours),
        device=device[:_LONGEST_DEVICE],
        by_openid=by_openid,
    )
    session.add(opened)
    log_signing(session, account, "signed_in", now)
    return SignIn(token=token, expires_at=opened.expires_at, account_id=account.id)


def session_of(session: Session, token: str) -> LoginSession | None:
    """Return the session of a token, whether or not it has ended; None where there is none."""
    return session.exec(
        select(LoginSession).where(LoginSession.token_hash == digest(token))
    ).first()


def end(session: Session, opened: LoginSession, *, by: Actor | None, at: datetime) -> None:
    """End a session and write who ended it; one that has ended already stays as it is."""
    if opened.ended_at is not None:
        return
    opened.ended_at = at
    session.add(opened)
    about = records.Event("account", opened.account_id, opened.facility_id, opened.origin)
    records.log_event(session, by, about, "session_ended", at, ended=opened.id)


def end_all(
    session: Session, account_id: UUID, *, by: Actor | None, at: datetime, but: str = ""
) -> int:
    """End the sessions of an account, but the one with this digest; return how many."""
    found = session.exec(
        select(LoginSession).where(
            LoginSession.account_id == account_id,
            LoginSession.token_hash != but,
            col(LoginSession.ended_at).is_(None),
        )
    ).all()
    for opened in found:
        end(session, opened, by=by, at=at)
    return len(found)


def log_signing(session: Session, account: Account | None, act: str, at: datetime) -> None:
    """Write who signed in or failed to; of an address that nobody has, only that it was tried."""
    about = records.Event("account", _NOBODY, None, Origin.REAL)
    if account is not None:
        about = records.Event("account", account.id, account.facility_id, account.origin)
    records.log_event(session, None, about, act, at)
