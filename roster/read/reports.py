"""Figures over any period, region and theme, with the rows that each of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from roster.vocabulary import CountedKind, ReportTableCode


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One record that a figure counts."""

    kind: CountedKind
    id: UUID
    label: str
    """Of the request, Action or activity; empty for a person, whose name is looked up where it may
    be shown."""
    action: str = ""
    """Code of the Action that it is part of; empty where there is none."""
    value: float | None = None
    """What it adds, where that is not 1: participants, days."""


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One figure."""

    value: float | None
    """None: nothing is known, or it is kept back."""
    rows: tuple[CountedRow, ...] = ()
    known: int | None = None
    """Of how many records the value is known; None where that is no question."""
    among: int | None = None
    """Out of how many."""
    is_hidden: bool = False
    """Too few people to be told outside the facility."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a table."""

    key: str
    """Code: a type of activity, a region, a country, ...; "unknown" where it is not known."""
    cells: tuple[ReportCell, ...]
    """One for each column of the table."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: lines in order, columns by code."""

    code: ReportTableCode
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]

    def cell(self, row: str, column: str) -> ReportCell | None:
        """Return one figure; None where the table has none there."""
        if column not in self.columns:
            return None
        place = self.columns.index(column)
        return next((one.cells[place] for one in self.rows if one.key == row), None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that a filter neither takes nor refuses, because too little is known of them."""

    kind: CountedKind
    undated: int
    """Nobody can tell whether they fall into the period."""
    unplaced: int
    """Nobody can tell their region, area or topic."""


@dataclass(frozen=True, slots=True)
class Report:
    """All tables of a scope, and what could not be placed in it."""

    facility: str
    tables: tuple[ReportTable, ...]
    left_out: tuple[LeftOut, ...]
    totals: tuple[tuple[str, ReportCell], ...]
    """The headline figures: name and figure."""
    hides_few: bool
    """Whether figures of fewer than five people are kept back."""

    def table(self, code: ReportTableCode) -> ReportTable:
        """Return one table."""
        return next(one for one in self.tables if one.code is code)
