"""Which countries may ask and were never served: told by name, those first."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from roster.counting.eligible import eligible_table
from roster.counting.facts import ActionFact, ReportFacts, ReportScope, RequestFact
from roster.counting.tables import tables_of
from roster.read.reports import ReportTable
from roster.vocabulary import ActionStatus, Origin, ReportOutcome, ReportTableCode

ELIGIBLE = ("BJ", "GH", "GN", "TG")


def asked(*countries: str) -> RequestFact:
    return RequestFact(
        uuid4(),
        "A request",
        Origin.REAL,
        ReportOutcome.OPEN,
        None,
        (),
        (),
        None,
        None,
        None,
        countries,
    )


def action(status: ActionStatus, *countries: str) -> ActionFact:
    return ActionFact(
        uuid4(), "a", "A", Origin.REAL, status, None, (), (), (), None, None, served=countries
    )


def figures(table: ReportTable) -> list[tuple[str, list[float | None]]]:
    return [(row.key, [cell.value for cell in row.cells]) for row in table.rows]


def test_who_was_never_served_stands_first_and_a_cancelled_action_serves_nobody() -> None:
    requests = (asked("GN"), asked("GH", "TG"))
    done = action(ActionStatus.COMPLETED, "GH", "BJ")
    cancelled = action(ActionStatus.CANCELLED, "TG")
    facts = ReportFacts(requests, (done, cancelled), ELIGIBLE)
    table = eligible_table(facts, ReportScope(), requests, (cancelled,))
    assert figures(table) == [
        ("GN", [1, 0, 0]),
        ("TG", [1, 0, 0]),
        ("BJ", [0, 0, 1]),
        ("GH", [1, 0, 1]),
    ]
    ever = table.cell("GH", "actions_ever")
    assert ever is not None
    assert [row.id for row in ever.rows] == [done.id]


def test_another_origin_serves_nobody_and_a_region_shows_its_own_countries() -> None:
    invented = replace(action(ActionStatus.COMPLETED, "BJ"), origin=Origin.SYNTHETIC)
    facts = ReportFacts((), (invented,), ("BJ", "PE"))
    table = eligible_table(facts, ReportScope(region="Africa"), (), ())
    assert figures(table) == [("BJ", [0, 0, 0])]


def test_where_any_country_may_ask_no_such_table_stands() -> None:
    codes = [[one.code for one in tables_of(ReportFacts(eligible=who), ReportScope())[0]]
             for who in ((), ELIGIBLE)]  # fmt: skip
    assert [ReportTableCode.ELIGIBLE in one for one in codes] == [False, True]
