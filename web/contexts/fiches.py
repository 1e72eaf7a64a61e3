"""Contexts of the way from request to decision: screening, fiche, guests, decision, rounds."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, DraftBox, Empty, ErrorLine, FormField, Link, PostButton


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of a fiche: words, or rows under heads."""

    code: str
    title: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    unknown: str = ""
    """Said where there are neither words nor rows."""


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One part that a version changes."""

    title: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A remark, a vote or a talk: who, when, what."""

    who: str
    when: str
    about: str
    text: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody with a personal link, and what can be done with it."""

    label: str
    role: str
    state: Chip
    address: str
    link: str = ""
    """Shown where somebody asked for it."""
    show: PostButton | None = None
    mail: PostButton | None = None
    revoke: PostButton | None = None


@dataclass(frozen=True, slots=True)
class SmallForm:
    """A form of a few fields; POST `action`."""

    title: str
    action: str
    fields: tuple[FormField, ...]
    send: str
    hint: str = ""
    errors: tuple[ErrorLine, ...] = ()
    open: bool = False
    """Whether it stands open, because something in it needs correcting."""
    draft: DraftBox | None = None
    """None where nothing is kept before it is sent."""


@dataclass(frozen=True, slots=True)
class CheckForm:
    """One point of the checklist: what rules say, the answer under its question."""

    title: str
    finding: Chip | None
    answer: FormField
    note: FormField
    by: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """The checklist of a request; POST `action` with `then`: "save" or "screened"."""

    frame: Frame
    head: Head
    finding: str
    action: str
    checks: tuple[CheckForm, ...]
    may_write: bool
    finish: str
    """Label of the button that ends the screening; empty where it has ended."""
    draft: DraftBox | None = None
    """None for who may not write."""
    errors: tuple[ErrorLine, ...] = ()
    problem: str = ""
    actions: tuple[Link, ...] = ()
    projects: tuple[tuple[str, str, Chip | None], ...] = ()
    """Title, period, whether it overlaps."""


@dataclass(frozen=True, slots=True)
class FichePage:
    """The action fiche of a request: one version with what was said of it."""

    frame: Frame
    head: Head
    finding: str
    chip: Chip | None
    about: str
    parts: tuple[PartShown, ...] = ()
    versions: tuple[Link, ...] = ()
    current: str = ""
    buttons: tuple[PostButton, ...] = ()
    """The first one is the main way on."""
    edit: Link | None = None
    exports: tuple[Link, ...] = ()
    against: str = ""
    """Heading above the difference."""
    changes: tuple[ChangeShown, ...] = ()
    said: tuple[Said, ...] = ()
    talks: tuple[Said, ...] = ()
    guests: tuple[GuestLine, ...] = ()
    forms: tuple[SmallForm, ...] = ()
    problem: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of one kind; the button `add` brings one more without losing what was typed."""

    code: str
    title: str
    hint: str
    rows: tuple[tuple[str, tuple[FormField, ...]], ...]
    """Legend of the row, and its fields."""
    add: str


@dataclass(frozen=True, slots=True)
class FicheFormPage:
    """A draft to be written; POST `action` with `then`: "save", "share" or `add`: a group."""

    frame: Frame
    head: Head
    title: str
    action: str
    before: tuple[FormField, ...]
    groups: tuple[RowGroup, ...]
    after: tuple[FormField, ...]
    budget: str
    back: Link
    draft: DraftBox
    errors: tuple[ErrorLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What the steering body says of a request, and what is decided."""

    frame: Frame
    head: Head
    finding: str
    ballot: str
    votes: tuple[Said, ...]
    decided: tuple[Said, ...]
    forms: tuple[SmallForm, ...]
    kin: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    problem: str = ""
    way: Link | None = None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One application round."""

    name: str
    days: str
    guidelines: str
    requests: str
    chip: Chip | None
    form: SmallForm | None = None


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """Application rounds and the versions of the guidelines."""

    frame: Frame
    head: Head
    finding: str
    rounds: tuple[RoundLine, ...]
    guidelines: tuple[Said, ...]
    forms: tuple[SmallForm, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class GuestFichePage:
    """What the holder of a link sees: one fiche, what she said of it, and nothing else."""

    frame: Frame
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PartShown, ...]
    said: tuple[Said, ...]
    forms: tuple[SmallForm, ...]
    told: str = ""
    """What was just done."""
    closed: str = ""
    problem: str = ""
