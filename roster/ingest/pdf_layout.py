"""Printed lines out of the letters of a PDF page: order, gaps that are cells, wrapped lines."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from roster.ingest.cleaning import ACCENTS
from roster.ingest.raw import BREAK, CELL, Box, RawLine

WORD_GAP = 0.22
"""Of the letter height: a wider gap is a space."""
CELL_GAP = 1.6
"""Of the letter height: a wider gap stands between columns or cells."""
LEAST_BESIDE = 5
"""From so many pieces on, what stands to the right is a column of its own."""
FEW_LINES = 12
"""With fewer lines the longest one shows the margin; with more, single ones may stick out."""
BULLETS = "•▪●◦‣–-*➢✓■□"


@dataclass(frozen=True, slots=True)
class Letter:
    """One character with its place; `cell` is the table cell that it stands in."""

    text: str
    box: Box
    cell: tuple[int, int, int] | None = None
    """(table, row, column)."""


@dataclass(slots=True)
class Piece:
    """Letters on one baseline without a wide gap."""

    text: str
    box: Box
    cell: tuple[int, int, int] | None = None

    @property
    def height(self) -> float:
        """In points."""
        return max(1.0, self.box[3] - self.box[1])

    def on_line_of(self, other: Piece) -> bool:
        """Whether both stand on one baseline."""
        overlap = min(self.box[3], other.box[3]) - max(self.box[1], other.box[1])
        return overlap > 0.5 * min(self.height, other.height)

    def below(self, other: Piece) -> bool:
        """Whether it stands under the other in the same column."""
        return self.box[0] < other.box[2] and self.box[2] > other.box[0]


def with_accents(letters: Sequence[Letter]) -> list[Letter]:
    """Put accents that are drawn over a letter, and told far from it, onto that letter."""
    placed = list(letters)
    dropped: set[int] = set()
    for index, accent in enumerate(letters):
        if accent.text not in ACCENTS:
            continue
        middle = (accent.box[0] + accent.box[2]) / 2
        for other in range(max(0, index - 300), min(len(placed), index + 3)):
            composed = _accented(placed[other], accent, middle)
            if other != index and composed is not None:
                placed[other] = composed
                dropped.add(index)
                break
    return [letter for index, letter in enumerate(placed) if index not in dropped]


def _accented(letter: Letter, accent: Letter, middle: float) -> Letter | None:
    box = letter.box
    over = box[0] <= middle <= box[2] and min(box[3], accent.box[3]) > max(box[1], accent.box[1])
    if not over or not letter.text.isalpha():
        return None
    base = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
    text = unicodedata.normalize("NFC", base + ACCENTS[accent.text])
    return Letter(text, box, letter.cell) if len(text) == 1 else None


def pieces_of(letters: Sequence[Letter]) -> list[Piece]:
    """Group letters, in the order of the file, into pieces."""
    pieces: list[Piece] = []
    current: Piece | None = None
    for letter in letters:
        if letter.text in "\r\n":
            current = None
            continue
        if letter.text.isspace():
            if current is not None and not current.text.endswith(" "):
                current.text += " "
            continue
        if current is None or not _continues(current, letter):
            current = Piece(letter.text, letter.box, letter.cell)
            pieces.append(current)
            continue
        gap = letter.box[0] - current.box[2]
        if gap > WORD_GAP * current.height and not current.text.endswith(" "):
            current.text += " "
        current.text += letter.text
        current.box = union(current.box, letter.box)
    return [piece for piece in pieces if piece.text.strip()]


def _continues(piece: Piece, letter: Letter) -> bool:
    if piece.cell != letter.cell:
        return False
    middle = (letter.box[1] + letter.box[3]) / 2
    if not piece.box[1] - 1 <= middle <= piece.box[3] + 1:
        return False
    reach = CELL_GAP * piece.height
    return piece.box[0] - reach < letter.box[2] and letter.box[0] < piece.box[2] + reach


def union(first: Box, second: Box) -> Box:
    """Return the smallest box around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def order_is_doubtful(pieces: Sequence[Piece]) -> bool:
    """Whether the order of the file disagrees with what a reader's eye would do.

    Either lines of one column come out of order, or two columns of running text take turns.
    """
    jumps = sum(
        after.below(before) and after.box[3] < before.box[1] - before.height
        for before, after in itertools.pairwise(pieces)
    )
    if jumps >= 3 and jumps > len(pieces) * 0.06:
        return True
    return _columns_take_turns(pieces)


