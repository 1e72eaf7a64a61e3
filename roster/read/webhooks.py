"""Webhooks as people and the sender see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import DeliveryProblem, DeliveryState


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A system that is told of changes."""

    id: UUID
    label: str
    url: str
    kinds: tuple[str, ...]
    """Of which records; none is all."""
    is_active: bool
    former_until: datetime | None
    """Until when the former secret signs as well."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One change told, or still to be told."""

    id: UUID
    seq: int
    kind: str
    state: DeliveryState
    attempts: int
    due_at: datetime | None
    """Of the next try; None where none comes."""
    status: int | None
    """HTTP status of the last answer."""
    problem: str
    digest: str
    """SHA-256 of what was sent last, in hexadecimal."""
    created_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something signed and ready to be sent."""

    delivery_id: UUID
    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a parcel; no problem is taken."""

    delivery_id: UUID
    status: int | None = None
    problem: DeliveryProblem | None = None
