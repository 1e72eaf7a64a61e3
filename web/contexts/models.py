"""Context of the page on the ranking model: which one ranks and why, and all versions."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Fact, Frame
from web.contexts.parts import Chip, ErrorLine, FormField


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One way of ranking: its mean as a length, its interval as a line over it."""

    label: str
    width: str
    low: str
    high: str
    """Percentages; `low` and `high` are empty where no interval is known."""
    values: tuple[str, ...]
    """In words, one per metric."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Ways of ranking side by side on requests held out."""

    title: str
    metrics: tuple[str, ...]
    rows: tuple[IntervalRow, ...]
    drawn: str
    """Which metric the lengths show, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class ExposureTable:
    """Who stands among the first ten, by way of ranking."""

    ways: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Label of the row, one share per way."""
    note: str


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One part of the score: how it counts beside the rule."""

    css: str
    label: str
    points: str
    factor: str
    """Empty for the rule itself."""


@dataclass(frozen=True, slots=True)
class ReasonForm:
    """A change of the model: a button and why."""

    action: str
    label: str
    field: FormField


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One version: its state, what it was made from, how well it does, what can be done."""

    version: str
    anchor: str
    state: Chip
    facts: tuple[Fact, ...]
    why: str
    warning: str
    """That it was learnt from invented decisions; empty where it was not."""
    figures: FigureTable | None
    verdict: str
    """The gain in words, with its interval; empty for the rule."""
    exposure: ExposureTable | None
    factors: tuple[FactorLine, ...]
    left_out: tuple[str, ...]
    hurdles: tuple[str, ...]
    form: ReasonForm | None
    open: bool = False


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Which model ranks, and all there are."""

    frame: Frame
    title: str
    in_use: str
    """One sentence: which version ranks."""
    because: str
    """One sentence: why this one."""
    versions: tuple[VersionCard, ...]
    errors: tuple[ErrorLine, ...]
    command: str
    """How a candidate is learnt."""
