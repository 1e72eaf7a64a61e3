"""Contexts of requests: the list, the intake of a letter, one request."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.lessons import LessonLine
from web.contexts.outreach import WhomToAsk
from web.contexts.parts import (
    Chip,
    Choice,
    DocumentPane,
    DraftBox,
    Empty,
    ErrorLine,
    Facets,
    FormField,
    Link,
    Pager,
    PostButton,
)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in a list."""

    title: str
    href: str
    reference: str
    authority: str
    countries: str
    when: str
    stage: str
    people: str
    chip: Chip | None = None
    origin: str = "real"


@dataclass(frozen=True, slots=True)
class RequestListPage:
    """All requests that the actor may see; GET with `q`, `status`, `country`, `page`."""

    frame: Frame
    finding: str
    new_request: Link | None
    query: str
    facets: Facets
    requests: tuple[RequestLine, ...]
    pager: Pager
    empty: Empty | None = None
    together: Link | None = None
    """To the plan for all open requests."""
    rounds: Link | None = None
    """To the application rounds of the facility."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, each with its place in the letter where it has one."""

    title: str
    fields: tuple[FormField, ...]
    in_threes: bool = False
    """Whether three fields make a row, where there is room."""


@dataclass(frozen=True, slots=True)
class RequestNewPage:
    """A new request: a letter to be read, and the fields, proposed or typed.

    The letter is sent first (POST `letter_action`, file field `letter` or text field
    `letter_text`); what was read comes back here as fields with numbers. POST `action` stores.
    """

    frame: Frame
    head: Head
    letter_action: str
    letter_error: str
    action: str
    to_check: tuple[FormField, ...]
    groups: tuple[FieldGroup, ...]
    draft: DraftBox
    finding: str
    """"10 fields read: 7 sure, 3 to check"; empty before a letter."""
    document: DocumentPane | None = None
    document_id: str = ""
    errors: tuple[ErrorLine, ...] = ()
    letter_text: str = ""
    """Words that were sent to be read and could not be."""
    letter_draft: DraftBox | None = None
    """Of the letter; None where it was read already."""
    editing: bool = False
    """Whether the fields are those of a request that is stored already."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One field of the request as it stands."""

    label: str
    value: str
    """Empty: unknown."""
    unknown: str = ""
    note: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One point of the screening."""

    state: str
    title: str
    detail: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class StatusForm:
    """The next steps of a request's life; POST `action` with `status`, `reason`, `to`."""

    action: str
    choices: tuple[Choice, ...]
    reason_needed: str
    """Says for which of them a reason is needed."""
    error: str = ""
    reason: str = ""
    """What was typed and could not be kept."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: who, what, when, why."""

    what: str
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One ranking that was kept: what came out, and when."""

    link: Link
    told: str
    when: str


@dataclass(frozen=True, slots=True)
class RequestDetailPage:
    """One request: the letter beside the fields, the screening, what was seen before."""

    frame: Frame
    head: Head
    finding: str
    lines: tuple[ReadLine, ...]
    rank: PostButton | None
    edit: Link | None
    status: StatusForm | None
    document: DocumentPane | None = None
    screening: tuple[CheckLine, ...] = ()
    before: tuple[Link, ...] = ()
    outreach: WhomToAsk | None = None
    lessons: tuple[LessonLine, ...] = ()
    """From similar Actions, confirmed; each says why it is shown."""
    history: tuple[HistoryLine, ...] = ()
    runs: tuple[RunLine, ...] = ()
    """Rankings made, the newest first."""
    notes: tuple[str, ...] = ()
