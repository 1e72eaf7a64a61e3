"""Context of the page on the ranking model: which one ranks and why, and all versions."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Fact, Frame
from web.contexts.parts import Chip, ErrorLine, FormField, Link, PostButton


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
    measures: str = ""
    """What it measures, one clause."""
    unknown: str = ""
    """Share of the points that it earns where it is not known of a person."""


@dataclass(frozen=True, slots=True)
class CardTable:
    """Figures of a card."""

    title: str
    columns: tuple[str, ...]
    """Above the values; the first column is named by `first`."""
    first: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CardText:
    """What a version rests on, what it reached, where it is weak, what it is for."""

    data: tuple[str, ...]
    tables: tuple[CardTable, ...]
    limits: tuple[str, ...]
    use: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One group: its part of the first places beside its part of the roster."""

    label: str
    first: str
    """Share and number of places, in words."""
    first_width: str
    people: str
    people_width: str


@dataclass(frozen=True, slots=True)
class ShareTable:
    """Groups of one sort."""

    title: str
    column: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """Who stands among the first ten of the recorded rankings."""

    about: str
    """Of how many requests and days; says so where nothing is recorded."""
    tables: tuple[ShareTable, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompareForm:
    """A choice of two versions."""

    fields: tuple[FormField, FormField]


@dataclass(frozen=True, slots=True)
class CurveLine:
    """One part of the score by two versions: two curves, and the same in numbers."""

    css: str
    label: str
    one: str
    """Points of a line in a picture 100 wide and 40 high."""
    other: str
    words: str
    """What the picture shows."""
    cells: tuple[str, ...]
    change: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One past request, ordered by both versions."""

    label: str
    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelDiffPage:
    """Two versions side by side."""

    frame: Frame
    title: str
    back: Link
    form: CompareForm
    one: str
    other: str
    verdict: str
    """What differs, in a sentence or two."""
    columns: tuple[str, ...]
    lines: tuple[CurveLine, ...]
    order_columns: tuple[str, ...]
    orders: tuple[OrderLine, ...]
    order_words: str
    """The past requests in a sentence; empty until they are asked for."""
    count: PostButton | None
    """Orders past requests by both; None where it was done."""


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
    card: CardText
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
    shown: ShownPanel
    compare: CompareForm | None
    """None where there is one version only."""
    errors: tuple[ErrorLine, ...]
    command: str
    """How a candidate is learnt."""
