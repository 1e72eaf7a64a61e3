"""Setting up whom to tell: an address, of which kinds of records, and a secret that signs."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import FieldError, InvalidInput, NotFound
from roster.inputs import WebhookInput
from roster.policy import Actor, Permission, require
from roster.public_addresses import check_url
from roster.read import WebhookRow
from roster.tables import Webhook
from roster.vault import Vault
from roster.webhooks.kinds import KINDS

OVERLAP = timedelta(days=1)
"""So long what is sent is signed with the former secret as well."""
SECRET_PREFIX = "whsec_"  # noqa: S105 -- what a secret begins with, as in Standard Webhooks.
_SECRET_BYTES = 32


def list_webhooks(session: Session, actor: Actor) -> tuple[WebhookRow, ...]:
    """Return whom this facility tells, in order of their names.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    held = session.exec(
        select(Webhook)
        .where(Webhook.facility_id == actor.facility_id)
        .order_by(col(Webhook.label), col(Webhook.id))
    )
    return tuple(row_of(one) for one in held)


def row_of(hook: Webhook) -> WebhookRow:
    """Return a webhook as people see it: without its secrets."""
    return WebhookRow(
        id=hook.id,
        label=hook.label,
        url=hook.url,
        kinds=tuple(hook.kinds),
        is_active=hook.is_active,
        former_until=hook.former_until,
        created_at=hook.created_at,
    )


def subscribe(
    session: Session,
    actor: Actor,
    given: WebhookInput,
    *,
    vault: Vault,
    now: datetime,
    allow_private: bool = False,
) -> tuple[Webhook, str]:
    """Tell another system from now on; the second value is its secret, shown once.

    Parameters
    ----------
    allow_private : whether addresses of one's own network are let through, and plain http

    Raises
    ------
    NotAllowed, InvalidInput
    """
    require(actor, Permission.ADMINISTER)
    _check(given, allow_private=allow_private)
    secret = _new_secret()
    hook = Webhook(
        facility_id=actor.facility_id,
        origin=actor.origin,
        label=given.label,
        url=given.url,
        kinds=sorted(set(given.kinds)),
        is_active=given.is_active,
        locked_secret=vault.lock(secret.encode()),
        told_seq=records.newest_change(session),
        by=actor.account_id,
    )
    session.add(hook)
    session.flush()
    records.log_change(session, actor, hook, "created", now)
    return hook, secret


def change_webhook(
    session: Session,
    actor: Actor,
    webhook_id: UUID,
    given: WebhookInput,
    *,
    now: datetime,
    allow_private: bool = False,
) -> Webhook:
    """Change address, kinds or name; one that is paused is told later what it missed.

    Raises
    ------
    NotAllowed, NotFound, InvalidInput
    """
    hook = webhook_here(session, actor, webhook_id)
    _check(given, allow_private=allow_private)
    hook.label, hook.url, hook.is_active = given.label, given.url, given.is_active
    hook.kinds = sorted(set(given.kinds))
    session.add(hook)
    records.log_change(session, actor, hook, "changed", now)
    return hook


def pause_or_resume(session: Session, actor: Actor, webhook_id: UUID, *, now: datetime) -> Webhook:
    """Pause a webhook, or let it go on with what it missed.

    Raises
    ------
    NotAllowed, NotFound
    """
    hook = webhook_here(session, actor, webhook_id)
    hook.is_active = not hook.is_active
    session.add(hook)
    records.log_change(session, actor, hook, "changed", now)
    return hook


def rotate_secret(
    session: Session, actor: Actor, webhook_id: UUID, *, vault: Vault, now: datetime
) -> str:
    """Give a webhook a new secret, shown once; for a day both sign, so that nothing is missed.

    Raises
    ------
    NotAllowed, NotFound
    """
    hook = webhook_here(session, actor, webhook_id)
    secret = _new_secret()
    hook.locked_former, hook.former_until = hook.locked_secret, now + OVERLAP
    hook.locked_secret = vault.lock(secret.encode())
    session.add(hook)
    records.log_change(session, actor, hook, "rotated", now)
    return secret


def unsubscribe(session: Session, actor: Actor, webhook_id: UUID, *, now: datetime) -> None:
    """Tell a system no more; what waits for it, and its log, go.

    Raises
    ------
    NotAllowed, NotFound
    """
    hook = webhook_here(session, actor, webhook_id)
    records.log_change(session, actor, hook, "removed", now)
    session.delete(hook)


def webhook_here(session: Session, actor: Actor, webhook_id: UUID) -> Webhook:
    """Return a webhook of the actor's facility.

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.ADMINISTER)
    hook = session.get(Webhook, webhook_id)
    if hook is None or hook.facility_id != actor.facility_id:
        raise NotFound("There is no such webhook in this facility.")
    return hook


def _check(given: WebhookInput, *, allow_private: bool) -> None:
    errors = [
        FieldError(f"/kinds/{place}", f"Nothing is told of “{kind}”. Known: {', '.join(KINDS)}.")
        for place, kind in enumerate(given.kinds)
        if kind not in KINDS
    ]
    problem = check_url(given.url, allow_private=allow_private)
    if problem:
        errors.append(FieldError("/url", problem))
    if errors:
        raise InvalidInput("The webhook was not set up. Correct what is named.", tuple(errors))


def _new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
