"""Contexts of pages that look back at a ranking: why not her, and does it come out again."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, Link, Notice, PersonName, Quote
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
    by_number: bool = False
    """Whether the list keeps names back, and people are looked up by their number in it."""
    hide_names: bool = False
    """Whether the reader asked for that: `names=hidden` is posted along."""


@dataclass(frozen=True, slots=True)
class StandPage:
    """The requests that one person can be looked up for."""

    frame: Frame
    head: Head
    person: PersonName
    requests: tuple[Stand, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """One request with its newest ranking."""

    link: Link
    """To the page that says where the person stands in it."""
    code: str
    held: str
    """Which ranking, of when."""


@dataclass(frozen=True, slots=True)
class ReplayLine:
    """One person who comes out otherwise."""

    person: PersonName
    then: str
    now: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReplayPage:
    """A stored ranking made again: whether it comes out as it was, and if not, why."""

    frame: Frame
    head: Head
    back: Link
    verdict: Notice
    held: str
    """By which model, of which day, with which weights."""
    checks: tuple[Chip, ...]
    causes: tuple[tuple[str, str], ...]
    """Words and how many people, for each reason why people come out otherwise."""
    lines: tuple[ReplayLine, ...]
    more: str = ""
    """How many others there are; empty where all are shown."""
