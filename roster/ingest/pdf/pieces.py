"""Letters of a PDF page grouped into pieces: what stands on one baseline without a wide gap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from roster.ingest.pdf.bidi import holds_turned, is_turned, straightened
from roster.ingest.pdf.letters import Letter
from roster.ingest.raw import Box

WORD_GAP = 0.22
"""Of the letter height: a wider gap is a space."""
CELL_GAP = 1.6
"""Of the letter height: a wider gap stands between columns or cells."""
TURNED_GAP = 0.7
"""The same for Arabic and Hebrew, whose boxes are higher."""
NARROW_GAP = 0.5
"""Of the letter height: as wide a gap is a cell's edge where other lines begin at its end."""
LEAST_BEGUN = 3
"""So many lines must begin at one place for it to be the left side of a column; behind dates,
one line less."""
LEAST_SHARE = 0.6
"""Of the height of a piece: a lower letter counts as high as this."""
SAME_BASE = 0.2
"""Of the letter height: letters as near as this stand on one baseline."""
LEAST_SPACED = 4
"""From so many letters on, single letters with gaps are a word in spaced type."""

_DATED = re.compile(r"^[^\d]{0,20}\d.*\d\d\W*$|^[^\d]{0,10}(?:19|20)\d\d\b.{0,20}$")


@dataclass(slots=True)
class Piece:
    """Letters on one baseline without a wide gap."""

    text: str
    box: Box
    base: float = 0.0
    cell: tuple[int, int, int] | None = None
    marks: list[tuple[int, float, float]] = field(default_factory=list)
    """For each letter: its offset in the text, its left and its right side."""
    size: float = 0.0
    """Of its font, in points; 0 where it is not known."""
    row: int | None = None
    """Set where the piece stands for a row of a ruled table."""
    printed: Box | None = None
    """Where it stands in truth, once `box` says beside which line it is read."""

    @property
    def height(self) -> float:
        """In points."""
        return max(1.0, self.box[3] - self.box[1])

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.box[1] + self.box[3]) / 2

    def on_line_of(self, other: Piece) -> bool:
        """Whether both stand on one line: one baseline, or more than half of the height shared."""
        least = min(self.height, other.height)
        if abs(self.base - other.base) <= SAME_BASE * least:
            return True
        overlap = min(self.box[3], other.box[3]) - max(self.box[1], other.box[1])
        return overlap > 0.6 * least

    def below(self, other: Piece) -> bool:
        """Whether it stands under the other in the same column."""
        return self.box[0] < other.box[2] and self.box[2] > other.box[0]


def union(first: Box, second: Box) -> Box:
    """Return the smallest box around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def is_rtl(pieces: Iterable[Piece]) -> bool:
    """Whether more letters are Hebrew or Arabic than are not."""
    return is_turned(piece.text for piece in pieces)


def pieces_of(letters: Sequence[Letter]) -> list[Piece]:
    """Group letters, in the order of the file, into pieces."""
    pieces: list[Piece] = []
    current: Piece | None = None
    for letter in letters:
        if letter.text in "\r\n":
            current = None
        elif letter.text.isspace():
            if current is not None and not current.text.endswith(" "):
                current.text += " "
        elif current is None or not _continues(current, letter):
            current = Piece("", letter.box, letter.base, letter.cell, size=letter.size)
            pieces.append(current)
            _add(current, letter)
        else:
            _add(current, letter)
    found = _glued([piece for piece in pieces if piece.text.strip()])
    turned = is_rtl(found)
    for piece in found:
        if holds_turned(piece.text) or (turned and not any(map(str.isalpha, piece.text))):
            gap = WORD_GAP * (piece.size or piece.height)
            piece.text, piece.marks = straightened(piece.text, piece.marks, gap)
    return found if turned else _cut_at_columns([_unspaced(piece) for piece in found])


def _add(piece: Piece, letter: Letter) -> None:
    left, top, right, bottom = letter.box
    text, old = piece.text, piece.box
    gap = left - old[2]
    if gap > 0 and text and text[-1] != " " and gap > WORD_GAP * piece.height:
        text += " "
    piece.marks.append((len(text), left, right))
    piece.text = text + letter.text
    if left >= old[0] and top >= old[1] and bottom <= old[3]:
        if right > old[2]:  # The common case: one more letter on the line.
            piece.box = (old[0], old[1], right, old[3])
    else:
        piece.box = union(old, letter.box)


def _continues(piece: Piece, letter: Letter) -> bool:
    if piece.cell != letter.cell:
        return False
    left, top, right, bottom = letter.box
    first, above, end, below = piece.box
    if abs(letter.base - piece.base) >= 1.0:
        middle = (top + bottom) / 2
        if not above - 1 <= middle <= below + 1:
            return False
    turned = holds_turned(piece.text) or holds_turned(letter.text)
    whole = piece.height
    if not turned and piece.marks[-1][1] < left <= end + CELL_GAP * LEAST_SHARE * whole:
        return True  # The common case: the next letter on the line.
    height = min(whole, max(bottom - top, LEAST_SHARE * whole))
    reach = TURNED_GAP * letter.size if turned else CELL_GAP * height
    if left >= end + reach or right <= first - reach:
        return False
    # What is written from left to right and jumps back was drawn later, as a cell of its own.
    onward = left > piece.marks[-1][1] - 0.5 * whole
    return onward or turned


def _glued(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours on one baseline that the file tells far from each other."""
    by_line = sorted(pieces, key=lambda piece: (piece.cell or (), round(piece.base), piece.box[0]))
    gone: set[int] = set()
    for first, second in pairwise(by_line):
        if not _touch(first, second):
            continue
        gap = second.box[0] - first.box[2]
        spaced = gap > WORD_GAP * min(first.height, second.height)
        # The joined words stay in the second, so that a third can be joined to it.
        blank = " " if spaced and not first.text.endswith(" ") else ""
        head = first.text + blank
        moved = [(at + len(head), left, right) for at, left, right in second.marks]
        second.marks = first.marks + moved
        second.text = head + second.text
        second.box = union(first.box, second.box)
        gone.add(id(first))
    return [piece for piece in pieces if id(piece) not in gone]


