"""Contexts of Actions: the overview beside the printed figures, and one Action."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.action_pages import FollowUpLine, SmallForm, StepLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    BarChart,
    Chip,
    Empty,
    Facets,
    Figure,
    FormField,
    Link,
    Notice,
    Pager,
    Share,
)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure as computed from the rows beside the one in print, and why they differ."""

    label: str
    computed: str
    printed: str
    """Empty: not printed."""
    agrees: bool
    why: str = ""
    rule: str = ""
    """What is counted, in words."""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One Action in the list."""

    title: str
    href: str
    countries: str
    years: str
    status: str
    topics: str
    activities: str
    experts: str
    origin: str = "real"


@dataclass(frozen=True, slots=True)
class WorldShape:
    """A country of `static/world.svg`, with the class of its count."""

    code: str
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class WorldDot:
    """A state too small to see as a shape."""

    x: str
    y: str
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class WorldLabel:
    """A direct label with its leader, in the coordinates of the outline."""

    x: str
    y: str
    text: str
    leader: str
    """Path from the label to the place."""


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Counts by country on an Equal Earth outline; the list beside says the same."""

    title: str
    description: str
    view_box: str
    shapes: tuple[WorldShape, ...]
    dots: tuple[WorldDot, ...] = ()
    labels: tuple[WorldLabel, ...] = ()
    classes: tuple[Share, ...] = ()
    """The key: s1 to s4 with their ranges."""
    note: str = ""
    counted: str = ""
    """What the numbers count: the head of their column."""
    rows: tuple[tuple[str, str, str | None], ...] = ()
    """The same as a table: country, number, and where what it counts stands."""


@dataclass(frozen=True, slots=True)
class ActionListPage:
    """What was done: figures computed and printed, charts, and the rows behind them."""

    frame: Frame
    title: str
    scope: str
    """Which records are counted, and by which rule."""
    figures: tuple[Figure, ...]
    compared: tuple[ComparedFigure, ...]
    compared_finding: str
    charts: tuple[BarChart, ...]
    query: str
    facets: Facets
    actions: tuple[ActionLine, ...]
    pager: Pager
    map: WorldMap | None = None
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None
    also: tuple[Link, ...] = ()
    """What other publications say."""
    ways: tuple[Link, ...] = ()
    """To write one down, and to the questions about closed ones."""


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A piece of an Action, as printed."""

    title: str
    kind: str
    intervention: str = ""
    """Type of intervention; empty: none counted."""
    basis: str = ""
    """How the intervention was told."""
    state: str = ""
    """Empty: still to come, or nobody said."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What came of an Action."""

    constituent: str
    title: str
    state: str
    note: str = ""
    """What shows it."""
    form: SmallForm | None = None


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """What was said after an activity."""

    who: str
    score: str
    text: str


@dataclass(frozen=True, slots=True)
class ActionDetailPage:
    """One Action: what was done, when, with whom, what was learnt."""

    frame: Frame
    head: Head
    summary: str
    activities: tuple[ActivityLine, ...]
    activities_finding: str
    expertise: tuple[tuple[str, str], ...]
    """Kind of expert and from where, as printed or as deployed."""
    results: tuple[ResultLine, ...] = ()
    results_finding: str = ""
    objectives: tuple[str, ...] = ()
    feedback: tuple[FeedbackLine, ...] = ()
    lessons: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()
    feedback_action: str = ""
    feedback_fields: tuple[FormField, ...] = ()
    chips: tuple[Chip, ...] = ()
    source: str = ""
    origin: str = "real"
    edit: Link | None = None
    move: SmallForm | None = None
    expect: SmallForm | None = None
    history: tuple[StepLine, ...] = ()
    follow_ups: tuple[FollowUpLine, ...] = ()
    standing: Notice | None = None
    """Why it is on hold or was cancelled."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """One published sheet: a project, an Action of the web page, a part of a facility's rules."""

    title: str
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    """What contradicts another publication."""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """What one publication says, sheet by sheet."""

    frame: Frame
    title: str
    lead: str
    blocks: tuple[SheetBlock, ...]
    back: Link
    empty: Empty | None = None
