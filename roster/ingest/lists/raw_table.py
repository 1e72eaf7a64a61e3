"""What a reader of lists hands over: sheets of cells as text, packed to travel as lines."""

from __future__ import annotations

import json
from dataclasses import dataclass

from roster.ingest.raw import RawLine, RawText

MOST_ROWS = 20_000
"""Rows with something in them, over all sheets."""
MOST_COLUMNS = 256
MOST_SHEETS = 50
MOST_CELL_CHARACTERS = 8_000
"""A longer cell is cut, and a note says so."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows that hold something, each with its number as spreadsheet programs count."""

    name: str
    """Empty where the format has no sheets."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(row number from 1, cells from the first column on)."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """All that a reader found in one list."""

    sheets: tuple[RawSheet, ...]
    reader: str
    """Name and version, for example "csv/1"."""
    notes: tuple[str, ...] = ()

    def packed(self) -> RawText:
        """Return what `unpacked` reads back: a line per sheet and row, its sheet as its page."""
        lines: list[RawLine] = []
        for place, sheet in enumerate(self.sheets, 1):
            lines.append(RawLine(json.dumps(sheet.name), place))
            lines += [RawLine(json.dumps([at, *cells]), place) for at, cells in sheet.rows]
        return RawText(tuple(lines), self.reader, notes=self.notes)

    @classmethod
    def unpacked(cls, raw: RawText) -> RawTable:
        """Read what `packed` wrote, checking every type: the writer is not trusted.

        Raises
        ------
        ValueError
            For anything else.
        """
        names: list[str] = []
        rows: list[list[tuple[int, tuple[str, ...]]]] = []
        for line in raw.lines:
            given = json.loads(line.text)
            if isinstance(given, str):
                names.append(given)
                rows.append([])
            elif isinstance(given, list) and rows and given:
                rows[-1].append((int(given[0]), tuple(str(cell) for cell in given[1:])))
            else:
                raise ValueError("not the output of a reader of lists")
        sheets = (RawSheet(name, tuple(each)) for name, each in zip(names, rows, strict=True))
        return cls(tuple(sheets), raw.reader, raw.notes)
