"""Contexts of a ranking and of the comparison of a few people."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    Chip,
    Choice,
    Empty,
    Facets,
    Link,
    Pager,
    PersonName,
    PostButton,
    Quote,
)
from web.contexts.scores import Score


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One ranked person."""

    id: str
    """The expert's id; value of `expert` in the list's form, anchor `p-<id>`."""
    place: str
    person: PersonName
    score: Score
    gates: tuple[Chip, ...]
    best: str
    gap: str
    quotes: tuple[Quote, ...] = ()
    stage: Chip | None = None
    """Where the person is on the shortlist already."""
    undo: str = ""
    """Value of `undo` that takes off who was put on just now; empty where it was another's move."""
    compare: str = ""
    """Where "Compare with..." leads."""
    is_unnamed: bool = False
    """The name is kept back until somebody opens it: no link, country, post or sentence."""
    tied: bool = False
    """Somebody next to the person has the same points."""
    parts: str = ""
    """Points and most of each colour, for sliders that move the list at once."""


@dataclass(frozen=True, slots=True)
class WeightSlider:
    """The factor of one feature, 0 to 3 by halves; POST as `w_<feature>`."""

    feature: str
    css: str
    label: str
    value: str
    """As HTML writes numbers: "1.5"."""
    words: str
    """As people read it."""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class WeightsPanel:
    """The key of colours and the weights in one.

    POST `run` and the sliders; the button `way` says "undo" or "reset" instead.
    """

    action: str
    sliders: tuple[WeightSlider, ...]
    summary: str
    run: str
    """Number of the list shown, whose weights these are."""
    moved: str = ""
    """What they moved against the list before; empty where they are the same."""
    may_undo: bool = False
    may_reset: bool = False


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why people are not ranked: how many, and the nearest."""

    label: str
    count: str
    href: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class NotRanked:
    """Those outside the list, each counted once, nearest first."""

    title: str
    reasons: tuple[ReasonLine, ...]
    ask: Link | None = None
    """One click to the focal points for those who are unknown on a condition."""


@dataclass(frozen=True, slots=True)
class ListForm:
    """The form around the rows: one selection, several things to do with it.

    Fields: `expert` (repeated), `run`, `back`; buttons `selected=1`, `only=<expert>` for one
    person. A form of each person's own brings `note`, and `unsuitable=<expert>` with `reason`.
    """

    shortlist: str
    """POST."""
    compare: str
    """GET."""
    compose: str
    """GET."""
    run: str
    reasons: tuple[Choice, ...]
    hide_names: bool = False
    """Whether other pages keep names back too: GET `names=hidden`."""
    names: str = ""
    """POST `only=<expert>`: opens one name of a list without names."""
    back: str = ""
    """The address of the list as it stands: where one person's buttons lead back to."""


@dataclass(frozen=True, slots=True)
class BandTab:
    """Fit, to ask, not: one part of everybody."""

    label: str
    count: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class RankingPage:
    """Who could go, in order, and why; who could not, and why."""

    frame: Frame
    head: Head
    count: str
    """"48"."""
    counted: str
    """"of 138 ranked pass your filter"."""
    bands: tuple[BandTab, ...]
    facets: Facets
    people: tuple[PersonRow, ...]
    form: ListForm
    pager: Pager
    weights: WeightsPanel | None
    not_ranked: NotRanked
    how: tuple[str, ...]
    """How it was ranked: model, why this one, the list it is kept as."""
    run_link: Link | None
    per_page: tuple[Link, ...] = ()
    """Other lengths of a page."""
    why: str = ""
    """Where the name of somebody who is not on top is sent; empty hides it."""
    exports: tuple[Link, ...] = ()
    hide_names: Link | None = None
    """Leads to the list without names; None where it is shown so."""
    open_names: PostButton | None = None
    """Opens the names of the whole list, which is written down; None where they are shown."""
    stale: str = ""
    """Says that the request is newer than the list."""
    empty: Empty | None = None
    replay: Link | None = None
    """Makes the list again and says what differs."""


@dataclass(frozen=True, slots=True)
class NoRankingPage:
    """A request that nobody was ranked for yet."""

    frame: Frame
    head: Head
    title: str
    text: str
    rank: PostButton | None
    edit: Link | None = None


@dataclass(frozen=True, slots=True)
class CompareCell:
    """One value of one person in a row of the comparison."""

    words: str
    """Empty: unknown, and `unknown` says so."""
    unknown: str = ""
    width: str = ""
    best: bool = False
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One row: what, and each person's value."""

    label: str
    note: str
    css: str
    cells: tuple[CompareCell, ...]
    differs: bool = True


@dataclass(frozen=True, slots=True)
class CompareGroup:
    """Conditions, points, record: rows under a heading."""

    title: str
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to four people as columns."""

    title: str
    people: tuple[PersonName, ...]
    scores: tuple[Score, ...]
    groups: tuple[CompareGroup, ...]
    switch: Link
    """Shows all rows, or only those that differ."""
    only_different: bool = True


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The comparison as a page of its own."""

    frame: Frame
    head: Head
    comparison: Comparison
