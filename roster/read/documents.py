"""Files, their texts, and what was read in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from roster.dates import Period
from roster.read.facts import (
    FactValue,
)
from roster.vocabulary import (
    DifferenceKind,
    DocumentKind,
    DocumentState,
    FactKind,
    FactStatus,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the text of a document: offsets into `DocumentText.text`, end excluded."""

    start: int
    end: int
    page: int | None = None
    """Counted from 1; None where the format has no pages."""
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    """(left, top, right, bottom) in points from the page's top left; empty where unknown."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page: offsets of its text in the document's text, and its size in points."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where one printed line of a document's text stands on its page."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    """(left, top, right, bottom) in points from the page's top left."""
    clearness: float | None = None
    """How surely the least clear word of a scanned line was recognised, from 0 to 1; None where
    the file itself gives the letters."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a file in reading order, once; spans of facts point into it."""

    text: str
    pages: tuple[PageText, ...]
    media_type: str
    language: str | None
    """ISO 639-1 of the greater part; None where it cannot be told."""
    reader: str
    """Name and version of the reader, for example "pdf/1"; a new version makes a new text."""
    notes: tuple[str, ...] = ()
    """For people: what could not be read, and why."""
    lines: tuple[LineBox, ...] = ()
    """Places of the printed lines, in the order of the text; empty where the format has none."""


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """One value read in a document, with its place and how sure the reading is."""

    kind: FactKind
    value: FactValue
    span: Span
    confidence: float
    """In [0, 1]: the share of such readings expected to be right."""
    period: Period = field(default_factory=Period)
    doubt: str | None = None
    """For people: why it should be looked at; None where it is sure."""


@dataclass(frozen=True, slots=True)
class ExtractedProfile:
    """All that was read in one CV; an absent fact is unknown, not "no"."""

    facts: tuple[ProposedFact, ...]
    form: str
    """The form recognised: "eu-external-action", "europass", "generic" ..."""
    sensitive: tuple[tuple[int, int], ...] = ()
    """Offsets of what is never a fact nor indexed (health, family, faith, pay, numbers of papers),
    end excluded, in order."""

    def of(self, kind: FactKind) -> tuple[ProposedFact, ...]:
        """Facts of one kind, in the order of the document."""
        return tuple(fact for fact in self.facts if fact.kind is kind)


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact as people see it on a record or on the confirmation page."""

    id: UUID
    kind: FactKind
    value: FactValue
    period: Period
    status: FactStatus
    confidence: float | None
    source: str
    span: Span | None
    quote: str
    doubt: str | None
    confirmed_by: str | None
    asserted_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file in a list."""

    id: UUID
    kind: DocumentKind
    state: DocumentState
    file_name: str
    media_type: str
    size_bytes: int
    uploaded_at: datetime
    expert_id: UUID | None
    country: str | None
    problem: str | None
    """For people: why it could not be read."""
    display_name: str | None = None
    """Name read in it, or of the person it belongs to."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody on the roster who may be the person of a CV."""

    expert_id: UUID
    display_name: str
    reason: str
    """For people: "same name, same employer"."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in a new CV against the same thing on the record of a known person."""

    kind: DifferenceKind
    fact_id: UUID | None
    """Of the fact read; None where the CV does not mention what is held."""
    held: tuple[FactView, ...] = ()
    """What the record says of it, the most trusted first; empty where it is new."""
    parts: tuple[str, ...] = ()
    """In what the two differ: names of parts of the value, and "dates"."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A CV against the record of one person who may be the same."""

    expert_id: UUID
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One document with its text beside the facts read in it: what a focal point confirms."""

    document: DocumentRow
    text: str
    pages: tuple[PageText, ...]
    language: str | None
    form: str
    notes: tuple[str, ...]
    facts: tuple[FactView, ...]
    twins: tuple[Twin, ...]
    """People whom this actor may see and who may be the same; others are not even counted."""
    comparisons: tuple[Comparison, ...] = ()
    """What the CV says against the record of each of the twins, in their order."""
    has_original: bool = False
    """Whether the file itself is still kept and this actor may look at its pages."""


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact that was read in a CV, with what was decided on it."""

    id: UUID
    kind: FactKind
    value: FactValue
    status: FactStatus
    """Superseded: it was corrected."""
    source: str
    version: str
    """Names the decision that stands; whoever undoes it sends it back."""
    decided_by: str | None = None
    decided_at: datetime | None = None
    said_on: date | None = None
    """When the person said it herself; None: it was read in a CV."""
    instead_of: FactValue | None = None
    """What she says that it corrects."""
