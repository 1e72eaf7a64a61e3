"""Contexts of experts: the list and one person's record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.contexts.layout import Frame, Head
from web.contexts.merges import DoneMerge
from web.contexts.parts import (
    Chip,
    Empty,
    Facets,
    FormField,
    Link,
    Pager,
    PersonName,
    PostButton,
    Quote,
)

if TYPE_CHECKING:
    # The pages of Actions borrow parts of these pages: neither can wait for the other.
    from web.contexts.actions import WorldMap


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """One person in a list."""

    person: PersonName
    kind: str
    languages: str
    confirmed: str
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderNote:
    """Asking the people of a list to look at their records, in one press."""

    words: str
    button: PostButton | None
    """None where nobody is left to ask."""
    outbox: Link


@dataclass(frozen=True, slots=True)
class ExpertListPage:
    """People that the actor may see; GET with `kind`, `country`, `status`, `gap` and `page`."""

    frame: Frame
    finding: str
    facets: Facets
    people: tuple[ExpertLine, ...]
    pager: Pager
    upload: Link | None = None
    exports: tuple[Link, ...] = ()
    empty: Empty | None = None
    reminder: ReminderNote | None = None
    """For whoever keeps the records of a list with a gap."""


@dataclass(frozen=True, slots=True)
class TimeBlock:
    """A post as a block, a mission as a short bar, a training as a dot."""

    x: str
    width: str
    label: str
    """Short; empty where there is no room."""
    title: str
    present: bool = False


@dataclass(frozen=True, slots=True)
class TimeLane:
    """One kind of thing along the years."""

    title: str
    kind: str
    """"posts", "missions" or "dots"."""
    blocks: tuple[TimeBlock, ...]
    y: str
    """Top of the lane in pixels."""


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A year on the axis."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class TimeRow:
    """The same as a table: when, what, where, from which source."""

    when: str
    what: str
    where: str
    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A working life drawn and told."""

    lanes: tuple[TimeLane, ...]
    ticks: tuple[TimeTick, ...]
    today: str
    height: str
    rows: tuple[TimeRow, ...]


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """A topic with the sentences that show it."""

    title: str
    when: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CountryLine:
    """Where the person worked."""

    name: str
    when: str
    capacity: str
    source: str = ""
    """Where it was read."""


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A language; an empty level is unknown."""

    name: str
    speaks: str
    writes: str
    source: str


@dataclass(frozen=True, slots=True)
class DeploymentLine:
    """A part in a past activity and what was said of it."""

    action: Link
    when: str
    role: str
    days: str
    feedback: str
    """Empty where nothing was said, or the reader may not know it."""
    feedback_href: str = ""
    state: Chip | None = None
    what: str = ""
    """The activity; empty where it was the whole Action."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: where it stands in its row and what is known."""

    x: str
    state: str
    """"free", "busy", "unknown" or "weekend"."""


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """One row of the calendar."""

    label: str
    y: str
    text_y: str
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Six months, and the sentence that says the same."""

    months: tuple[CalendarMonth, ...]
    words: str
    height: str


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A word and its value; `unknown` where there is none."""

    label: str
    value: str
    note: str = ""
    unknown: str = ""
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A fact that was read in a CV: what was decided, and what can be done about it."""

    id: str
    label: str
    value: str
    source: str
    decision: Chip
    when: str
    """Who decided and when; empty where it waits."""
    buttons: tuple[PostButton, ...]


@dataclass(frozen=True, slots=True)
class DecidedPanel:
    """What was read in a person's CVs, with the decision on each."""

    finding: str
    lines: tuple[DecidedLine, ...]
    is_open: bool
    """Something waits, or was decided just now."""


@dataclass(frozen=True, slots=True)
class ViewLine:
    """Who looked at the record, and for what."""

    who: str
    purpose: str
    when: str


@dataclass(frozen=True, slots=True)
class ExpertPage:
    """One person's record: a view over facts, each with its source."""

    frame: Frame
    head: Head
    person: PersonName
    status: Chip
    timeline: Timeline | None
    timeline_finding: str
    topics: tuple[TopicBlock, ...]
    countries: tuple[CountryLine, ...]
    countries_finding: str
    languages: tuple[LanguageLine, ...]
    deployments: tuple[DeploymentLine, ...]
    deployments_finding: str
    education: tuple[PlainLine, ...]
    release: tuple[PlainLine, ...]
    contact: tuple[PlainLine, ...] = ()
    """Only where the actor may see it."""
    calendar: Calendar | None = None
    views: tuple[ViewLine, ...] = ()
    documents: tuple[Link, ...] = ()
    actions: tuple[Link, ...] = ()
    availability_action: str = ""
    """POST with `first`, `last`, `reason`; empty where the actor only reads."""
    availability_fields: tuple[FormField, ...] = ()
    status_buttons: tuple[PostButton, ...] = ()
    notes: tuple[str, ...] = ()
    letter: Link | None = None
    """The notice that has to reach the person, for whoever may hand it over."""
    same: Link | None = None
    """Whether the person stands here twice, for whoever may merge records."""
    merges: tuple[DoneMerge, ...] = ()
    decided: DecidedPanel | None = None
    """What was read in CVs, for whoever keeps the record."""
    map: WorldMap | None = None
    """The countries of work; the table beside it says the same."""


@dataclass(frozen=True, slots=True)
class ErasePage:
    """The question before a person is erased."""

    frame: Frame
    name: str
    action: str
    reason: FormField
    stay: Link


@dataclass(frozen=True, slots=True)
class CvPage:
    """What kind of CV somebody takes away, and what for."""

    frame: Frame
    name: PersonName
    action: str
    """GET with `form` and `purpose`."""
    form: FormField
    purpose: FormField
    back: Link
