"""Requests and Actions on their way in and out, row by row, and what became of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ExchangeKind(StrEnum):
    """What a row of an exchange is about."""

    REQUESTS = "requests"
    ACTIONS = "actions"
    ACTIVITIES = "activities"


class OnKnown(StrEnum):
    """What is done with a row whose record is here already."""

    SKIP = "skip"
    UPDATE = "update"


class RowAct(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One row as it was handed in: cells by field; an empty cell says nothing."""

    kind: ExchangeKind
    number: int
    """As spreadsheet programs count; in JSON the place in its list, from 1."""
    cells: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading of each field, as it was written."""
    unread: tuple[str, ...] = ()
    """Headings of columns that hold something and name no field."""

    def column(self, name: str) -> str:
        """Return what people call the column of a field."""
        return self.columns.get(name, name)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken in."""

    kind: ExchangeKind
    number: int
    column: str
    """As it was written; empty where it is the whole row."""
    detail: str


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row, or would."""

    kind: ExchangeKind
    number: int
    code: str
    """Of the request or Action; with the number of an activity."""
    act: RowAct
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, as it stands, as it would stand."""


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """What an exchange did, or would do: all of it, or nothing where there is a problem."""

    outcomes: tuple[RowOutcome, ...]
    problems: tuple[RowProblem, ...]
    is_done: bool
    """Whether it was written; False for a trial and where there is a problem."""
    unread: tuple[str, ...] = ()
    """Headings of columns that nobody read, in their order."""

    def count(self, act: RowAct) -> int:
        """Return how many rows have an outcome."""
        return sum(one.act is act for one in self.outcomes)
