"""Contexts of uploads: the files sent, many at once with their results, the columns of a list."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import (
    Chip,
    Choice,
    Empty,
    ErrorLine,
    Link,
    Notice,
    Pager,
    PostButton,
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
    """POST multipart with `files` (several), `trial`; `country` where one has several."""

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
class BatchLine:
    """One file or row of an upload and what became of it."""

    name: str
    person: str
    """Empty: nobody was read in it, or nothing was kept."""
    nobody: str
    """What stands there instead."""
    result: Chip
    reasons: tuple[str, ...] = ()
    link: Link | None = None
    known: Link | None = None
    """The record of whom it may be about."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload has come; without `done` nobody can tell yet."""

    label: str
    words: str
    done: int | None
    total: int


@dataclass(frozen=True, slots=True)
class BatchPage:
    """An upload of many files with the result of each."""

    frame: Frame
    crumb: Link
    here: str
    title: str
    """The finding."""
    lead: str
    notices: tuple[Notice, ...] = ()
    progress: Progress | None = None
    shares: tuple[Share, ...] = ()
    lines: tuple[BatchLine, ...] = ()
    lines_name: str = ""
    pager: Pager | None = None
    main: PostButton | Link | None = None
    buttons: tuple[PostButton, ...] = ()
    links: tuple[Link, ...] = ()
    exports: tuple[Link, ...] = ()
    refresh_s: int = 0
    """While it is worked on: the page looks again after so many seconds; 0 is never."""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Options of a select under one heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a list: its heading, its first cells, what it is about."""

    name: str
    """Of the field."""
    label: str
    cells: tuple[str, ...]
    groups: tuple[ChoiceGroup, ...]
    error: str = ""
    note: str = ""
    """Where nothing is proposed: that somebody has to say."""


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """The columns of a list, each with our proposal; POST, by `do` tried or taken in."""

    frame: Frame
    crumb: Link
    here: str
    title: str
    lead: str
    action: str
    sheets: tuple[Choice, ...]
    """Empty where the list has one sheet only."""
    sheet: str
    header_row: str
    header_error: str
    columns: tuple[ColumnLine, ...]
    cancel: PostButton
    errors: tuple[ErrorLine, ...] = ()
