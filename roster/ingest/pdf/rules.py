"""The straight rules drawn on a PDF page, from which its tables are made."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from roster.ingest.pdf.letters import Frame

MOST_PATHS = 4_000
MOST_SEGMENTS = 400
"""A path with more parts is a drawing."""
THIN = 2.5
"""In points: a box not thicker than this is a rule."""
LEAST_RULE = 5.0

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: level ones lie at `at` = y from `start` to `end` in x, others turned."""

    level: bool
    at: float
    start: float
    end: float


def rules_of(page: Any) -> list[Rule]:
    """Return the level and upright rules of a page as shown; none where there are too many."""
    frame = Frame.of(page)
    rules: list[Rule] = []
    budget = MOST_PATHS
    for corners, matrix in _paths(page.raw, _SAME, 0):
        budget -= 1
        if budget < 0:
            return []
        points = [frame.point(*_moved(point, matrix)) for point in corners]
        rules += _rules(points)
    return rules


def _paths(
    holder: Any, matrix: Matrix, depth: int
) -> Iterator[tuple[list[tuple[float, float]], Matrix]]:
    count, get = (
        (pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject)
        if depth == 0
        else (pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject)
    )
    for index in range(count(holder)):
        thing = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(thing)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            corners = _corners(thing)
            if corners:
                yield corners, _product(_matrix(thing), matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 3:
            yield from _paths(thing, _product(_matrix(thing), matrix), depth + 1)


def _corners(path: Any) -> list[tuple[float, float]]:
    """Return the points of a path of straight parts; infinite ones stand between its pieces."""
    count = pdfium_c.FPDFPath_CountSegments(path)
    if not 2 <= count <= MOST_SEGMENTS:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    first = (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            points.append((float("inf"), float("inf")))
            first = point
        elif kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            points.append((float("inf"), float("inf")))
        points.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(first)
    return points


def _matrix(thing: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    x, y = point
    if x == float("inf"):
        return point
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def _rules(points: list[tuple[float, float]]) -> Iterator[Rule]:
    known = [point for point in points if abs(point[0]) != float("inf")]
    if not known:
        return
    xs, ys = [x for x, _ in known], [y for _, y in known]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    if tall <= THIN and wide >= LEAST_RULE:
        yield Rule(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
        return
    if wide <= THIN and tall >= LEAST_RULE:
        yield Rule(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))
        return
    for (x, y), (to_x, to_y) in pairwise(points):
        if float("inf") in (abs(x), abs(to_x)):
            continue
        if abs(y - to_y) < 0.5 and abs(x - to_x) >= LEAST_RULE:
            yield Rule(True, (y + to_y) / 2, min(x, to_x), max(x, to_x))
        elif abs(x - to_x) < 0.5 and abs(y - to_y) >= LEAST_RULE:
            yield Rule(False, (x + to_x) / 2, min(y, to_y), max(y, to_y))
