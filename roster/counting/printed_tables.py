"""Printed figures beside those computed: each agrees, is explained, or cannot be computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from roster.counting import figures
from roster.counting.figure_rules import Comparison
from roster.counting.figures import ActionFacts
from roster.vocabulary import ActivityType, Intervention

_LOST = "The book shows it in a graph whose values are not written out."
_PERSONS = "The book counts persons; its annex names the countries of experts, Action by Action."
_AGAIN = (
    " It is named in more Actions than the book counts experts: one person served several times, "
    "or some were no officials."
)
_NOT_IN_ANNEX = "The book's table counts its experts, the annex names it in no Action."
_NOT_IN_TABLE = "The annex names it, the book's table of experts does not."


class PrintedGroup(StrEnum):
    """What the figures of a group are about, in the order of the page."""

    REQUESTS = "requests"
    ACTIONS = "actions"
    REGIONS = "regions"
    AREAS = "areas"
    ACTIVITY_TYPES = "activity_types"
    INTERVENTIONS = "interventions"
    STATES = "states"
    EXPERTS = "experts"
    OTHER = "other"


class PrintedState(StrEnum):
    """How a printed figure stands to the records."""

    AGREES = "agrees"
    EXPLAINED = "explained"
    NOT_RECOMPUTABLE = "not_recomputable"
    NOT_PRINTED = "not_printed"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One figure as printed and as computed."""

    group: PrintedGroup
    key: str
    """Name of the figure, or the code that it is about: a topic area, a type, a country."""
    label: str
    """In English; empty where the key says it."""
    printed: float | str | None
    computed: float | None
    state: PrintedState
    why: str = ""
    rule: str = ""


_GROUPS = {
    PrintedGroup.REQUESTS: (
        "requests_", "joint_requests", "countries_requesting", "regional_organisations",
    ),
    PrintedGroup.ACTIONS: ("completed_actions", "ongoing_actions", "all_actions"),
    PrintedGroup.REGIONS: ("region_", "percent_africa"),
    PrintedGroup.AREAS: ("protection_actions", "data_countries"),
    PrintedGroup.ACTIVITY_TYPES: ("activities_",),
    PrintedGroup.EXPERTS: ("experts_", "eu_ms_represented", "triangular_"),
}  # fmt: skip


def group_of(figure: str) -> PrintedGroup:
    """Return the group that a figure stands in, by its name."""
    for group, starts in _GROUPS.items():
        if figure.startswith(starts):
            return group
    return PrintedGroup.OTHER


def compared_line(figure: str, one: Comparison) -> PrintedLine:
    """Return a figure that has a rule."""
    if one.printed is None:
        state = PrintedState.NOT_PRINTED
    elif one.agrees:
        state = PrintedState.AGREES
    else:
        state = PrintedState.EXPLAINED if one.why else PrintedState.UNEXPLAINED
    return PrintedLine(
        group_of(figure),
        figure,
        one.label,
        one.printed,
        one.computed,
        state,
        one.why or "",
        one.rule_in_words,
    )


def only_printed(figure: str, label: str, printed: float | str, why: str) -> PrintedLine:
    """Return a figure that nothing in the records gives again."""
    state = PrintedState.NOT_RECOMPUTABLE
    return PrintedLine(group_of(figure), figure, label, printed, None, state, why)


def only_in_print(lines: Sequence[PrintedLine], only: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines with those that no record gives again: said of them, or added."""
    said = {line.key: line for line in only}
    compared = [
        replace(line, state=PrintedState.NOT_RECOMPUTABLE, why=said[line.key].why)
        if line.key in said
        else line
        for line in lines
    ]
    known = {line.key for line in compared}
    return [*compared, *(line for line in only if line.key not in known)]


def unprinted_lines(actions: Sequence[ActionFacts]) -> tuple[PrintedLine, ...]:
    """Return areas, types of activity and interventions as computed: print draws them only."""
    areas = figures.actions_by_area(actions)
    types = figures.activities_by_type(actions)
    interventions = figures.activities_by_intervention(actions)
    counted: Iterable[tuple[PrintedGroup, str, int]] = (
        *((PrintedGroup.AREAS, key, number) for key, number in areas.items()),
        *((PrintedGroup.ACTIVITY_TYPES, key.value, types.get(key, 0)) for key in ActivityType),
        *(
            (PrintedGroup.INTERVENTIONS, key.value, interventions.get(key, 0))
            for key in Intervention
        ),
    )
    return tuple(
        PrintedLine(group, key, "", None, number, PrintedState.NOT_PRINTED, _LOST)
        for group, key, number in counted
    )


def state_lines(
    actions: Sequence[ActionFacts], experts: Mapping[str, int]
) -> tuple[PrintedLine, ...]:
    """Return, state by state, the experts that were printed and the Actions that name the state.

    Parameters
    ----------
    experts : country → persons, as printed
    """
    named = figures.expert_countries(actions, eu=True)
    codes = sorted({*named, *experts}, key=lambda code: (-experts.get(code, 0), code))
    return tuple(_state_line(code, experts.get(code), named.get(code, 0)) for code in codes)


def _state_line(code: str, printed: int | None, computed: int) -> PrintedLine:
    if printed is None:
        why, state = _NOT_IN_TABLE, PrintedState.NOT_PRINTED
    elif not computed:
        why, state = _NOT_IN_ANNEX, PrintedState.NOT_RECOMPUTABLE
    else:
        why = _PERSONS + (_AGAIN if computed > printed else "")
        state = PrintedState.NOT_RECOMPUTABLE
    return PrintedLine(PrintedGroup.STATES, code, "", printed, computed, state, why)


def in_order(lines: Iterable[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Return the lines group by group, each group as it was given."""
    held = list(lines)
    order = list(PrintedGroup)
    return tuple(sorted(held, key=lambda line: order.index(line.group)))
