"""Contexts of uploading CVs and of confirming what was read in one."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, DocumentPane, Empty, Link, Pager, Share


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


@dataclass(frozen=True, slots=True)
class UploadForm:
    """POST multipart with `files` (several) and `dry_run`; `country` where one has several."""

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
    """One part of a fact's value that can be corrected; POSTed as `<fact id>.<name>`."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact to check: its value, why it is doubted, the likely answers."""

    id: str
    """The fact's id: `decide=<id>:<answer>` with answers confirm, reject, unknown or a value."""
    number: int
    kind: str
    value: str
    doubt: str
    quote: str
    """The words in the document; shown on a phone, where the document stands after."""
    language: str | None
    answers: tuple[Choice, ...] = ()
    """Likely values beside "Right"; the value is what `decide` says after the colon."""
    inputs: tuple[FactInput, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A value that differs from the confirmed one; never overwritten silently."""

    id: str
    number: int
    kind: str
    old: str
    new: str
    take: str
    keep: str


@dataclass(frozen=True, slots=True)
class SureLine:
    """Values that are sure, by kind; each can still be struck or corrected."""

    kind: str
    facts: tuple[SureFact, ...]


@dataclass(frozen=True, slots=True)
class SureFact:
    """One sure value with its mark."""

    id: str
    number: int | None
    value: str
    note: str = ""
    confirmed: bool = False
    inputs: tuple[FactInput, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """What the document does not say."""

    label: str
    words: str
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same person; a merge is proposed, never silent."""

    words: str
    link: Link | None
    same: str
    """Label of the button that posts `twin=same`."""
    other: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """The document beside what was read in it; nothing counts before somebody confirms it.

    One form: `decide` decides one fact and comes back, `confirm=all` confirms the sure ones and
    goes on, `later=1` leaves.
    """

    frame: Frame
    head: Head
    action: str
    document: DocumentPane
    to_check: tuple[FactCard, ...]
    changed: tuple[ChangeLine, ...]
    sure: tuple[SureLine, ...]
    unknown: tuple[UnknownLine, ...]
    confirm: str
    """Label: "Confirm 21, go to the next"."""
    sure_count: str
    progress: str
    """Width of the bar of files done."""
    previous: Link | None = None
    next: Link | None = None
    twin: Twin | None = None
    notes: tuple[str, ...] = ()
