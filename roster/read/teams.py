"""One person per seat, and the rules that hold between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.read.experts import ExpertRow
from roster.read.requests import (
    LanguageNeed,
)
from roster.vocabulary import (
    ActivityType,
    ExpertKind,
    SeatRole,
    TeamMode,
)


@dataclass(frozen=True, slots=True)
class SeatNeed:
    """One role to fill."""

    role: SeatRole
    topics: tuple[str, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    kinds: frozenset[ExpertKind] = frozenset()
    """Empty: any kind."""
    one_language: bool = False
    """True: one of the languages is enough; False: all of them."""
    counterpart: str | None = None
    days: int | None = None
    """Days of work; None: all days of the activity. Absences that leave so many do no harm."""
    keeper: UUID | None = None
    """Who sits here already and stays, whatever else is composed anew."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much somebody is out in the year of an activity, by the deployments on record."""

    expert_id: UUID
    days: int = 0
    deployments: int = 0
    returning: bool = False
    """Whether she served on earlier activities of the Action, or of one for the same countries."""


@dataclass(frozen=True, slots=True)
class TeamRules:
    """What a team must obey; the defaults are those of the mode."""

    mode: TeamMode
    seats: tuple[SeatNeed, ...]
    most_per_country: int = 1
    most_per_administration: int = 1
    least_practitioners: float = 0.5
    """Least share of officials (EU or non-EU administrations)."""
    everyone_speaks: tuple[LanguageNeed, ...] = ()
    someone_speaks: tuple[LanguageNeed, ...] = ()
    forced_in: frozenset[UUID] = frozenset()
    forced_out: frozenset[UUID] = frozenset()
    beneficiaries: tuple[str, ...] = ()
    """Countries whose own administration cannot hold the Southern seat."""
    starts: date | None = None
    ends: date | None = None
    covered: tuple[tuple[str, ...], ...] = ()
    """Groups of topics; of each group somebody in the team has worked in one."""
    asked_later: bool = False
    """True: what is not known of somebody keeps nobody out, and is asked once the team stands."""
    asked_of: frozenset[str] = frozenset()
    """Countries whose focal points will be asked: their people to ask first count as fit."""
    interpreted: frozenset[str] = frozenset()
    """Languages of the request that are left to interpreters: nobody has to speak them."""
    conflicts: frozenset[UUID] = frozenset()
    """People with a conflict of interest here: nothing puts them in."""
    together: tuple[frozenset[UUID], ...] = ()
    """Groups of which all sit in the team, or none."""
    apart: tuple[frozenset[UUID], ...] = ()
    """Groups of which one at most sits in the team."""
    most_days_a_year: int | None = None
    """Most days out in the year of the activity, this one included; None: no cap."""
    most_deployments_a_year: int | None = None
    """Most deployments in the year of the activity, this one included; None: no cap."""
    least_newcomers: int = 0
    """Members who were never deployed before."""
    least_returning: int = 0
    """Members who served on earlier activities of the Action, or of one for the countries."""
    loads: tuple[Load, ...] = ()
    """What is on record when the rules are made; nobody else was out."""


@dataclass(frozen=True, slots=True)
class SeatFilled:
    """Who sits where, and why."""

    seat: SeatNeed
    expert_id: UUID
    score: float
    at: int
    """Place of the seat among those of the rules, from 0; open ones are left out of a team."""
    reasons: tuple[str, ...] = ()
    alternates: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One rule held against one team."""

    rule: str
    state: str
    """One of "broken", "open" (somebody has to be asked or named), "tight", "kept"."""
    detail: str
    people: tuple[UUID, ...] = ()
    """Those whom a rule on named people is about, or who do not keep it."""


@dataclass(frozen=True, slots=True)
class TeamProposal:
    """One team that obeys every rule."""

    seats: tuple[SeatFilled, ...]
    score: float
    """Sum of the scores of its members."""
    gives_up: float
    """Points below the best proposal."""
    rules: tuple[RuleCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who could take a seat, and what that changes."""

    expert_id: UUID
    score: float
    gains: float
    """Points that the team gains, negative: loses."""
    breaks: tuple[str, ...] = ()
    """Rules that would be broken and are kept now, in words."""
    mends: tuple[str, ...] = ()
    """Rules that are broken now and would be kept."""


@dataclass(frozen=True, slots=True)
class Seating:
    """A team put together by hand, with how it stands to each rule."""

    proposal: TeamProposal
    """Perhaps against rules; open seats are left out."""
    offers: tuple[tuple[Offer, ...], ...]
    """By seat of the rules: who else could sit there, those who break nothing more first."""


@dataclass(frozen=True, slots=True)
class Loosening:
    """One thing to loosen."""

    kind: str
    """"level", "one_speaks", "interpreter", "dates", "ask", "country", "office", "officials",
    "kind", "seat", "covered", "forced", "together", "apart", "load", "rotation", "newcomers",
    "returning", "mode", "size" or "other"."""
    words: str
    price: float
    people: int | None = None
    """How many more could take a seat; None where it is no matter of people."""
    about: tuple[str, ...] = ()
    """Codes: a level's language, new and old level; an interpreter's language; days (negative:
    earlier) with the new first and last day; countries to ask; the new cap or number; the role and
    its topics; ids of people; a mode. None for "other"."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A way out when no team exists: what to loosen, and the team it would allow."""

    words: str
    cost: float
    proposal: TeamProposal | None = None
    parts: tuple[Loosening, ...] = ()
    """What `words` says, one by one."""
    rules: TeamRules | None = None
    """The rules as loosened: composing by them gives a team as good as `proposal`. None where no
    rules say it."""


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """Proposals, best first; or none, with the reasons and the cheapest ways out."""

    proposals: tuple[TeamProposal, ...]
    reasons: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    optimal: bool = True
    status: str = "optimal"
    """"optimal": each proposal is proven the best; "infeasible": proven that there is none;
    "time_limit": the best found in the time allowed, see `gap`; without a proposal nothing is
    known."""
    gap: float | None = 0.0
    """Points that a better team could have at most, over the proposals; None where no bound is
    known."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat of a team that was kept."""

    position: int
    role: SeatRole
    need: SeatNeed
    person: ExpertRow | None
    """None: nobody sits there."""
    score: float | None
    counterpart: str | None
    alternates: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team kept for a request."""

    id: UUID
    request_id: UUID
    mode: TeamMode
    status: str
    score: float | None
    note: str
    created_at: datetime
    ranking_id: UUID | None
    checks: tuple[RuleCheck, ...]
    seats: tuple[SeatView, ...]
