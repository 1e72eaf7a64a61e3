"""What happened lately around requests, without naming anybody on the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Happened(StrEnum):
    """Kinds of things that happen."""

    MOVED_ON = "moved_on"
    """A request came to another stage."""
    SHORTLIST = "shortlist"
    """People were put on a shortlist or moved there."""
    CALL = "call"
    """A country answered a call."""
    RELEASE = "release"
    """A release was answered."""
    CONFIRMED = "confirmed"
    """Records were confirmed."""
    FEEDBACK = "feedback"
    """Something was said of an Action."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Things of one kind about one request, Action or the roster, together."""

    kind: Happened
    at: datetime
    """Of the last one."""
    count: int = 1
    subject: str = ""
    """Title of the request or name of the Action; empty for the roster."""
    code: str = ""
    request_id: UUID | None = None
    said: str = ""
    """A status, an answer or an outcome, of the last one."""
    country: str | None = None
    by: str | None = None
    """Whose account did the last one, where that is known."""
