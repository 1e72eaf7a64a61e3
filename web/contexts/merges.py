"""Contexts of records that may be one person, and of those that became one."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, PersonName, PostButton


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of two records."""

    person: PersonName
    facts: tuple[tuple[str, str], ...]
    """Word and value; "unknown" where nothing is known."""
    keep: PostButton
    """Keeps this record; the other one goes into it."""


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two records side by side with what speaks for one person and against it."""

    id: str
    sides: tuple[PairSide, ...]
    chips: tuple[Chip, ...]
    reason: str
    apart: PostButton | None = None
    """Says that they are two people; None where nobody asked."""


@dataclass(frozen=True, slots=True)
class DoneMerge:
    """A record that took in another."""

    kept: PersonName
    absorbed: str
    words: str
    undo: PostButton | None
    """None where it was undone."""


@dataclass(frozen=True, slots=True)
class MergesPage:
    """Questions that wait, and what was merged."""

    frame: Frame
    head: Head
    pairs: tuple[PairCard, ...]
    more: str
    """How many wait beside those shown; empty where none."""
    done: tuple[DoneMerge, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class SamePage:
    """Whether a person stands on the roster twice: the likely ones, or a search by name."""

    frame: Frame
    head: Head
    action: str
    """POST with `q`."""
    query: str
    pairs: tuple[PairCard, ...]
    empty: Empty | None = None
