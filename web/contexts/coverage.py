"""Contexts of coverage: what was asked for against who is there, and how the missions spread."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.actions import WorldMap
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, Link, PersonName, Share


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """People for one need; `asked` squares say how many Actions asked."""

    count: str
    css: str
    asked: tuple[str, ...] = ()
    """x of each small square."""
    state: str = ""
    """"hole" (asked, nobody), "thin" (asked, one or two) or empty."""
    words: str = ""
    """The rest of what the cell shows, for who does not see it."""
    href: str | None = None
    """The people whom it counts."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One topic."""

    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A language, over its regions."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A need without people."""

    title: str
    where: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """What was asked against who is there."""

    title: str
    caption: str
    groups: tuple[MatrixGroup, ...]
    rows: tuple[MatrixRow, ...]
    gaps: tuple[Gap, ...] = ()
    classes: tuple[Share, ...] = ()
    """The key: l1 to l4 with their ranges."""


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """One country: who is there, and who of them was ever sent."""

    label: str
    people: str
    sent: str
    width: str
    """Share of those sent, for the bar."""
    share: str
    """The same in words; empty where there are too few people for a share."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How missions spread over people and countries."""

    title: str
    shares: tuple[Share, ...]
    """Never, once, more often."""
    lines: tuple[SpreadLine, ...]
    further: tuple[SpreadLine, ...]
    """Shown on asking."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """What the roster lacks, where people worked, and who is sent."""

    frame: Frame
    title: str
    scope: str
    figures: tuple[Figure, ...]
    matrix: Matrix | None
    map: WorldMap
    maps: tuple[Link, ...]
    """The map that is shown first, then the other."""
    spread: Spread
    exports: tuple[Link, ...]
    rule: str
    """How the languages of work are told where nobody said them."""
    no_matrix: Empty | None = None


@dataclass(frozen=True, slots=True)
class CoveringPerson:
    """One person whom a cell counts, or would if her level were known."""

    person: PersonName
    home: str
    level: Chip


@dataclass(frozen=True, slots=True)
class CoveringPage:
    """The people of one cell."""

    frame: Frame
    title: str
    scope: str
    back: Link
    people: tuple[CoveringPerson, ...]
    count: str
    empty: Empty | None = None
