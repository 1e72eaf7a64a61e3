"""Charts and the map of Actions, each with its numbers beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from roster.counting import figures
from roster.counting.figures import ActionFacts
from roster.queries.figures import facts_of
from roster.read import ActionView
from roster.reference import activities, topics, world
from web.contexts.actions import WorldDot, WorldMap, WorldShape
from web.contexts.parts import BarChart, BarRow, Share, percent
from web.tongues import Tongue

W = TypeVar("W", bound=StrEnum)

_CLASSES = ((1, 1, "s1"), (2, 2, "s2"), (3, 4, "s3"), (5, None, "s4"))


def charts_of(tongue: Tongue, real: Sequence[ActionView]) -> tuple[BarChart, ...]:
    """Return the bars of regions, topics, activities, interventions and constituents."""
    facts = [facts_of(action) for action in real]
    by_topic = {k: n for k, n in figures.actions_by_topic(facts).items() if topics.is_topic(k)}
    kinds = figures.activities_by_type(facts)
    return (
        _chart(
            tongue,
            tongue.word("Actions by region"),
            {key: (_upper(key), count) for key, count in figures.actions_by_region(facts).items()},
            "region",
        ),
        _chart(
            tongue,
            tongue.word("Actions by topic"),
            {key: (topics.label(key, tongue.code), count) for key, count in by_topic.items()},
            "topic",
            tongue.word("One Action can have several topics."),
        ),
        _chart(
            tongue,
            tongue.word("Activities by type"),
            {key.value: (activities.label(key, tongue.code), n) for key, n in kinds.items()},
            "activity",
            tongue.word("Counted by the first type of each activity."),
        ),
        *_governance_charts(tongue, facts),
    )


def _governance_charts(tongue: Tongue, facts: Sequence[ActionFacts]) -> tuple[BarChart, ...]:
    interventions = figures.activities_by_intervention(facts)
    constituents = figures.results_by_constituent(facts)
    return (
        _chart(
            tongue,
            tongue.word("Activities by intervention"),
            {key.value: (_upper(key.value), count) for key, count in interventions.items()},
        ),
        _chart(
            tongue,
            tongue.word("Results by constituent of migration governance"),
            {key.value: (_upper(key.value), count) for key, count in constituents.items()},
            source=tongue.word("Achieved and expected results together."),
        ),
    )


def _by_word(counts: Mapping[W, int]) -> dict[str, tuple[str, int]]:
    return {key.value: (_upper(key.value), count) for key, count in counts.items()}


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _chart(
    tongue: Tongue,
    title: str,
    counts: Mapping[str, tuple[str, int]],
    field: str = "",
    source: str = "",
) -> BarChart:
    most = max((count for _, count in counts.values()), default=0)
    rows = tuple(
        BarRow(
            label,
            tongue.number(count),
            percent(count, most),
            f"/actions?{urlencode({field: key})}#rows-h" if field else None,
        )
        for key, (label, count) in counts.items()
    )
    if rows:
        first = rows[0]
        title = tongue.word("%(title)s: %(first)s first", title=title, first=first.label)
    return BarChart(title, rows, source)


def map_of(tongue: Tongue, real: Sequence[ActionView]) -> WorldMap:
    """Return the map of Actions by beneficiary country; the table beside it says the same."""
    counts = figures.beneficiary_countries(facts_of(action) for action in real)
    return world_map(
        tongue,
        counts,
        title=tongue.words(
            "%(num)s country took part in an Action",
            "%(num)s countries took part in an Action",
            len(counts),
        ),
        description=tongue.word("Actions by country; the table says the same."),
        counted=tongue.word("Actions"),
        note=tongue.word("Members of a regional organisation are not spelt out."),
        href_of=lambda code: f"/actions?{urlencode({'country': code})}#rows-h",
    )


Classes = tuple[tuple[int, int | None, str], ...]
"""First and last count of each shade, None without end, and its class."""


def world_map(
    tongue: Tongue,
    counts: Mapping[str, int],
    *,
    title: str,
    description: str,
    counted: str,
    note: str = "",
    href_of: Callable[[str], str] | None = None,
    classes: Classes = _CLASSES,
) -> WorldMap:
    """Return counts by country as a map over the bare land.

    Parameters
    ----------
    counts : country → how many, in the order of the table
    counted : what the numbers count
    href_of : where what a country counts stands
    """
    width, height = world.size()
    shapes, dots = [], []
    for outline in world.outlines():
        count = counts.get(outline.code, 0)
        if not count:
            continue
        css = _css(count, classes)
        said = f"{tongue.country(outline.code)} {tongue.number(count)}"
        shapes.append(WorldShape(outline.code, css, said))
        if outline.is_small:
            x, y = (f"{one:g}" for one in outline.at)
            dots.append(WorldDot(x, y, css, said))
    return WorldMap(
        title=title,
        description=description,
        view_box=f"0 0 {width} {height}",
        shapes=tuple(shapes),
        dots=tuple(dots),
        classes=tuple(
            Share(css, range_words(tongue, first, last), "", "0%", "0%")
            for first, last, css in classes
        ),
        note=note,
        counted=counted,
        rows=tuple(
            (tongue.country(code), tongue.number(count), href_of(code) if href_of else None)
            for code, count in counts.items()
        ),
    )


def _css(count: int, classes: Classes) -> str:
    for first, _, css in reversed(classes):
        if count >= first:
            return css
    raise ValueError("only countries that count something have a shade")


def range_words(tongue: Tongue, first: int, last: int | None) -> str:
    """Return the counts of one shade in words: "3–4", "2", or "5 or more" without a last."""
    if last is None:
        return tongue.word("%(count)s or more", count=tongue.number(first))
    return (
        tongue.number(first) if first == last else f"{tongue.number(first)}–{tongue.number(last)}"
    )
