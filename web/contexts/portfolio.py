"""Context of the plan for all open requests of a period."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, FormField, Link, PersonName, PostButton


@dataclass(frozen=True, slots=True)
class RequestChoice:
    """An open request with the question how it takes part."""

    title: str
    href: str
    reference: str
    when: str
    urgency: str
    """As the authority puts it; empty where it says nothing."""
    field: FormField


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Period, caps and priorities; GET plans, nothing is stored."""

    action: str
    fields: tuple[FormField, ...]
    requests: tuple[RequestChoice, ...]
    hint: str
    hide_names: bool = False
    """Whether the reader asked for a plan without names: GET `names=hidden`."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What the plan does for one request."""

    title: str
    href: str
    """The team board of the request."""
    reference: str
    when: str
    alone: str
    in_turn: str
    together: str
    chip: Chip
    team: tuple[PersonName, ...]
    open_names: PostButton | None = None
    """Opens the names of this team that are kept back."""


@dataclass(frozen=True, slots=True)
class Without:
    """A request without a team, and why."""

    link: Link
    reference: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LackLine:
    """A kind of expert that the roster lacks, and for whom."""

    what: str
    waiting: str
    requests: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CalendarBar:
    """One deployment on the axis of the period."""

    x: str
    width: str
    title: str


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """Where somebody would be, when: drawn and in words."""

    person: PersonName
    bars: tuple[CalendarBar, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The first day of a month on the axis."""

    x: str
    label: str
    """Empty where there is no room."""


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """Who would be where when."""

    months: tuple[CalendarMonth, ...]
    lines: tuple[CalendarLine, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """All open requests of a period planned together, or the form that asks for it."""

    frame: Frame
    finding: str
    form: PlanForm
    is_planned: bool = False
    figures: tuple[Figure, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    without: tuple[Without, ...] = ()
    lacks: tuple[LackLine, ...] = ()
    calendar: PlanCalendar | None = None
    hide_names: Link | None = None
    has_numbers: bool = False
    """Whether somebody stands in the plan by her number."""
    empty: Empty | None = None
