"""Contexts of signing in and of one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import ErrorLine, FormField, Link, PostButton


@dataclass(frozen=True, slots=True)
class DemoWay:
    """An invented account that anybody may look around with."""

    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Signing in: POST /signin with `email`, `password`, `next`."""

    frame: Frame
    action: str
    email: FormField
    password: FormField
    next: str
    """Where to go after; a path of this site."""
    error: str = ""
    forgotten: Link | None = None
    with_password: bool = True
    """Whether accounts have passwords here."""
    other_ways: tuple[Link, ...] = ()
    out: Link | None = None
    """Where the session of another system ends; the one here has just ended."""
    demo: tuple[DemoWay, ...] = ()
    """Only where a demonstration is loaded; their one password is public."""
    demo_password: str = ""
    kept: bool = False
    """Whether what was typed when the session ended waits behind the sign-in."""


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One thing that the account may be, and where."""

    role: str
    where: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One place where the account is signed in."""

    words: str
    since: str
    current: bool
    end: PostButton | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account: roles, sessions, password, keys for programs."""

    frame: Frame
    name: str
    email: str
    grants: tuple[GrantLine, ...]
    sessions: tuple[SessionLine, ...]
    password_action: str
    password_fields: tuple[FormField, ...]
    sign_out: PostButton
    errors: tuple[ErrorLine, ...] = ()
    facilities: tuple[PostButton, ...] = ()
    """Other facilities that the account can work in."""
    single_keys: bool = True
    """Whether single keys act (WCAG 2.1.4); a switch of the browser, not of the account."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A refusal in the words of its `RosterError`, with the same status."""

    frame: Frame
    status: int
    title: str
    detail: str
    errors: tuple[str, ...] = ()
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A form that came after its session had ended."""

    frame: Frame
    lead: str
    files: str
    """That files have to be chosen again; empty where none came with it."""
    words: tuple[str, ...]
    """Sentences of it, to know it again."""
    send: PostButton
    leave: Link


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A form of one or two fields for somebody who is not signed in."""

    frame: Frame
    title: str
    lead: str
    action: str
    fields: tuple[FormField, ...]
    submit: str
    """Empty where there is nothing to send: the page only says something."""
    ways: tuple[Link, ...] = ()
