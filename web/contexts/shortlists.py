"""Context of a request's shortlist."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, DraftBox, Empty, Link, PersonName, PostButton
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
    note: str = ""
    """Typed before and not kept."""


@dataclass(frozen=True, slots=True)
class ShortlistCard:
    """One person on the shortlist."""

    id: str
    person: PersonName
    score: str
    """In the newest ranking; empty where she is not in it."""
    chips: tuple[Chip, ...]
    note: str
    move: StageMove | None
    """None where the actor only reads."""
    note_action: str = ""
    error: str = ""
    history: tuple[str, ...] = ()
    """Each move with who and when, the newest first."""
    own_note: str = ""
    """What stands in the field of the note: `note`, or what was typed and not kept."""
    last: str = ""
    """Who moved her last, and when."""
    unranked: str = ""
    """That the newest ranking does not hold her; empty where it does or there is none."""
    gap: str = ""
    """Where most points are missing."""
    load: str = ""
    """How much she is out this year."""
    others: tuple[Link, ...] = ()
    """The other shortlists that she stands on."""
    clash: str = ""
    """What else takes her up on the same days."""
    compared: bool | None = None
    """Whether she is chosen for the comparison; None where there is nothing to compare."""
    expert: str = ""
    undo: PostButton | None = None
    """Takes the last move back, for whoever made it."""
    draft: DraftBox | None = None
    """What keeps a draft of the note."""


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
    columns: tuple[StageColumn, ...]
    left: tuple[LeftLine, ...]
    left_summary: str
    exports: tuple[Link, ...] = ()
    ask_release: PostButton | None = None
    comparison: Comparison | None = None
    empty: Empty | None = None
    watch: str = ""
    """Answers 204 while nothing has changed, else one sentence about what did."""
    picks: str = ""
    """GET with `expert` shows others side by side; empty where all fit beside one another."""