def _touch(first: Piece, second: Piece) -> bool:
    if first.cell != second.cell or abs(first.base - second.base) > 1.0:
        return False
    least = min(first.height, second.height)
    turned = holds_turned(first.text + second.text)
    if least < 0.7 * max(first.height, second.height) and not turned:
        return False
    gap = second.box[0] - first.box[2]
    return -0.3 * least < gap < (TURNED_GAP * first.size if turned else NARROW_GAP * least)


def _unspaced(piece: Piece) -> Piece:
    """Close the gaps of `E X P E R I E N C E`, keeping those between its words."""
    words = piece.text.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    if single < LEAST_SPACED or single < 0.8 * len(words) or len(piece.marks) < LEAST_SPACED:
        return piece
    gaps = [after[1] - before[2] for before, after in pairwise(piece.marks)]
    widest = 1.5 * max(median(gaps), 0.0) + 0.12 * piece.height
    text, marks = "", []
    for gap, (at, left, right) in zip([0.0, *gaps], piece.marks, strict=True):
        text += " " if gap > widest else ""
        marks.append((len(text), left, right))
        text += piece.text[at]
    piece.text, piece.marks = text, marks
    return piece


def _cut_at_columns(pieces: list[Piece]) -> list[Piece]:
    """Cut pieces where a gap wider than a space ends at the left side of a column."""
    lefts = sorted(piece.box[0] for piece in pieces if piece.cell is None)
    return [part for piece in pieces for part in _parts(piece, lefts)]


def _parts(piece: Piece, lefts: Sequence[float]) -> list[Piece]:
    if piece.cell is not None:
        return [piece]
    cuts: list[int] = []
    for number, (before, after) in enumerate(pairwise(piece.marks), start=1):
        if after[1] - before[2] <= NARROW_GAP * piece.height:
            continue
        dated = not cuts and _DATED.search(piece.text[: after[0]])
        if _begun(lefts, after[1]) >= LEAST_BEGUN - bool(dated):
            cuts.append(number)
    if not cuts or len(piece.text[: piece.marks[cuts[0]][0]].strip("•–-*○◦▪ ")) < 2:
        return [piece]
    edges = [0, *cuts, len(piece.marks)]
    return [_part(piece, first, last) for first, last in pairwise(edges)]


def _begun(lefts: Sequence[float], left: float) -> int:
    """Count the pieces that begin at one place."""
    return bisect_left(lefts, left + 1.0) - bisect_left(lefts, left - 1.0)


def _part(piece: Piece, first: int, last: int) -> Piece:
    inside = piece.marks[first:last]
    start = inside[0][0]
    end = piece.marks[last][0] if last < len(piece.marks) else len(piece.text)
    box = (
        min(left for _, left, _ in inside),
        piece.box[1],
        max(right for _, _, right in inside),
        piece.box[3],
    )
    marks = [(at - start, left, right) for at, left, right in inside]
    return Piece(piece.text[start:end].rstrip(), box, piece.base, piece.cell, marks)
