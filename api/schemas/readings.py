"""A document with its text beside the facts read in it."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Out
from api.schemas.documents import DocumentRowOut, TwinOut
from api.schemas.experts import FactOut


class PageOut(Out):
    """One page: offsets of its text in the document's text, and its size in points."""

    number: int
    start: int
    end: int
    width: float | None
    height: float | None


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
