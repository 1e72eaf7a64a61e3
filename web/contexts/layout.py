"""What stands around every page: head, navigation, notices, foot."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.parts import Chip, Link, Notice


@dataclass(frozen=True, slots=True)
class NavItem:
    """One section of the product."""

    label: str
    href: str
    current: bool = False
    folded: bool = False
    """Whether it stands behind "More" where the sections stand in one line."""


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language of the pages, called by its own name."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that the base layout needs."""

    title: str
    """Of the document, without the product's name."""
    locale: str
    languages: tuple[LanguageChoice, ...]
    path: str
    """Of this page with its query: where a change of language returns to."""
    theme: str = "auto"
    """One of "auto", "light", "dark"."""
    facility: str = ""
    nav: tuple[NavItem, ...] = ()
    """Empty where nobody is signed in."""
    account: Link | None = None
    search: str | None = None
    """Where the search form leads; None hides it."""
    notices: tuple[Notice, ...] = ()
    unread: int | None = None
    """Messages that wait for whoever is signed in; None where nobody is."""
    demo: bool = False
    """True where the records shown are invented; the foot says so."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and its value in the head of a page."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a request."""

    label: str
    href: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a record's page: crumb, title, one line of facts, tabs."""

    title: str
    crumbs: tuple[Link, ...] = ()
    here: str = ""
    """Last part of the crumb: the reference of the record."""
    facts: tuple[Fact, ...] = ()
    chips: tuple[Chip, ...] = ()
    tabs: tuple[Tab, ...] = ()
    tabs_name: str = ""
