"""Contexts of uploading CVs and of waiting until one is read."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import (
    Chip,
    Choice,
    Empty,
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
class WaitingPage:
    """A file that is being read, or that could not be."""

    frame: Frame
    title: str
    words: str
    ways: tuple[Link, ...]
    refused: bool = False
