"""Contexts of calls, releases, interests and messages."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    Chip,
    Choice,
    Empty,
    ErrorLine,
    FormField,
    Link,
    Pager,
    PersonName,
    PostButton,
)


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call in a list."""

    href: str
    title: str
    reference: str
    asked: str
    """Where and when, in one line."""
    due: Chip
    answer: str
    """"1 of 2 countries answered"; for a focal point what her country said."""
    people: str
    """"2 people nominated"."""


@dataclass(frozen=True, slots=True)
class CallsPage:
    """Calls, the latest first."""

    frame: Frame
    head: Head
    calls: tuple[CallRow, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class CountryLine:
    """One country that can be called, with why, and who could answer."""

    value: str
    name: str
    on: bool
    reasons: str
    reach: str
    id: str
    why: str = ""
    """Why it is ticked beforehand; empty where it is not."""


@dataclass(frozen=True, slots=True)
class NewCallPage:
    """The form of a new call; POST with `country`, `deadline`, `text`, `team`."""

    frame: Frame
    head: Head
    action: str
    lead: str
    first: tuple[CountryLine, ...]
    """Those to ask first, in order."""
    others: tuple[CountryLine, ...]
    others_title: str
    out_of_reach: str
    """Countries without a focal point or asked already, in words; empty where there are none."""
    fields: tuple[FormField, ...]
    country_error: str = ""
    errors: tuple[ErrorLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One country of a call, and what it said."""

    country: str
    chip: Chip
    note: str
    when: str


@dataclass(frozen=True, slots=True)
class NominatedLine:
    """One person put forward."""

    id: str
    person: PersonName
    about: str
    """Seat, note, day; late where it is."""
    chips: tuple[Chip, ...]
    ask: PostButton | None = None
    """Asks for the release; or, for a focal point, withdraws the nomination."""
    warning: str = ""
    """What else takes the person up on the days of the request."""


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call as officers see it."""

    frame: Frame
    head: Head
    finding: str
    text: str
    answers: tuple[AnswerLine, ...]
    nominated: tuple[NominatedLine, ...]
    nobody: str
    """Instead of the nominated: nobody yet."""
    close: PostButton | None
    again: Link


@dataclass(frozen=True, slots=True)
class OwnPersonLine:
    """One of a focal point's own people, held against a call."""

    id: str
    expert_id: str
    person: PersonName
    chip: Chip
    reasons: str
    warning: str = ""
    note: str = ""
    seat: str = ""
    """What was typed and could not be kept."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class OwnCallPage:
    """A call as a focal point sees it: what is asked for, and her own people."""

    frame: Frame
    head: Head
    finding: str
    text: str
    seats: tuple[str, ...]
    nominated: tuple[NominatedLine, ...]
    action: str
    """POST with `expert_id`, `seat`, `note`."""
    seat_choices: tuple[Choice, ...]
    people: tuple[OwnPersonLine, ...]
    others: tuple[OwnPersonLine, ...]
    """Those who do not fit."""
    others_title: str
    more: str
    nobody: tuple[FormField, ...]
    """POST to `nobody_action`; empty where somebody stands nominated."""
    nobody_action: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release in a table."""

    id: str
    person: PersonName
    chip: Chip
    asked: str
    """For what, and since when."""
    said: str
    """Validity or reason, who and when."""
    warning: str = ""
    """What else takes the person up on these days."""
    take_back: PostButton | None = None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat that is open, with who could be asked next."""

    title: str
    alternates: tuple[NextLine, ...]
    nobody: str


@dataclass(frozen=True, slots=True)
class NextLine:
    """Somebody who could take a seat; the button seats her and asks for the release."""

    person: PersonName
    seat: PostButton
    warning: str = ""


@dataclass(frozen=True, slots=True)
class RequestReleasesPage:
    """Calls, releases and open seats of a request."""

    frame: Frame
    head: Head
    finding: str
    seats: tuple[SeatLine, ...]
    releases: tuple[ReleaseLine, ...]
    calls: tuple[CallRow, ...]
    new_call: Link
    ask: tuple[FormField, ...]
    """POST to `ask_action`: `expert_id`, `due_on`, `note`; empty where nobody can be asked for."""
    ask_action: str
    nobody: str
    errors: tuple[ErrorLine, ...] = ()
    problem: str = ""
    """Why nothing was done, where it is about no field."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """A release that waits for an answer: granted or refused in place."""

    line: ReleaseLine
    action: str
    fields: tuple[FormField, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class GrantedLine:
    """A release that stands, and can be withdrawn with a reason."""

    line: ReleaseLine
    action: str
    fields: tuple[FormField, ...]
    error: str = ""
    open: bool = False
    """Whether it stands open, because something in it needs correcting."""


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """Releases of a focal point's people; for officers all, to be read."""

    frame: Frame
    head: Head
    waiting: tuple[AnswerForm, ...]
    granted: tuple[GrantedLine, ...]
    lines: tuple[ReleaseLine, ...]
    """Those that need no answer any more; for officers all."""
    lines_title: str
    give: tuple[FormField, ...]
    """POST to /releases; empty where nobody can be released."""
    errors: tuple[ErrorLine, ...] = ()
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class InterestLine:
    """What one state wants to work on."""

    country: str
    topics: str
    regions: str
    note: str
    when: str


@dataclass(frozen=True, slots=True)
class InterestForm:
    """The form of one's own state; POST."""

    title: str
    action: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class InterestsPage:
    """What states want to work on."""

    frame: Frame
    head: Head
    forms: tuple[InterestForm, ...]
    lines: tuple[InterestLine, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One thing told to the reader."""

    id: str
    said: str
    href: str
    due: str
    when: str
    moment: str
    """ISO 8601."""
    is_new: bool
    mail: str
    """Why it was not delivered by mail; empty where it was, or needs none."""
    read: PostButton | None


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """What the reader was told."""

    frame: Frame
    title: str
    finding: str
    messages: tuple[MessageLine, ...]
    read_all: PostButton | None
    pager: Pager
    undelivered: str = ""
    mail: Link | None = None
    """Where to see what was not delivered; None for who does not look after it."""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class UndeliveredLine:
    """One message that mail did not deliver."""

    id: str
    said: str
    href: str
    due: str
    whom: str
    why: str
    tried: str
    told: str
    """When it was told in the product."""
    state: Chip
    buttons: tuple[PostButton, ...]


@dataclass(frozen=True, slots=True)
class UnsentLine:
    """Letters of one kind that mail did not deliver."""

    said: str
    what: str
    """What to do about them, where the reader cannot do it herself."""
    page: Link | None


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """What mail could not deliver in the facility."""

    frame: Frame
    head: Head
    lead: str
    lines: tuple[UndeliveredLine, ...]
    others: tuple[UnsentLine, ...] = ()
    """What else was not delivered, and is looked after on other pages."""
    empty: Empty | None = None
