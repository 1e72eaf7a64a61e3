"""The order in which an eye reads the pieces of a page: columns one after the other.

What stands side by side is read row by row, as dates beside entries and labels beside values are,
unless it shows that both sides are texts of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from roster.ingest.pdf.pieces import Piece, is_rtl
from roster.ingest.wording.headings import find_heading

BIN = 2.0
"""In points: gutters are looked for in steps of this width."""
LEAST_GUTTER = 2
"""In steps."""
MOST_DEPTH = 8
FEW_HEAD_LINES = 4
HEAD_LINES = 8
"""A name and the address beside it take no more lines."""
LEAST_LINES = 2
"""On each side of a gutter between columns."""
MOST_TRIED = 12
"""Gutters judged at one level, the most promising first."""
LONG_LIST = 6
"""A side with so many lines close under each other is no column of labels."""
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d{2,4}|\b\d{1,2}/\d{2}\b")

Rows = list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A gutter at `x`, free from `top` to `bottom`."""

    x: float
    top: float
    bottom: float


def reading_order(pieces: Sequence[Piece], depth: int = 0) -> Rows:
    """Return the regions of a page in the order of reading, each with its pieces from the top."""
    cut = _best_cut(pieces) if depth < MOST_DEPTH else None
    if cut is None:
        ordered = sorted(pieces, key=lambda piece: (piece.middle, piece.box[0]))
        return [ordered] if ordered else []
    edge = _head_edge(pieces, cut)
    parts = _at_sides(pieces, cut) if edge is None else _at_edge(pieces, edge)
    return [region for part in parts for region in reading_order(part, depth + 1)]


def _at_sides(pieces: Sequence[Piece], cut: Cut) -> Rows:
    parts: list[list[Piece]] = [[], [], [], []]
    for piece in pieces:
        parts[_side(piece, cut)].append(piece)
    if is_rtl(pieces):
        parts[1], parts[2] = parts[2], parts[1]
    return parts


def _at_edge(pieces: Sequence[Piece], edge: float) -> Rows:
    return [
        [piece for piece in pieces if (piece.middle > edge) is below] for below in (False, True)
    ]


def _head_edge(pieces: Sequence[Piece], cut: Cut) -> float | None:
    """Return where the head of a page ends, a name with an address beside it: None without one.

    Either the address ends soon, with a gap in the other column below it; or both columns go on
    with headings on one line; or one column begins above the other with few lines.
    """
    sides = [rows_of([piece for piece in pieces if _side(piece, cut) == side]) for side in (1, 2)]
    edges = [_above_headings(*sides), _below_address(*sides), _above_one_side(*sides)]
    for edge in edges:
        if edge is None or any(piece.box[1] < edge < piece.middle for piece in pieces):
            continue
        if all(_at_edge(pieces, edge)):
            return edge
    return None


def _above_headings(left_rows: Rows, right_rows: Rows) -> float | None:
    for left in left_rows[1 : HEAD_LINES + 1]:
        for right in right_rows[1 : HEAD_LINES + 1]:
            if abs(left[0].base - right[0].base) < 2 and _headings([left]) and _headings([right]):
                return min(left[0].box[1], right[0].box[1]) - 0.5
    return None


def _below_address(left_rows: Rows, right_rows: Rows) -> float | None:
    few, many = sorted((left_rows, right_rows), key=lambda rows: rows[-1][0].box[3])
    end = few[-1][0].box[3]
    if len(few) > HEAD_LINES or _headings(few):
        return None
    for before, after in pairwise(many[LEAST_LINES - 1 : HEAD_LINES + 1]):
        gap = after[0].box[1] - before[0].box[3]
        if after[0].box[1] >= end - 1 and gap > 0.5 * after[0].height:
            return after[0].box[1] - 0.5
    return None


