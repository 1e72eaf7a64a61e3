"""Context of the page on which a facility's own words are kept."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, ErrorLine, FormField, Notice, PostButton
from web.contexts.uploads import Progress


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word of the facility's own."""

    phrase: str
    where: str
    """In texts of which language it counts."""
    means: str
    said: str
    """Who added it and when; of one taken back, that too."""
    button: PostButton | None
    """Takes it back, or adds it again."""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A topic or a type of activity."""

    label: str
    href: str
    about: str
    """Thematic area; empty where it has none."""
    own: str
    """Number of own words; empty where there is none."""
    people: str
    requests: str
    actions: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class TermWords:
    """The words by which one of them is read."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    """Language, its ISO 639-1 code, the words."""
    note: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word would change, before it is added."""

    title: str
    lines: tuple[str, ...]
    chip: Chip | None
    """A warning; None where there is nothing to warn of."""


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """Whether all CVs are read for the words as they are now."""

    title: str
    text: str
    progress: Progress | None
    button: PostButton | None
    past: tuple[tuple[str, str], ...]
    """When, and what came of it; the latest first."""


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The lists of the field, a facility's own words, and the reading anew of its CVs."""

    frame: Frame
    head: Head
    reading: ReadingPart
    action: str
    fields: tuple[FormField, ...]
    errors: tuple[ErrorLine, ...]
    problem: Notice | None
    effect: Effect | None
    words: tuple[WordLine, ...]
    gone: tuple[WordLine, ...]
    term: TermWords | None
    topics: tuple[TermLine, ...]
    activities: tuple[TermLine, ...]
    refresh_s: int | None = None
    """Seconds after which to look again; None: nothing goes on."""
