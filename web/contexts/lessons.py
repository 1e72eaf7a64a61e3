"""Contexts of lessons and of what surrounds a request."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.feedback import FieldForm, FindingLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, Facets, Link


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson: the conclusion, what it rests on, and on a request, why it is shown."""

    text: str
    href: str
    advice: str
    chips: tuple[Chip, ...]
    rests_on: str
    actions: tuple[Link, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """The lessons of a facility."""

    frame: Frame
    title: str
    lead: str
    facets: Facets
    lessons: tuple[LessonLine, ...]
    write: FieldForm | None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson with what it rests on."""

    frame: Frame
    head: Head
    lesson: LessonLine
    findings: tuple[FindingLine, ...]
    findings_note: str
    decided: str
    confirm: FieldForm | None
    dismiss: FieldForm | None


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """An earlier request or Action."""

    title: Link
    action: Link | None
    when: str
    outcome: str
    became: str
    """What became of the results; empty: nobody said."""
    why: str


@dataclass(frozen=True, slots=True)
class Span:
    """One bar of the picture of projects: lengths in percent of the whole width."""

    label: str
    x: str
    width: str
    y: int
    overlaps: bool
    open: bool
    """Whether the end is unknown: it is drawn hatched."""


@dataclass(frozen=True, slots=True)
class YearTick:
    """A year on the axis."""

    label: str
    x: str


@dataclass(frozen=True, slots=True)
class ProjectPicture:
    """Other agencies' projects against the days of the request."""

    title: str
    height: int
    spans: tuple[Span, ...]
    ticks: tuple[YearTick, ...]
    window_x: str
    """Empty where the days of the request are unknown."""
    window_width: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project in the table under the picture."""

    title: str
    agency: str
    where: str
    when: str
    overlap: Chip
    summary: str
    source: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of a country's migration profile."""

    title: str
    text: str
    """Empty: nobody wrote it."""
    source: str
    form: FieldForm | None


@dataclass(frozen=True, slots=True)
class CountryProfile:
    """The profile of one country."""

    id: str
    title: str
    written: str
    """"3 of 14 sections are written"."""
    sections: tuple[SectionLine, ...]


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """A technical working group."""

    title: str
    mandate: str
    members: tuple[tuple[str, str], ...]
    form: FieldForm | None


@dataclass(frozen=True, slots=True)
class ContextPage:
    """What is known around a request."""

    frame: Frame
    head: Head
    finding: str
    lessons: tuple[LessonLine, ...]
    earlier: tuple[EarlierLine, ...]
    earlier_finding: str
    projects: tuple[ProjectLine, ...]
    projects_finding: str
    picture: ProjectPicture | None
    profiles: tuple[CountryProfile, ...]
    groups: tuple[GroupBlock, ...]
    new_group: FieldForm | None
