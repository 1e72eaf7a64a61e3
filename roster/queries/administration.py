"""The accounts of a facility with what they may do, and its keys; for its administrators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, require
from roster.queries.accounts import sessions_of
from roster.read import AccountRow, GrantRow, KeyRow, OpenSession
from roster.tables import Account, ApiKey, LoginSession, RoleGrant


def list_accounts(session: Session, actor: Actor) -> tuple[AccountRow, ...]:
    """Return who may do anything here, or was opened here, by name; closed ones last.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    accounts = session.exec(
        select(Account)
        .where(_here(actor))
        .order_by(col(Account.is_active).desc(), col(Account.name), col(Account.id))
    ).all()
    return _rows(session, actor, accounts)


def get_account(session: Session, actor: Actor, account_id: UUID) -> AccountRow:
    """Return one of them.

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.ADMINISTER)
    found = session.exec(select(Account).where(Account.id == account_id, _here(actor))).first()
    if found is None:
        raise NotFound("There is no such account in this facility.")
    return _rows(session, actor, (found,))[0]


def list_sessions(
    session: Session, actor: Actor, account_id: UUID, *, now: datetime
) -> tuple[OpenSession, ...]:
    """Return where an account of the facility is signed in, the newest first.

    Raises
    ------
    NotAllowed, NotFound
    """
    get_account(session, actor, account_id)
    return sessions_of(session, account_id, now=now)


def _here(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for who was opened in a facility, or had a role in it."""
    granted = select(RoleGrant.account_id).where(RoleGrant.facility_id == actor.facility_id)
    return or_(col(Account.facility_id) == actor.facility_id, col(Account.id).in_(granted))


def list_keys(
    session: Session, actor: Actor, *, account_id: UUID | None = None
) -> tuple[KeyRow, ...]:
    """Return the keys of a facility, or of one account in it, the newest first.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    query = (
        select(ApiKey, Account.name)
        .join(Account, col(Account.id) == col(ApiKey.account_id))
        .where(ApiKey.facility_id == actor.facility_id)
        .order_by(col(ApiKey.created_at).desc(), col(ApiKey.id))
    )
    if account_id is not None:
        query = query.where(ApiKey.account_id == account_id)
    return tuple(
        KeyRow(
            id=key.id,
            account_id=key.account_id,
            account=name,
            label=key.label,
            prefix=key.prefix,
            scopes=tuple(key.scopes),
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_at=key.last_used_at,
        )
        for key, name in session.exec(query)
    )


def _rows(session: Session, actor: Actor, accounts: Iterable[Account]) -> tuple[AccountRow, ...]:
    held = list(accounts)
    ids = [one.id for one in held]
    grants: dict[UUID, list[GrantRow]] = {}
    for grant in session.exec(
        select(RoleGrant)
        .where(
            RoleGrant.facility_id == actor.facility_id,
            col(RoleGrant.account_id).in_(ids),
            col(RoleGrant.ended_at).is_(None),
        )
        .order_by(col(RoleGrant.created_at), col(RoleGrant.id))
    ):
        one = GrantRow(grant.id, grant.role, grant.country, tuple(grant.administrations))
        grants.setdefault(grant.account_id, []).append(one)
    seen = _last_sign_ins(session, ids)
    return tuple(
        AccountRow(
            id=one.id,
            name=one.name,
            email=one.email,
            origin=one.origin,
            locale=one.locale,
            is_active=one.is_active,
            has_password=one.password_hash is not None,
            has_identity=one.openid_hash is not None,
            grants=tuple(grants.get(one.id, ())),
            last_sign_in=seen.get(one.id),
        )
        for one in held
    )


def _last_sign_ins(session: Session, ids: list[UUID]) -> dict[UUID, datetime]:
    rows = session.exec(
        select(LoginSession.account_id, func.max(LoginSession.created_at))
        .where(col(LoginSession.account_id).in_(ids))
        .group_by(col(LoginSession.account_id))
    )
    return dict(rows.all())
