"""What a search found."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from roster.read.search import FoundKind
from roster.vocabulary import Origin, TermField


class MetOut(Out):
    """A word of the query that a record meets, and the weightiest place where."""

    word: str
    where: TermField


class SearchHitOut(Out):
    """One record that was found."""

    kind: FoundKind
    id: UUID
    code: str | None = Field(description="Of a request or an Action; null for a person")
    label: str
    detail: str | None
    status: str
    countries: list[str] = Field(description="Home country of a person, beneficiaries otherwise")
    origin: Origin
    score: float = Field(description="Higher is nearer; only comparable within one answer")
    met: list[MetOut]


class MeaningOut(Out):
    """Words of the query and what they were taken for."""

    words: str
    code: str = Field(examples=["country:ma"])


class SearchOut(Out):
    """People, requests and Actions that the caller may know of, each the nearest first."""

    hits: list[SearchHitOut]
    totals: dict[FoundKind, int]
    meanings: list[MeaningOut]
    missed: list[str] = Field(description="Words that stand in no record the caller may see")
    is_partial: bool = Field(description="No record meets all words: those that meet the most")
