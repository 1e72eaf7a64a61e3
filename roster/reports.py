"""The facility's own figures for any period, region and theme; few people are told of inside only.

Whoever is no officer or coordinator of the facility gets no figure of fewer than five people, and
the rows of no figure that counts people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.counting.facts import ReportScope
from roster.counting.few import is_few, kept_back, tells_rest
from roster.counting.tables import Chosen, action_row, count, request_row, tables_of
from roster.errors import FieldError, InvalidInput, NotFound
from roster.policy import Actor, Permission, require
from roster.queries.experts import rows_by_id, visible_ids
from roster.queries.reports import report_facts
from roster.read.reports import CountedRow, Report, ReportCell, ReportRow, ReportTable
from roster.tables import Facility
from roster.vocabulary import CountedKind, ReportTableCode

_COUNT_PEOPLE = {
    ReportTableCode.ACTIVITY_TYPES: ("participants", "women", "deployments"),
    ReportTableCode.PARTICIPANTS: ("participants", "women"),
    ReportTableCode.EXPERT_STATES: ("people", "deployments", "first_timers"),
    ReportTableCode.EXPERT_KINDS: ("people", "deployments", "first_timers"),
    ReportTableCode.RESPONSES: ("asked", "answered"),
}
"""Columns whose figures are numbers of people, by table."""
_FOLLOWS = {ReportTableCode.RESPONSES: ("percent", ("asked", "answered"))}
"""Columns from which a figure that is kept back could be computed."""
_PART_OF = {"women": "participants", "first_timers": "people"}
"""Columns that count part of another one: the rest of it is a figure, too."""
_PERSONS = frozenset({CountedKind.EXPERT, CountedKind.DEPLOYMENT})


@dataclass(frozen=True, slots=True)
class CountedRows:
    """The records behind one figure."""

    cell: ReportCell
    names: Mapping[UUID, str]
    """Names of the people among them, as far as the reader may know them."""


def facilities_of(session: Session, actor: Actor) -> tuple[Facility, ...]:
    """Return the facilities whose reports an actor may read, by name."""
    granted = {
        grant.facility_id
        for grant in actor.grants
        if replace(actor, facility_id=grant.facility_id).may(Permission.READ_REPORTS)
    }
    rows = session.exec(
        select(Facility)
        .where(col(Facility.id).in_(granted | {actor.facility_id}))
        .order_by(col(Facility.name), col(Facility.id))
    )
    return tuple(rows)


def in_facility(session: Session, actor: Actor, code: str | None) -> Actor:
    """Return the actor as she works in another of her facilities; None is the present one.

    Raises
    ------
    NotFound
        There is none of this code whose reports she may read.
    """
    if not code:
        return actor
    for facility in facilities_of(session, actor):
        if facility.code == code:
            return replace(actor, facility_id=facility.id)
    raise NotFound("There is no such facility among those whose reports you may read.")


def build_report(session: Session, actor: Actor, scope: ReportScope, *, now: datetime) -> Report:
    """Count everything of a scope in the actor's facility.

    Raises
    ------
    NotAllowed
    InvalidInput
        The period ends before it begins.
    """
    require(actor, Permission.READ_REPORTS)
    if scope.first and scope.last and scope.last < scope.first:
        detail = "The period ends before it begins. Give the earlier day first."
        raise InvalidInput(detail, (FieldError("/until", detail),))
    facts = report_facts(session, actor, today=now.date())
    tables, chosen = tables_of(facts, scope)
    hides = not actor.is_inside
    facility = session.get_one(Facility, actor.facility_id)
    return Report(
        facility=facility.name,
        tables=tuple(map(_outside, tables)) if hides else tables,
        left_out=chosen.left_out,
        totals=_totals(chosen, hides=hides),
        hides_few=hides,
    )


def _totals(chosen: Chosen, *, hides: bool) -> tuple[tuple[str, ReportCell], ...]:
    people = dict.fromkeys(one.expert_id for _, one in chosen.deployments)
    sent = count(CountedRow(CountedKind.EXPERT, one, "") for one in people)
    if not people:
        sent = ReportCell(None)  # Nobody wrote a deployment down: that is not nobody sent.
    return (
        ("requests", count(map(request_row, chosen.requests))),
        ("actions", count(map(action_row, chosen.actions))),
        (
            "activities",
            count(
                CountedRow(CountedKind.ACTIVITY, part.id, part.title, action.code)
                for action, part in chosen.activities
            ),
        ),
        ("people", _kept_back(sent) if hides else sent),
    )


def _outside(table: ReportTable) -> ReportTable:
    """Return a table as it is told outside the facility."""
    rows = _without_rest(table)
    for name in _COUNT_PEOPLE.get(table.code, ()):
        rows = _without_few(rows, table.columns.index(name))
    follows, sources = _FOLLOWS.get(table.code, ("", ()))
    if follows:
        rows = tuple(_without_following(table, row, follows, sources) for row in rows)
    return replace(table, rows=rows)


def _without_rest(table: ReportTable) -> tuple[ReportRow, ...]:
    """Keep back parts from which a rest of few people could be computed."""
    counted = _COUNT_PEOPLE.get(table.code, ())
    rows = table.rows
    for part, whole in _PART_OF.items():
        if part in counted and whole in counted:
            at, of = table.columns.index(part), table.columns.index(whole)
            rows = tuple(
                replace(row, cells=_replaced(row.cells, at, _told(row.cells[at], is_few=tells)))
                for row in rows
                for tells in [tells_rest(row.cells[at].value, row.cells[of].value)]
            )
    return rows


def _without_few(rows: tuple[ReportRow, ...], at: int) -> tuple[ReportRow, ...]:
    """Keep back figures under five, and more where they could be computed."""
    few = kept_back([row.cells[at].value for row in rows])
    return tuple(
        replace(row, cells=_replaced(row.cells, at, _told(row.cells[at], is_few=place in few)))
        for place, row in enumerate(rows)
    )


def _told(cell: ReportCell, *, is_few: bool) -> ReportCell:
    return ReportCell(None, is_hidden=True) if is_few else replace(cell, rows=())


def _kept_back(cell: ReportCell) -> ReportCell:
    return _told(cell, is_few=is_few(cell.value))


def _without_following(
    table: ReportTable, row: ReportRow, follows: str, sources: tuple[str, ...]
) -> ReportRow:
    if not any(row.cells[table.columns.index(name)].is_hidden for name in sources):
        return row
    at = table.columns.index(follows)
    return replace(row, cells=_replaced(row.cells, at, ReportCell(None, is_hidden=True)))


def _replaced(cells: tuple[ReportCell, ...], at: int, cell: ReportCell) -> tuple[ReportCell, ...]:
    return (*cells[:at], cell, *cells[at + 1 :])


def counted_rows(
    session: Session,
    actor: Actor,
    report: Report,
    figure: tuple[str, str, str],
    *,
    now: datetime,
) -> CountedRows:
    """Return the records that one figure of a report counts; a look at people is written down.

    Parameters
    ----------
    figure : table, line and column by code; ("totals", name, "") is a headline figure

    Raises
    ------
    NotFound
        The report has no such figure, or tells it without its rows.
    """
    cell = _figure(report, *figure)
    if cell is None or cell.is_hidden:
        raise NotFound("This report has no such figure, or it is told without what it counts.")
    wanted = {row.id for row in cell.rows if row.kind in _PERSONS}
    seen = wanted & set(visible_ids(session, actor, Permission.READ_REPORTS)) if wanted else set()
    people = rows_by_id(session, sorted(seen))
    records.log_views(session, actor, sorted(seen), what="report", purpose=":".join(figure), at=now)
    return CountedRows(cell, {key: row.display_name for key, row in people.items()})


def _figure(report: Report, table: str, row: str, column: str) -> ReportCell | None:
    if table == "totals":
        return dict(report.totals).get(row)
    found = next((one for one in report.tables if one.code.value == table), None)
    return found.cell(row, column) if found else None
