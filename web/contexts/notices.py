"""Contexts of notices: the outbox, one letter, and the page behind a personal link."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.experts import PlainLine, ViewLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, Link, Pager, PostButton


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in the outbox."""

    href: str
    name: str
    origin: str
    chip: Chip
    when: str
    how: str
    """By mail, or by hand."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """The outbox; GET with `show` and `page`."""

    frame: Frame
    head: Head
    notices: tuple[NoticeLine, ...]
    pager: Pager
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One letter, to be copied, sent from one's own mail or handed over."""

    frame: Frame
    head: Head
    subject: str
    letter: str
    link: str
    locale: str
    """Of the letter."""
    record: Link
    lines: tuple[PlainLine, ...]
    mail: str = ""
    """A `mailto:` link; empty where no address is known."""
    hand_over: PostButton | None = None
    """None where the person was told already."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One thing that is held on a person."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class HeldKind:
    """Everything of one kind that is held on a person."""

    label: str
    lines: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person stands, and what she can do about it."""

    chip: Chip
    words: str
    buttons: tuple[PostButton, ...] = ()
    leave: PostButton | None = None
    """Asks once more."""


@dataclass(frozen=True, slots=True)
class MinePage:
    """What is held on the person of a personal link."""

    frame: Frame
    title: str
    lead: str
    standing: Standing
    about: tuple[PlainLine, ...]
    """Who sent it, what for, how long, who answers for it."""
    held: tuple[HeldKind, ...]
    views: tuple[ViewLine, ...]
    contact: str = ""
    """Where to have something corrected; empty where nobody is named."""


@dataclass(frozen=True, slots=True)
class LeavePage:
    """The question before somebody leaves."""

    frame: Frame
    title: str
    words: str
    leave: PostButton
    stay: Link
