"""Grades of an outside collection, in the form of TREC or as three columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from roster.errors import FileRefused, InvalidInput

Grades = dict[tuple[str, str], float]
"""(request, expert) → grade, 0 and more."""
_WIDTHS = (3, 4)
"""Columns of a line."""


def read_grades(path: Path) -> Grades:
    """Read grades, one pair a line: request, expert, grade; TREC has a column before the expert.

    Columns stand apart by tabulators, else by blanks. A first line whose last column is no number
    is a heading. A negative grade, TREC's word for spam, counts 0.

    Raises
    ------
    FileRefused
        The file cannot be opened.
    InvalidInput
        A line has another shape, or a pair is graded twice unlike.
    """
    grades: Grades = {}
    for number, line in enumerate(_lines(path), start=1):
        columns = [part.strip() for part in (line.split("\t") if "\t" in line else line.split())]
        grade = _grade(columns)
        if not columns or (grade is None and number == 1 and len(columns) in _WIDTHS):
            continue
        if grade is None:
            raise InvalidInput(
                f"{path.name}, line {number}: give request, expert and grade, apart by tabulators."
            )
        pair = columns[0], columns[-2]
        if grades.setdefault(pair, grade) != grade:
            raise InvalidInput(
                f"{path.name}, line {number}: this pair was graded {grades[pair]:g} before."
            )
    if not grades:
        raise InvalidInput(f"{path.name} has no grade in it.")
    return grades


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from error
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{path} cannot be opened: {reason}.") from error


def _grade(columns: Sequence[str]) -> float | None:
    if len(columns) not in _WIDTHS:
        return None
    try:
        grade = float(columns[-1])
    except ValueError:
        return None
    return max(grade, 0.0) if math.isfinite(grade) else None
