"""Sessions: each is opened with a token that only a cookie holds, and its end is written down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from roster import records
from roster.late_writes import write_late
from roster.policy import Actor
from roster.tables import Account, LoginSession
from roster.telling.account_news import tell_of_device
from roster.vault import digest
from roster.vocabulary import Origin

_TOKEN_BYTES = 32
_LONGEST_DEVICE = 200
_NOTED_EVERY = timedelta(minutes=1)
_NOBODY = UUID(int=0)
"""In place of an account, where an address was tried that nobody has."""


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a session lasts."""

    hours: int
    """In all."""
    idle_minutes: int | None = None
    """Unless it is used; None: it does not matter whether it is."""

    def first_end(self, now: datetime) -> datetime:
        """Return when a session that begins ends unless it is used."""
        return min(self.last_end(now), self._idle_end(now))

    def last_end(self, now: datetime) -> datetime:
        """Return when a session that begins ends in any case."""
        return now + timedelta(hours=self.hours)

    def _idle_end(self, now: datetime) -> datetime:
        if self.idle_minutes is None:
            return self.last_end(now)
        return now + timedelta(minutes=self.idle_minutes)


def note_use(session: Session, opened: LoginSession, *, now: datetime, idle_minutes: int) -> None:
    """Move the end of a session on, as it is used: once a minute, not with each page."""
    if opened.until is None:
        return
    end_now = min(opened.until, now + timedelta(minutes=idle_minutes))
    if end_now - opened.expires_at >= _NOTED_EVERY:
        set_committed_value(opened, "expires_at", end_now)
        used = update(LoginSession).where(col(LoginSession.id) == opened.id)
        write_late(session, LoginSession, used.values(expires_at=end_now))


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
    lasts: Lasts,
    device: str,
    by_openid: bool = False,
    openid_sid: str | None = None,
) -> SignIn:
    """Open a session for somebody who has shown who she is.

    Parameters
    ----------
    lasts : after what it ends by itself
    device : as the browser names itself
    by_openid : whether another system said who she is
    openid_sid : digest of what that system calls its own session
    """
    tell_of_device(session, account, device, at=now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    opened = LoginSession(
        facility_id=account.facility_id,
        origin=account.origin,
        account_id=account.id,
        token_hash=digest(token),
        expires_at=lasts.first_end(now),
        until=lasts.last_end(now),
        device=device[:_LONGEST_DEVICE],
        by_openid=by_openid,
        openid_sid=openid_sid,
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


def end_by_openid(
    session: Session, *, sid: str | None, openid_hash: str | None, at: datetime
) -> int:
    """End what another system opened and ended: one session of its, or all of a person.

    Parameters
    ----------
    sid : digest of what that system calls the session
    openid_hash : digest of what it calls the person; beside a `sid` both have to fit

    Returns
    -------
    how many ended
    """
    query = (
        select(LoginSession)
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .where(col(LoginSession.by_openid), col(LoginSession.ended_at).is_(None))
    )
    if sid is not None:
        query = query.where(LoginSession.openid_sid == sid)
    if openid_hash is not None:
        query = query.where(Account.openid_hash == openid_hash)
    found = session.exec(query).all() if sid or openid_hash else []
    for opened in found:
        end(session, opened, by=None, at=at)
    return len(found)


def log_signing(session: Session, account: Account | None, act: str, at: datetime) -> None:
    """Write who signed in or failed to; of an address that nobody has, only that it was tried."""
    about = records.Event("account", _NOBODY, None, Origin.REAL)
    if account is not None:
        about = records.Event("account", account.id, account.facility_id, account.origin)
    records.log_event(session, None, about, act, at)
