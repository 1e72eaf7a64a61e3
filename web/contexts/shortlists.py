"""Context of a request's shortlist."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, Empty, Link, PersonName, PostButton
from web.contexts.rankings import Comparison


@dataclass(frozen=True, slots=True)
class StageMove:
    """The select that moves a card; POST `action` with `stage`, and `reason`, `note` to leave."""

    action: str
    stages: tuple[Choice, ...]
    exits: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    version: str
    """What this page saw; a later change by somebody else answers 409 with both versions."""


@dataclass(frozen=True, slots=True)
class ShortlistCard:
    """One person on the shortlist."""

    id: str
    person: PersonName
    score: str
    """Empty where the person came without a ranking."""
    chips: tuple[Chip, ...]
    note: str
    move: StageMove | None
    """None where the actor only reads."""
    note_action: str = ""
    error: str = ""
    history: tuple[str, ...] = ()
    """Each move with who and when, the newest first."""


@dataclass(frozen=True, slots=True)
class StageColumn:
    """One stage with its cards."""

    stage: str
    title: str
    count: str
    cards: tuple[ShortlistCard, ...]
    nobody: str
    """What would bring somebody here; shown while empty."""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """Somebody who left the list, with the reason."""

    person: PersonName
    reason: str
    when: str
    back: PostButton | None


@dataclass(frozen=True, slots=True)
class ShortlistPage:
    """The people picked for a request, by stage."""

    frame: Frame
    head: Head
    finding: str
    also_here: str
    columns: tuple[StageColumn, ...]
    left: tuple[LeftLine, ...]
    left_summary: str
    exports: tuple[Link, ...] = ()
    ask_release: PostButton | None = None
    compare: str = ""
    comparison: Comparison | None = None
    empty: Empty | None = None
