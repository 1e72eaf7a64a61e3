"""Printed lines out of the pieces of a PDF page: cells of a row, wrapped lines, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

from roster.ingest.pdf.columns import is_heading, reading_order, rows_of
from roster.ingest.pdf.dates import beside_entries, is_cut_date, with_whole_titles
from roster.ingest.pdf.levels import with_level_rows
from roster.ingest.pdf.pieces import Piece, is_rtl, union
from roster.ingest.raw import BREAK, CELL, Box, RawLine

LEAST_BESIDE = 5
"""From so many pieces on, what stands to the right is a column of its own."""
FEW_LINES = 12
"""With fewer lines the longest one shows the margin; with more, single ones may stick out."""
BULLETS = "•▪●◦‣–-*➢✓■□○→·"
SHORT = 40
"""Letters; shorter lines that end at one right side are set flush to it."""
_OPENS_AN_ENTRY = re.compile(
    r"(?:(?:0?[1-9]|1[0-2])[./])?(?:19|20)\d\d\s?[–—-]\s?"
    r"(?:(?:(?:0?[1-9]|1[0-2])[./])?(?:19|20)\d\d|[^\W\d_]{3,12})\s*[|:\t]\s*\S"
)
"""Two years and a bar or a colon behind them begin a line of their own."""
_ADDRESS = re.compile(r"@|://|www\.|\.(?:com|org|net|eu)/|\+\d[\d ()/.-]{6,}")


@dataclass(slots=True)
class _Row:
    """One printed line in the making; its pieces stand in the order of reading."""

    pieces: list[Piece]

    @property
    def box(self) -> Box:
        return reduce(union, (piece.box for piece in self.pieces))

    @property
    def printed(self) -> Box:
        return reduce(union, (piece.printed or piece.box for piece in self.pieces))

    @property
    def last(self) -> Piece:
        return self.pieces[-1]

    @property
    def height(self) -> float:
        return max(piece.height for piece in self.pieces)

    @property
    def text(self) -> str:
        words = [piece.text.strip() for piece in self.pieces]
        if len(words) > 1 and len(words[0]) in {1, 2} and not words[0][0].isalnum():
            words[:2] = [f"{words[0]} {words[1]}"]
        return CELL.join(words)


def lines_of_page(
    pieces: Sequence[Piece], page: int, tables: Sequence[Sequence[RawLine]] = ()
) -> list[RawLine]:
    """Return the printed lines of a page in the order of reading, wrapped lines marked.

    Parameters
    ----------
    pieces : those outside of tables, and one for each table with its number in `row`
    page : counted from 1
    tables : the lines of each table
    """
    lines: list[RawLine] = []
    for region in reading_order(pieces):
        if lines:
            lines.append(RawLine("", page))
        lines += _lines_of_region(region, page, tables)
    return lines


def _lines_of_region(
    pieces: list[Piece], page: int, tables: Sequence[Sequence[RawLine]]
) -> list[RawLine]:
    turned = is_rtl(pieces)
    # Mirrored, what is written from right to left is laid out like the rest.
    placed = [replace(piece, box=_mirrored(piece.box)) for piece in pieces] if turned else pieces
    printed = with_whole_titles(with_level_rows(rows_of(beside_entries(placed))))
    rows = [_Row(row) for row in printed]
    lines: list[RawLine] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.last.row is not None:
            lines += tables[row.last.row]
        else:
            box = _mirrored(row.printed) if turned else row.printed
            wraps = after is not None and _wraps(row, after, rows)
            lines.append(RawLine(row.text, page, box, wraps))
        if after is not None and _is_apart(row, after):
            lines.append(RawLine("", page))
    return lines


def _mirrored(box: Box) -> Box:
    return (-box[2], box[1], -box[0], box[3])


def _is_apart(row: _Row, after: _Row) -> bool:
    gap = after.box[1] - row.box[3]
    least = min(min(piece.height for piece in each.pieces) for each in (row, after))
    return gap > 0.9 * least or after.box[3] < row.box[1]


def _wraps(row: _Row, after: _Row, rows: Sequence[_Row]) -> bool:
    last, first = row.last, after.pieces[0]
    if len(after.pieces) > 1 or first.row is not None or _starts_afresh(first.text):
        return False
    if _ADDRESS.search(last.text) or _ADDRESS.search(first.text) or is_heading(last.text.strip()):
        return False
    gap = first.box[1] - last.box[3]
    if gap > 0.6 * last.height or gap < -0.5 * last.height:
        return False
    if not 0.85 < last.height / first.height < 1.18 or not first.below(last):
        return False
    start = last.box[0]
    if not _is_under(start, last, first):
        return False
    return not fits(last, first, _right_edge(start, last, rows))


def _is_under(start: float, last: Piece, first: Piece) -> bool:
    """Whether a line begins where the next line of a paragraph may."""
    shift = (first.box[0] - start) / last.height
    if last.text[0] in BULLETS:
        return -0.6 <= shift <= 3
    if shift < -0.6 and abs(first.box[2] - last.box[2]) < 1 and len(last.text) < SHORT:
        return False
    return -3 <= shift <= 0.6


def _right_edge(start: float, last: Piece, rows: Sequence[_Row]) -> float:
    near = 4 * last.height
    rights = sorted(row.last.box[2] for row in rows if abs(row.last.box[0] - start) < near)
    beside = sum(row.last.box[0] > last.box[2] + near for row in rows)
    if beside < LEAST_BESIDE or len(rights) < FEW_LINES:
        return rights[-1]
    return rights[int(0.9 * (len(rights) - 1))]


def _starts_afresh(text: str) -> bool:
    head = text.split(maxsplit=1)[0]
    numbered = head[0].isdigit() and head.endswith((".", ")"))
    return head[0] in BULLETS or numbered or _OPENS_AN_ENTRY.match(text) is not None


def fits(row: Piece, after: Piece, right_edge: float) -> bool:
    """Whether the first word below would have found room on this line."""
    word = after.text.split(maxsplit=1)[0]
    width = (after.box[2] - after.box[0]) * (len(word) + 1) / max(1, len(after.text))
    return right_edge - row.box[2] > width


def cell_text(pieces: Sequence[Piece], right_edge: float) -> str:
    """Return the text of one table cell: wrapped lines joined, true line breaks marked."""
    rows = [
        replace(
            row[0],
            text=" ".join(piece.text.strip() for piece in row),
            box=reduce(union, (piece.box for piece in row)),
        )
        for row in map(_in_order, rows_of(pieces))
    ]
    text = rows[0].text.strip() if rows else ""
    for row, after in pairwise(rows):
        wraps = not _starts_afresh(after.text) and not fits(row, after, right_edge)
        wraps = wraps or is_cut_date(row.text.strip(), after.text.strip())
        hyphen = wraps and text.endswith("-") and after.text[:1].islower()
        text = text[:-1] if hyphen else text + (" " if wraps else BREAK)
        text += after.text.strip()
    return text


def _in_order(row: list[Piece]) -> list[Piece]:
    return row[::-1] if is_rtl(row) else row
