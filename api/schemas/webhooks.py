"""Webhooks, their secrets and their log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.paging import Page
from api.schemas.base import Out
from roster.vocabulary import DeliveryState


class WebhookOut(Out):
    """A system that is told of changes."""

    id: UUID
    label: str
    url: str
    kinds: list[str] = Field(description="Of which records; empty is all")
    is_active: bool
    former_until: datetime | None = Field(description="Until then the former secret signs too")
    created_at: datetime


class WebhooksOut(Page[WebhookOut]):
    """Whom this facility tells, and of what it could."""

    kinds: list[str] = Field(description="All kinds of records that can be told of")


class WebhookSecretOut(Out):
    """A webhook with its new secret, which is shown this once."""

    webhook: WebhookOut
    secret: str = Field(description="Signs what is sent, after Standard Webhooks")


class DeliveryOut(Out):
    """One change told, or still to be told."""

    id: UUID
    seq: int = Field(description="Number of the change; grows")
    kind: str
    state: DeliveryState
    attempts: int
    due_at: datetime | None = Field(description="Of the next try")
    status: int | None = Field(description="HTTP status of the last answer")
    problem: str = Field(description="Why the last try failed; empty where it did not")
    digest: str = Field(description="SHA-256 of what was sent last; the content is not kept")
    created_at: datetime
    delivered_at: datetime | None
