"""Ruled tables of a PDF page: cells between drawn rules, merged cells once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roster.ingest.pdf.rules import Rule
from roster.ingest.raw import Box

SNAP = 3.0
"""In points: rules as near as this lie on one line, and ends as near as this touch."""
LEAST_OPEN = 3
"""So many upright rules must end at one height for a table to end there without a rule."""
MOST_LINES = 160
"""With more different heights or sides a page is a drawing, not a table."""

Spans = dict[float, list[tuple[float, float]]]
"""Where on each line something is drawn."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its outline and its cells."""

    box: Box
    cells: dict[tuple[int, int], Box]
    """(row, column) → box; a merged cell stands once, at its first place."""

    def columns(self, row: int) -> list[int]:
        """Columns of one row that have a cell of their own."""
        return sorted(column for at, column in self.cells if at == row)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the (row, column) of the cell that holds a point."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return None
        for place, cell in self.cells.items():
            if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                return place
        return None


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the ruled tables among the rules of a page, from the top down.

    A table has a row of two cells at least.
    """
    levels = _joined(rule for rule in rules if rule.level)
    sides = _joined(rule for rule in rules if not rule.level)
    if not 2 <= len(levels) <= MOST_LINES or not 2 <= len(sides) <= MOST_LINES:
        return []
    levels = _closed(levels, sides)
    grids = [_grid(cells) for cells in _touching(_cells(levels, sides))]
    grids = [grid for grid in grids if any(len(grid.columns(row)) > 1 for row, _ in grid.cells)]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def _joined(rules: Iterable[Rule]) -> Spans:
    """Put rules that nearly share a line on one line, and join the pieces that touch."""
    spans: Spans = {}
    at = None
    for rule in sorted(rules, key=lambda rule: rule.at):
        if at is None or rule.at - at > SNAP:
            at = rule.at
        spans.setdefault(at, []).append((rule.start, rule.end))
    return {at: _merged(pieces) for at, pieces in spans.items()}


def _merged(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1] + SNAP:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _closed(levels: Spans, sides: Spans) -> Spans:
    """Add the rules that a page break leaves out where three sides or more begin or end."""
    ends: dict[float, list[float]] = defaultdict(list)
    for x, spans in sides.items():
        for start, end in (spans[0], spans[-1]):
            ends[round(start)].append(x)
            ends[round(end)].append(x)
    closed = dict(levels)
    for at, xs in ends.items():
        sure = len(set(xs)) >= LEAST_OPEN and not any(abs(at - level) <= SNAP for level in levels)
        if sure:
            closed[float(at)] = [(min(xs), max(xs))]
    return closed


def _covers(pieces: list[tuple[float, float]], start: float, end: float) -> bool:
    return any(first - SNAP <= start and end <= last + SNAP for first, last in pieces)


def _cells(levels: Spans, sides: Spans) -> list[Box]:
    """Return the smallest boxes whose four sides are drawn."""
    heights, lefts = sorted(levels), sorted(sides)
    cells: list[Box] = []
    for row, top in enumerate(heights):
        for column, left in enumerate(lefts):
            cell = _cell(heights[row:], lefts[column:], levels, sides)
            if cell is not None and _covers(levels[top], left, left):
                cells.append(cell)
    return cells


def _cell(heights: list[float], lefts: list[float], levels: Spans, sides: Spans) -> Box | None:
    top, left = heights[0], lefts[0]
    for right in lefts[1:]:
        if not _covers(levels[top], left, right):
            return None
        if not _covers(sides[right], top, top + 2 * SNAP):
            continue
        for bottom in heights[1:]:
            if not (_covers(sides[left], top, bottom) and _covers(sides[right], top, bottom)):
                break
            if _covers(levels[bottom], left, right):
                return (left, top, right, bottom)
    return None


def _touching(cells: list[Box]) -> list[list[Box]]:
    """Group cells that share a corner."""
    by_corner: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, (left, top, right, bottom) in enumerate(cells):
        for corner in ((left, top), (left, bottom), (right, top), (right, bottom)):
            by_corner[corner].append(number)
    group = list(range(len(cells)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for numbers in by_corner.values():
        for first, second in pairwise(numbers):
            group[root(first)] = root(second)
    found: dict[int, list[Box]] = defaultdict(list)
    for number, cell in enumerate(cells):
        found[root(number)].append(cell)
    return list(found.values())


def _grid(cells: list[Box]) -> Grid:
    tops = sorted({cell[1] for cell in cells})
    lefts = sorted({cell[0] for cell in cells})
    placed = {(bisect_left(tops, cell[1]), bisect_left(lefts, cell[0])): cell for cell in cells}
    box = (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    return Grid(box, dict(sorted(placed.items())))


def same_columns(first: Grid, second: Grid) -> bool:
    """Whether two tables have their columns at the same places, as one broken over pages has."""
    lefts = [sorted({cell[0] for cell in grid.cells.values()}) for grid in (first, second)]
    near = sum(
        bisect_right(lefts[1], left + SNAP) > bisect_left(lefts[1], left - SNAP)
        for left in lefts[0]
    )
    return near == len(lefts[0]) == len(lefts[1])
