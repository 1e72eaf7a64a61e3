"""What is told, when, and what became of it: read on, claimed, sent, noted, sent again.

Nothing is sent inside a transaction: a parcel is claimed and given a time to come back in, sent,
and what became of it is noted. A process that dies in between sends it once more; each parcel has
an id by which a receiver knows one that comes twice. Signed after Standard Webhooks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, NotFound
from roster.policy import Actor
from roster.queries.paging import page_of
from roster.read import DeliveryRow, PageOf, Paging, Parcel, Receipt
from roster.tables import Change, Facility, Webhook, WebhookDelivery
from roster.vault import Vault
from roster.vocabulary import DeliveryState
from roster.webhooks.kinds import KINDS, told
from roster.webhooks.subscriptions import SECRET_PREFIX, webhook_here

BACK_OFF_S = (60, 300, 1_800, 7_200, 18_000, 36_000, 86_400)
"""Seconds until the next try, by tries made; after the last one it is given up."""
LOG_KEPT = timedelta(days=30)
_LEASE = timedelta(minutes=2)
_READ_AT_ONCE = 500
_GONE = 410


# --- Collecting -----------------------------------------------------------------------------------


def collect(session: Session, *, now: datetime) -> int:
    """Put what changed since the last time into the queue of each system; return how much."""
    hooks = session.exec(
        select(Webhook).where(col(Webhook.is_active).is_(True)).with_for_update(skip_locked=True)
    ).all()
    return sum(_collect_for(session, hook, now) for hook in hooks)


def _collect_for(session: Session, hook: Webhook, now: datetime) -> int:
    newest = records.newest_change(session)
    if newest <= hook.told_seq:
        return 0
    wanted: list[ColumnElement[bool]] = [
        col(Change.seq) > hook.told_seq,
        col(Change.seq) <= newest,
        col(Change.facility_id) == hook.facility_id,
        col(Change.record).in_(hook.kinds or KINDS),
    ]
    changes = session.exec(
        select(Change).where(*wanted).order_by(col(Change.seq)).limit(_READ_AT_ONCE)
    ).all()
    session.add_all(
        WebhookDelivery(
            facility_id=hook.facility_id,
            origin=change.origin,
            webhook_id=hook.id,
            seq=change.seq or 0,
            record=change.record,
            due_at=now,
            created_at=now,
        )
        for change in changes
    )
    # All that there is was looked at, unless more is left of what is told.
    hook.told_seq = (changes[-1].seq or 0) if len(changes) == _READ_AT_ONCE else newest
    session.add(hook)
    return len(changes)


# --- Sending --------------------------------------------------------------------------------------


def claim(session: Session, *, vault: Vault, now: datetime, most: int = 20) -> tuple[Parcel, ...]:
    """Take what is due out of the queue for two minutes, signed and ready to be sent."""
    rows = session.exec(
        select(WebhookDelivery, Webhook, Change, Facility.code)
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .join(Change, col(Change.seq) == col(WebhookDelivery.seq))
        .join(Facility, col(Facility.id) == col(WebhookDelivery.facility_id))
        .where(
            WebhookDelivery.state == DeliveryState.WAITING,
            WebhookDelivery.due_at <= now,
            col(Webhook.is_active).is_(True),
        )
        .order_by(col(WebhookDelivery.due_at), col(WebhookDelivery.seq))
        .limit(most)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    ).all()
    return tuple(_parcel(session, vault, now, *row) for row in rows)


def _parcel(
    session: Session,
    vault: Vault,
    now: datetime,
    delivery: WebhookDelivery,
    hook: Webhook,
    change: Change,
    facility: str,
) -> Parcel:
    body = told(change, facility)
    delivery.attempts += 1
    delivery.due_at = now + _LEASE
    delivery.digest = hashlib.sha256(body).hexdigest()
    session.add(delivery)
    name, moment = f"msg_{delivery.id.hex}", int(now.timestamp())
    signatures = [_signature(one, name, moment, body) for one in _secrets(hook, vault, now)]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "expert-roster-webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signatures),
    }
    return Parcel(delivery_id=delivery.id, url=hook.url, body=body, headers=headers)


def _secrets(hook: Webhook, vault: Vault, now: datetime) -> list[str]:
    locked = [hook.locked_secret]
    if hook.locked_former is not None and hook.former_until and now < hook.former_until:
        locked.append(hook.locked_former)
    return [vault.unlock(one).decode() for one in locked]


def _signature(secret: str, name: str, moment: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    mac = hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def note_receipt(session: Session, receipt: Receipt, *, now: datetime) -> None:
    """Write down what became of a parcel: taken, to be tried again, or given up."""
    delivery = session.get(WebhookDelivery, receipt.delivery_id)
    if delivery is None:  # Nobody is told any more.
        return
    delivery.status = receipt.status
    delivery.problem = receipt.problem.value if receipt.problem else ""
    if receipt.problem is None:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, now
    elif receipt.status == _GONE or delivery.attempts > len(BACK_OFF_S):
        delivery.state = DeliveryState.DEAD
    else:
        wait_s = BACK_OFF_S[max(0, delivery.attempts - 1)]
        delivery.due_at = now + timedelta(seconds=wait_s)
    session.add(delivery)


def forget_old_deliveries(session: Session, *, now: datetime) -> int:
    """Delete what was taken or given up a month ago; return how much."""
    over = col(WebhookDelivery.state) != DeliveryState.WAITING
    old = delete(WebhookDelivery).where(over, col(WebhookDelivery.created_at) <= now - LOG_KEPT)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


# --- The log --------------------------------------------------------------------------------------


def list_deliveries(
    session: Session,
    actor: Actor,
    webhook_id: UUID,
    paging: Paging,
    *,
    state: DeliveryState | None = None,
) -> PageOf[DeliveryRow]:
    """Return what a system was told, the newest first.

    Raises
    ------
    NotAllowed, NotFound
    """
    hook = webhook_here(session, actor, webhook_id)
    query = (
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == hook.id)
        .order_by(col(WebhookDelivery.seq).desc(), col(WebhookDelivery.id))
    )
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    rows, total = page_of(session, query, paging)
    items = tuple(delivery_row(one) for one in rows)
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def delivery_row(one: WebhookDelivery) -> DeliveryRow:
    """Return a delivery as people see it."""
    return DeliveryRow(
        id=one.id,
        seq=one.seq,
        kind=one.record,
        state=one.state,
        attempts=one.attempts,
        due_at=one.due_at if one.state is DeliveryState.WAITING else None,
        status=one.status,
        problem=one.problem,
        digest=one.digest,
        created_at=one.created_at,
        delivered_at=one.delivered_at,
    )


def get_delivery(session: Session, actor: Actor, delivery_id: UUID) -> WebhookDelivery:
    """Return something that a webhook of the actor's facility was told, or waits to be.

    Raises
    ------
    NotAllowed, NotFound
    """
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.facility_id != actor.facility_id:
        raise NotFound("Nothing of that id was ever sent.")
    webhook_here(session, actor, delivery.webhook_id)
    return delivery


def send_again(
    session: Session, actor: Actor, delivery_id: UUID, *, now: datetime
) -> WebhookDelivery:
    """Put something back into the queue, to be sent at once and tried as often as at first.

    Raises
    ------
    NotAllowed, NotFound
    Conflict
        It waits already.
    """
    delivery = get_delivery(session, actor, delivery_id)
    hook = webhook_here(session, actor, delivery.webhook_id)
    if delivery.state is DeliveryState.WAITING:
        raise Conflict("It is going to be sent already; due_at says when.")
    delivery.state, delivery.attempts, delivery.due_at = DeliveryState.WAITING, 0, now
    delivery.delivered_at = None
    session.add(delivery)
    records.log_change(session, actor, hook, "sent_again", now, delivery=delivery.id)
    return delivery
