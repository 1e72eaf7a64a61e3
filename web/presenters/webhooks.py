"""Webhooks of a facility, for whoever administers it."""

from __future__ import annotations

from collections.abc import Sequence

from roster.read import DeliveryRow, WebhookRow
from roster.vocabulary import DeliveryState
from roster.webhooks.kinds import KINDS
from web.contexts.administration import FormOf, Secret
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, FormField, Link, PostButton
from web.contexts.webhooks import DeliveryLine, WebhookLine, WebhooksPage
from web.forms import error_lines, filled
from web.presenters.administration import PATH as ADMINISTRATION
from web.presenters.administration import Sent
from web.tongues import Tongue
from web.wording import marked

RECORDS = {
    "action": marked("Actions"),
    "activity_plan": marked("plans of Actions"),
    "batch": marked("files with many records"),
    "call": marked("calls"),
    "deployment": marked("deployments"),
    "document": marked("documents"),
    "expert": marked("people"),
    "fiche": marked("fiches"),
    "inquiry": marked("questionnaires sent"),
    "lesson": marked("lessons"),
    "ranking_run": marked("rankings"),
    "release": marked("releases"),
    "request": marked("requests"),
    "shortlist_entry": marked("shortlists"),
    "team": marked("teams"),
}
"""Records that other systems are told of, in words."""
PATH = f"{ADMINISTRATION}/webhooks"
Told = tuple[WebhookRow, DeliveryRow]


def webhooks_page(
    frame: Frame,
    tongue: Tongue,
    hooks: Sequence[WebhookRow],
    told: Sequence[Told],
    *,
    sent: Sent | None = None,
    secret: Secret | None = None,
) -> WebhooksPage:
    """Return whom the facility tells, and what it told them lately.

    Parameters
    ----------
    told : deliveries with their systems, the newest first
    """
    given = sent or Sent({}, {})
    fields = tuple(filled(one, *given) for one in _fields(tongue))
    title = tongue.words(
        "%(num)s system is told of changes", "%(num)s systems are told of changes", len(hooks)
    )
    return WebhooksPage(
        frame=frame,
        head=Head(title=title, crumbs=(Link(tongue.word("Administration"), ADMINISTRATION),)),
        hooks=tuple(_hook(tongue, one) for one in hooks),
        deliveries=tuple(_delivery(tongue, hook, one) for hook, one in told),
        form=FormOf(tongue.word("Tell another system"), PATH, fields, tongue.word("Tell it")),
        errors=error_lines(fields),
        secret=secret,
    )


def webhook_secret(tongue: Tongue, value: str) -> Secret:
    """Return a secret just made."""
    words = tongue.word(
        "Copy it now: it is shown this once. The other system checks with it what comes."
    )
    return Secret(tongue.word("The secret that signs"), words, value)


def _hook(tongue: Tongue, row: WebhookRow) -> WebhookLine:
    here = f"{PATH}/{row.id}"
    pause = PostButton(tongue.word("Pause"), f"{here}/pause")
    if not row.is_active:
        pause = PostButton(tongue.word("Go on"), f"{here}/pause")
    chip = Chip("pass", tongue.word("is told"))
    if not row.is_active:
        chip = Chip("clock", tongue.word("paused"))
    return WebhookLine(
        label=row.label,
        url=row.url,
        kinds=", ".join(_kind_words(tongue, one) for one in row.kinds) or tongue.word("everything"),
        chip=chip,
        buttons=(
            PostButton(tongue.word("New secret"), f"{here}/secret"),
            pause,
            PostButton(tongue.word("Remove"), f"{here}/remove"),
        ),
    )


def _kind_words(tongue: Tongue, kind: str) -> str:
    """Return the words of a kind of record or of what became of one: "request.created"."""
    record, _, act = kind.partition(".")
    words = tongue.word(RECORDS[record]) if record in RECORDS else record
    return f"{words} ({act})" if act else words


def _delivery(tongue: Tongue, hook: WebhookRow, row: DeliveryRow) -> DeliveryLine:
    chips = {
        DeliveryState.WAITING: Chip("clock", tongue.word("waits")),
        DeliveryState.DELIVERED: Chip("pass", tongue.word("taken over there")),
        DeliveryState.DEAD: Chip("fail", tongue.word("given up")),
    }
    again = PostButton(tongue.word("Send again"), f"{PATH}/deliveries/{row.id}")
    when = row.delivered_at or row.created_at
    return DeliveryLine(
        system=hook.label,
        what=tongue.labelled(_kind_words(tongue, row.kind), str(row.seq)),
        chip=chips[row.state],
        when=tongue.day(when.date()),
        answer=" ".join(filter(None, (str(row.status or ""), row.problem))),
        attempts=row.attempts,
        again=None if row.state is DeliveryState.WAITING else again,
    )


def _fields(tongue: Tongue) -> tuple[FormField, ...]:
    return (
        FormField(
            "label", tongue.word("Which system it is for"), required=True, autocomplete="off"
        ),
        FormField(
            "url",
            tongue.word("Its address"),
            required=True,
            hint=tongue.word("It begins with https:// and is on the public internet."),
            autocomplete="off",
        ),
        FormField(
            "kinds",
            tongue.word("Of which records"),
            "checks",
            hint=tongue.word("None is all. Only ids and kinds are sent, no name and no text."),
            choices=tuple(Choice(one, _kind_words(tongue, one)) for one in KINDS),
        ),
    )
