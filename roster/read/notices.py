"""What people on the roster are told, as lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import NoticeKind, NoticeState, Origin


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in the outbox."""

    id: UUID
    kind: NoticeKind
    expert_id: UUID
    display_name: str
    origin: Origin
    state: NoticeState
    has_address: bool
    """Whether it can be sent by mail."""
    created_at: datetime
    sent_at: datetime | None
    opened_at: datetime | None
    problem: str | None
