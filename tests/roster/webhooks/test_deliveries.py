"""Each system is told of each change of its kinds, once, signed; what fails is tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from sqlmodel import Session, select

from roster import records
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import WebhookInput
from roster.policy import Actor
from roster.read import Paging, Parcel, Receipt
from roster.tables import AssistanceRequest, Change, Webhook, WebhookDelivery
from roster.vault import Vault, open_vault
from roster.vocabulary import DeliveryProblem, DeliveryState, Role
from roster.webhooks import deliveries, subscriptions
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

URL = "https://cases.example.org/hook"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault("", tmp_path)


@pytest.fixture
def admin(session: Session) -> Actor:
    return Factory(session).actor(Role.ADMINISTRATOR)


def hook(session: Session, admin: Actor, vault: Vault, *kinds: str) -> tuple[Webhook, str]:
    given = WebhookInput(label="Cases", url=URL, kinds=kinds)
    return subscriptions.subscribe(session, admin, given, vault=vault, now=A_MONDAY)


def change(session: Session, admin: Actor, act: str = "changed") -> UUID:
    known = select(AssistanceRequest).where(AssistanceRequest.facility_id == admin.facility_id)
    request = session.exec(known).first() or Factory(session).request()
    records.log_change(session, admin, request, act, A_MONDAY, name="Ana Prates")
    session.flush()
    return request.id


def told(session: Session, vault: Vault, clock: FrozenClock) -> tuple[Parcel, ...]:
    deliveries.collect(session, now=clock.now())
    return deliveries.claim(session, vault=vault, now=clock.now())


def fail(session: Session, parcel: Parcel, clock: FrozenClock, status: int = 500) -> None:
    receipt = Receipt(parcel.delivery_id, status, DeliveryProblem.REFUSED)
    deliveries.note_receipt(session, receipt, now=clock.now())


def expected(secret: str, parcel: Parcel) -> str:
    """Sign as the text of Standard Webhooks says."""
    content = f"{parcel.headers['webhook-id']}.{parcel.headers['webhook-timestamp']}.".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, content + parcel.body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def test_a_change_is_told_once_by_id_and_kind_and_nothing_else(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    change(session, admin)  # Before anybody asked to be told.
    _, secret = hook(session, admin, vault)
    about = change(session, admin)
    (parcel,) = told(session, vault, clock)
    said = orjson.loads(parcel.body)
    assert (said["type"], said["data"]["id"]) == ("request.changed", str(about))
    assert said["data"]["href"] == f"/api/v1/requests/{about}"
    assert b"Ana" not in parcel.body
    assert str(admin.account_id).encode() not in parcel.body
    assert parcel.headers["webhook-signature"] == expected(secret, parcel)
    assert told(session, vault, clock) == ()
    deliveries.note_receipt(session, Receipt(parcel.delivery_id, 204), now=clock.now())
    row = session.get_one(WebhookDelivery, parcel.delivery_id)
    assert (row.state, row.digest) == (
        DeliveryState.DELIVERED,
        hashlib.sha256(parcel.body).hexdigest(),
    )


def test_only_the_kinds_asked_for_and_only_ones_own_facility(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    make = Factory(session)
    hook(session, admin, vault, "expert")
    change(session, admin)
    other = make.request(facility=make.facility("elsewhere"))
    records.log_change(session, admin, other, "changed", A_MONDAY)
    assert told(session, vault, clock) == ()
    expert = make.expert()
    records.log_change(session, admin, expert, "paused", A_MONDAY)
    session.flush()
    kinds = [orjson.loads(one.body)["type"] for one in told(session, vault, clock)]
    assert kinds == ["expert.paused"]


def test_accounts_and_keys_are_never_told_of(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    hook(session, admin, vault)  # Itself a change, as is an account.
    account = Factory(session).account()
    records.log_change(session, admin, account, "created", A_MONDAY)
    session.flush()
    assert told(session, vault, clock) == ()


def test_many_changes_are_read_on_in_order(
    session: Session,
    admin: Actor,
    vault: Vault,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deliveries, "_READ_AT_ONCE", 2)
    hook(session, admin, vault)
    for _ in range(5):
        change(session, admin)
    assert [deliveries.collect(session, now=clock.now()) for _ in range(4)] == [2, 2, 1, 0]
    session.flush()
    seqs = [one.seq for one in session.exec(select(WebhookDelivery))]
    known = session.exec(select(Change.seq).where(Change.record == "request")).all()
    assert sorted(seqs) == sorted(one for one in known if one is not None)


def test_what_fails_is_tried_later_and_later_and_given_up(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    hook(session, admin, vault)
    change(session, admin)
    deliveries.collect(session, now=clock.now())
    for wait_s in deliveries.BACK_OFF_S:
        (parcel,) = deliveries.claim(session, vault=vault, now=clock.now())
        fail(session, parcel, clock)
        clock.at += timedelta(seconds=wait_s - 1)
        assert deliveries.claim(session, vault=vault, now=clock.now()) == ()
        clock.at += timedelta(seconds=1)
    (parcel,) = deliveries.claim(session, vault=vault, now=clock.now())
    fail(session, parcel, clock)
    row = session.get_one(WebhookDelivery, parcel.delivery_id)
    assert (row.state, row.status, row.problem) == (DeliveryState.DEAD, 500, "refused")
    clock.at += timedelta(days=2)
    assert deliveries.claim(session, vault=vault, now=clock.now()) == ()
    deliveries.send_again(session, admin, row.id, now=clock.now())
    assert [one.delivery_id for one in told(session, vault, clock)] == [row.id]
    with pytest.raises(Conflict):
        deliveries.send_again(session, admin, row.id, now=clock.now())


def test_whoever_says_gone_is_not_asked_again(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    hook(session, admin, vault)
    change(session, admin)
    (parcel,) = told(session, vault, clock)
    fail(session, parcel, clock, status=410)
    assert session.get_one(WebhookDelivery, parcel.delivery_id).state is DeliveryState.DEAD


def test_what_a_process_left_behind_is_sent_by_the_next(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    hook(session, admin, vault)
    change(session, admin)
    (first,) = told(session, vault, clock)
    clock.at += timedelta(minutes=3)
    (second,) = told(session, vault, clock)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_for_a_day_both_secrets_sign(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    made, former = hook(session, admin, vault)
    new = subscriptions.rotate_secret(session, admin, made.id, vault=vault, now=clock.now())
    change(session, admin)
    (parcel,) = told(session, vault, clock)
    both = {expected(new, parcel), expected(former, parcel)}
    assert set(parcel.headers["webhook-signature"].split()) == both
    clock.at += subscriptions.OVERLAP
    (later,) = told(session, vault, clock)
    assert later.headers["webhook-signature"] == expected(new, later)


def test_whoever_is_paused_is_told_later(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    made, _ = hook(session, admin, vault)
    paused = WebhookInput(label="Cases", url=URL, is_active=False)
    subscriptions.change_webhook(session, admin, made.id, paused, now=clock.now())
    change(session, admin)
    assert told(session, vault, clock) == ()
    going_on = WebhookInput(label="Cases", url=URL)
    subscriptions.change_webhook(session, admin, made.id, going_on, now=clock.now())
    assert len(told(session, vault, clock)) == 1


def test_the_log_is_forgotten_after_a_month_but_not_what_waits(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    made, _ = hook(session, admin, vault)
    change(session, admin)
    change(session, admin)
    first, _ = told(session, vault, clock)
    deliveries.note_receipt(session, Receipt(first.delivery_id, 200), now=clock.now())
    session.flush()
    clock.at += deliveries.LOG_KEPT
    assert deliveries.forget_old_deliveries(session, now=clock.now()) == 1
    left = deliveries.list_deliveries(session, admin, made.id, Paging())
    assert [one.state for one in left.items] == [DeliveryState.WAITING]


def test_removing_a_webhook_takes_its_log_along(
    session: Session, admin: Actor, vault: Vault, clock: FrozenClock
) -> None:
    made, _ = hook(session, admin, vault)
    change(session, admin)
    (parcel,) = told(session, vault, clock)
    subscriptions.unsubscribe(session, admin, made.id, now=clock.now())
    session.flush()
    session.expire_all()
    assert session.exec(select(WebhookDelivery)).all() == []
    # One that was under way when it was removed changes nothing any more.
    deliveries.note_receipt(session, Receipt(parcel.delivery_id, 200), now=clock.now())


def test_only_an_administrator_of_the_facility_sets_them_up(
    session: Session, admin: Actor, vault: Vault
) -> None:
    make = Factory(session)
    made, _ = hook(session, admin, vault)
    with pytest.raises(NotAllowed):
        subscriptions.list_webhooks(session, make.actor(Role.COORDINATOR))
    stranger = make.actor(Role.ADMINISTRATOR, facility=make.facility("elsewhere"))
    assert subscriptions.list_webhooks(session, stranger) == ()
    with pytest.raises(NotFound):
        subscriptions.unsubscribe(session, stranger, made.id, now=A_MONDAY)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        pytest.param({"url": "https://10.0.0.1/"}, "/url", id="private"),
        pytest.param({"kinds": ("request", "account")}, "/kinds/1", id="no-such-kind"),
    ],
)
def test_what_cannot_be_told_is_refused_by_field(
    session: Session, admin: Actor, vault: Vault, given: dict[str, object], pointer: str
) -> None:
    wanted = WebhookInput.model_validate({"label": "Cases", "url": URL, **given})
    with pytest.raises(InvalidInput) as refused:
        subscriptions.subscribe(session, admin, wanted, vault=vault, now=A_MONDAY)
    assert [one.pointer for one in refused.value.errors] == [pointer]


def test_secrets_are_kept_encrypted(session: Session, admin: Actor, vault: Vault) -> None:
    made, secret = hook(session, admin, vault)
    assert secret.encode() not in made.locked_secret
    assert secret not in str(subscriptions.list_webhooks(session, admin))
