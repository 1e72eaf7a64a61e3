"""What a team covers of what is asked for: topics, languages and countries, seat by seat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from roster.read import ExpertView, LanguageNeed, RequestView
from roster.reference import topics
from web.contexts.teams import Coverage, CoverageGroup, CoverageRow, CoverageTotal, Dot
from web.tongues import Tongue

Look = Callable[[ExpertView], str]
"""Holds a person against one column: "yes", "gate", "unknown" or "no"."""


def coverage_of(
    need: RequestView, members: Sequence[tuple[str, ExpertView]], tongue: Tongue
) -> Coverage | None:
    """Return the table; None where the request asks for nothing that could be covered.

    Parameters
    ----------
    members : how the seat is called, and who sits there
    """
    groups = [
        (
            tongue.word("Topics"),
            [(topics.label(one, tongue.code), _topic(one)) for one in need.topics],
        ),
        (
            tongue.word("Languages"),
            [
                (f"{tongue.language(one.language)} {one.minimum.value}", _language(one))
                for one in need.languages
            ],
        ),
        (
            tongue.word("Countries"),
            [(tongue.country(one), _country(one)) for one in need.countries],
        ),
    ]
    columns = [column for _, columns in groups for column in columns]
    if not columns or not members:
        return None
    states = [[look(view) for _, look in columns] for _, view in members]
    words = {
        "yes": tongue.word("yes"),
        "gate": tongue.word("exactly the least level"),
        "unknown": tongue.word("unknown"),
        "no": tongue.word("not shown in the record"),
    }
    return Coverage(
        groups=tuple(
            CoverageGroup(title, tuple(name for name, _ in held)) for title, held in groups if held
        ),
        rows=tuple(
            CoverageRow(label, tuple(Dot(state, words[state]) for state in row))
            for (label, _), row in zip(members, states, strict=True)
        ),
        totals=tuple(_total([row[at] for row in states], tongue) for at in range(len(columns))),
    )


def _total(column: Sequence[str], tongue: Tongue) -> CoverageTotal:
    covered = sum(state in {"yes", "gate"} for state in column)
    if covered:
        return CoverageTotal(tongue.number(covered), nobody=False)
    asked = "unknown" in column
    return CoverageTotal(tongue.word("unknown") if asked else tongue.word("none"), nobody=True)


def _topic(topic: str) -> Look:
    return lambda view: "yes" if any(one.value.topic == topic for one in view.topics) else "no"


def _country(country: str) -> Look:
    def look(view: ExpertView) -> str:
        worked = {one.value.country for one in view.posts}
        worked |= {one.value.country for one in view.countries}
        worked |= {code for one in view.missions for code in one.value.countries}
        return "yes" if country in worked else "no"

    return look


def _language(need: LanguageNeed) -> Look:
    def look(view: ExpertView) -> str:
        named = [one.value.level for one in view.languages if one.value.language == need.language]
        levels = [level.rank for level in named if level is not None]
        if not levels:
            return "unknown" if named or not view.languages else "no"
        if max(levels) < need.minimum.rank:
            return "no"
        return "gate" if max(levels) == need.minimum.rank else "yes"

    return look
