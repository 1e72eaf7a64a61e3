"""Uploads of many files: what was sent, what became of each, the columns of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from api.paging import Page
from api.schemas.base import Out
from roster.vocabulary import BatchKind, BatchOutcome, BatchState, DocumentState


def _by_outcome(value: object) -> object:
    return {str(key): count for key, count in value} if isinstance(value, tuple) else value


class BatchOut(Out):
    """Files, an archive or a list sent in one go, with how far it has come."""

    id: UUID
    kind: BatchKind
    state: BatchState = Field(
        description="`mapping`: a list whose columns wait to be named; `done`: all items have an "
        "outcome"
    )
    is_trial: bool = Field(description="Outcomes say what would happen; nothing was changed")
    country: str | None
    file_name: str = Field(description="Of an archive or a list; for its uploader only")
    sent_at: datetime
    finished_at: datetime | None
    problem: str | None = Field(description="For people: why nothing was taken in")
    counts: Annotated[dict[BatchOutcome, int], BeforeValidator(_by_outcome)] = Field(
        description="Files or rows by outcome, each outcome once"
    )
    total: int = Field(description="Files or rows; 0 for a list whose rows were not read yet")
    to_confirm: int = Field(description="Drafts that wait for the caller's confirmation")
    sure: int = Field(description="Of a list: those to confirm without anything to look at")


class BatchItemOut(Out):
    """One file, or one row of a list, and what became of it."""

    id: UUID
    place: int = Field(description="Number of the file, or of the row as spreadsheets count")
    file_name: str
    outcome: BatchOutcome
    reason: str | None = Field(description="For people: why refused, what to look at")
    document_id: UUID | None = Field(description="Where it is confirmed")
    document_state: DocumentState | None
    expert_id: UUID | None = Field(description="On the roster: whom it may be about, or is")
    display_name: str


class BatchResultOut(Out):
    """An upload with one page of its items."""

    batch: BatchOut
    items: Page[BatchItemOut]


class BatchReceivedOut(Out):
    """What was kept; ask at `href` until the state is `done`."""

    id: UUID
    kind: BatchKind
    state: BatchState
    href: str


class ColumnOut(Out):
    """One column of a list."""

    place: int = Field(description="From 0")
    label: str = Field(description="Its heading, else its letter")
    cells: list[str] = Field(description="Of the first rows")
    target: str = Field(description="What it is about; empty: nothing is known, it is left out")


class MappingOut(Out):
    """The columns of one sheet of a list, with our proposal or what was said."""

    sheets: list[str]
    sheet: str
    header_row: int = Field(description="As spreadsheets count, from 1")
    rows: int = Field(description="People under the header")
    is_confirmed: bool
    columns: list[ColumnOut]


class ConfirmedOut(Out):
    """What came of confirming every sure row of a list."""

    confirmed: int
    held_back: int = Field(description="Rows that turned out to need a look")
    left: int = Field(description="Sure rows for the next request")
