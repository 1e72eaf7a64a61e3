"""Accounts: the facility that somebody works in, her sessions, the sign-ins of a demonstration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.queries.privacy import privacy_rules
from roster.read import DemoAccount, FacilityView, OpenSession, ResponsibleBody
from roster.tables import Account, Facility, LoginSession, RoleGrant
from roster.vocabulary import Origin

_IN_A_DEMO = (
    col(Account.origin) == Origin.SYNTHETIC,
    col(Account.is_active).is_(True),
    col(Account.password_hash).is_not(None),
    col(RoleGrant.ended_at).is_(None),
)
"""Invented accounts that may sign in."""


def facility_of(session: Session, actor: Actor) -> FacilityView | None:
    """Return the facility that an actor works in; None where it was taken away."""
    invented = select(Account.id).join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
    is_demo = invented.where(*_IN_A_DEMO).exists()
    row = session.exec(select(Facility, is_demo).where(Facility.id == actor.facility_id)).first()
    if row is None:
        return None
    found, demo = row
    return FacilityView(found.id, found.code, found.name, is_demo=demo)


def facilities_of(session: Session, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return id and name of each facility that an actor has a role in, by name."""
    ids = {grant.facility_id for grant in actor.grants}
    found = select(Facility.id, Facility.name).where(col(Facility.id).in_(ids))
    return tuple(session.exec(found.order_by(col(Facility.name), col(Facility.id))))


def responsible_bodies(session: Session) -> tuple[ResponsibleBody, ...]:
    """Return who answers for personal data in each facility, by name; everybody may know."""
    facilities = session.exec(select(Facility).order_by(col(Facility.name), col(Facility.id)))
    return tuple(map(responsible_body, facilities))


def responsible_body(facility: Facility) -> ResponsibleBody:
    """Return who answers for personal data in a facility, as far as it was said."""
    said = privacy_rules(facility)
    return ResponsibleBody(
        facility=facility.name,
        controller=", ".join(one.name for one in said.controllers) or None,
        contact=said.contact,
    )


def demo_accounts(session: Session) -> tuple[DemoAccount, ...]:
    """Return the invented accounts that may sign in, with their first role, as they were opened.

    Empty outside a demonstration: no other account is ever told of before somebody signs in.
    """
    rows = session.exec(
        select(Account, RoleGrant)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(*_IN_A_DEMO)
        .order_by(col(Account.created_at), col(Account.email), col(RoleGrant.created_at))
    )
    found: dict[str, DemoAccount] = {}
    for account, grant in rows:
        one = DemoAccount(account.email, account.name, grant.role, grant.country)
        found.setdefault(account.email, one)
    return tuple(found.values())


def email_of(session: Session, actor: Actor) -> str:
    """Return the address with which an actor signs in."""
    found = session.exec(select(Account.email).where(Account.id == actor.account_id)).first()
    return found or ""


def own_sessions(
    session: Session, actor: Actor, *, token_hash: str, now: datetime
) -> tuple[OpenSession, ...]:
    """Return where an actor is signed in, the newest first.

    Parameters
    ----------
    token_hash : of the session that asks, as `roster.accounts` keeps it
    """
    return sessions_of(session, actor.account_id, token_hash=token_hash, now=now)


def sessions_of(
    session: Session, account_id: UUID | None, *, now: datetime, token_hash: str = ""
) -> tuple[OpenSession, ...]:
    """Return where an account is signed in, the newest first; who may ask is checked before."""
    rows = session.exec(
        select(LoginSession)
        .where(
            LoginSession.account_id == account_id,
            col(LoginSession.ended_at).is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(col(LoginSession.created_at).desc(), col(LoginSession.id))
    )
    return tuple(
        OpenSession(
            row.id, row.device, row.created_at, row.expires_at, row.token_hash == token_hash
        )
        for row in rows
    )
