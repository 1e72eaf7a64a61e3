"""What an exchange works on: what is here, what a row changes, what was done and refused so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from roster.exchange_format.fields import FIELDS, Field
from roster.exchange_format.reading import ReadRow, problem
from roster.exchange_format.terms import normal
from roster.policy import Actor
from roster.queries.exchange import cells_of
from roster.read.exchange import ExchangeKind, OnKnown, RowAct, RowOutcome, RowProblem
from roster.tables import Action, Activity, AssistanceRequest
from roster.vocabulary import Origin

_MOVED_ELSEWHERE = "status"


@dataclass(frozen=True, slots=True)
class Orders:
    """How rows are taken in."""

    source: str
    """Which system or file they come from."""
    known: OnKnown
    at: datetime
    is_trial: bool = False
    tidy: Callable[[str], str] = str
    """What the way in did to every cell: what stands here is compared as it would have come."""


@dataclass
class Work:
    """What is here, and what was done so far."""

    session: Session
    actor: Actor
    orders: Orders
    requests: dict[str, AssistanceRequest]
    actions: dict[str, Action]
    outcomes: list[RowOutcome] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    waits: set[str] = field(default_factory=set)
    """Codes of Actions that were refused: what names them is not blamed for it."""

    def refuse(self, one: ReadRow, name: str, detail: str) -> None:
        """Note why a row cannot be taken in."""
        self.problems.append(problem(one.row, name, detail))

    def note(self, one: ReadRow, act: RowAct, changes: Sequence[tuple[str, str, str]] = ()) -> None:
        """Note what becomes of a row."""
        code = one.code
        if one.row.kind is ExchangeKind.ACTIVITIES:
            code = f"{code} {one.values.get('number', '')}".strip()
        self.outcomes.append(RowOutcome(one.row.kind, one.row.number, code, act, tuple(changes)))


def misses(work: Work, one: ReadRow) -> bool:
    """Tell of what a new record needs and the row does not say."""
    missing = [
        each.name for each in FIELDS[one.row.kind] if each.needed and each.name not in one.values
    ]
    for name in missing:
        work.refuse(one, name, "This is new, and needs it: fill the cell.")
    return bool(missing)


def changes_of(
    work: Work, one: ReadRow, row: AssistanceRequest | Action | Activity
) -> list[tuple[Field, str, str]]:
    """Return what a row says otherwise than the record: field, as it stands, as it would stand."""
    fields = [each for each in FIELDS[one.row.kind] if not each.is_own]
    found = []
    for each, stands in zip(fields, cells_of(fields, row, {}).values(), strict=True):
        if each.name not in one.values:
            continue
        given = each.write(one.values[each.name])
        cell = one.row.cells.get(each.name, "")
        held = {normal(stands), normal(work.orders.tidy(stands))}
        if not held & {normal(given), normal(cell)}:
            found.append((each, stands, given))
    return found


def write(
    work: Work, values: Mapping[str, Any], row: AssistanceRequest | Action | Activity
) -> None:
    """Set values on a record."""
    for name, value in values.items():
        setattr(row, name, value)
    work.session.add(row)


def origin_of(work: Work, one: ReadRow) -> dict[str, Any]:
    """Say where a new record comes from; nothing invented becomes anything else by travelling."""
    invented = Origin.SYNTHETIC in {one.values.get("origin"), work.actor.origin}
    return {
        "facility_id": work.actor.facility_id,
        "origin": Origin.SYNTHETIC if invented else Origin.IMPORTED,
        "imported_from": one.values.get("imported_from", work.orders.source),
        "created_at": work.orders.at,
    }


def said_in(one: ReadRow) -> dict[str, Any]:
    """Return what a row says of the columns of its own table."""
    own = {each.name for each in FIELDS[one.row.kind] if each.is_own}
    return {name: value for name, value in one.values.items() if name not in own}


def change_known(
    work: Work, one: ReadRow, row: AssistanceRequest | Action
) -> list[tuple[Field, str, str]]:
    """Change a record that is here, where that is asked for; return what was changed."""
    if work.orders.known is OnKnown.SKIP:
        work.note(one, RowAct.SKIPPED)
        return []
    changes = changes_of(work, one, row)
    for each, stands, given in changes:
        if each.name == _MOVED_ELSEWHERE:
            detail = (
                f"It is {stands} here and {given} in the row. Move it on its own page, where its "
                "steps are kept, or leave the cell empty."
            )
            work.refuse(one, each.name, detail)
    names = [each.name for each, _, _ in changes if each.name != _MOVED_ELSEWHERE]
    write(work, {name: one.values[name] for name in names}, row)
    return changes


def told_of(changes: Sequence[tuple[Field, str, str]]) -> list[tuple[str, str, str]]:
    """Return changes as they are told."""
    return [(each.name, stands, given) for each, stands, given in changes]
