"""Context of the team board."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, DraftBox, FormField, Link, PersonName, PostButton
from web.contexts.scores import Score


@dataclass(frozen=True, slots=True)
class ProposalTab:
    """One team to look at: yours, or a proposal with what it gives up."""

    label: str
    score: str
    note: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Free days against the mission, on one axis."""

    start: str
    width: str
    mission_start: str
    mission_end: str
    words: str


@dataclass(frozen=True, slots=True)
class Move:
    """A button of the one form that moves people: `do` says what."""

    label: str
    do: str
    """"seat:2:…", "open:2", "declined:2", "hold:…", "free:…", "out:…" or "undo"."""


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """Somebody who could take a seat, with what that changes."""

    person: PersonName
    words: str
    move: Move
    notes: tuple[str, ...] = ()
    """Rules that would break, or mend."""
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class SeatCard:
    """One role, who sits there, and who else could."""

    id: str
    role: str
    must: str
    counterpart: str
    """Empty: not named yet."""
    person: PersonName | None = None
    chips: tuple[Chip, ...] = ()
    score: Score | None = None
    free: FreeTime | None = None
    reasons: tuple[str, ...] = ()
    offers: tuple[SeatOffer, ...] = ()
    moves: tuple[Move, ...] = ()
    """What can be done with who sits here: declined, must be in, leave out."""
    nobody: str = ""
    """Of an open seat: "Nobody sits here yet. Three people fit all rules:"."""
    who: str = ""
    """Id of who sits here, to be dragged; empty where nothing can be moved."""
    open_name: PostButton | None = None
    """Where the name is kept back."""
    counterpart_field: FormField | None = None
    """To name the counterpart; None where this seat has none, or nothing is kept here."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule and how the team stands to it, broken first."""

    state: str
    """"broken", "open", "tight" or "kept"."""
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing to loosen, with the team that it would allow."""

    words: str
    see: Link | None = None
    """The team that it allows."""
    apply: Link | None = None
    """The board by the looser rules."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One cell of the coverage: "yes", "gate", "unknown" or "no", with its word."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One seat's dots."""

    label: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """Columns under one heading."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageTotal:
    """How many of the team cover a column."""

    words: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the team covers, seat by column."""

    groups: tuple[CoverageGroup, ...]
    rows: tuple[CoverageRow, ...]
    totals: tuple[CoverageTotal, ...]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One need in the picture: a dot for each member."""

    group: str
    """Heading before the first row of a group; else empty."""
    label: str
    dots: tuple[Dot, ...]
    total: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Topics, languages and countries against the members; the table beside says the same."""

    words: str
    """The finding: what nobody covers."""
    columns: tuple[str, ...]
    """The number of each member's seat."""
    rows: tuple[PictureRow, ...]


@dataclass(frozen=True, slots=True)
class SideCell:
    """Who takes one seat in one of the alternatives."""

    name: str
    note: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Alternatives as columns: seats, score, what each gives up, tight rules, coverage."""

    heads: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[SideCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class SeatSpecRow:
    """One seat in the form of the rules, folded under its words."""

    title: str
    words: str
    fields: tuple[FormField, ...]
    moves: tuple[Move, ...] = ()
    """Up, down, remove."""


@dataclass(frozen=True, slots=True)
class RulesForm:
    """Mode, seats and rules; POST `action` leads to the board by these rules."""

    action: str
    fields: tuple[FormField, ...]
    seats: tuple[SeatSpecRow, ...] = ()
    languages: tuple[FormField, ...] = ()
    people: tuple[FormField, ...] = ()
    """Who must be in, stays out, has a conflict; pairs: each to be unticked."""
    person: tuple[FormField, ...] = ()
    """To name one more person, or a pair."""
    names: tuple[str, ...] = ()
    """Suggested for them."""
    modes: tuple[str, ...] = ()
    """What each mode asks, in words."""
    hidden: tuple[tuple[str, str], ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class KeepForm:
    """The form that keeps the team shown; POST."""

    label: str
    action: str
    hidden: tuple[tuple[str, str], ...]
    note: FormField | None = None
    """Where the team breaks a rule: why it is kept all the same."""
    draft: DraftBox | None = None
    """What keeps a draft of it."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The question about one name, and its answer; POST with `name`."""

    action: str
    label: str
    """Of its field: a name, or a number where names are kept back."""
    name: str
    answer: str = ""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team for a request: seats, rules, what it covers, ways out."""

    frame: Frame
    head: Head
    finding: str
    mode: str
    proposals: tuple[ProposalTab, ...]
    seats: tuple[SeatCard, ...]
    rules: tuple[RuleLine, ...]
    rules_form: RulesForm | None
    coverage: Coverage | None
    why_not: WhyNot | None
    picture: Picture | None = None
    side: SideBySide | None = None
    trouble: str = ""
    """"Your team breaks two rules"; empty where it breaks none."""
    reasons: tuple[str, ...] = ()
    ways: tuple[WayOut, ...] = ()
    mover: tuple[str, tuple[tuple[str, str], ...]] | None = None
    """Where the form that moves people leads, with its hidden fields; None: nothing moves."""
    undo: Move | None = None
    keep: KeepForm | None = None
    counterparts: str = ""
    """Where counterparts of a kept team are sent; empty where none is shown."""
    exports: tuple[Link, ...] = ()
    saved: str = ""
    note: str = ""
    """Why a team that breaks rules was kept."""
    kept: tuple[Link, ...] = ()
    """Teams kept before."""
    open_names: PostButton | None = None
    """Where names are kept back: opens all of them."""
