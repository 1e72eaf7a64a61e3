"""Contexts of one Action's pages: plan in versions, people who are sent, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.experts import TimeTick
from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    Chip,
    DraftBox,
    Empty,
    ErrorLine,
    FormField,
    Link,
    Notice,
    PersonName,
    PostButton,
)


@dataclass(frozen=True, slots=True)
class SmallForm:
    """A short form in place: where it goes, its fields, its button."""

    action: str
    fields: tuple[FormField, ...]
    button: str
    title: str = ""
    """Of the fold that it waits in; empty where it stands open."""
    open: bool = False
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of an Action's life."""

    what: str
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One question about a closed Action, with its answer or the form for it."""

    id: str
    title: str
    when: str
    chip: Chip
    action: Link | None = None
    """Where a list shows questions about many Actions."""
    request: Link | None = None
    text: str = ""
    source: str = ""
    form: SmallForm | None = None


@dataclass(frozen=True, slots=True)
class FollowUpsPage:
    """What is asked of closed Actions."""

    frame: Frame
    title: str
    finding: str
    open: tuple[FollowUpLine, ...]
    answered: tuple[FollowUpLine, ...]
    back: Link
    problem: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class ActionFormPage:
    """An Action written down by hand, or corrected."""

    frame: Frame
    head: Head
    action: str
    groups: tuple[tuple[str, tuple[FormField, ...]], ...]
    draft: DraftBox
    errors: tuple[ErrorLine, ...]
    cancel: Link
    lead: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One activity along the time; lengths in percent."""

    label: str
    when: str
    y: str
    text_y: str
    x: str
    width: str
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """Activities with dates along the months; those without are named below."""

    title: str
    rows: tuple[GanttRow, ...]
    ticks: tuple[TimeTick, ...]
    today: str
    """Empty: outside the picture."""
    height: str
    undated: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One activity of the version shown."""

    id: str
    number: str
    title: str
    kind: str
    when: str
    place: str
    days: str
    chip: Chip
    more: tuple[tuple[str, str], ...] = ()
    edit: Link | None = None
    buttons: tuple[PostButton, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the plan."""

    label: str
    href: str
    chip: Chip
    why: str
    who: str
    current: bool
    compare: Link | None = None


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field as it was and as it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became of one activity."""

    chip: Chip
    title: str
    fields: tuple[ChangedField, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One version of an Action's plan, beside the others."""

    frame: Frame
    head: Head
    finding: str
    versions: tuple[VersionLine, ...]
    activities: tuple[PlanLine, ...]
    gantt: Gantt | None
    changes: tuple[ChangeLine, ...]
    changes_finding: str
    """Empty: nothing is compared."""
    notice: Notice | None = None
    begin: PostButton | None = None
    """Begins a new version."""
    add: Link | None = None
    approve: SmallForm | None = None
    discard: PostButton | None = None
    problem: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a deployment's checklist."""

    chip: Chip
    when: str
    note: str = ""
    untick: PostButton | None = None


@dataclass(frozen=True, slots=True)
class DeploymentCard:
    """One person's part, with all that there is to do."""

    id: str
    person: PersonName
    role: str
    activity: str
    when: str
    chip: Chip
    done: str
    """"4 of 6 done"."""
    checks: tuple[CheckLine, ...]
    warnings: tuple[str, ...] = ()
    reason: str = ""
    tick: SmallForm | None = None
    change: SmallForm | None = None
    finish: PostButton | None = None
    cancel: SmallForm | None = None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who is sent for an Action."""

    frame: Frame
    head: Head
    finding: str
    cards: tuple[DeploymentCard, ...]
    over: tuple[DeploymentCard, ...]
    """Done or called off."""
    add: SmallForm | None = None
    problem: str = ""
    warnings: tuple[str, ...] = ()
    """Overlaps that were found before saving."""
    empty: Empty | None = None
