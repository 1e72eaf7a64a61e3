"""Context of what a search found."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Notice, PersonName


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One record that was found."""

    label: str
    href: str
    person: PersonName | None
    """None for a request or an Action."""
    detail: str
    """Empty where there is nothing to say."""
    countries: str
    chips: tuple[Chip, ...]
    why: str
    """Which words were met, and where."""
    origin: str
    why_not: str = ""
    """Where a request is chosen to look the person up for; empty for who may not rank."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The records of one kind."""

    id: str
    title: str
    count: str
    lines: tuple[FoundLine, ...]
    more: str
    """What to do to see the others; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """People, requests and Actions that meet a query, and how it was understood."""

    frame: Frame
    query: str
    finding: str
    understood: tuple[str, ...]
    """"Maroc" as Morocco, one sentence each."""
    notices: tuple[Notice, ...]
    groups: tuple[FoundGroup, ...]
    empty: Empty | None
