"""One PDF page taken apart into pieces and table rows, and tables joined that run over pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import pairwise
from typing import Any

from roster.ingest.pdf.layout import cell_text, lines_of_page
from roster.ingest.pdf.letters import Letter, letters_of
from roster.ingest.pdf.pieces import Piece, pieces_of, union
from roster.ingest.pdf.rules import rules_of
from roster.ingest.pdf.tables import Grid, find_grids, same_columns
from roster.ingest.raw import BREAK, Box, RawLine, RawPage
from roster.ingest.wording.rows import is_layout, row_lines

LEAST_RULES = 4
FOOT = 0.75
"""Share of the page's height below which a table may go on overleaf."""
HEAD = 0.3


@dataclass(slots=True)
class TableRow:
    """Lines of each cell of one row, and where the row stands."""

    cells: list[list[str]]
    box: Box
    page: int

    @property
    def words(self) -> tuple[str, ...]:
        """The row's cells, to compare it with others."""
        return tuple(" ".join(cell) for cell in self.cells)


@dataclass(slots=True)
class Table:
    """A table with what is written in it."""

    grid: Grid
    rows: list[TableRow]
    ruled: bool = True
    """Whether rules are drawn around its cells."""

    @property
    def top(self) -> float:
        """Where its first written row begins."""
        return self.rows[0].box[1] if self.rows else self.grid.box[1]


@dataclass(slots=True)
class PageContent:
    """What one page holds."""

    page: RawPage
    pieces: list[Piece] = field(default_factory=list)
    """Outside of tables."""
    tables: list[Table] = field(default_factory=list)
    head: list[Piece] = field(default_factory=list)
    """What is printed at the top of later pages too."""
    foot: list[Piece] = field(default_factory=list)
    """What is printed at the foot of later pages too."""
    turned: list[Letter] = field(default_factory=list)
    """Letters drawn along another direction than most."""

    @property
    def letters(self) -> int:
        """How many there are."""
        return (
            sum(len(piece.text) for piece in self.pieces)
            + sum(len(word) for table in self.tables for row in table.rows for word in row.words)
            + len(self.turned)
        )


def read_page(page: Any, number: int) -> PageContent:
    """Take a page apart."""
    width, height = page.get_size()
    content = PageContent(RawPage(number, width, height))
    letters = letters_of(page)
    upright = [letter for letter in letters if letter.turn == 0]
    content.turned = [letter for letter in letters if letter.turn]
    rules = rules_of(page) if upright else []
    grids = find_grids(rules) if len(rules) >= LEAST_RULES else []
    if grids:
        upright = list(_placed(upright, grids))
    pieces = pieces_of(upright)
    for at, grid in enumerate(grids):
        if _is_partial(pieces, at, grid):
            _release(piece for piece in pieces if piece.cell is not None and piece.cell[0] == at)
    for at, grid in enumerate(grids):
        content.tables.append(table_of(pieces, at, grid, number))
    content.pieces = [piece for piece in pieces if piece.cell is None]
    return content


def _placed(letters: Sequence[Letter], grids: Sequence[Grid]) -> Iterator[Letter]:
    """Yield letters with the table cell that each stands in, mostly that of the one before."""
    cell: Box = (0.0, 0.0, -1.0, -1.0)
    known: tuple[int, int, int] | None = None
    for letter in letters:
        if letter.text.isspace():
            yield letter
            continue
        x, y = (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2
        if not (cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]):
            known, cell = _cell_of(x, y, grids)
        yield Letter(letter.text, letter.box, letter.base, 0, letter.size, known)


def _cell_of(x: float, y: float, grids: Sequence[Grid]) -> tuple[tuple[int, int, int] | None, Box]:
    for table, grid in enumerate(grids):
        place = grid.cell_at(x, y)
        if place is not None:
            return (table, *place), grid.cells[place]
    return None, (0.0, 0.0, -1.0, -1.0)


def _is_partial(pieces: Sequence[Piece], at: int, grid: Grid) -> bool:
    """Whether rules are drawn around a part of the table only: more cells lie beside."""
    inside = [piece for piece in pieces if piece.cell is not None and piece.cell[0] == at]
    outside = [piece for piece in pieces if piece.cell is None]
    bases = sorted(piece.base for piece in inside)
    rows = 1 + sum(after - before > 2 for before, after in pairwise(bases))
    near = {
        round(piece.base)
        for piece in outside
        if any(abs(piece.base - base) < 1 for base in bases)
        and grid.box[0] - 80 < piece.box[2]
        and piece.box[0] < grid.box[2] + 80
    }
    return len(near) >= 0.5 * rows


