"""Tables of the field's forms drawn without rules: rows and cells told from where words stand.

Only a document that prints the phrases of such a form is looked at: elsewhere words that stand
side by side may as well be columns of text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from roster.ingest.forms.kinds import LABELLED_FORMS, form_of_words
from roster.ingest.pdf.columns import rows_of
from roster.ingest.pdf.dates import is_cut_date
from roster.ingest.pdf.layout import BULLETS, fits
from roster.ingest.pdf.pages import PageContent, table_of
from roster.ingest.pdf.pieces import Piece, is_rtl, union
from roster.ingest.pdf.tables import Grid
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
MOST_ROWS = 0.7
"""Share of what stands between gaps that must look like one row for gaps to set off rows."""

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
    pages = [_Page.of(content) for content in contents if not is_rtl(content.pieces)]
    filled = [whole for page in pages for whole in page.wholes()]
    padded = len(filled) >= LEAST_PADDED and sum(filled) >= MOST_ROWS * len(filled)
    columns: list[float] = []
    for page in pages:
        columns = _add_tables(page, page.rows(padded), columns)


@dataclass(slots=True)
class _Page:
    """Printed lines of a page, in bands between wider gaps."""

    content: PageContent
    bands: list[list[list[Piece]]]
    right: float
    """Side of its last column."""
    pitch: float
    """Distance between the lines of one cell."""

    @classmethod
    def of(cls, content: PageContent) -> _Page:
        lines = rows_of(content.pieces)
        pitch = _pitch(lines)
        bands: list[list[list[Piece]]] = []
        for line in lines:
            if bands and line[0].base - bands[-1][-1][0].base <= ROW_GAP * pitch:
                bands[-1].append(line)
            else:
                bands.append([line])
        right = max((piece.box[2] for piece in content.pieces), default=0.0) + PADDING
        return cls(content, bands, right, pitch)

    def wholes(self) -> list[bool]:
        """For each band with columns, whether it looks like one row."""
        filled = [band for band in self.bands if _is_filled(band)]
        return [len(_tight_rows(band, None)) == 1 for band in filled]

    def rows(self, padded: bool) -> list[_Row]:
        """Return the rows: what stands between gaps, or where rows have no gaps, parts of it."""
        found: list[_Row] = []
        for band in self.bands:
            whole = padded or not _is_filled(band)
            found += (_Row(row) for row in ([band] if whole else _tight_rows(band, self.right)))
        return found


def _words(contents: Sequence[PageContent]) -> str:
    """Return the words line by line, and once more as they stand below each other."""
    found: list[str] = []
    for content in contents:
        found += (" ".join(piece.text for piece in row) for row in rows_of(content.pieces))
        below = sorted(content.pieces, key=lambda piece: (round(piece.box[0] / 4), piece.base))
        found.append(" ".join(piece.text for piece in below))
        found += (word for table in content.tables for row in table.rows for word in row.words)
    return "\n".join(found)


def _add_tables(page: _Page, rows: Sequence[_Row], columns: list[float]) -> list[float]:
    """Add the open tables of a page; return the columns that may go on overleaf."""
    table: list[_Row] = []
    for row in rows:
        near = not table or row.box[1] - table[-1].box[3] <= TABLE_GAP * page.pitch
        known = table[-1].columns if table else columns
        if not (near and _takes_place(row, known)):
            _add(page, table)
            table = []
            _takes_place(row, [])
        if len(set(row.places.values())) > 1 or (table and max(row.places.values()) > 0):
            table.append(row)
        else:
            _add(page, table)
            table, columns = [], []
    _add(page, table)
    content = page.content
    content.pieces = [piece for piece in content.pieces if piece.cell is None]
    return table[-1].columns if table else []


def _pitch(lines: Sequence[list[Piece]]) -> float:
    """Return the distance between the lines of one cell; 0 where no line is below another."""
    found: list[float] = []
    for line, after in pairwise(lines):
        steps = [
            below.base - piece.base
            for piece in line
            for below in after
            if below.below(piece) and below.base > piece.base
        ]
        found += steps[:1]
    return sorted(found)[int(PITCH * len(found))] if found else 0.0


def _is_filled(band: Sequence[list[Piece]]) -> bool:
    return any(len(_joined(line)) > 1 for line in band)


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


def _tight_rows(band: Sequence[list[Piece]], right: float | None) -> list[list[list[Piece]]]:
    """Cut lines without gaps: all cells of a row begin on its first line.

    Parameters
    ----------
    band : lines below each other
    right : side of the last column; None cuts only where a column begins again
    """
    rows: list[list[list[Piece]]] = []
    columns: list[float] = []
    above: dict[int, Piece] = {}
    for line in band:
        spans = _joined(line)
        below = _placed(line, columns)
        if below is None or not above or _begins_row(above, below, columns, right):
            rows.append([])
        rows[-1].append(line)
        if below is None:
            columns = [left for left, _ in spans] if len(spans) > 1 else []
            below = _placed(line, columns) or {}
        above = below
    return rows


def _placed(line: Sequence[Piece], columns: Sequence[float]) -> dict[int, Piece] | None:
    """Return the last piece of each column; None where a piece stands in none of them."""
    places = [_place(span, columns) for span in _joined(line)]
    if not columns or None in places or len(set(places)) < len(places):
        return None
    edges = _joined(line)
    return {places[_column(piece, edges)] or 0: piece for piece in line}


def _begins_row(
    above: Mapping[int, Piece],
    below: Mapping[int, Piece],
    columns: Sequence[float],
    right: float | None,
) -> bool:
    if not set(below) <= set(above):
        return True
    if right is None or 0 not in below:
        return False
    if any(is_cut_date(above[at].text.strip(), piece.text.strip()) for at, piece in below.items()):
        return False
    sides = [*columns[1:], right]
    return all(fits(above[at], piece, sides[at] - 2 * PADDING) for at, piece in below.items())


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


def _add(page: _Page, rows: Sequence[_Row]) -> None:
    """Add rows to a page as a table."""
    if not rows:
        return
    content = page.content
    number = len(content.tables)
    cells: dict[tuple[int, int], Box] = {}
    for at, row in enumerate(rows):
        _, top, _, bottom = row.box
        lefts = [left - PADDING for left in row.columns]
        for column, (left, end) in enumerate(pairwise([*lefts, page.right])):
            cells[at, column] = (left, top, max(left, end), bottom)
        for piece in (piece for line in row.lines for piece in line):
            piece.cell = (number, at, row.places[id(piece)])
    grid = Grid(reduce(union, cells.values()), cells)
    content.tables.append(table_of(content.pieces, number, grid, content.page.number, ruled=False))
