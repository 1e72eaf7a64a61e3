"""Contexts of the first page, for officers and for focal points."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, FormField, Link


@dataclass(frozen=True, slots=True)
class DeadlineBar:
    """Days used of those that the deadline gives; `late` when none is left."""

    width: str
    words: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request with what it waits for."""

    title: str
    href: str
    reference: str
    stage: str
    people: str
    waits: Chip | None = None
    waits_words: str = ""
    """Where it waits for somebody else: no chip, plain words."""
    deadline: DeadlineBar | None = None
    deadline_words: str = ""
    """Where no deadline runs."""


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something that happened, with its moment in words and for machines."""

    what: str
    about: str
    when: str
    moment: str
    """ISO 8601."""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A country that has not answered yet: how much, for how long, until when."""

    country: str
    what: str
    """"2 calls, 1 release"."""
    since: str
    due: Chip | None
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The officer's first page."""

    frame: Frame
    title: str
    finding: str
    """"Four requests are yours. Two wait for you, one is late."."""
    new_request: Link | None
    requests: tuple[OpenRequest, ...]
    all_requests: Link
    news: tuple[NewsLine, ...]
    figures: tuple[Figure, ...] = ()
    empty: Empty | None = None
    together: Link | None = None
    """To the plan for all open requests."""
    others: tuple[OpenRequest, ...] = ()
    """Those of others, where some are the reader's own."""
    waiting: tuple[WaitingLine, ...] = ()
    """Whose answers are awaited, the longest first."""
    waiting_finding: str = ""
    news_since: str = ""


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call of a facility for experts of this country."""

    title: str
    reference: str
    asked: str
    """What it asks for, in one line."""
    due: Chip
    answer: str
    """What her country said so far, and how many it nominated."""
    href: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A person whose release is asked; the answer is given in place."""

    person: str
    href: str
    asked_for: str
    due: Chip
    action: str
    """POST with `outcome` (granted, refused) and the fields."""
    fields: tuple[FormField, ...]
    """Validity, proposed as the days of the mission, and the reason of a refusal."""


@dataclass(frozen=True, slots=True)
class DemandLine:
    """What open requests ask for, without saying which, and who of one's own could go."""

    wanted: str
    """"Asylum in French in Africa"."""
    requests: str
    chip: Chip
    """How many of one's own could go; a hole to fill is told."""
    people: tuple[Link, ...] = ()
    more: str = ""
    """How many others could go, too."""
    unsure: str = ""
    """Those of whom the level of the language is not known."""


@dataclass(frozen=True, slots=True)
class InterestNote:
    """What one's state wants to work on."""

    lines: tuple[str, ...]
    """Empty where nothing was said."""
    change: Link


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One upload and how far it has come."""

    when: str
    words: str
    href: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class FocalPointHome:
    """The focal point's first page: one's own country only."""

    frame: Frame
    title: str
    finding: str
    upload: Link
    figures: tuple[Figure, ...]
    calls: tuple[CallLine, ...]
    releases: tuple[ReleaseLine, ...]
    uploads: tuple[UploadLine, ...]
    """Files that wait for confirmation, and those being read."""
    gaps: tuple[Figure, ...] = ()
    """What is not known of one's people, with how many it concerns."""
    gaps_finding: str = ""
    stale: Link | None = None
    stale_words: str = ""
    demand: tuple[DemandLine, ...] = ()
    demand_finding: str = ""
    demand_more: str = ""
    interests: tuple[InterestNote, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainHome:
    """The first page of everybody else: what the account may see."""

    frame: Frame
    title: str
    lead: str
    ways: tuple[PlainWay, ...]


@dataclass(frozen=True, slots=True)
class PlainWay:
    """One thing to open, and what stands there."""

    link: Link
    words: str
