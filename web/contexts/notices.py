"""Contexts of notices: the outbox, one letter, and the page behind a personal link."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.experts import PlainLine, ViewLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, ErrorLine, FormField, Link, Pager, PostButton


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
    lead: str = ""


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
    give: str = ""
    """What handing it over is good for."""
    mail: str = ""
    """A `mailto:` link; empty where no address is known."""
    hand_over: PostButton | None = None
    """None where the person was told already."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One thing that is held on a person."""

    value: str
    source: str
    change: Link | None = None
    """Where she says what is right instead."""
    undo: PostButton | None = None
    """Takes back what she said."""


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
class Rights:
    """Keeping a record unused, and taking a copy of it along."""

    restricted: str
    """Why it is kept and not used; empty where it is used."""
    action: str
    """POST: restricts with `ground` and `note`, or lifts with `note`."""
    fields: tuple[FormField, ...]
    submit: str
    copy: PostButton


@dataclass(frozen=True, slots=True)
class RightsPage:
    """What a coordinator does with a record when its person asks."""

    frame: Frame
    title: str
    rights: Rights
    handed: tuple[ViewLine, ...]
    back: Link


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
    right: PostButton | None = None
    """Says that the record is right; None where it is on no roster."""
    confirmed: str = ""
    """When somebody last said so."""
    contact: str = ""
    """Where to have something corrected; empty where nobody is named."""
    rights: Rights | None = None
    """What she can do with the record; None where it is on no roster."""
    handed: tuple[ViewLine, ...] = ()
    """To whom data was handed."""
    ranked: str = ""
    """How often she was shown in rankings."""
    notice: Link | None = None
    """The whole notice of the facility."""


@dataclass(frozen=True, slots=True)
class OwnFactPage:
    """One fact of a person's own record; POST `action` with its fields, or `do`: "wrong"."""

    frame: Frame
    title: str
    held: str
    """What is held now, in words."""
    lead: str
    action: str
    fields: tuple[FormField, ...]
    errors: tuple[ErrorLine, ...]
    back: Link
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LeavePage:
    """The question before somebody leaves."""

    frame: Frame
    title: str
    words: str
    leave: PostButton
    stay: Link
