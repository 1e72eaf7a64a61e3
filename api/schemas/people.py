"""Notices to people, and records that may be, or became, one person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from api.schemas.experts import ExpertRowOut
from roster.vocabulary import NoticeState, Origin


class NoticeOut(Out):
    """A notice in the outbox; its personal link stands in the letter."""

    id: UUID
    expert_id: UUID
    display_name: str
    origin: Origin
    state: NoticeState
    has_address: bool = Field(description="Whether it can be sent by mail")
    created_at: datetime
    sent_at: datetime | None
    opened_at: datetime | None
    problem: str | None = Field(description="For people: why it was not sent")


class LetterOut(Out):
    """A notice as it is handed over; nobody but the person may get its link."""

    subject: str
    body: str = Field(description="Plain text; the personal link stands on a line of its own")


class RecordPairOut(Out):
    """Two records side by side; private data is told as agreement only, null is unknown."""

    first: ExpertRowOut
    second: ExpertRowOut
    score: float | None = Field(description="In [0, 1]; null where nothing speaks for one person")
    reason: str
    same_birth_year: bool | None
    same_email: bool | None
    same_employer: bool | None


class MergeProposalOut(Out):
    """A question that waits for an answer."""

    id: UUID
    made_at: datetime
    pair: RecordPairOut


class DecidedOut(Out):
    """What was decided on two records."""

    id: UUID
    decision: str = Field(description="same or different")


class MergeOut(Out):
    """That one record took in another."""

    id: UUID
    expert_id: UUID = Field(description="The record that stays")
    absorbed_id: UUID
    undone_at: datetime | None