def _above_one_side(left_rows: Rows, right_rows: Rows) -> float | None:
    high, low = sorted((left_rows, right_rows), key=lambda rows: rows[0][0].box[1])
    edge = None
    for number, (before, after) in enumerate(pairwise(high[: FEW_HEAD_LINES + 1]), start=1):
        gap = after[0].box[1] - before[0].box[3]
        free = before[0].box[3] <= low[0][0].box[1] + 1 and gap > 0.5 * after[0].height
        if free and not _headings(high[:number]):
            edge = min(after[0].box[1], low[0][0].box[1]) - 0.5
    return edge


def _side(piece: Piece, cut: Cut) -> int:
    """0 above, 1 left, 2 right, 3 below."""
    if piece.middle < cut.top:
        return 0
    if piece.middle > cut.bottom:
        return 3
    return 1 if (piece.box[0] + piece.box[2]) / 2 < cut.x else 2


def _best_cut(pieces: Sequence[Piece]) -> Cut | None:
    if len(pieces) < 2 * LEAST_LINES:
        return None
    places = sorted(((piece.box[0] + piece.box[2]) / 2, piece.middle) for piece in pieces)
    bands: dict[tuple[float, float], list[float]] = {}
    ranked: dict[tuple[float, float, int], tuple[float, Cut]] = {}
    for cut in _gutters(pieces):
        band = cut.top, cut.bottom
        if band not in bands:
            bands[band] = [x for x, y in places if cut.top <= y <= cut.bottom]
        inside = bands[band]
        left = bisect_left(inside, cut.x)
        least = min(left, len(inside) - left)
        if least >= LEAST_LINES:
            ranked[(*band, left)] = least * (cut.bottom - cut.top), cut
    best = sorted(ranked.values(), key=lambda found: -found[0])[:MOST_TRIED]
    return next((cut for _, cut in best if _parts_columns(pieces, cut)), None)


