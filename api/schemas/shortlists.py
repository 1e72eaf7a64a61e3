"""People picked for a request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from api.schemas.base import Out
from api.schemas.experts import ExpertRowOut
from roster.vocabulary import Stage


class StageMoveOut(Out):
    """One move, with who, when and why."""

    at: datetime
    from_stage: Stage | None
    to_stage: Stage
    by: str | None
    reason: str | None
    note: str


class ShortlistEntryOut(Out):
    """A person on the shortlist of a request."""

    id: UUID
    request_id: UUID
    person: ExpertRowOut
    stage: Stage
    note: str
    ranking_id: UUID | None
    place: int | None
    score: float | None
    moves: list[StageMoveOut]


class ShortlistOut(Out):
    """Everybody on a shortlist, in the order of the ranking."""

    items: list[ShortlistEntryOut]


class EntryOut(Out):
    """One person on a shortlist, as she stands there now."""

    entry: ShortlistEntryOut
