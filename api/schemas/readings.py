"""A document with its text beside the facts read in it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from api.schemas.documents import DocumentRowOut, TwinOut
from api.schemas.experts import FactOut
from roster.vocabulary import DifferenceKind


class PageOut(Out):
    """One page: offsets of its text in the document's text, and its size in points."""

    number: int
    start: int
    end: int
    width: float | None
    height: float | None


class DifferenceOut(Out):
    """One thing in a new CV against the same thing on the record of a known person."""

    kind: DifferenceKind
    fact_id: UUID | None = Field(description="Of the fact read; null where it is not mentioned")
    held: list[FactOut] = Field(description="What the record says, the most trusted first")
    parts: list[str] = Field(description="In what they differ: parts of the value, and `dates`")


class ComparisonOut(Out):
    """What a CV says against the record of one person who may be the same."""

    expert_id: UUID
    differences: list[DifferenceOut]


class ReadingOut(Out):
    """What a focal point confirms."""

    document: DocumentRowOut
    text: str
    pages: list[PageOut]
    language: str | None
    form: str = Field(description="The form recognised; empty until it was read")
    notes: list[str]
    facts: list[FactOut]
    twins: list[TwinOut]
    comparisons: list[ComparisonOut] = Field(
        description="For each twin; confirm with `same_as` to bring that record up to date"
    )
