"""Contexts of uploading CVs and of confirming what was read in one."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    Chip,
    Choice,
    DocumentPane,
    Empty,
    ErrorLine,
    Link,
    Pager,
    Share,
)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file and what became of it, in one sentence."""

    name: str
    person: str
    """Empty: nobody was read in it."""
    read_as: str
    facts: str
    result: Chip
    link: Link | None = None
    problem: str = ""
    """What to do about a file that was not taken or could not be read."""
    origin: str = "real"


@dataclass(frozen=True, slots=True)
class UploadForm:
    """POST multipart with `files` (several); `country` where one has several."""

    action: str
    limits: str
    accept: str
    countries: tuple[Choice, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class UploadPage:
    """An upload with its results, or the empty form."""

    frame: Frame
    crumb: Link | None
    here: str
    title: str
    finding: str
    form: UploadForm
    shares: tuple[Share, ...] = ()
    files: tuple[FileLine, ...] = ()
    pager: Pager | None = None
    main: Link | None = None
    exports: tuple[Link, ...] = ()
    refresh_s: int = 0
    """While files are being read: the page looks again after so many seconds; 0 is never."""
    empty: Empty | None = None
    earlier: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class FactInput:
    """One part of a fact's value that can be typed; `name` is that of the form's field."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    suggestions: str = ""
    """Id of the list of names that it suggests from."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Names offered while typing, shared by all fields of the page."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact to check: its value and why it is doubted; POSTed as `v-<id>`, right or wrong.

    A part that is typed anew, POSTed as `<id>.<part>`, corrects it whatever is ticked but "wrong".
    """

    id: str
    number: int | None
    kind: str
    value: str
    doubt: str
    quote: str
    """The words in the document; shown on a phone, where the document stands after."""
    language: str | None
    inputs: tuple[FactInput, ...] = ()
    place: str = ""
    verdict: str = ""
    """"right", "wrong" or empty: not decided, and then it does not count."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class SureLine:
    """Values that are sure, by kind; each can still be struck or corrected."""

    kind: str
    facts: tuple[SureFact, ...]


@dataclass(frozen=True, slots=True)
class SureFact:
    """One sure value with its mark; a tick at `v-<id>` strikes it."""

    id: str
    number: int | None
    value: str
    note: str = ""
    confirmed: bool = False
    wrong: bool = False
    inputs: tuple[FactInput, ...] = ()
    error: str = ""


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
class Twins:
    """People who may be the same; a merge is proposed, never silent. POSTed as `same_as`."""

    words: str
    choices: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """The document beside what was read in it; nothing counts before somebody confirms it.

    One form with one button. Where `action` is empty the page only shows.
    """

    frame: Frame
    head: Head
    action: str
    document: DocumentPane
    to_check: tuple[FactCard, ...]
    sure: tuple[SureLine, ...]
    sure_count: str
    unknown: tuple[UnknownLine, ...]
    add: tuple[AddForm, ...]
    suggestions: tuple[Suggestions, ...]
    confirm: str
    """Label: "Confirm, 21 facts"."""
    errors: tuple[ErrorLine, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    twins: Twins | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A file that is being read, or that could not be."""

    frame: Frame
    title: str
    words: str
    ways: tuple[Link, ...]
    refused: bool = False
