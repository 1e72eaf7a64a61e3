"""Language levels printed each under a label of several lines: one row of labels, one of levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from roster.ingest.pdf.pieces import Piece, union

LEAST_COLUMNS = 3
MOST_ROWS = 5
MOST_ABOVE = 2.5
"""Of the letter height: how far the language's name may stand above its levels."""
LONG_NAME = 30
_LEVEL = re.compile(r"^(?:[ABC] ?[12]|-)$")

Rows = Sequence[list[Piece]]


def with_level_rows(rows: Rows) -> list[list[Piece]]:
    """Return printed rows with the rows of such grids put straight."""
    kept: list[list[Piece]] = []
    at = 0
    while at < len(rows):
        size, pair = _grid(rows[at : at + MOST_ROWS])
        if pair and kept and _names_language(kept[-1], pair[0]):
            name = kept.pop()[0]
            pair = [[_blank(name, pair[0][0]), *pair[0]], [_beside(name, pair[1][0]), *pair[1]]]
        kept += pair or [rows[at]]
        at += size
    return kept


def _names_language(row: list[Piece], labels: list[Piece]) -> bool:
    """Whether a row is one short name that stands close above a grid."""
    name = row[0]
    close = labels[0].box[1] - name.box[3] < MOST_ABOVE * name.height
    return len(row) == 1 and close and len(name.text) <= LONG_NAME and ":" not in name.text


def _blank(name: Piece, label: Piece) -> Piece:
    edge = label.box[0] - 1
    box = (min(name.box[0], edge), label.box[1], edge, label.box[3])
    return replace(label, text="", box=box, marks=[])


def _beside(name: Piece, level: Piece) -> Piece:
    box = (name.box[0], level.box[1], min(name.box[2], level.box[0] - 1), level.box[3])
    return replace(name, box=box, base=level.base, marks=[], printed=name.box)


def _grid(rows: Rows) -> tuple[int, list[list[Piece]]]:
    """Return how many rows a grid takes, and its two rows; one and none where there is no grid."""
    first = rows[0]
    if len(first) < LEAST_COLUMNS or any(_is_level(piece) for piece in first):
        return 1, []
    columns = [[piece] for piece in first]
    for size, row in enumerate(rows[1:], start=2):
        for piece in row:
            column = _column(piece, columns)
            if column is None or _is_level(column[-1]):
                return 1, []
            column.append(piece)
        if all(_is_level(column[-1]) for column in columns):
            return size, _straight(columns)
    return 1, []


def _is_level(piece: Piece) -> bool:
    return _LEVEL.match(piece.text.strip()) is not None


def _column(piece: Piece, columns: Sequence[list[Piece]]) -> list[Piece] | None:
    middle = (piece.box[0] + piece.box[2]) / 2
    return next(
        (column for column in columns if _outline(column)[0] <= middle <= _outline(column)[2]),
        None,
    )


def _outline(column: Sequence[Piece]) -> tuple[float, float, float, float]:
    return reduce(union, (piece.box for piece in column))


def _straight(columns: Sequence[list[Piece]]) -> list[list[Piece]]:
    labels = [
        replace(
            column[0],
            text=" ".join(piece.text.strip() for piece in column[:-1]),
            box=_outline(column[:-1]),
            marks=[],
        )
        for column in columns
    ]
    low = max(column[-1].box[1] for column in columns)
    levels = [
        replace(
            column[-1],
            box=(column[-1].box[0], low, column[-1].box[2], low + column[-1].height),
            printed=column[-1].box,
        )
        for column in columns
    ]
    return [labels, levels]
