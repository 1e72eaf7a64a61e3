"""Context of the page that says where one person stands for a request, and why not higher."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Link, PersonName, Quote
from web.contexts.scores import Score


@dataclass(frozen=True, slots=True)
class GapLine:
    """One part of the score beside the same part of the tenth."""

    css: str
    label: str
    points: str
    tenth: str
    """Empty where nobody stands there."""
    difference: str
    """With its sign; empty where nobody stands there."""
    reason: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class LiftLine:
    """What the record does not show, and what would show it."""

    css: str
    label: str
    points: str
    words: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands, and why."""

    person: PersonName
    verdict: str
    """One sentence: band, place, score, and what decides."""
    held: str
    """From which list this is, or that it was measured today."""
    gates: tuple[Chip, ...]
    score: Score
    tenth: str
    """Who it is held against; empty where nobody fits."""
    gaps: tuple[GapLine, ...]
    lifts: tuple[LiftLine, ...]
    reach: str
    """What all of it together could make; empty where nothing is missing."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The search among people, what it found, and one person's place."""

    frame: Frame
    head: Head
    back: Link
    action: str
    """POST `q` and `run`: no name stands in an address."""
    run: str
    query: str
    found: tuple[PersonName, ...]
    """Each leads to the page about her."""
    nobody: str
    """Said where the search found nobody."""
    place: Place | None
