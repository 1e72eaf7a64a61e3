"""What publications print of a facility, beside what its records give."""

from __future__ import annotations

from sqlmodel import Session

from roster.counting.figure_rules import RULES
from roster.counting.printed_tables import (
    PrintedLine,
    compared_line,
    in_order,
    only_in_print,
    only_printed,
    state_lines,
    unprinted_lines,
)
from roster.policy import Actor, Permission, require
from roster.queries.actions import fact_sheets
from roster.queries.figures import comparison_of, counted_records


def printed_lines(session: Session, actor: Actor) -> tuple[PrintedLine, ...]:
    """Return every printed figure of the facility beside the same computed from its own rows.

    Empty where nothing about the facility was printed. A figure whose rule this version does not
    know is left out.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_REPORTS)
    printed = fact_sheets(session, actor, "printed_figure")
    if not printed:
        return ()
    records = counted_records(session, actor)
    lines = [
        compared_line(sheet.code, comparison_of(sheet, records))
        for sheet in printed
        if sheet.content["rule"] in RULES
    ]
    lines += unprinted_lines(records.actions)
    lines = only_in_print(lines, _only(session, actor))
    for sheet in fact_sheets(session, actor, "printed_states"):
        experts = {code: n for code, n in sheet.content.items() if isinstance(n, int)}
        lines += state_lines(records.actions, experts)
    return in_order(lines)


def _only(session: Session, actor: Actor) -> list[PrintedLine]:
    found = []
    for sheet in fact_sheets(session, actor, "printed_only"):
        value = sheet.content["printed"]
        shown = value if isinstance(value, int | float | str) else ""
        found.append(only_printed(sheet.code, sheet.title, shown, str(sheet.content["why"])))
    return found
