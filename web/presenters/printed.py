"""Printed figures beside those computed, thing by thing, each with what explains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from roster.counting.printed_tables import PrintedGroup, PrintedLine, PrintedState
from roster.reference import activities
from roster.vocabulary import ActivityType
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, Link
from web.contexts.reports import PrintedBlock, PrintedPage, PrintedRow
from web.presenters.report_words import area_words, intervention_words
from web.tongues import Tongue
from web.wording import marked

_TITLES = {
    PrintedGroup.REQUESTS: marked("Requests"),
    PrintedGroup.ACTIONS: marked("Actions"),
    PrintedGroup.REGIONS: marked("Actions by region"),
    PrintedGroup.AREAS: marked("Actions by area of intervention"),
    PrintedGroup.ACTIVITY_TYPES: marked("Activities by type"),
    PrintedGroup.INTERVENTIONS: marked("Activities by intervention"),
    PrintedGroup.STATES: marked("Member States: experts as printed, Actions as counted"),
    PrintedGroup.EXPERTS: marked("Experts and triangular Actions"),
    PrintedGroup.OTHER: marked("Other figures"),
}
_STATES = {
    PrintedState.AGREES: ("pass", marked("they agree")),
    PrintedState.EXPLAINED: ("note", marked("they differ, explained")),
    PrintedState.NOT_RECOMPUTABLE: ("look", marked("printed, not recomputable")),
    PrintedState.NOT_PRINTED: ("unknown", marked("not printed")),
    PrintedState.UNEXPLAINED: ("fail", marked("they differ, not explained")),
}


def printed_page(frame: Frame, tongue: Tongue, lines: Sequence[PrintedLine]) -> PrintedPage:
    """Return the page of everything printed."""
    counted = Counter(line.state for line in lines)
    return PrintedPage(
        frame=frame,
        title=tongue.word("What was printed, beside what is counted"),
        lead=tongue.word(
            "Counted from the records of the facility, beside what the book of 2015 prints. "
            "Each difference is explained."
        ),
        back=Link(tongue.word("Reports"), "/reports"),
        figures=tuple(
            Figure(tongue.word(words), tongue.number(counted[state]))
            for state, (_, words) in _STATES.items()
            if counted[state]
        ),
        blocks=tuple(
            _block(tongue, group, [line for line in lines if line.group is group])
            for group in PrintedGroup
            if any(line.group is group for line in lines)
        ),
        empty=None if lines else Empty(tongue.word("Nothing was printed of this facility."), ""),
    )


def _block(tongue: Tongue, group: PrintedGroup, lines: Sequence[PrintedLine]) -> PrintedBlock:
    states = group is PrintedGroup.STATES
    return PrintedBlock(
        id=group.value.replace("_", "-"),
        title=tongue.word(_TITLES[group]),
        printed_head=tongue.word("Experts in print") if states else tongue.word("In print"),
        computed_head=tongue.word("Actions counted")
        if states
        else tongue.word("Counted from the rows"),
        rows=tuple(_row(tongue, line) for line in lines),
    )


def _row(tongue: Tongue, line: PrintedLine) -> PrintedRow:
    css, words = _STATES[line.state]
    return PrintedRow(
        label=line.label or _key_words(tongue, line),
        own_language=bool(line.label),
        printed=_number(tongue, line.printed),
        computed=_number(tongue, line.computed),
        chip=Chip(css, tongue.word(words)),
        why=tongue.word(line.why) if line.why else "",
        rule=line.rule,
    )


def _key_words(tongue: Tongue, line: PrintedLine) -> str:
    match line.group:
        case PrintedGroup.STATES:
            return tongue.country(line.key)
        case PrintedGroup.ACTIVITY_TYPES:
            return activities.label(ActivityType(line.key), tongue.code)
        case PrintedGroup.INTERVENTIONS:
            return intervention_words(tongue, line.key)
    return area_words(tongue, line.key)


def _number(tongue: Tongue, value: float | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else tongue.number(value)
