"""Context of the team board."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, FormField, Link, PersonName, PostButton
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
class SeatOffer:
    """Somebody who could take a seat, with the price or the gain."""

    person: PersonName
    words: str
    button: PostButton


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
    buttons: tuple[PostButton, ...] = ()
    """To hold this person in the team, or to keep her out of it."""
    nobody: str = ""
    """Of an open seat: "Nobody sits here yet. Three people fit all rules:"."""


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
    button: PostButton | None


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
class SeatSpecRow:
    """One seat in the form of the rules: fields `seat_role`, `seat_topic`, `seat_counterpart`."""

    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class RulesForm:
    """Mode, seats and rules; GET `action` composes: nothing is stored, the address is the rules."""

    action: str
    fields: tuple[FormField, ...]
    """`mode`, `size`, `per_country`, `per_office`, `officials`, `in`, `out`."""
    seats: tuple[SeatSpecRow, ...] = ()
    add_seat: str = ""
    """Where the form is sent to get one more row; empty where seats follow from the mode."""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The question about one name, and its answer; GET with `why`."""

    action: str
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
    why_not: WhyNot
    trouble: str = ""
    """"Your team breaks two rules"; empty where it breaks none."""
    reasons: tuple[str, ...] = ()
    ways: tuple[WayOut, ...] = ()
    save: PostButton | None = None
    exports: tuple[Link, ...] = ()
    saved: str = ""
    kept: tuple[Link, ...] = ()
    """Teams kept before."""
