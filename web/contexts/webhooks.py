"""Context of the page on which other systems are set up to be told of changes."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.administration import FormOf, Secret
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, ErrorLine, PostButton


@dataclass(frozen=True, slots=True)
class WebhookLine:
    """One system that is told."""

    label: str
    url: str
    kinds: str
    chip: Chip
    buttons: tuple[PostButton, ...]


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One change told, or still to be told."""

    system: str
    what: str
    chip: Chip
    when: str
    answer: str
    """HTTP status or what went wrong; empty where nothing was answered yet."""
    attempts: int
    again: PostButton | None
    """Sends it once more; None while it waits."""


@dataclass(frozen=True, slots=True)
class WebhooksPage:
    """Whom the facility tells, what was told lately, and the form to add a system."""

    frame: Frame
    head: Head
    hooks: tuple[WebhookLine, ...]
    deliveries: tuple[DeliveryLine, ...]
    form: FormOf
    errors: tuple[ErrorLine, ...] = ()
    secret: Secret | None = None
