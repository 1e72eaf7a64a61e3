"""Contexts of reports: figures with their rows, and the printed ones beside those computed."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, FormField, Link, Pager


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure of a table."""

    value: str
    """Empty: not known."""
    href: str | None = None
    note: str = ""
    """"known for 12 of 40"."""
    missing: str = ""
    """Why there is no value."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line, with its bar."""

    label: str
    width: str
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table with bars for its first column."""

    id: str
    title: str
    heads: tuple[str, ...]
    """Of the line first, then one for each cell."""
    lines: tuple[FigureLine, ...]
    note: str = ""
    has_bars: bool = True
    is_wide: bool = False
    """Whether it needs the whole width."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The facility's figures for a scope."""

    frame: Frame
    title: str
    scope: str
    """Which records are counted, in words."""
    mark: Chip | None
    """Where the records come from, unless they are real."""
    fields: tuple[FormField, ...]
    figures: tuple[Figure, ...]
    centre: FigureTable
    tables: tuple[FigureTable, ...]
    left_out: tuple[str, ...]
    exports: tuple[Link, ...]
    also: tuple[Link, ...]
    error: str = ""
    no_table: str = ""


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One record behind a figure."""

    label: str
    href: str | None
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CountedPage:
    """The records that one figure counts."""

    frame: Frame
    title: str
    scope: str
    back: Link
    lines: tuple[CountedLine, ...]
    pager: Pager
    note: str = ""
    has_values: bool = False
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A printed figure beside the computed one."""

    label: str
    own_language: bool
    """Whether the label is in English on every page."""
    printed: str
    computed: str
    chip: Chip
    why: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """Figures about one thing."""

    id: str
    title: str
    printed_head: str
    computed_head: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """Everything printed beside everything computed."""

    frame: Frame
    title: str
    lead: str
    back: Link
    figures: tuple[Figure, ...]
    blocks: tuple[PrintedBlock, ...]
    empty: Empty | None = None
