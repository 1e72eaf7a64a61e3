"""A list as people see it: a header, and rows of text under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the header."""

    number: int
    """As spreadsheet programs count, from 1."""
    cells: tuple[str, ...]
    """As many as the header has; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with its header."""

    name: str
    """Of the sheet; empty where the format has none."""
    header_row: int
    """As spreadsheet programs count, from 1."""
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def label(self, column: int) -> str:
        """Return what people call a column: its heading, else its letter."""
        return self.header[column] or f"column {letter_of(column)}"

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each row."""
        return (row.cells for row in self.rows)


def letter_of(column: int) -> str:
    """Return the letters of a column counted from 0: A to Z, then AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
