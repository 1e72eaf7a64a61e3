"""Who signs in and with what: passwords, sessions, keys, and the actor that they make."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound, NotSignedIn, TooManyAttempts
from roster.inputs import SignInInput
from roster.policy import Actor, Grant, Permission, require
from roster.queries.accounts import own_sessions
from roster.read import OpenSession
from roster.tables import Account, ApiKey, Facility, LoginSession, RoleGrant, SignInAttempt
from roster.vault import digest
from roster.vocabulary import Origin, Role

_HASHER = PasswordHash.recommended()
_MOST_FAILURES = 8
_FAILURE_WINDOW = timedelta(minutes=15)
_TOKEN_BYTES = 32
_SHORTEST_PASSWORD = 12
_WRONG = "The address or the password is not right. Check both, or ask your administrator."


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session: its secret goes into the cookie and is kept nowhere else."""

    token: str
    expires_at: datetime
    account_id: UUID


@cache
def _nobody() -> str:
    """Return a hash to check where no account is known: both answers take the same time."""
    return _HASHER.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _HASHER.hash(password)


def sign_in(
    session: Session, given: SignInInput, *, now: datetime, hours: int, device: str = ""
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
    known = account is not None and account.is_active and account.password_hash is not None
    right = _HASHER.verify(given.password, (account and account.password_hash) or _nobody())
    if account is None or not known or not right:
        raise NotSignedIn(_WRONG)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    opened = LoginSession(
        facility_id=account.facility_id,
        origin=account.origin,
        account_id=account.id,
        token_hash=digest(token),
        expires_at=now + timedelta(hours=hours),
        device=device[:200],
    )
    session.add(opened)
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.key_hash) == digest(given.email)))
    return SignIn(token=token, expires_at=opened.expires_at, account_id=account.id)


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
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now - _FAILURE_WINDOW))
    session.add(SignInAttempt(key_hash=digest(email.strip().lower()), at=now))


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """End the session of a token; an unknown one is no error."""
    opened = session.exec(
        select(LoginSession).where(LoginSession.token_hash == digest(token))
    ).first()
    if opened is not None and opened.ended_at is None:
        opened.ended_at = now
        session.add(opened)


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
    opened.ended_at = opened.ended_at or now
    session.add(opened)


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
    if not _HASHER.verify(old, account.password_hash or _nobody()):
        raise InvalidInput(
            "The present password is not right.",
            errors=(FieldError("/password", "The present password is not right."),),
        )
    if len(new) < _SHORTEST_PASSWORD:
        words = f"Take at least {_SHORTEST_PASSWORD} characters; a few words in a row do well."
        raise InvalidInput(words, errors=(FieldError("/new_password", words),))
    account.password_hash = hash_password(new)
    session.add(account)
    for opened in session.exec(
        select(LoginSession).where(
            LoginSession.account_id == account.id,
            LoginSession.token_hash != digest(token),
            col(LoginSession.ended_at).is_(None),
        )
    ):
        opened.ended_at = now
        session.add(opened)


def actor_of_session(
    session: Session, token: str, *, now: datetime, facility_id: UUID | None = None
) -> Actor:
    """Return who a session's token stands for.

    Parameters
    ----------
    facility_id : the facility to work in; None is the first one granted

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
    return _actor(session, account, facility_id, scopes=None)


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
    held.last_used_at = now
    session.add(held)
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


def open_account(
    session: Session,
    facility: Facility,
    *,
    email: str,
    name: str,
    password: str | None,
    locale: str = "en",
    country: str | None = None,
    origin: Origin = Origin.REAL,
) -> Account:
    """Open an account without any right; `grant_role` gives it some.

    Raises
    ------
    Conflict
        Somebody signs in with this address already.
    """
    address = email.strip().lower()
    if session.exec(select(Account.id).where(Account.email == address)).first() is not None:
        raise Conflict("An account with this address exists already. Grant it a role instead.")
    account = Account(
        facility_id=facility.id,
        origin=origin,
        email=address,
        name=name,
        password_hash=hash_password(password) if password else None,
        locale=locale,
        country=country,
    )
    session.add(account)
    session.flush()
    return account


def grant_role(
    session: Session,
    account: Account,
    role: Role,
    *,
    facility_id: UUID,
    country: str | None = None,
    administrations: tuple[str, ...] = (),
    expert_id: UUID | None = None,
    granted_by: UUID | None = None,
) -> RoleGrant:
    """Grant a role: for one facility and, where it says so, one country or one expert."""
    grant = RoleGrant(
        facility_id=facility_id,
        origin=account.origin,
        account_id=account.id,
        role=role,
        country=country,
        administrations=list(administrations),
        expert_id=expert_id,
        granted_by=granted_by,
    )
    session.add(grant)
    session.flush()
    return grant


def issue_key(
    session: Session,
    actor: Actor,
    account_id: UUID,
    *,
    label: str,
    scopes: frozenset[Permission],
    now: datetime,
    days: int = 365,
) -> tuple[ApiKey, str]:
    """Make a key for another system; the second value is the key, shown once and kept nowhere.

    Raises
    ------
    NotAllowed, NotFound
    InvalidInput
        No scope is given: such a key could do nothing.
    """
    require(actor, Permission.ADMINISTER)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    if not scopes:
        raise InvalidInput("Name at least one scope for the key.")
    secret = f"roster_{secrets.token_urlsafe(_TOKEN_BYTES)}"
    key = ApiKey(
        facility_id=actor.facility_id,
        origin=account.origin,
        account_id=account.id,
        label=label,
        prefix=secret[:12],
        key_hash=digest(secret),
        scopes=sorted(scope.value for scope in scopes),
        expires_at=now + timedelta(days=days),
    )
    session.add(key)
    records.log_change(session, actor, key, "created", now, scopes=key.scopes)
    return key, secret