def _columns_take_turns(pieces: Sequence[Piece]) -> bool:
    pairs = [
        (left, right)
        for left, right in itertools.pairwise(pieces)
        if right.on_line_of(left) and right.box[0] > left.box[2] + CELL_GAP * left.height
    ]
    if len(pairs) < 6:
        return False
    gutter = sorted(right.box[0] for _, right in pairs)[len(pairs) // 2]
    inside = [pair for pair in pairs if abs(pair[1].box[0] - gutter) < pair[1].height]
    if len(inside) < 6:
        return False
    full = [_share_of_full([pair[side] for pair in inside]) for side in (0, 1)]
    return min(full) > 0.4


def _share_of_full(column: Sequence[Piece]) -> float:
    left = min(piece.box[0] for piece in column)
    right = max(piece.box[2] for piece in column)
    filled = sum(piece.box[2] > left + 0.75 * (right - left) for piece in column)
    wordy = sum(len(piece.text.split()) >= 3 for piece in column)
    return min(filled, wordy) / len(column)


def lines_of(
    pieces: Sequence[Piece], page: int, among: Sequence[Piece] | None = None
) -> list[RawLine]:
    """Return printed lines: pieces on one baseline joined as cells, wrapped lines marked.

    Parameters
    ----------
    pieces : in reading order
    page : counted from 1
    among : all pieces of the page outside tables, which show how far its lines reach
    """
    rows: list[Piece] = []
    for piece in pieces:
        last = rows[-1] if rows else None
        if last is not None and piece.on_line_of(last) and piece.box[0] >= last.box[2] - 1:
            last.text = last.text.rstrip() + CELL + piece.text
            last.box = union(last.box, piece.box)
        else:
            rows.append(Piece(piece.text, piece.box, piece.cell))
    return _with_paragraphs(rows, page, among or rows)


def _with_paragraphs(rows: Sequence[Piece], page: int, among: Sequence[Piece]) -> list[RawLine]:
    lines: list[RawLine] = []
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else None
        wraps = after is not None and _wraps(row, after, _right_edge(row, among))
        lines.append(RawLine(row.text, page, row.box, wraps))
        if after is not None and _is_apart(row, after):
            lines.append(RawLine("", page))
    return lines


def _is_apart(row: Piece, after: Piece) -> bool:
    gap = after.box[1] - row.box[3]
    return gap > 0.9 * min(row.height, after.height) or after.box[3] < row.box[1]


def _right_edge(row: Piece, rows: Sequence[Piece]) -> float:
    near = 4 * row.height
    rights = sorted(other.box[2] for other in rows if abs(other.box[0] - row.box[0]) < near)
    beside = sum(other.box[0] > row.box[2] + near for other in rows)
    if beside < LEAST_BESIDE or len(rights) < FEW_LINES:
        return rights[-1]
    return rights[int(0.9 * (len(rights) - 1))]


def _wraps(row: Piece, after: Piece, right_edge: float) -> bool:
    gap = after.box[1] - row.box[3]
    if CELL in row.text or CELL in after.text or gap > 0.6 * row.height or gap < -0.5 * row.height:
        return False
    same_size = 0.85 < row.height / after.height < 1.18
    if not same_size or not after.below(row) or _starts_afresh(after.text):
        return False
    if after.box[0] < row.box[0] - 3 * row.height or after.box[0] > row.box[0] + 3 * row.height:
        return False
    return not _fits(row, after, right_edge)


def _starts_afresh(text: str) -> bool:
    head = text.split(maxsplit=1)[0]
    return head[0] in BULLETS or (head[0].isdigit() and head.endswith((".", ")")))


def _fits(row: Piece, after: Piece, right_edge: float) -> bool:
    """Whether the first word below would have found room on this line."""
    word = after.text.split(maxsplit=1)[0]
    width = (after.box[2] - after.box[0]) * (len(word) + 1) / max(1, len(after.text))
    return right_edge - row.box[2] > width


def cell_text(pieces: Sequence[Piece], right_edge: float) -> str:
    """Return the text of one table cell: wrapped lines joined, true line breaks marked."""
    rows: list[Piece] = []
    for piece in pieces:
        if rows and piece.on_line_of(rows[-1]) and piece.box[0] >= rows[-1].box[2] - 1:
            rows[-1].text = f"{rows[-1].text.rstrip()} {piece.text}"
            rows[-1].box = union(rows[-1].box, piece.box)
        else:
            rows.append(Piece(piece.text, piece.box, piece.cell))
    text = ""
    for number, row in enumerate(rows):
        text += row.text.strip()
        if number + 1 < len(rows):
            after = rows[number + 1]
            wraps = not _starts_afresh(after.text) and not _fits(row, after, right_edge)
            hyphen = wraps and text.endswith("-") and after.text[:1].islower()
            text = text[:-1] if hyphen else text + (" " if wraps else BREAK)
    return text
