"""What is found by words, and what the words were taken for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from roster.vocabulary import Origin, TermField


class FoundKind(StrEnum):
    """What kind of record was found."""

    EXPERT = "expert"
    REQUEST = "request"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that was found."""

    kind: FoundKind
    id: UUID
    code: str | None
    """Of a request or an Action, for its address; None for a person."""
    label: str
    detail: str | None
    """Present post of a person; None where there is nothing to say."""
    status: str
    countries: tuple[str, ...]
    """Home country of a person, beneficiaries of the others."""
    origin: Origin
    score: float
    """Higher is nearer; only comparable within one answer."""
    met: tuple[tuple[str, TermField], ...]
    """Each query word that was met, as typed, and the weightiest place where."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found, and how it was understood."""

    hits: tuple[SearchHit, ...]
    """People, requests, Actions, each the nearest first."""
    totals: dict[FoundKind, int]
    """How many were found of each kind, those beyond the hits too."""
    meanings: tuple[tuple[str, str], ...]
    """Words as typed and the code they were taken for: ("Maroc", "country:ma")."""
    missed: tuple[str, ...]
    """Words that stand in no record that the reader may see; they were left out."""
    is_partial: bool
    """No record meets all words: those that meet the most are given."""
