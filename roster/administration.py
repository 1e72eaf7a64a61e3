"""Opening and closing accounts, what they may do, and the keys of other systems."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import login_sessions, outside_identities, records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import AccountInput, RoleInput
from roster.passwords import hash_password
from roster.policy import Actor, Permission, require
from roster.tables import Account, ApiKey, Expert, Facility, LoginSession, RoleGrant
from roster.telling.one_time_links import make_link
from roster.terms import check_country
from roster.vault import Vault, digest
from roster.vocabulary import OFF_ROSTER, LinkPurpose, Origin, Role

_TOKEN_BYTES = 32
_OVERLAP = timedelta(days=7)
"""So long the old key works beside the one that takes its place."""


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


def open_invited(
    session: Session, actor: Actor, given: AccountInput, *, vault: Vault, now: datetime
) -> tuple[UUID, str]:
    """Open an account with its first role in the actor's facility, and make its invitation.

    Returns
    -------
    id of the account, and the token of its link

    Raises
    ------
    NotAllowed
    Conflict
        Somebody signs in with this address already.
    """
    require(actor, Permission.ADMINISTER)
    account = open_account(
        session,
        session.get_one(Facility, actor.facility_id),
        email=given.email,
        name=given.name,
        password=None,
        locale=given.locale,
        country=given.country,
        origin=actor.origin,
    )
    records.log_change(session, actor, account, "created", now)
    give_role(session, actor, account.id, given, now=now)
    return account.id, invite(session, actor, account.id, vault=vault, now=now)


def give_role(
    session: Session, actor: Actor, account_id: UUID, given: RoleInput, *, now: datetime
) -> RoleGrant:
    """Give an account a role in the actor's facility; one that it holds already is no error.

    Raises
    ------
    NotAllowed, NotFound, UnknownTerm
    """
    account = _account_here(session, actor, account_id)
    check_country(given.country)
    if given.expert_id is not None:
        _check_record(session, actor, given.expert_id)
    held = session.exec(
        select(RoleGrant).where(
            RoleGrant.account_id == account.id,
            RoleGrant.facility_id == actor.facility_id,
            RoleGrant.role == given.role,
            col(RoleGrant.country) == given.country,
            col(RoleGrant.expert_id) == given.expert_id,
            col(RoleGrant.ended_at).is_(None),
        )
    ).first()
    if held is not None:
        return held
    grant = grant_role(
        session,
        account,
        given.role,
        facility_id=actor.facility_id,
        country=given.country,
        expert_id=given.expert_id,
        granted_by=actor.account_id,
    )
    records.log_change(session, actor, grant, "created", now, account=account.id, role=given.role)
    return grant


def invite(session: Session, actor: Actor, account_id: UUID, *, vault: Vault, now: datetime) -> str:
    """Make the link by which an account sets its password; mailed where mail is set up.

    Returns
    -------
    the token behind `one_time_links.PATH`, to be handed over where there is no mail

    Raises
    ------
    NotAllowed, NotFound
    Conflict
        The account is closed.
    """
    account = _account_here(session, actor, account_id)
    if not account.is_active:
        raise Conflict("This account is closed. Open it again first.")
    first = account.password_hash is None
    purpose = LinkPurpose.INVITATION if first else LinkPurpose.RESET
    link, token = make_link(session, account, purpose, vault=vault, at=now, by=actor.account_id)
    records.log_change(session, actor, account, "link_made", now, link=link.id)
    return token


def end_grant(session: Session, actor: Actor, grant_id: UUID, *, now: datetime) -> None:
    """Take a role away from now on; one that has ended already is no error.

    Raises
    ------
    NotAllowed, NotFound
    Conflict
        It is the last administrator of the facility.
    """
    require(actor, Permission.ADMINISTER)
    grant = session.get(RoleGrant, grant_id)
    if grant is None or grant.facility_id != actor.facility_id:
        raise NotFound("There is no such role in this facility.")
    if grant.ended_at is not None:
        return
    if grant.role is Role.ADMINISTRATOR:
        _require_another_administrator(session, grant.account_id, actor)
    grant.ended_at = now
    session.add(grant)
    records.log_change(session, actor, grant, "ended", now, account=grant.account_id)


def close_account(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Close an account: it signs in no more, its sessions and keys end; what it did stays.

    Raises
    ------
    NotAllowed, NotFound
    Conflict
        It is one's own, or the last administrator's.
    """
    account = _account_here(session, actor, account_id)
    if account.id == actor.account_id:
        raise Conflict("You cannot close the account that you are signed in with.")
    _require_another_administrator(session, account.id, actor)
    account.is_active = False
    session.add(account)
    login_sessions.end_all(session, account.id, by=actor, at=now)
    for key in session.exec(
        select(ApiKey).where(ApiKey.account_id == account.id, col(ApiKey.revoked_at).is_(None))
    ):
        key.revoked_at = now
        session.add(key)
    records.log_change(session, actor, account, "closed", now)


