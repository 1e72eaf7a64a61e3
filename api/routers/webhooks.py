"""Other systems that are told of changes."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from api.deps import (
    ActorDep,
    ClockDep,
    InstallationDep,
    SessionDep,
    new_router,
    path_of,
    requires,
)
from api.paging import Page, PageDep, page_out, part_of
from api.problems import problems
from api.schemas.webhooks import DeliveryOut, WebhookOut, WebhookSecretOut, WebhooksOut
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import WebhookInput
from roster.policy import Permission
from roster.vocabulary import DeliveryState
from roster.webhooks import deliveries, subscriptions
from roster.webhooks.kinds import KINDS

router = new_router("webhooks")
_RULE = [requires(Permission.ADMINISTER)]


@router.get("/webhooks", dependencies=_RULE, responses=problems())
def list_webhooks(session: SessionDep, actor: ActorDep, paging: PageDep) -> WebhooksOut:
    """Return whom this facility tells of changes; secrets are never shown again."""
    part = part_of(subscriptions.list_webhooks(session, actor), paging)
    return WebhooksOut(
        items=[WebhookOut.model_validate(one) for one in part.items],
        page=part.page,
        per_page=part.per_page,
        total=part.total,
        next=part.next,
        kinds=list(KINDS),
    )


@router.post("/webhooks", status_code=201, dependencies=_RULE, responses=problems(InvalidInput))
def add_webhook(
    given: WebhookInput,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    response: Response,
) -> WebhookSecretOut:
    """Tell another system of changes from now on; its secret is shown this once."""
    hook, secret = subscriptions.subscribe(
        session,
        actor,
        given,
        vault=installation.vault,
        now=installation.clock.now(),
        allow_private=installation.settings.webhooks_private,
    )
    response.headers["Location"] = path_of("webhooks", hook.id)
    shown = WebhookOut.model_validate(subscriptions.row_of(hook))
    return WebhookSecretOut(webhook=shown, secret=secret)


@router.get("/webhooks/{webhook_id}", dependencies=_RULE, responses=problems(NotFound))
def get_webhook(webhook_id: UUID, session: SessionDep, actor: ActorDep) -> WebhookOut:
    """Return one webhook."""
    found = subscriptions.webhook_here(session, actor, webhook_id)
    return WebhookOut.model_validate(subscriptions.row_of(found))


@router.put(
    "/webhooks/{webhook_id}", dependencies=_RULE, responses=problems(NotFound, InvalidInput)
)
def update_webhook(
    webhook_id: UUID,
    given: WebhookInput,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
) -> WebhookOut:
    """Change name, address, kinds; or pause it, and tell it later what it missed."""
    changed = subscriptions.change_webhook(
        session,
        actor,
        webhook_id,
        given,
        now=installation.clock.now(),
        allow_private=installation.settings.webhooks_private,
    )
    return WebhookOut.model_validate(subscriptions.row_of(changed))


@router.delete(
    "/webhooks/{webhook_id}",
    status_code=204,
    dependencies=_RULE,
    responses=problems(NotFound),
)
def remove_webhook(webhook_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> None:
    """Tell a system no more; what waits for it, and its log, go."""
    subscriptions.unsubscribe(session, actor, webhook_id, now=clock.now())


@router.post(
    "/webhooks/{webhook_id}/secret",
    status_code=201,
    dependencies=_RULE,
    responses=problems(NotFound),
)
def rotate_webhook_secret(
    webhook_id: UUID, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> WebhookSecretOut:
    """Make a new secret, shown this once; for a day the former one signs as well."""
    secret = subscriptions.rotate_secret(
        session, actor, webhook_id, vault=installation.vault, now=installation.clock.now()
    )
    hook = subscriptions.webhook_here(session, actor, webhook_id)
    shown = WebhookOut.model_validate(subscriptions.row_of(hook))
    return WebhookSecretOut(webhook=shown, secret=secret)


@router.get("/webhooks/{webhook_id}/deliveries", dependencies=_RULE, responses=problems(NotFound))
def list_deliveries(
    webhook_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    state: DeliveryState | None = None,
) -> Page[DeliveryOut]:
    """Return what a system was told, the newest first: when, how often, and what it answered."""
    found = deliveries.list_deliveries(session, actor, webhook_id, paging, state=state)
    return page_out(found, DeliveryOut.model_validate)


@router.get("/webhook-deliveries/{delivery_id}", dependencies=_RULE, responses=problems(NotFound))
def get_delivery(delivery_id: UUID, session: SessionDep, actor: ActorDep) -> DeliveryOut:
    """Return how far one thing told has come."""
    found = deliveries.get_delivery(session, actor, delivery_id)
    return DeliveryOut.model_validate(deliveries.delivery_row(found))


@router.post(
    "/webhook-deliveries/{delivery_id}/resend",
    dependencies=_RULE,
    responses=problems(NotFound, Conflict),
)
def send_delivery_again(
    delivery_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DeliveryOut:
    """Send something once more, whether it was given up or lost over there."""
    delivery = deliveries.send_again(session, actor, delivery_id, now=clock.now())
    return DeliveryOut.model_validate(deliveries.delivery_row(delivery))
