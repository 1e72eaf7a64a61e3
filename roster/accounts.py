"""Who signs in and with what: passwords, links, sessions, and the actor that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from roster import login_sessions, records
from roster.errors import FieldError, InvalidInput, NotFound, NotSignedIn, TooManyAttempts
from roster.inputs import SignInInput
from roster.late_writes import write_late
from roster.login_sessions import Lasts, SignIn, log_signing, note_use, open_session, session_of
from roster.passwords import check_new, hash_password, is_right
from roster.policy import Actor, Grant, Permission
from roster.queries.accounts import own_sessions
from roster.read import OpenSession
from roster.tables import Account, ApiKey, LoginSession, RoleGrant, SignInAttempt
from roster.telling.account_news import tell_of_password
from roster.telling.one_time_links import link_of, make_link, spend
from roster.vault import Vault, digest
from roster.vocabulary import LinkPurpose

_MOST_FAILURES = 8
_FAILURE_WINDOW = timedelta(minutes=15)
_USED_TO_THE = timedelta(minutes=1)
_WRONG = "The address or the password is not right. Check both, or ask your administrator."


def sign_in(
    session: Session,
    given: SignInInput,
    *,
    now: datetime,
    hours: int,
    idle_minutes: int | None = None,
    device: str = "",
) -> SignIn:
    """Check a password and open a session.

    The answer, and the time it takes, do not tell whether the address is known.

    Raises
    ------
    NotSignedIn
        Address or password are wrong, or the account is closed.
    TooManyAttempts
        Too many failures for this address lately.
    """
    check_throttle(session, given.email, now=now)
    account = session.exec(select(Account).where(Account.email == given.email)).first()
    right = is_right(given.password, account.password_hash if account else None)
    if account is None or not account.is_active or not right:
        raise NotSignedIn(_WRONG)
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.key_hash) == digest(given.email)))
    lasts = Lasts(hours, idle_minutes)
    return open_session(session, account, now=now, lasts=lasts, device=device)


def check_throttle(session: Session, email: str, *, now: datetime) -> None:
    """Refuse a further try where an address has failed too often lately.

    Raises
    ------
    TooManyAttempts
    """
    since = now - _FAILURE_WINDOW
    failures, oldest = session.exec(
        select(func.count(), func.min(SignInAttempt.at)).where(
            SignInAttempt.key_hash == digest(email.strip().lower()), SignInAttempt.at > since
        )
    ).one()
    if failures >= _MOST_FAILURES:
        raise TooManyAttempts(
            "Too many tries for this address. Wait a quarter of an hour and try again.",
            retry_after_s=max(1, int((oldest + _FAILURE_WINDOW - now).total_seconds())),
        )


def note_failure(session: Session, email: str, *, now: datetime) -> None:
    """Remember a failed try, in a unit of work of its own, and forget old ones."""
    known = email.strip().lower()
    _count_try(session, known, now=now)
    account = session.exec(select(Account).where(Account.email == known)).first()
    log_signing(session, account, "sign_in_failed", now)


def _count_try(session: Session, key: str, *, now: datetime) -> None:
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now - _FAILURE_WINDOW))
    session.add(SignInAttempt(key_hash=digest(key.strip().lower()), at=now))


def sign_out(session: Session, token: str, *, now: datetime) -> bool:
    """End the session of a token; an unknown one is no error.

    Returns
    -------
    whether another system had said who it was, which may hold a session still
    """
    opened = session_of(session, token)
    if opened is None:
        return False
    account = session.get_one(Account, opened.account_id)
    login_sessions.end(session, opened, by=_own(account), at=now)
    return opened.by_openid


def _own(account: Account) -> Actor:
    """Return somebody as the one who acts on her own account, without any right."""
    return Actor(
        account_id=account.id,
        name=account.name,
        facility_id=account.facility_id,
        grants=(),
        origin=account.origin,
    )


def list_sessions(
    session: Session, actor: Actor, token: str, *, now: datetime
) -> tuple[OpenSession, ...]:
    """Return where the actor is signed in, the session of this token marked."""
    return own_sessions(session, actor, token_hash=digest(token), now=now)


def end_session(session: Session, actor: Actor, session_id: UUID, *, now: datetime) -> None:
    """End one of the actor's own sessions; one that has ended already is no error.

    Raises
    ------
    NotFound
    """
    opened = session.get(LoginSession, session_id)
    if opened is None or opened.account_id != actor.account_id:
        raise NotFound("You are not signed in there.")
    login_sessions.end(session, opened, by=actor, at=now)


def change_password(
    session: Session, actor: Actor, *, old: str, new: str, token: str, now: datetime
) -> None:
    """Give the actor's account another password and end its other sessions.

    Parameters
    ----------
    token : of the session that asks, which goes on

    Raises
    ------
    InvalidInput
        The old password is wrong, or the new one is short.
    TooManyAttempts
        The old password was given wrongly too often lately.
    """
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound("There is no such account.")
    check_throttle(session, account.email, now=now)
    if not is_right(old, account.password_hash):
        raise InvalidInput(
            "The present password is not right.",
            errors=(FieldError("/password", "The present password is not right."),),
        )
    check_new(new, of=(account.email, account.name), field="/new_password")
    _set_password(session, account, new, now=now, but=digest(token))


def _set_password(
    session: Session, account: Account, new: str, *, now: datetime, but: str = ""
) -> None:
    """Keep another password, end the sessions but one by its digest, and tell whose it is.

    Of a first password nobody is told: its owner has just come from the invitation.
    """
    if account.password_hash is not None:
        tell_of_password(session, account, at=now)
    account.password_hash = hash_password(new)
    session.add(account)
    own = _own(account)
    records.log_change(session, own, account, "password_set", now)
    login_sessions.end_all(session, account.id, by=own, at=now, but=but)


# --- One-time links -------------------------------------------------------------------------------


def ask_reset(session: Session, email: str, *, vault: Vault, now: datetime, back: str = "") -> None:
    """Put a link to set a new password into the outbox, if an account has this address.

    Nothing tells whether it does. Whoever asks is slowed down like whoever guesses.

    Parameters
    ----------
    back : what the mailed address says behind the token, as `?next=…`

    Raises
    ------
    TooManyAttempts
        Asked for too often lately.
    """
    check_throttle(session, f"reset {email}", now=now)
    _count_try(session, f"reset {email}", now=now)
    account = session.exec(select(Account).where(Account.email == email.strip().lower())).first()
    if account is not None and account.is_active:
        make_link(session, account, LinkPurpose.RESET, vault=vault, at=now, by=None, back=back)


def set_password_by_link(session: Session, token: str, new: str, *, now: datetime) -> Account:
    """Set the password of whoever holds a one-time link; her sessions end, the link is used up.

    Raises
    ------
    NotFound
        The link does not work any more.
    InvalidInput
        The new password is short, or the account gives it away.
    """
    link, account = link_of(session, token, at=now)
    check_new(new, of=(account.email, account.name), field="/new_password")
    spend(session, link, at=now)
    _set_password(session, account, new, now=now)
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.key_hash) == digest(account.email)))
    return account


# --- The actor ------------------------------------------------------------------------------------


def work_in(session: Session, actor: Actor, token: str, facility_id: UUID) -> None:
    """Let a session work in another facility of those that its account has a role in.

    Raises
    ------
    NotFound
    """
    opened = session_of(session, token)
    if opened is None or facility_id not in {grant.facility_id for grant in actor.grants}:
        raise NotFound("You have no role in that facility.")
    opened.works_in = facility_id
    session.add(opened)


def actor_of_session(
    session: Session, token: str, *, now: datetime, idle_minutes: int | None = None
) -> Actor:
    """Return who a session's token stands for, in the facility chosen or the first one granted.

    Parameters
    ----------
    idle_minutes : after which it ends unless it is used, as it is now; None: this is no use of it

    Raises
    ------
    NotSignedIn
        The token is unknown, ended or too old, or the account is closed.
    """
    found = session.exec(
        select(LoginSession, Account)
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .where(LoginSession.token_hash == digest(token))
    ).first()
    if found is None:
        raise NotSignedIn("Your session has ended. Sign in again.")
    opened, account = found
    if opened.ended_at is not None or opened.expires_at <= now or not account.is_active:
        raise NotSignedIn("Your session has ended. Sign in again.")
    if idle_minutes is not None:
        note_use(session, opened, now=now, idle_minutes=idle_minutes)
    return _actor(session, account, opened.works_in, scopes=None)


def actor_of_key(session: Session, key: str, *, now: datetime) -> Actor:
    """Return whom an API key stands for, cut down to its scopes.

    Raises
    ------
    NotSignedIn
        The key is unknown, revoked or too old.
    """
    found = session.exec(
        select(ApiKey, Account)
        .join(Account, col(Account.id) == col(ApiKey.account_id))
        .where(ApiKey.key_hash == digest(key))
    ).first()
    if found is None:
        raise NotSignedIn("This key is not known. Ask your administrator for a new one.")
    held, account = found
    if held.revoked_at is not None or held.expires_at <= now or not account.is_active:
        raise NotSignedIn("This key is no longer valid. Ask your administrator for a new one.")
    # To the minute: who calls often does not write each time.
    if held.last_used_at is None or now - held.last_used_at >= _USED_TO_THE:
        set_committed_value(held, "last_used_at", now)
        used = update(ApiKey).where(col(ApiKey.id) == held.id).values(last_used_at=now)
        write_late(session, ApiKey, used)
    # A scope that this version no longer knows allows nothing.
    scopes = frozenset(one for one in Permission if one.value in held.scopes)
    actor = _actor(session, account, held.facility_id, scopes=scopes)
    # A key opens the facility it was made for, whatever else its account may have been granted.
    return replace(actor, facility_id=held.facility_id)


def actor_of_account(session: Session, account_id: UUID, facility_id: UUID) -> Actor | None:
    """Return somebody for whom a job works on, with her rights of now; None if she has gone."""
    account = session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    return replace(_actor(session, account, facility_id, scopes=None), facility_id=facility_id)


def _actor(
    session: Session,
    account: Account,
    facility_id: UUID | None,
    scopes: frozenset[Permission] | None,
) -> Actor:
    rows = session.exec(
        select(RoleGrant)
        .where(RoleGrant.account_id == account.id, col(RoleGrant.ended_at).is_(None))
        .order_by(col(RoleGrant.created_at), col(RoleGrant.id))
    ).all()
    grants = tuple(
        Grant(
            role=row.role,
            facility_id=row.facility_id,
            country=row.country,
            administrations=tuple(row.administrations),
            expert_id=row.expert_id,
        )
        for row in rows
    )
    facilities = [grant.facility_id for grant in grants]
    here = facility_id if facility_id in facilities else next(iter(facilities), None)
    return Actor(
        account_id=account.id,
        name=account.name,
        facility_id=here or account.facility_id,
        grants=grants,
        locale=account.locale,
        scopes=scopes,
        origin=account.origin,
    )
