"""Rows of an exchange read cell by cell: values by field, or what is wrong and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from roster.dates import PartialDate
from roster.exchange_format.fields import FIELDS
from roster.exchange_format.terms import Unreadable
from roster.read.exchange import ExchangeKind, ExchangeRow, RowProblem


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row with its values; a field about which nothing is said is absent."""

    row: ExchangeRow
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The code that it goes by; empty where it could not be read."""
        name = "action" if self.row.kind is ExchangeKind.ACTIVITIES else "code"
        return str(self.values.get(name, ""))

    @property
    def key(self) -> tuple[str, int]:
        """Action and number of an activity; code and 0 of everything else."""
        return self.code, int(self.values.get("number", 0))


def problem(row: ExchangeRow, field: str, detail: str) -> RowProblem:
    """Return what is wrong with a row; `field` is empty where it is the whole row."""
    return RowProblem(row.kind, row.number, row.column(field) if field else "", detail)


def read_rows(rows: Iterable[ExchangeRow]) -> tuple[list[ReadRow], list[RowProblem]]:
    """Read every row; a row with a problem is read as far as it goes."""
    read, problems = [], []
    for row in rows:
        one, wrong = _read_row(row)
        read.append(one)
        problems += wrong
    return read, [*problems, *_twice(read)]


def _read_row(row: ExchangeRow) -> tuple[ReadRow, list[RowProblem]]:
    values: dict[str, Any] = {}
    problems = []
    for field in FIELDS[row.kind]:
        text = row.cells.get(field.name, "").strip()
        if not text:
            continue
        try:
            values[field.name] = field.read(text)
        except Unreadable as error:
            problems.append(problem(row, field.name, str(error)))
    one = ReadRow(row, values)
    return one, [*problems, *_unnamed(one), *_impossible(one)]


def _unnamed(one: ReadRow) -> list[RowProblem]:
    """Tell of a row that names no record."""
    needed = ("action", "number") if one.row.kind is ExchangeKind.ACTIVITIES else ("code",)
    return [
        problem(one.row, name, "Say which it is: this cell is empty.")
        for name in needed
        if not one.row.cells.get(name, "").strip()
    ]


def _impossible(one: ReadRow) -> list[RowProblem]:
    found = []
    starts, ends = one.values.get("starts"), one.values.get("ends")
    if starts is not None and ends is not None and _last(ends) < _first(starts):
        found.append(problem(one.row, "ends", f"It ends ({ends}) before it starts ({starts})."))
    women, people = one.values.get("women"), one.values.get("participants")
    if women is not None and people is not None and women > people:
        found.append(
            problem(one.row, "women", f"More women ({women}) than participants ({people}).")
        )
    return found


def _first(day: date | PartialDate) -> date:
    return day.first_day if isinstance(day, PartialDate) else day


def _last(day: date | PartialDate) -> date:
    return day.last_day if isinstance(day, PartialDate) else day


def _twice(read: Sequence[ReadRow]) -> list[RowProblem]:
    """Tell of requests and Actions that stand in the rows more than once."""
    named = [one for one in read if one.row.kind is not ExchangeKind.ACTIVITIES and one.code]
    counts = Counter((one.row.kind, one.code) for one in named)
    seen: set[tuple[ExchangeKind, str]] = set()
    found = []
    for one in named:
        key = (one.row.kind, one.code)
        if counts[key] > 1 and key in seen:
            detail = f"The code {one.code} stands in an earlier row as well. Leave one of them."
            found.append(problem(one.row, "code", detail))
        seen.add(key)
    return found