def end_session(
    session: Session, actor: Actor, account_id: UUID, session_id: UUID, *, now: datetime
) -> None:
    """Sign somebody out where she is signed in; a session that has ended is no error.

    Raises
    ------
    NotAllowed, NotFound
    """
    account = _account_here(session, actor, account_id)
    opened = session.get(LoginSession, session_id)
    if opened is None or opened.account_id != account.id:
        raise NotFound("This account is not signed in there.")
    login_sessions.end(session, opened, by=actor, at=now)


def forget_identity(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Unbind an account from its identity in another system, and sign it out everywhere.

    Raises
    ------
    NotAllowed, NotFound
    """
    account = _account_here(session, actor, account_id)
    outside_identities.forget_identity(session, actor, account, now=now)
    login_sessions.end_all(session, account.id, by=actor, at=now)


def reopen_account(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Open a closed account again; its keys stay revoked.

    Raises
    ------
    NotAllowed, NotFound
    """
    account = _account_here(session, actor, account_id)
    if not account.is_active:
        account.is_active = True
        session.add(account)
        records.log_change(session, actor, account, "reopened", now)


def revoke_key(session: Session, actor: Actor, key_id: UUID, *, now: datetime) -> None:
    """End a key at once; one that has ended already is no error.

    Raises
    ------
    NotAllowed, NotFound
    """
    key = _key_here(session, actor, key_id)
    if key.revoked_at is None:
        key.revoked_at = now
        session.add(key)
        records.log_change(session, actor, key, "revoked", now)


def rotate_key(
    session: Session, actor: Actor, key_id: UUID, *, now: datetime, days: int = 365
) -> tuple[ApiKey, str]:
    """Make a key that takes the place of another one, which works a week longer.

    Raises
    ------
    NotAllowed, NotFound
    Conflict
        The old key has ended already.
    """
    old = _key_here(session, actor, key_id)
    if old.revoked_at is not None or old.expires_at <= now:
        raise Conflict("This key has ended already. Issue a new one instead.")
    scopes = frozenset(one for one in Permission if one.value in old.scopes)
    made = issue_key(
        session, actor, old.account_id, label=old.label, scopes=scopes, now=now, days=days
    )
    old.expires_at = min(old.expires_at, now + _OVERLAP)
    session.add(old)
    records.log_change(session, actor, old, "rotated", now, by_key=made[0].id)
    return made


def _account_here(session: Session, actor: Actor, account_id: UUID) -> Account:
    """Return an account that was opened here or has had a role here."""
    require(actor, Permission.ADMINISTER)
    account = session.get(Account, account_id)
    granted = session.exec(
        select(RoleGrant.id).where(
            RoleGrant.account_id == account_id, RoleGrant.facility_id == actor.facility_id
        )
    ).first()
    if account is None or (account.facility_id != actor.facility_id and granted is None):
        raise NotFound("There is no such account in this facility.")
    return account


def _check_record(session: Session, actor: Actor, expert_id: UUID) -> None:
    """Refuse the number of a record that is not of this facility; nothing of it is told."""
    found = session.exec(
        select(Expert.id).where(
            Expert.id == expert_id,
            Expert.facility_id == actor.facility_id,
            col(Expert.status).not_in(OFF_ROSTER),
        )
    ).first()
    if found is None:
        words = "No record of this facility has this number."
        raise InvalidInput(words, errors=(FieldError("/expert_id", words),))


def _key_here(session: Session, actor: Actor, key_id: UUID) -> ApiKey:
    require(actor, Permission.ADMINISTER)
    key = session.get(ApiKey, key_id)
    if key is None or key.facility_id != actor.facility_id:
        raise NotFound("There is no such key in this facility.")
    return key


def _require_another_administrator(session: Session, account_id: UUID, actor: Actor) -> None:
    holders = set(
        session.exec(
            select(RoleGrant.account_id)
            .join(Account, col(Account.id) == col(RoleGrant.account_id))
            .where(
                RoleGrant.facility_id == actor.facility_id,
                RoleGrant.role == Role.ADMINISTRATOR,
                col(RoleGrant.ended_at).is_(None),
                col(Account.is_active).is_(True),
            )
        )
    )
    if holders == {account_id}:
        raise Conflict("Somebody has to administer the facility. Make another administrator first.")
