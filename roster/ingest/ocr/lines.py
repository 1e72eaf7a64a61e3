"""Recognised words as printed lines: wide gaps become cells, lines that go on below are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from roster.ingest.ocr.tesseract import Word
from roster.ingest.raw import CELL, Box, RawLine

CELL_GAP = 1.5
"""Of the height of a line: a wider gap stands between cells."""
FAR = 0.9
"""Of the height of a line: more space than this above a line begins something new."""

_BULLET = re.compile(r"^(?:[*+°¢«»•●▪■□◦‣➢✓©®]|[eo](?= [A-ZÀ-Ý0-9]))\s*(?=\S)")


def lines_of_words(words: Iterable[Word], page: int) -> list[RawLine]:
    """Return the lines of a page in the order in which its words were recognised.

    Parameters
    ----------
    words : in reading order, their boxes in points
    page : counted from 1
    """
    rows = [list(row) for _, row in groupby(words, key=lambda word: word.line)]
    rows = _joined(rows)
    height = _usual_height(rows)
    lines: list[RawLine] = []
    for row in rows:
        line = _line(row, page, height)
        if lines and lines[-1].box and line.box and _is_apart(lines[-1].box, line.box, height):
            lines.append(RawLine("", page))
        lines.append(line)
    return _with_wraps(lines, height)


def _joined(rows: list[list[Word]]) -> list[list[Word]]:
    """Join what stands beside each other on one line but was recognised as two blocks."""
    joined: list[list[Word]] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and _is_beside(_around(last), _around(row)):
            last += row
        else:
            joined.append(row)
    return joined


def _is_beside(left: Box, right: Box) -> bool:
    shared = min(left[3], right[3]) - max(left[1], right[1])
    least = min(left[3] - left[1], right[3] - right[1])
    most = max(left[3] - left[1], right[3] - right[1])
    return right[0] >= left[2] and shared > 0.6 * least and most < 2.5 * least


def _usual_height(rows: Sequence[Sequence[Word]]) -> float:
    heights = sorted(box[3] - box[1] for row in rows for box in [_around(row)])
    return max(1.0, heights[len(heights) // 2]) if heights else 1.0


def _line(row: Sequence[Word], page: int, height: float) -> RawLine:
    text = row[0].text
    for before, word in pairwise(row):
        gap = max(word.box[0] - before.box[2], before.box[0] - word.box[2])
        text += (CELL if gap > CELL_GAP * height else " ") + word.text
    clear = min((word.clear for word in row if any(map(str.isalnum, word.text))), default=1.0)
    return RawLine(_BULLET.sub("• ", text), page, _around(row), clearness=round(clear, 2))


def _around(words: Sequence[Word]) -> Box:
    return (
        min(word.box[0] for word in words),
        min(word.box[1] for word in words),
        max(word.box[2] for word in words),
        max(word.box[3] for word in words),
    )


def _is_apart(above: Box, below: Box, height: float) -> bool:
    return below[1] - above[3] > FAR * height or below[3] < above[1]


def _with_wraps(lines: list[RawLine], height: float) -> list[RawLine]:
    if not lines:
        return []
    edge = max((line.box[2] for line in lines if line.box), default=0.0)
    return [
        replace(line, wraps=True) if after and _wraps(line, after, edge, height) else line
        for line, after in zip(lines, [*lines[1:], None], strict=True)
    ]


def _wraps(line: RawLine, after: RawLine, edge: float, height: float) -> bool:
    """Whether the first word below would not have found room on this line, of running text."""
    if not line.box or not after.box or CELL in after.text or after.text.startswith("•"):
        return False
    start = line.box[0] if CELL not in line.text else after.box[0]
    if abs(after.box[0] - start) > 3 * height or not _same_type(line.box, after.box):
        return False
    word = after.text.split(maxsplit=1)[0]
    width = (after.box[2] - after.box[0]) * (len(word) + 1) / max(1, len(after.text))
    return edge - line.box[2] < width and len(line.text) > 30 and CELL not in line.text


def _same_type(line: Box, after: Box) -> bool:
    return 0.7 < (line[3] - line[1]) / max(0.1, after[3] - after[1]) < 1.45
