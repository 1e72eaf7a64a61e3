"""Contexts of administering accounts, keys and the rules of a facility."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.accounts import SessionLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, ErrorLine, FormField, Link, PostButton


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account of the facility."""

    href: str
    name: str
    email: str
    origin: str
    """An `Origin`; anything but "real" is said beside the name."""
    roles: tuple[str, ...]
    chip: Chip | None
    """What is missing or over; None where the account is in use."""
    seen: str
    """When it last signed in; empty where it never did."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key of another system."""

    label: str
    prefix: str
    account: str
    scopes: str
    chip: Chip
    until: str
    used: str
    buttons: tuple[PostButton, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """A link or a key just made: it is shown on this page and nowhere again."""

    title: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form with its button."""

    title: str
    action: str
    fields: tuple[FormField, ...]
    submit: str


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Everybody with an account here, the keys, and the form to open an account."""

    frame: Frame
    head: Head
    accounts: tuple[AccountLine, ...]
    keys: tuple[KeyLine, ...]
    form: FormOf
    also: tuple[Link, ...] = ()
    """What else is administered, on pages of its own."""
    errors: tuple[ErrorLine, ...] = ()
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role that an account holds here."""

    words: str
    end: PostButton


@dataclass(frozen=True, slots=True)
class OneAccountPage:
    """One account: its roles, its link, its keys, and its end."""

    frame: Frame
    head: Head
    email: str
    roles: tuple[RoleLine, ...]
    link: PostButton | None
    """Makes a link to set the password; None where the account is closed."""
    standing: PostButton | None
    """Closes the account or opens it again; None for one's own."""
    identity: PostButton | None
    """Unbinds it from its identity in another system; None where it has none."""
    sessions: tuple[SessionLine, ...]
    keys: tuple[KeyLine, ...]
    role_form: FormOf
    key_form: FormOf
    errors: tuple[ErrorLine, ...] = ()
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of one matter."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class RulesChangeLine:
    """Who changed which rules, and when."""

    when: str
    moment: str
    who: str
    rules: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What a facility decides for itself."""

    frame: Frame
    head: Head
    lead: str
    action: str
    """Where the form goes; empty for whoever only reads."""
    version: str
    groups: tuple[RuleGroup, ...]
    said: tuple[tuple[str, str], ...]
    """Each rule with its value in words, for whoever only reads."""
    errors: tuple[ErrorLine, ...]
    problem: str
    changes: tuple[RulesChangeLine, ...]
    also: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of a list: its fields stand beside each other."""

    legend: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class PrivacyGroup:
    """What is said of one matter of data protection."""

    title: str
    lead: str
    fields: tuple[FormField, ...]
    rows: tuple[FieldRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivacyFormPage:
    """What a facility says about data protection, as a form."""

    frame: Frame
    head: Head
    lead: str
    action: str
    version: str
    groups: tuple[PrivacyGroup, ...]
    errors: tuple[ErrorLine, ...]
    problem: str
    missing: int
    """How many points are not said yet."""
    changes: tuple[RulesChangeLine, ...]
