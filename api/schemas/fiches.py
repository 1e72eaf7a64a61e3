"""Action fiches, consultations, guests, votes, decisions, and the kin of a request."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from api.schemas.requests import RequestHeadOut
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


class FicheResultOut(Out):
    """One result that the Action is to reach."""

    constituent: Constituent
    title: str


class FicheActivityOut(Out):
    """One activity as the fiche plans it."""

    type: ActivityType
    title: str
    starts: str | None = Field(description="ISO 8601 cut to what is known")
    ends: str | None
    place: str
    modality: Modality | None
    days: int | None = Field(description="Days of work of all experts together")


class FicheExpertiseOut(Out):
    """One kind of expert that is wanted."""

    role: str
    topics: list[str]
    kind: ExpertKind | None
    days: int | None


class FicheOut(Out):
    """One version of the action fiche of a request."""

    id: UUID
    request_id: UUID
    version: int
    status: FicheStatus
    title: str
    background: str
    objective: str
    results: list[FicheResultOut]
    activities: list[FicheActivityOut]
    expertise: list[FicheExpertiseOut]
    schedule: str
    risks: str
    expert_days: int | None = Field(description="The budget; null: what the activities add up to")
    planned_days: int | None = Field(description="What the activities add up to")
    created_at: datetime
    by: str | None


class FichesOut(Out):
    """All versions of the fiche of a request, the newest first."""

    items: list[FicheOut]


Said = str | int | FicheResultOut | FicheActivityOut | FicheExpertiseOut
"""A line of a fiche: words, days, or a row of the part that it belongs to."""


class FicheChangeOut(Out):
    """What one part says no longer, and what it says instead."""

    part: FichePart
    removed: list[Said]
    added: list[Said]


class FicheChangesOut(Out):
    """What one version of a fiche says otherwise than another, part by part."""

    before: int = Field(description="Version that is compared with")
    after: int
    changes: list[FicheChangeOut]


class ConsultationOut(Out):
    """A talk about the fiche."""

    id: UUID
    held_on: date
    with_whom: str
    channel: str
    note: str
    by: str | None


class ConsultationsOut(Out):
    """All talks about the fiche, the newest first."""

    items: list[ConsultationOut]


class FicheGuestOut(Out):
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


class FicheGuestsOut(Out):
    """All guests of a request, in the order of their invitation."""

    items: list[FicheGuestOut]


class GuestLinkOut(Out):
    """A personal link; whoever holds it is the guest."""

    guest_id: UUID
    path: str = Field(description="Behind the address of this installation")


class CommentOut(Out):
    """What somebody said of one version of the fiche."""

    id: UUID
    version: int
    part: FichePart | None = Field(description="null: of all of it")
    text: str
    who: str
    role: GuestRole | None = Field(description="null: an account")
    guest_id: UUID | None
    at: datetime


class CommentsOut(Out):
    """All comments on the fiche of a request, the newest first."""

    items: list[CommentOut]


class VoteOut(Out):
    """What one member of the steering body said, the last time."""

    guest_id: UUID
    who: str
    version: int
    choice: VoteChoice
    reason: str
    at: datetime


class BallotOut(Out):
    """How the steering body stands towards the fiche."""

    fiche_id: UUID | None
    version: int | None
    members: int = Field(description="Who may vote")
    votes: list[VoteOut]
    least: int = Field(description="Votes that the rules of the facility ask for")
    missing: int


class DecisionOut(Out):
    """What was decided of a request."""

    id: UUID
    outcome: RequestStatus
    decided_on: date
    version: int | None = Field(description="Of the fiche that it is about")
    reason: str
    minutes: str
    forwarded_to: str | None
    by: str | None


class DecisionsOut(Out):
    """All decisions on a request, the newest first."""

    items: list[DecisionOut]


class RequestHeadsOut(Out):
    """The requests that a request was split into."""

    items: list[RequestHeadOut]
