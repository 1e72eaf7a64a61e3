"""Needs as the ranker reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.read.documents import (
    Span,
)
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    LanguageLevel,
)


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """A working language and the level from which somebody can work in it."""

    language: str
    minimum: LanguageLevel = LanguageLevel.B2
    everyone: bool = True
    """True: a gate for each person; False: one member of the team is enough."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A need as the ranker reads it."""

    id: UUID | None
    """None for a request that was not stored (an inline match)."""
    title: str
    authority: str | None = None
    administration: AdministrationKind | None = None
    """Discipline of the requesting authority."""
    countries: tuple[str, ...] = ()
    """Beneficiary countries."""
    regional_body: str | None = None
    topics: tuple[str, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    starts: date | None = None
    ends: date | None = None
    """Window of the activity, both days included."""
    text: str = ""
    """The letter or description, in any language."""
    text_language: str | None = None
    release_required: bool = False
    excluded: frozenset[UUID] = frozenset()
    conflicts: frozenset[UUID] = frozenset()
    kinds: frozenset[ExpertKind] = frozenset()
    """Kinds of expert asked for; empty: all."""


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A field of a request read in its letter, with the sentence it came from."""

    field: str
    """Name of the field of `roster.inputs.NewRequest`."""
    value: object
    label: str
    sentence: str
    span: Span
    confidence: float
