"""The action fiche with what is said of it, votes, decisions, and the kin of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from roster.vocabulary import (
    ActivityType,
    Constituent,
    ExpertKind,
    FichePart,
    FicheStatus,
    GuestRole,
    Modality,
    RequestStatus,
    VoteChoice,
)


@dataclass(frozen=True, slots=True)
class FicheResult:
    """One result that the Action is to reach."""

    constituent: Constituent
    title: str


@dataclass(frozen=True, slots=True)
class FicheActivity:
    """One activity as the fiche plans it."""

    type: ActivityType
    title: str
    starts: str | None = None
    """ISO 8601 cut to what is known: 2027, 2027-03 or 2027-03-15."""
    ends: str | None = None
    place: str = ""
    modality: Modality | None = None
    days: int | None = None
    """Days of work of all experts together."""


@dataclass(frozen=True, slots=True)
class FicheExpertise:
    """One kind of expert that the fiche asks for; never a person."""

    role: str
    topics: tuple[str, ...] = ()
    kind: ExpertKind | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class FicheView:
    """One version of the action fiche of a request."""

    id: UUID
    request_id: UUID
    version: int
    status: FicheStatus
    title: str
    background: str
    objective: str
    results: tuple[FicheResult, ...]
    activities: tuple[FicheActivity, ...]
    expertise: tuple[FicheExpertise, ...]
    schedule: str
    risks: str
    expert_days: int | None
    """The budget as it was given; None: what the activities add up to."""
    created_at: datetime
    by: str | None
    """Name of the account."""

    @property
    def planned_days(self) -> int | None:
        """What the activities add up to; None where none of them says its days."""
        said = [one.days for one in self.activities if one.days is not None]
        return sum(said) if said else None


@dataclass(frozen=True, slots=True)
class FicheChange:
    """What one part of a fiche says no longer, and what it says instead, against another one."""

    part: FichePart
    removed: tuple[str | int | FicheResult | FicheActivity | FicheExpertise, ...]
    added: tuple[str | int | FicheResult | FicheActivity | FicheExpertise, ...]


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A talk about the fiche."""

    id: UUID
    held_on: date
    with_whom: str
    channel: str
    note: str
    by: str | None


@dataclass(frozen=True, slots=True)
class CommentView:
    """What somebody said of one version of a fiche."""

    id: UUID
    version: int
    part: FichePart | None
    """None: of all of it."""
    text: str
    who: str
    """Institution or function of the guest, or the name of the account."""
    role: GuestRole | None
    """None: an account."""
    guest_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class GuestView:
    """Somebody who reads the fiche by a personal link."""

    id: UUID
    role: GuestRole
    label: str
    address: str | None
    locale: str
    invited_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class VoteView:
    """What one member of the steering body said of a fiche, the last time."""

    guest_id: UUID
    who: str
    version: int
    choice: VoteChoice
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided of a request."""

    id: UUID
    outcome: RequestStatus
    decided_on: date
    version: int | None
    """Of the fiche that it is about; None: decided before there was one."""
    reason: str
    minutes: str
    forwarded_to: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """How the steering body stands towards a fiche."""

    fiche_id: UUID | None
    """None: nothing is submitted, so there is nothing to vote on."""
    version: int | None
    members: int
    """Who may vote: invited as committee members, not revoked."""
    votes: tuple[VoteView, ...]
    least: int
    """Votes that the rules of the facility ask for before a decision."""

    @property
    def missing(self) -> int:
        """How many votes the rules still ask for."""
        return max(0, self.least - len(self.votes))


@dataclass(frozen=True, slots=True)
class Kin:
    """A request that another one came from or became."""

    code: str
    id: UUID | None
    """None: a request of another facility, which is not opened from here."""
    title: str
    facility: str
    """Name of the other facility; empty for one of the same."""


@dataclass(frozen=True, slots=True)
class Family:
    """Where a request comes from and what it became."""

    came_from: Kin | None = None
    """What it was split off from, or forwarded from."""
    parts: tuple[Kin, ...] = ()
    """What it was split into, or its copy in another facility."""
    joined_into: Kin | None = None
    joined: tuple[Kin, ...] = ()


@dataclass(frozen=True, slots=True)
class GuestPage:
    """All that the holder of a link sees: one fiche, what she said of it, and nothing else."""

    guest_id: UUID
    role: GuestRole
    label: str
    facility: str
    code: str
    authority: str | None
    countries: tuple[str, ...]
    regional_body: str | None
    fiche: FicheView | None
    """None: no version was shared with this guest yet."""
    open: bool
    """Whether comments and votes are still taken."""
    may_vote: bool
    comments: tuple[CommentView, ...]
    """Of this guest only."""
    vote: VoteView | None
