"""Context of confirming what was read in a CV: the document beside its facts."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, DocumentPane, DraftBox, ErrorLine, Link


@dataclass(frozen=True, slots=True)
class FactInput:
    """One part of a fact's value that can be typed; `name` is that of the form's field."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    kind: str = "text"
    """One of "text", "email", "tel", "number", "date" (as precise as it is known)."""
    names: str = ""
    """Id of the list of names that are proposed while typing; empty where there is none."""


@dataclass(frozen=True, slots=True)
class NameList:
    """Names that fields of the page propose: once for all of them, since they are many."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One of several places in which the same was read."""

    number: int | None
    href: str
    about: str
    """Page and dates: "Page 2, 2016 to 2019"; empty where neither is known."""
    quote: str


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact to decide on: its value, why, and what may be said of it, POSTed as `v-<id>`.

    A part that is typed anew, POSTed as `<id>.<part>`, corrects it whatever is ticked but "wrong".
    """

    id: str
    number: int | None
    kind: str
    value: str
    place: str
    """Where its words stand: "Page 2", or empty."""
    quote: str
    """The words in the document; shown on a phone, where the document stands after."""
    language: str | None
    verdicts: tuple[Choice, ...]
    """"right", "wrong", "keep" or empty, the chosen one on."""
    places: tuple[Place, ...] = ()
    """All of them where there are several; one decision holds for each."""
    doubt: str = ""
    old: str = ""
    """What the record holds of the same thing; empty where it holds nothing."""
    old_note: str = ""
    """Who said so and whether it was confirmed."""
    inputs: tuple[FactInput, ...] = ()
    href: str = ""
    """Of its words in the document; empty where they have no place."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Facts of one kind to decide on."""

    kind: str
    cards: tuple[FactCard, ...]
    all_right: str = ""
    """Label of the button that takes all of them as right; empty where there is one only."""


@dataclass(frozen=True, slots=True)
class SureFact:
    """One value that needs no decision; a tick at `v-<id>` strikes it where it may be struck."""

    id: str
    number: int | None
    value: str
    note: str = ""
    href: str = ""
    confirmed: bool = False
    wrong: bool = False
    places: tuple[Place, ...] = ()
    """All of them where there are several."""
    language: str | None = None
    """Of the words at those places."""
    inputs: tuple[FactInput, ...] = ()
    """Empty where it cannot be corrected here."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class SureLine:
    """Values of one kind that need no decision."""

    kind: str
    facts: tuple[SureFact, ...]


@dataclass(frozen=True, slots=True)
class SureGroup:
    """Values that need no decision, folded."""

    id: str
    title: str
    count: str
    about: str
    """What becomes of them when the form is sent."""
    lines: tuple[SureLine, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """Something on the record and not in the CV; a tick POSTed as `w-<id>` takes it away."""

    id: str
    kind: str
    value: str
    note: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """What the document does not say."""

    label: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class AddForm:
    """A fact that the document does not say and the focal point may know."""

    id: str
    title: str
    inputs: tuple[FactInput, ...]
    open: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class TwinChoice:
    """One person who may be the same, POSTed as `same_as`."""

    choice: Choice
    link: Link | None = None
    """To what differs from her record; None where it is shown, or where nothing can differ."""


@dataclass(frozen=True, slots=True)
class Twins:
    """People who may be the same; a merge is proposed, never silent."""

    words: str
    choices: tuple[TwinChoice, ...]
    compared: str = ""
    """Whose record the facts below are set against; POSTed as `compared`."""
    about: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class PageBox:
    """Where words of a fact stand on a page, in the units of its picture's view."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """The boxes of one fact on one page."""

    number: int
    title: str
    """Kind and value, for the pointer."""
    boxes: tuple[PageBox, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page of the file as it looks, with the places of its facts over it."""

    label: str
    src: str
    view: str
    """Of the drawing: "0 0 595 842"; empty where the size of the page is unknown."""
    width: str
    height: str
    """In pixels, to keep its room before it comes."""
    marks: tuple[PageMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody has come through the files that wait."""

    words: str
    """"3 of 12 waiting"."""
    share: str
    """Of those before this one, as a percentage."""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """The document beside what was read in it; nothing counts before somebody confirms it.

    One form with one button. Where `action` is empty the page only shows.
    """

    frame: Frame
    head: Head
    action: str
    finding: str
    """The answer as a heading: "3 facts to check, 18 sure"."""
    document: DocumentPane
    pictures: tuple[PagePicture, ...]
    """Empty where the file has no pages to look at, or is not kept."""
    show: str
    """"picture" or "text"."""
    views: tuple[Link, ...]
    """To the pictures and to the text."""
    to_check: tuple[CheckGroup, ...]
    checks: int
    """How many wait for a decision in all those groups."""
    changed: tuple[FactCard, ...]
    groups: tuple[SureGroup, ...]
    silent: tuple[Silent, ...]
    unknown: tuple[UnknownLine, ...]
    add: tuple[AddForm, ...]
    confirm: str
    """Label: "Confirm, 21 facts"."""
    later: Link
    """To the next file that waits, or out of here; this one waits on."""
    errors: tuple[ErrorLine, ...] = ()
    draft: DraftBox | None = None
    """What keeps a draft of it; None where the page only shows."""
    previous: Link | None = None
    next: Link | None = None
    progress: Progress | None = None
    twins: Twins | None = None
    notes: tuple[str, ...] = ()
    lists: tuple[NameList, ...] = ()
    of: str = ""
    """Id of the upload that is gone through, POSTed as `of`; empty where all that wait are."""
