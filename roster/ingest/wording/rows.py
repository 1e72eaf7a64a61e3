"""How tables become lines: a row in one line where it is a row, one after the other where not."""

from __future__ import annotations

from collections.abc import Sequence

from roster.ingest.raw import BREAK, CELL

LABEL_LENGTH = 70
MOST_LINES_OF_A_CELL = 12
MOST_LINES_BESIDE_A_LABEL = 60


def row_lines(cells: Sequence[Sequence[str]], *, nested: bool = False) -> list[str]:
    """Return one line " | "-separated, or the lines of each cell where the table is mere layout.

    Parameters
    ----------
    cells : lines of each cell, merged cells once
    nested : whether a cell holds a table of its own
    """
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if len(filled) < 2 or nested or is_layout(filled):
        return [line for cell in filled for line in cell]
    if not any(filled):
        return []
    return [CELL.join(BREAK.join(_whole(line) for line in cell) for cell in filled)]


def is_layout(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds so much in its cells that the table only places them side by side."""
    if not cells:
        return False
    longest = max(len(cell) for cell in cells)
    long = sum(len(cell) > MOST_LINES_OF_A_CELL for cell in cells)
    if len(" ".join(cells[0])) <= LABEL_LENGTH and (len(cells) > 2 or any(cells[0])):
        return longest > MOST_LINES_BESIDE_A_LABEL or long > 1
    return long > 0


def _whole(line: str) -> str:
    """Keep a bar that was printed from looking like the edge of a cell."""
    return line.replace(CELL, " / ").strip()
