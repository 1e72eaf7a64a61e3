"""Signing in with what another system says of somebody: an account has to be there already.

The first time, the address that it says finds the account, and the account is bound to who that
was; from then on only the same identity opens it, whatever address it comes with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from roster import records
from roster.errors import NotSignedIn
from roster.login_sessions import Lasts, SignIn, end_by_openid, log_signing, open_session
from roster.policy import Actor
from roster.tables import Account, SignInAttempt
from roster.telling.one_time_links import end_links
from roster.vault import digest

_NO_ACCOUNT = "There is no account here for this identity. Ask your administrator for one."


@dataclass(frozen=True, slots=True)
class OutsideIdentity:
    """Who another system says that somebody is, checked already."""

    issuer: str
    subject: str
    """What that system calls her for ever."""
    address: str
    """What the installation compares with the addresses of accounts."""

    session: str = ""
    """What that system calls its own session, where it says so."""

    @property
    def session_digest(self) -> str | None:
        """By which a session here is known to be of one there."""
        return digest(f"{self.issuer}\n{self.session}") if self.session else None

    @property
    def digest(self) -> str:
        """By which an account knows it again."""
        return digest(f"{self.issuer}\n{self.subject}")


def sign_in_outside(
    session: Session,
    said: OutsideIdentity,
    *,
    now: datetime,
    hours: int,
    idle_minutes: int | None = None,
    device: str = "",
) -> SignIn:
    """Open a session for an identity; no account and no role is made for it.

    Raises
    ------
    NotSignedIn
        No account has this identity or its address, the account is closed, or it is bound to
        another identity: alike.
    """
    account = account_of(session, said)
    if account is None or not account.is_active:
        raise NotSignedIn(_NO_ACCOUNT)
    if account.openid_hash is None:
        account.openid_hash = said.digest
        session.add(account)
        end_links(session, account.id, at=now)
        about = records.Event("account", account.id, account.facility_id, account.origin)
        records.log_event(session, None, about, "identity_bound", now)
    return open_session(
        session,
        account,
        now=now,
        lasts=Lasts(hours, idle_minutes),
        device=device,
        by_openid=True,
        openid_sid=said.session_digest,
    )


def account_of(session: Session, said: OutsideIdentity) -> Account | None:
    """Return the account bound to an identity, else the unbound one with its address."""
    bound = session.exec(select(Account).where(Account.openid_hash == said.digest)).first()
    if bound is not None:
        return bound
    address = said.address.strip().lower()
    return session.exec(
        select(Account).where(Account.email == address, col(Account.openid_hash).is_(None))
    ).first()


_LOGOUTS_KEPT = timedelta(minutes=15)
"""Longer than a word of a sign-out is believed: until then it is known again."""


def sign_out_outside(
    session: Session,
    issuer: str,
    *,
    token_id: str,
    subject: str | None,
    session_id: str | None,
    now: datetime,
) -> int:
    """End the sessions that another system opened, as it says that they ended there.

    Parameters
    ----------
    token_id : by which its word is known again; one said before ends nothing

    Returns
    -------
    how many sessions ended
    """
    key = digest(f"logout\n{issuer}\n{token_id}")
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now - _LOGOUTS_KEPT))
    if session.exec(select(SignInAttempt).where(SignInAttempt.key_hash == key)).first():
        return 0
    session.add(SignInAttempt(key_hash=key, at=now))
    return end_by_openid(
        session,
        sid=digest(f"{issuer}\n{session_id}") if session_id else None,
        openid_hash=digest(f"{issuer}\n{subject}") if subject else None,
        at=now,
    )


def note_refusal(session: Session, said: OutsideIdentity | None, *, now: datetime) -> None:
    """Write that signing in failed, in a unit of work of its own; None: nobody was named."""
    account = account_of(session, said) if said is not None else None
    log_signing(session, account, "sign_in_failed", now)


def forget_identity(session: Session, actor: Actor, account: Account, *, now: datetime) -> None:
    """Unbind an account: the next identity with its address is bound to it."""
    if account.openid_hash is not None:
        account.openid_hash = None
        session.add(account)
        records.log_change(session, actor, account, "identity_forgotten", now)
