"""The lists of the field with a facility's own words, as administrators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import WordList


@dataclass(frozen=True, slots=True)
class OwnWordRow:
    """A word of a facility's own."""

    id: UUID
    of: WordList
    phrase: str
    language: str | None
    code: str | None
    """None: it means none of the list."""
    since: datetime
    by: str | None
    """Name of who added it; None: an account that is gone."""
    until: datetime | None
    """None: it counts."""
    until_by: str | None


@dataclass(frozen=True, slots=True)
class TermUse:
    """How many records carry a code, among those findable."""

    people: int
    requests: int
    actions: int


@dataclass(frozen=True, slots=True)
class WordEffect:
    """What a word would change."""

    cvs: int
    """CVs that hold it."""
    new: int
    """Of these, those of people who do not carry its code yet."""
    requests: int
    """Requests whose words hold it."""
    looked_at: int
    """CVs looked at."""


@dataclass(frozen=True, slots=True)
class RereadingRow:
    """One reading anew of all CVs for a facility's own words."""

    id: UUID
    asked_at: datetime
    by: str | None
    total: int
    done: int
    found: int
    dropped: int
    people: int
    finished_at: datetime | None
    """None: it is not over."""