def _gutters(pieces: Sequence[Piece]) -> Iterator[Cut]:
    """Yield the free stretches between what crosses each narrow upright strip."""
    first = min(piece.box[0] for piece in pieces)
    count = int((max(piece.box[2] for piece in pieces) - first) / BIN) + 1
    crossing: list[list[tuple[float, float]]] = [[] for _ in range(count + LEAST_GUTTER)]
    for piece in sorted(pieces, key=lambda piece: piece.box[1]):
        span = piece.box[1], piece.box[3]
        begin = int((piece.box[0] - first) / BIN) - LEAST_GUTTER + 1
        for strip in range(max(0, begin), int((piece.box[2] - first - 0.5) / BIN) + 1):
            crossing[strip].append(span)
    top = min(piece.box[1] for piece in pieces) - 1
    bottom = max(piece.box[3] for piece in pieces) + 1
    least = 2 * median(piece.height for piece in pieces)
    known: set[tuple[float, float, int]] = set()
    for strip, spans in enumerate(crossing[:count]):
        x = first + (strip + LEAST_GUTTER / 2) * BIN
        at = top
        for start, end in [*spans, (bottom, bottom)]:
            if start - at >= least and (at, start, strip // 4) not in known:
                known.add((at, start, strip // 4))
                yield Cut(x, at, start)
            at = max(at, end)


def _parts_columns(pieces: Sequence[Piece], cut: Cut) -> bool:
    """Whether the two sides of a gutter are read one after the other."""
    left = rows_of([piece for piece in pieces if _side(piece, cut) == 1])
    right = rows_of([piece for piece in pieces if _side(piece, cut) == 2])
    few, many = sorted((left, right), key=len)
    if len(few) < LEAST_LINES:
        return False
    if any(row[0].row is not None for row in few):
        return True
    aligned = _aligned(few, many)
    if _beside(few, many) < 0.5 or _is_dates(few, many, aligned):
        return False
    if _headings(few) > 0.6 * len(few):
        return False
    heads = max(_headings(few), _set_larger(few))
    both = heads < 0.6 * len(few) and max(_headings(many), _set_larger(many)) > 0
    if both and (heads > 1 or (heads > 0 and aligned < 0.8)):
        return True
    return not _is_labels(few, many, aligned) and _are_texts(few, many, aligned)


def _is_dates(few: Rows, many: Rows, aligned: float) -> bool:
    dated, others = _share(few, _DATE.search), _share(many, _DATE.search)
    return aligned > 0.7 and dated > 0.4 and others < 0.4


def _are_texts(few: Rows, many: Rows, aligned: float) -> bool:
    """Whether both sides go their own way: lines of their own, words of their own."""
    if aligned < 0.5:
        return True
    wordy = _share(few, _is_wordy), _share(many, _is_wordy)
    if min(wordy) > 0.5:
        return True
    return len(few) >= LONG_LIST and _close(few) > 0.6 and wordy[1] > 0.5 and aligned < 0.9


def rows_of(pieces: Sequence[Piece]) -> Rows:
    """Return the pieces of each printed line, lines from the top, pieces from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.box[0])):
        for row in reversed(rows[-3:]):
            if piece.row is None and all(_may_share(piece, other) for other in row):
                row.append(piece)
                break
        else:
            rows.append([piece])
    rows.sort(key=lambda row: min(piece.base for piece in row))
    return [sorted(row, key=lambda piece: piece.box[0]) for row in rows]


def _may_share(piece: Piece, other: Piece) -> bool:
    apart = piece.box[0] >= other.box[2] - 1 or piece.box[2] <= other.box[0] + 1
    return other.row is None and apart and piece.on_line_of(other)


def _text(row: list[Piece]) -> str:
    return " ".join(piece.text.strip() for piece in row)


def _share(rows: Rows, test: Callable[[str], object]) -> float:
    return sum(bool(test(_text(row))) for row in rows) / len(rows)


def _is_wordy(text: str) -> bool:
    return len(text) > 24 and len(text.split()) >= 4


def _headings(rows: Rows) -> int:
    return sum(len(row) == 1 and is_heading(row[0].text.strip()) for row in rows)


def _set_larger(rows: Rows) -> int:
    """Count short lines in larger letters than most, as headings in any language are."""
    usual = median(row[0].size for row in rows)
    return sum(
        len(row) == 1 and len(row[0].text) <= 40 and row[0].size > 1.12 * usual > 0 for row in rows
    )


@lru_cache(maxsize=2048)
def is_heading(text: str) -> bool:
    """Whether some words are a heading that is known, and nothing more."""
    if len(text) > 60:
        return False
    found = find_heading(text)
    return found is not None and found[1] == len(text)


def _aligned(few: Rows, many: Rows) -> float:
    """Share of the shorter side's lines that have a baseline in common with the other."""
    bases = [row[0].base for row in many]
    hits = sum(
        any(abs(row[0].base - base) <= max(1.0, 0.1 * row[0].height) for base in bases)
        for row in few
    )
    return hits / len(few)


def _beside(few: Rows, many: Rows) -> float:
    """Share of the shorter side's lines that have something of the other beside them."""
    spans = [(row[0].box[1], row[0].box[3]) for row in many]
    hits = 0
    for row in few:
        top, bottom = row[0].box[1], row[0].box[3]
        shared = max(min(bottom, end) - max(top, start) for start, end in spans)
        hits += shared > 0.25 * (bottom - top)
    return hits / len(few)


def _is_labels(few: Rows, many: Rows, aligned: float) -> bool:
    """Whether the shorter side is dates, labels or places of the entries on the other."""
    if _share(few, lambda text: len(text) <= 40) < 0.8:
        return False
    dated = _share(few, _DATE.search)
    labelled = _share(few, lambda text: text.endswith(":"))
    if dated > 0.4 and len(few) <= 0.75 * len(many) and _share(many, _DATE.search) < 0.4:
        return True
    if max(dated, labelled) > 0.5 and aligned > 0.5:
        return True
    return aligned >= 0.75 and (_close(few) <= 0.6 or _share(many, _is_wordy) < 0.4)


def _close(rows: Rows) -> float:
    """Share of lines that stand close under the one above."""
    if len(rows) < 2:
        return 0.0
    near = sum(
        after[0].box[1] - before[0].box[3] < 0.7 * after[0].height
        for before, after in pairwise(rows)
    )
    return near / (len(rows) - 1)
