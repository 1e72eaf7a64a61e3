"""Dates printed beside entries over two lines or half-way down: joined, and put on the first line.

Only what stands in a column of its own beside other text is moved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from roster.ingest.pdf.pieces import Piece, union

MOST_OF_A_DATE = 24
"""Letters; the parts of a span of dates over two lines are no longer."""
LEAST_DATES = 2
"""So many spans of dates under each other are a column."""
ON_BASE = 1.5
"""In points: baselines as near as this are one."""
CENTRED = 2.5
"""In points: as near as this, the middles of two blocks are on one height."""
_OPEN_END = re.compile(r"(?:[–—|/-]|(?<!\w)(?:to|au?|al|bis|until))$", re.IGNORECASE)
_OPEN_START = re.compile(r"^(?:[–—|/-]|(?:to|au?|al|bis|until)\b)", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\d{1,2}[./]\d{2}|^\W{1,2}$")
_DASH = re.compile(r"(?: *\|)+ *")


def is_cut_date(first: str, second: str) -> bool:
    """Whether a span of dates goes on in the line below."""
    if max(len(first), len(second)) > MOST_OF_A_DATE or not _DATED.search(first):
        return False
    return bool(_OPEN_END.search(first) or _OPEN_START.search(second))


def beside_entries(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a region, each span of dates on the line that its entry begins with."""
    blocks = _date_blocks(pieces)
    moved = {id(piece) for block in blocks for piece in block}
    others = [piece for piece in pieces if id(piece) not in moved]
    # Where one stands between the lines beside it, dates are set half-way down their entries.
    centred = not all(_aligned(block, others) for block in blocks)
    return [*others, *(_joined(block, _entry(block, others, centred)) for block in blocks)]


def _aligned(block: Sequence[Piece], others: Sequence[Piece]) -> bool:
    return any(abs(piece.base - block[0].base) < ON_BASE for piece in others)


def _date_blocks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return short dated pieces, those together that are parts of one span."""
    narrow = [
        piece
        for piece in sorted(pieces, key=lambda piece: piece.middle)
        if piece.row is None
        and len(piece.text.strip()) <= MOST_OF_A_DATE
        and (_DATED.search(piece.text.strip()) or _may_close(piece.text.strip()))
    ]
    blocks: list[list[Piece]] = []
    for piece in narrow:
        for block in reversed(blocks[-4:]):
            if _goes_on(block, piece):
                block.append(piece)
                break
        else:
            if _DATED.search(piece.text.strip()):
                blocks.append([piece])
    blocks = [block for block in blocks if re.search(r"\d", block[0].text)]
    return [block for block in blocks if len(block) > 1 or _is_in_column(block, blocks)]


def _may_close(text: str) -> bool:
    return len(text) <= 14 and len(text.split()) <= 2


def _goes_on(block: Sequence[Piece], piece: Piece) -> bool:
    last = block[-1]
    words = " ".join(each.text.strip() for each in block)
    if not piece.below(last) or len(words) > 2 * MOST_OF_A_DATE:
        return False
    near = -0.6 * piece.height < piece.box[1] - last.box[3] < piece.height
    more = piece.text.strip()
    return near and bool(_OPEN_END.search(words) or _OPEN_START.search(more))


def _is_in_column(block: Sequence[Piece], blocks: Sequence[Sequence[Piece]]) -> bool:
    edges = [_outline(other) for other in blocks]
    left, _, right, _ = _outline(block)
    near = sum(abs(edge[0] - left) < 1.5 or abs(edge[2] - right) < 1.5 for edge in edges)
    return near >= LEAST_DATES


def _outline(block: Sequence[Piece]) -> tuple[float, float, float, float]:
    return reduce(union, (piece.box for piece in block))


def _entry(block: Sequence[Piece], others: Sequence[Piece], centred: bool) -> Piece | None:
    """Return the first line of the entry that some dates stand beside."""
    box = _outline(block)
    beside = [
        piece
        for piece in others
        if (piece.box[0] >= box[2] - 1 or piece.box[2] <= box[0] + 1) and piece.row is None
    ]
    lines = sorted(beside, key=lambda piece: piece.box[1])
    for entry in _blocks(lines):
        top, bottom = entry[0].box[1], max(piece.box[3] for piece in entry)
        if top <= (box[1] + box[3]) / 2 <= bottom:
            return _line_of(block, entry, (top + bottom) / 2 if centred else None)
    return None


def _blocks(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Cut lines into blocks at the gaps between them."""
    blocks = [[lines[0]]] if lines else []
    for before, after in pairwise(lines):
        if after.box[1] - before.box[3] > 0.4 * after.height:
            blocks.append([after])
        else:
            blocks[-1].append(after)
    return blocks


def _line_of(block: Sequence[Piece], entry: Sequence[Piece], middle: float | None) -> Piece | None:
    box = _outline(block)
    if middle is not None and abs((box[1] + box[3]) / 2 - middle) <= CENTRED:
        return entry[0]
    return next((piece for piece in entry if abs(piece.base - block[0].base) < ON_BASE), None)


def _joined(block: Sequence[Piece], line: Piece | None) -> Piece:
    box = _outline(block)
    words = _DASH.sub(" – ", " ".join(piece.text.strip() for piece in block))
    if len(block) == 1 and (line is None or abs(line.base - block[0].base) < ON_BASE):
        return block[0]
    if line is None:
        return replace(block[0], text=words, box=box, marks=[])
    beside = (box[0], line.box[1], box[2], line.box[3])
    return replace(block[0], text=words, box=beside, base=line.base, marks=[], printed=box)


def with_whole_titles(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return printed rows with titles made whole that wrap beside dates on their right."""
    kept: list[list[Piece]] = []
    for row in rows:
        above = kept[-1] if kept else []
        if len(row) == 1 and len(above) == 2 and _wraps_beside(above, row[0], rows):
            title = above[0]
            box = union(title.printed or title.box, row[0].printed or row[0].box)
            words = f"{title.text.strip()} {row[0].text.strip()}"
            kept[-1] = [replace(title, text=words, marks=[], printed=box), above[1]]
        else:
            kept.append(row)
    return kept


def _wraps_beside(row: list[Piece], after: Piece, rows: Sequence[list[Piece]]) -> bool:
    title, dates = row
    if not re.search(r"\d", dates.text) or abs(after.box[0] - title.box[0]) > 1.5:
        return False
    if after.box[1] - title.box[3] > 0.5 * title.height or abs(after.size - title.size) > 0.3:
        return False
    lefts = [other[-1].box[0] for other in rows if len(other) == 2]
    limit = min(left for left in lefts if left >= title.box[2] - 1)
    word = after.text.split(maxsplit=1)[0]
    width = (after.box[2] - after.box[0]) * (len(word) + 1) / max(1, len(after.text))
    return limit - title.box[2] < width
