"""Context of the page that shows every part once, in each of its states."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.experts import Calendar
from web.contexts.layout import Frame
from web.contexts.parts import BarChart, Chip, Empty, FormField, Notice, PersonName, Quote
from web.contexts.rankings import PersonRow
from web.contexts.scores import Score
from web.contexts.teams import RuleLine


@dataclass(frozen=True, slots=True)
class StyleguidePage:
    """Every part, with invented data."""

    frame: Frame
    chips: tuple[Chip, ...]
    scores: tuple[Score, ...]
    quotes: tuple[Quote, ...]
    fields: tuple[FormField, ...]
    notices: tuple[Notice, ...]
    empty: Empty
    names: tuple[PersonName, ...]
    rules: tuple[RuleLine, ...]
    bars: BarChart
    calendar: Calendar
    row: PersonRow | None
    swatches: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]
