"""Contexts of the exchange of records, and of the public catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, FormField, Link


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken in."""

    where: str
    """"Actions, row 4, column Countries"."""
    detail: str


@dataclass(frozen=True, slots=True)
class ExchangedRow:
    """A row and what became of it, or would."""

    kind: str
    number: str
    code: str
    chip: Chip
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Files out, a file in, and what a file did or would do."""

    frame: Frame
    title: str
    lead: str
    exports: tuple[tuple[str, tuple[Link, ...]], ...]
    """What, and its formats."""
    fields: tuple[FormField, ...]
    finding: str = ""
    """What was done, or would be; empty before a file was sent."""
    figures: tuple[Figure, ...] = ()
    unread: str = ""
    """Which columns were not read."""
    refused: tuple[RefusedRow, ...] = ()
    rows: tuple[ExchangedRow, ...] = ()
    more: str = ""
    """How many rows are not shown."""
    kept: tuple[tuple[str, str], ...] = ()
    """Hidden fields by which what was tried can be taken in with one press."""


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One Action that a facility publishes."""

    name: str
    objective: str
    where: str
    when: str
    status: str
    themes: str


@dataclass(frozen=True, slots=True)
class CatalogueRegion:
    """The Actions of one region."""

    id: str
    title: str
    lines: tuple[CatalogueLine, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """What was done, for anybody to read."""

    frame: Frame
    title: str
    lead: str
    regions: tuple[CatalogueRegion, ...]
    json: Link
    empty: Empty | None = None
