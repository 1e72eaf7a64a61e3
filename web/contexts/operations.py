"""Context of the page that says how the service stands."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, PostButton


@dataclass(frozen=True, slots=True)
class StandLine:
    """One thing looked at."""

    label: str
    value: str
    note: str = ""
    chip: Chip | None = None
    """None where there is nothing to judge."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job."""

    what: str
    """Of what kind, with the beginning of the record's id."""
    href: str
    chip: Chip
    asked: str
    progress: str
    reason: str
    """Empty where nothing went wrong."""
    button: PostButton | None
    """Calls it off or begins it anew; None for who only looks."""


@dataclass(frozen=True, slots=True)
class OperationsPage:
    """The queue, the database, the index, the outbox, the versions."""

    frame: Frame
    head: Head
    standing: tuple[StandLine, ...]
    stopped: tuple[JobLine, ...]
    open: tuple[JobLine, ...]
    """At work and waiting."""
    more: str
    """How many wait beyond those shown; empty: none."""
