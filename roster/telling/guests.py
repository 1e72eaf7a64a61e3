"""Personal links for people without an account: each opens one page, for a time, until revoked.

Whoever holds the link is the guest; only the digest of its token is kept to know it again, and the
token itself encrypted, so that the officer can hand the link over where there is no mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import NotFound
from roster.policy import Actor
from roster.tables import Guest
from roster.telling.tokens import make_token, read_token
from roster.vault import Vault, digest
from roster.vocabulary import GuestRole

LINK_DAYS = 90
PATH = "/guest/"
"""Where links lead; what follows is the token, which no log may hold."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to get a link, and to what: a request's fiche or an inquiry, never both."""

    role: GuestRole
    label: str
    request_id: UUID | None = None
    inquiry_id: UUID | None = None
    expert_id: UUID | None = None
    address: str | None = None
    locale: str = "en"


def invite(
    session: Session,
    actor: Actor,
    who: Invited,
    *,
    vault: Vault,
    at: datetime,
    days: int = LINK_DAYS,
) -> tuple[Guest, str]:
    """Make a link; the caller has checked that the actor may invite to this page.

    Returns
    -------
    the guest, and the token that goes behind `PATH`

    Raises
    ------
    ValueError
        It leads to both a request and an inquiry, or to neither.
    """
    if (who.request_id is None) == (who.inquiry_id is None):
        raise ValueError("a link leads to one page: a request or an inquiry")
    token = make_token(vault)
    guest = Guest(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=at,
        role=who.role,
        label=who.label,
        request_id=who.request_id,
        inquiry_id=who.inquiry_id,
        expert_id=who.expert_id,
        address=who.address,
        locale=who.locale,
        token_hash=token.hash,
        locked_token=token.locked,
        expires_at=at + timedelta(days=days),
        by=actor.account_id,
    )
    session.add(guest)
    session.flush()
    records.log_change(session, actor, guest, "created", at, request=who.request_id)
    return guest, token.text


def guest_of(session: Session, token: str, *, at: datetime) -> Guest:
    """Return whose link a token is, and note that it was used.

    Raises
    ------
    NotFound
        The link is unknown, has run out, or was revoked: alike, so that nobody learns which.
    """
    guest = session.exec(select(Guest).where(Guest.token_hash == digest(token))).first()
    if guest is None or guest.revoked_at is not None or guest.expires_at <= at:
        raise NotFound("This link is not valid any more. Ask whoever sent it to you for a new one.")
    guest.last_seen_at = at
    session.add(guest)
    return guest


def acting(guest: Guest) -> Actor:
    """Return the guest as whoever acts: without any grant, so that no query opens to her."""
    return Actor(
        account_id=None,
        name=guest.role.value,
        facility_id=guest.facility_id,
        grants=(),
        locale=guest.locale,
        origin=guest.origin,
    )


def token_of(guest: Guest, vault: Vault) -> str | None:
    """Return the token of a link that still works, to show it again; None where it does not."""
    if guest.locked_token is None or guest.revoked_at is not None:
        return None
    return read_token(guest.locked_token, vault)


def revoke(session: Session, actor: Actor, guest: Guest, *, at: datetime) -> None:
    """Close a link at once; what its holder said stays."""
    if guest.revoked_at is None:
        guest.revoked_at, guest.locked_token = at, None
        session.add(guest)
        records.log_change(session, actor, guest, "revoked", at)


def guests_of(
    session: Session, *, request_id: UUID | None = None, inquiry_id: UUID | None = None
) -> tuple[Guest, ...]:
    """Return the guests of one request or one inquiry, in the order of their invitation."""
    of = col(Guest.request_id) == request_id if request_id else col(Guest.inquiry_id) == inquiry_id
    found = select(Guest).where(of).order_by(col(Guest.created_at), col(Guest.id))
    return tuple(session.exec(found))
