"""What the slow PDF libraries know better: ruled tables, and the order of columns."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pdfplumber
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTTextBox, LTTextLine
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from roster.ingest.raw import Box, RawLine

_FAULTS = (PDFException, PSException, ValueError, KeyError, TypeError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its outline and its cells."""

    box: Box
    cells: dict[tuple[int, int], Box]
    """(row, column) → box; a merged cell stands once, at its first place."""

    def columns(self, row: int) -> list[int]:
        """Columns of one row that have a cell of their own."""
        return sorted(column for at, column in self.cells if at == row)


def find_grids(data: bytes, page: int) -> list[Grid]:
    """Return the ruled tables of one page, counted from 1; none where the library fails."""
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page]) as document:
            tables = document.pages[0].find_tables()
            grids = [_grid(table.bbox, [row.cells for row in table.rows]) for table in tables]
    except _FAULTS:
        return []
    return [grid for grid in grids if any(len(grid.columns(row)) > 1 for row, _ in grid.cells)]


def _grid(box: Box, rows: list[list[Box | None]]) -> Grid:
    cells = {
        (number, column): cell
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell is not None
    }
    return Grid(box, cells)


def lines_by_layout(data: bytes, page: int) -> list[RawLine]:
    """Return the lines of one page in the order that its layout suggests; [] where that fails."""
    try:
        layout = next(
            iter(extract_pages(io.BytesIO(data), page_numbers=[page - 1], laparams=LAParams()))
        )
    except (*_FAULTS, StopIteration):
        return []
    lines: list[RawLine] = []
    for block in layout:
        if not isinstance(block, LTTextBox):
            continue
        lines += [
            RawLine(
                line.get_text().strip(),
                page,
                (line.x0, layout.height - line.y1, line.x1, layout.height - line.y0),
            )
            for line in block
            if isinstance(line, LTTextLine) and line.get_text().strip()
        ]
        lines.append(RawLine("", page))
    return lines
