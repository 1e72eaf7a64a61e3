"""Tables of the field's forms drawn without rules: rows and cells told from where words stand.

Only a document that prints the phrases of such a form is looked at: elsewhere words that stand
side by side may as well be columns of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from roster.ingest.form_kinds import LABELLED_FORMS, form_of_words
from roster.ingest.pdf_columns import rows_of
from roster.ingest.pdf_dates import is_cut_date
from roster.ingest.pdf_layout import BULLETS, fits
from roster.ingest.pdf_pages import PageContent, table_of
from roster.ingest.pdf_pieces import Piece, is_rtl, union
from roster.ingest.pdf_tables import Grid
from roster.ingest.raw import Box

SAME_LEFT = 3.0
"""In points: what begins as near as this begins in one column."""
PADDING = 6.0
"""In points: between the words of one column and the side of the next."""
PITCH = 0.1
"""Share of the distances between lines below each other that are those within one cell."""
ROW_GAP = 1.2
"""In pitches: from lines so far apart on, they belong to two rows."""
TABLE_GAP = 2.4
"""In pitches: rows farther apart are of two tables."""
HUNG = 2.5
"""In letter heights: the mark of a list stands so near to its words at most."""
LEAST_PADDED = 3
"""So many rows set off by a gap show that all are."""

Span = tuple[float, float]


@dataclass(slots=True)
class _Row:
    """Lines of one row, and the columns that its words stand in."""

    lines: list[list[Piece]]
    columns: list[float] = field(default_factory=list)
    """Left side of each column of the table."""
    places: dict[int, int] = field(default_factory=dict)
    """Identity of a piece → its column."""

    @property
    def box(self) -> Box:
        return reduce(union, (piece.box for line in self.lines for piece in line))


def set_open_tables(contents: Sequence[PageContent]) -> None:
    """Put what stands in columns on the pages of a form into tables, page by page."""
    if form_of_words(_words(contents)) not in LABELLED_FORMS:
        return
    columns: list[float] = []
    for content in contents:
        if not is_rtl(content.pieces):
            columns = _tables_of_page(content, columns)


def _words(contents: Sequence[PageContent]) -> str:
    """Return the words line by line, and once more as they stand below each other."""
    found: list[str] = []
    for content in contents:
        found += (" ".join(piece.text for piece in row) for row in rows_of(content.pieces))
        below = sorted(content.pieces, key=lambda piece: (round(piece.box[0] / 4), piece.base))
        found.append(" ".join(piece.text for piece in below))
        found += (word for table in content.tables for row in table.rows for word in row.words)
    return "\n".join(found)


def _tables_of_page(content: PageContent, columns: list[float]) -> list[float]:
    """Add the open tables of a page; return the columns that may go on overleaf."""
    lines = rows_of(content.pieces)
    pitch = _pitch(lines)
    if pitch is None:
        return []
    rows = [row for band in _bands(lines, pitch) for row in band]
    right = max(piece.box[2] for piece in content.pieces) + PADDING
    table: list[_Row] = []
    for row in rows:
        near = not table or row.box[1] - table[-1].box[3] <= TABLE_GAP * pitch
        known = table[-1].columns if table else columns
        if not (near and _takes_place(row, known)):
            _add(content, table, right)
            table = []
            _takes_place(row, [])
        if len(set(row.places.values())) > 1 or (table and max(row.places.values()) > 0):
            table.append(row)
        else:
            _add(content, table, right)
            table, columns = [], []
    _add(content, table, right)
    content.pieces = [piece for piece in content.pieces if piece.cell is None]
    return table[-1].columns if table else []


def _pitch(lines: Sequence[list[Piece]]) -> float | None:
    """Return the distance between the lines of one cell; None on a page of few lines."""
    found: list[float] = []
    for line, after in pairwise(lines):
        steps = [
            below.base - piece.base
            for piece in line
            for below in after
            if below.below(piece) and below.base > piece.base
        ]
        found += steps[:1]
    return sorted(found)[int(PITCH * len(found))] if found else None


def _bands(lines: Sequence[list[Piece]], pitch: float) -> Iterator[list[_Row]]:
    """Yield the rows between wider gaps; where rows have no gaps, told by what they hold."""
    bands: list[list[list[Piece]]] = []
    for line in lines:
        if bands and line[0].base - bands[-1][-1][0].base <= ROW_GAP * pitch:
            bands[-1].append(line)
        else:
            bands.append([line])
    filled = [band for band in bands if any(len(_joined(line)) > 1 for line in band)]
    padded = sum(
        after[0][0].base - before[-1][0].base <= TABLE_GAP * pitch
        for before, after in pairwise(filled)
    )
    for band in bands:
        whole = padded >= LEAST_PADDED or band not in filled
        yield [_Row(band)] if whole else [_Row(row) for row in _tight_rows(band)]


def _joined(line: Sequence[Piece]) -> list[Span]:
    """Return the sides of what stands on one line; a mark of a list is part of what follows."""
    spans: list[Span] = []
    mark: Piece | None = None
    for piece in line:
        hung = mark is not None and piece.box[0] - mark.box[2] <= HUNG * piece.height
        if hung:
            spans[-1] = (spans[-1][0], piece.box[2])
        else:
            spans.append((piece.box[0], piece.box[2]))
        words = piece.text.strip()
        mark = piece if not hung and len(words) <= 2 and words[0] in BULLETS else None
    return spans


def _tight_rows(band: Sequence[list[Piece]]) -> list[list[list[Piece]]]:
    """Cut lines without gaps: all cells of a row begin on its first line."""
    edges = _merged([span for line in band for span in _joined(line)])
    rows: list[list[list[Piece]]] = []
    for line in band:
        if not rows or _begins_row(rows[-1][-1], line, edges):
            rows.append([])
        rows[-1].append(line)
    return rows


def _begins_row(line: Sequence[Piece], after: Sequence[Piece], edges: Sequence[Span]) -> bool:
    above = {_column(piece, edges): piece for piece in line}
    below = {_column(piece, edges): piece for piece in after}
    if not set(below) <= set(above):
        return True
    if 0 not in below or len(edges) < 2:
        return False
    if any(is_cut_date(above[at].text.strip(), below[at].text.strip()) for at in below):
        return False
    return all(fits(above[at], below[at], edges[at][1]) for at in below)


def _column(piece: Piece, edges: Sequence[Span]) -> int:
    middle = (piece.box[0] + piece.box[2]) / 2
    return next((at for at, (_, right) in enumerate(edges) if middle <= right), len(edges) - 1)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join what lies over each other from the side."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left < found[-1][1] - 1:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


def _takes_place(row: _Row, columns: Sequence[float]) -> bool:
    """Give each piece its column, one of those above or one of its own; False if none of them."""
    edges = _merged([span for line in row.lines for span in _joined(line)])
    known = list(columns) or [left for left, _ in edges]
    places = [_place(edge, known) for edge in edges]
    if None in places or len(set(places)) < len(places):
        return False
    row.columns = known
    row.places = {
        id(piece): places[_column(piece, edges)] or 0 for line in row.lines for piece in line
    }
    return True


def _place(edge: Span, columns: Sequence[float]) -> int | None:
    """Return the column that some words stand in, whether flush to its left side or centred."""
    left, right = edge
    for at, begin in enumerate(columns):
        end = columns[at + 1] if at + 1 < len(columns) else float("inf")
        if abs(left - begin) <= SAME_LEFT:
            return at if right <= end + 1 else None
        if at + 1 < len(columns) and begin < left and right < end:
            return at
    return None


def _add(content: PageContent, rows: Sequence[_Row], right: float) -> None:
    """Add rows to a page as a table."""
    if not rows:
        return
    number = len(content.tables)
    cells: dict[tuple[int, int], Box] = {}
    for at, row in enumerate(rows):
        _, top, _, bottom = row.box
        lefts = [left - PADDING for left in row.columns]
        for column, (left, end) in enumerate(pairwise([*lefts, right])):
            cells[at, column] = (left, top, max(left, end), bottom)
        for piece in (piece for line in row.lines for piece in line):
            piece.cell = (number, at, row.places[id(piece)])
    grid = Grid(reduce(union, cells.values()), cells)
    content.tables.append(table_of(content.pieces, number, grid, content.page.number, ruled=False))
