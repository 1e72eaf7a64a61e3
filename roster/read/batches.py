"""Many CVs sent at once: what was sent, how far it has come, what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from roster.vocabulary import BatchKind, BatchOutcome, BatchState, DocumentState


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What the columns of a list are about, and where its header stands."""

    sheet: str = ""
    """Empty where the format has none."""
    header_row: int = 1
    """As spreadsheet programs count, from 1."""
    columns: tuple[tuple[int, str], ...] = ()
    """(column from 0, target as `roster.ingest.lists.columns.Target` writes it), in order."""
    is_confirmed: bool = False
    """Whether a person said so; else it is our proposal."""


@dataclass(frozen=True, slots=True)
class BatchView:
    """Files, an archive or a list that somebody sent in one go."""

    id: UUID
    kind: BatchKind
    state: BatchState
    is_trial: bool
    country: str | None
    file_name: str
    """Of an archive or a list; for its uploader only."""
    sent_at: datetime
    finished_at: datetime | None
    problem: str | None
    """For people: why nothing was taken in."""
    counts: tuple[tuple[BatchOutcome, int], ...] = ()
    """Files or rows by outcome, each outcome once, also where it is zero."""
    to_confirm: int = 0
    """Of those taken in: drafts that wait for somebody."""
    sure: int = 0
    """Of those to confirm: rows of a list without anything to look at."""
    mapping: ListMapping | None = None
    """Of a list only."""

    @property
    def total(self) -> int:
        """Files, or rows; 0 for a list whose rows were not read yet."""
        return sum(count for _, count in self.counts)

    @property
    def is_working(self) -> bool:
        """Whether it is worked on, or waits to be."""
        return self.state in (BatchState.RECEIVED, BatchState.RUNNING)

    def count(self, outcome: BatchOutcome) -> int:
        """Count the files or rows of one outcome."""
        return dict(self.counts).get(outcome, 0)


@dataclass(frozen=True, slots=True)
class BatchItemView:
    """One file, or one row of a list, and what became of it; of a trial: what would."""

    id: UUID
    place: int
    """Number of the file, or of the row as spreadsheet programs count."""
    file_name: str
    """Empty for a row, and for whoever did not send it."""
    outcome: BatchOutcome
    reason: str | None
    """For people, in English: why refused, what to look at."""
    document_id: UUID | None = None
    """Where it is confirmed; None in a trial, and where nothing was taken in."""
    document_state: DocumentState | None = None
    expert_id: UUID | None = None
    """Somebody on the roster: whom it may be about, or was confirmed as. None: nobody whom the
    reader may see."""
    display_name: str = ""
    """Of the draft, or of that person; empty where unknown."""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One sheet of a list as far as a person needs it to name the columns."""

    name: str
    header_row: int
    rows: int
    """People under the header."""
    columns: tuple[ColumnPreview, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column: its heading, some cells, and what it is about."""

    place: int
    """From 0."""
    label: str
    """Its heading, else its letter."""
    cells: tuple[str, ...]
    """Of the first rows, at most five."""
    target: str
    """As in `ListMapping.columns`; empty where nothing is known about it."""