def _release(pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        piece.cell = None


def table_of(
    pieces: Sequence[Piece], at: int, grid: Grid, page: int, *, ruled: bool = True
) -> Table:
    """Return a table with the pieces that stand in its cells.

    Rows that only place long texts side by side are none: their pieces are released.

    Parameters
    ----------
    pieces : of the page; `Piece.cell` says where they stand
    at : number of the table on its page
    grid : its cells
    page : counted from 1
    ruled : whether rules are drawn around its cells
    """
    table = Table(grid, [], ruled)
    inside = [piece for piece in pieces if piece.cell is not None and piece.cell[0] == at]
    for row in sorted({place[0] for place in grid.cells}):
        of_row = [piece for piece in inside if piece.cell is not None and piece.cell[1] == row]
        if not of_row:
            continue
        cells = [_cell(of_row, row, column, grid) for column in grid.columns(row)]
        if len(cells) > 1 and is_layout([cell for cell in cells if cell]):
            _release(of_row)
            continue
        box = reduce(union, (piece.box for piece in of_row))
        table.rows.append(TableRow(cells, box, page))
    return table


def _cell(pieces: Iterable[Piece], row: int, column: int, grid: Grid) -> list[str]:
    inside = [piece for piece in pieces if piece.cell is not None and piece.cell[2] == column]
    if not inside:
        return []
    cell = grid.cells[row, column]
    padding = min(piece.box[0] for piece in inside) - cell[0]
    edge = cell[2] - min(12.0, max(2.0, padding))
    return [line for line in cell_text(inside, edge).split(BREAK) if line]


def join_tables(pages: Sequence[PageContent]) -> None:
    """Drop header rows printed again overleaf, and join rows that a page break cut."""
    for before, after in pairwise(page for page in pages if page.pieces or page.tables):
        if not before.tables or not after.tables:
            continue
        last, first = before.tables[-1], after.tables[0]
        if not last.rows or not first.rows or not same_columns(last.grid, first.grid):
            continue
        if last.rows[-1].box[3] < FOOT * before.page.height and len(last.rows) > 1:
            continue
        if first.top > HEAD * after.page.height:
            continue
        _join(last, first)


def _join(last: Table, first: Table) -> None:
    head = last.rows[0].words
    if len(head) > 1 and first.rows[0].words == head and len(first.rows) > 1:
        first.rows.pop(0)
    row, goes_on = last.rows[-1], first.rows[0]
    cut = len(goes_on.cells) == len(row.cells) > 1 and not goes_on.cells[0] and any(goes_on.cells)
    if cut and len(first.rows) >= 1:
        row.cells = [
            [*above, *below] for above, below in zip(row.cells, goes_on.cells, strict=True)
        ]
        first.rows.pop(0)


def page_lines(content: PageContent) -> list[RawLine]:
    """Return the lines of a page in the order of reading; what is turned comes last."""
    number = content.page.number
    pieces = list(content.pieces)
    tables: list[list[RawLine]] = []
    for table in content.tables:
        lines = [
            RawLine(text, row.page, row.box)
            for row in table.rows
            for text in row_lines(row.cells if table.ruled else _filled(row.cells))
        ]
        if lines:
            box = reduce(union, (row.box for row in table.rows))
            pieces.append(Piece("", box, box[3], row=len(tables)))
            tables.append(lines)
    parts = [
        lines_of_page(content.head, number),
        lines_of_page(pieces, number, tables),
        _turned_lines(content),
        lines_of_page(content.foot, number),
    ]
    return [line for part in parts if part for line in (*part, RawLine("", number))]


def _filled(cells: Sequence[list[str]]) -> Sequence[list[str]]:
    """Drop what is empty at the end of a row: without rules nobody knows whether it is a cell."""
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _turned_lines(content: PageContent) -> list[RawLine]:
    lines: list[RawLine] = []
    for turn in (1, 3, 2):
        turned = [letter for letter in content.turned if letter.turn == turn]
        pieces = pieces_of([_upright(letter, turn, content.page) for letter in turned])
        lines += [
            replace(line, box=_back(line.box, turn, content.page) if line.box else None)
            for line in lines_of_page(pieces, content.page.number)
        ]
    return lines


def _upright(letter: Letter, turn: int, page: RawPage) -> Letter:
    """Return a letter where it stands once the page is turned so that it is upright."""
    left, top, right, bottom = letter.box
    box = {
        1: (top, page.width - right, bottom, page.width - left),
        2: (page.width - right, page.height - bottom, page.width - left, page.height - top),
        3: (page.height - bottom, left, page.height - top, right),
    }[turn]
    return replace(letter, box=box, base=box[3], turn=0)


def _back(box: Box, turn: int, page: RawPage) -> Box:
    left, top, right, bottom = box
    return {
        1: (page.width - bottom, left, page.width - top, right),
        2: (page.width - right, page.height - bottom, page.width - left, page.height - top),
        3: (top, page.height - right, bottom, page.height - left),
    }[turn]
