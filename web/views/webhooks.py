"""Other systems that are told of changes: set up, paused, removed; what was given up sent again."""

from __future__ import annotations

from uuid import UUID

from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from roster.errors import InvalidInput
from roster.inputs import WebhookInput
from roster.policy import Permission
from roster.read import Paging
from roster.webhooks import deliveries, subscriptions
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.administration import Secret
from web.deps import respond
from web.forms import errors_by_field
from web.presenters.administration import Sent
from web.presenters.webhooks import PATH, webhook_secret, webhooks_page
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router(PATH)
_RULE = [requires(Permission.ADMINISTER)]
_SHOWN = 20


@router.get("", dependencies=_RULE)
def show_webhooks(reader: ReaderDep) -> HTMLResponse:
    """Show whom the facility tells, and what it told them lately."""
    return _page(reader)


@router.post("", dependencies=_RULE)
def add_webhook(reader: ReaderDep, form: FormDep) -> HTMLResponse:
    """Tell another system from now on, and show its secret once."""
    typed = words_of(form)
    said = {name: values[-1] for name, values in typed.items() if name in {"label", "url"}}
    try:
        given = WebhookInput.model_validate({**said, "kinds": typed.get("kinds", ())})
        _, secret = subscriptions.subscribe(
            reader.session,
            reader.actor,
            given,
            vault=reader.installation.vault,
            now=reader.clock.now(),
            allow_private=reader.installation.settings.webhooks_private,
        )
    except ValidationError as refused:
        wrong = errors_by_field(field_errors(refused, reader.tongue), reader.tongue)
        return _page(reader, Sent(typed, wrong), 422)
    except InvalidInput as refused:
        return _page(reader, Sent(typed, errors_by_field(refused.errors, reader.tongue)), 422)
    return _page(reader, secret=webhook_secret(reader.tongue, secret))


@router.post("/{webhook_id}/secret", dependencies=_RULE)
def rotate_secret(reader: ReaderDep, webhook_id: UUID) -> HTMLResponse:
    """Make a new secret, and show it once; for a day both sign."""
    secret = subscriptions.rotate_secret(
        reader.session,
        reader.actor,
        webhook_id,
        vault=reader.installation.vault,
        now=reader.clock.now(),
    )
    return _page(reader, secret=webhook_secret(reader.tongue, secret))


@router.post("/{webhook_id}/pause", dependencies=_RULE)
def pause_webhook(reader: ReaderDep, webhook_id: UUID) -> Response:
    """Pause a system, or go on with what it missed."""
    subscriptions.pause_or_resume(reader.session, reader.actor, webhook_id, now=reader.clock.now())
    return see_other(PATH)


@router.post("/{webhook_id}/remove", dependencies=_RULE)
def remove_webhook(reader: ReaderDep, webhook_id: UUID) -> Response:
    """Tell a system no more."""
    subscriptions.unsubscribe(reader.session, reader.actor, webhook_id, now=reader.clock.now())
    return see_other(PATH)


@router.post("/deliveries/{delivery_id}", dependencies=_RULE)
def send_again(reader: ReaderDep, delivery_id: UUID) -> Response:
    """Send something once more."""
    deliveries.send_again(reader.session, reader.actor, delivery_id, now=reader.clock.now())
    return see_other(PATH)


def _page(
    reader: Reader, sent: Sent | None = None, status: int = 200, *, secret: Secret | None = None
) -> HTMLResponse:
    hooks = subscriptions.list_webhooks(reader.session, reader.actor)
    first = Paging(1, _SHOWN)
    told = [
        (hook, one)
        for hook in hooks
        for one in deliveries.list_deliveries(reader.session, reader.actor, hook.id, first).items
    ]
    told.sort(key=lambda pair: -pair[1].seq)
    page = webhooks_page(
        reader.frame(reader.tongue.word("Administration"), section="administration"),
        reader.tongue,
        hooks,
        told[:_SHOWN],
        sent=sent,
        secret=secret,
    )
    return respond(reader.request, "administration/webhooks.html", page, status)
