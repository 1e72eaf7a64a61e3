"""Teams: proposals with their rules, and those that were kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from api.schemas.base import LanguageNeedOut, Out
from api.schemas.experts import ExpertRowOut
from api.schemas.rankings import PersonOut
from roster.vocabulary import ActivityType, ExpertKind, SeatRole, TeamMode


def _sorted_kinds(value: object) -> object:
    return sorted(value) if isinstance(value, set | frozenset) else value


class SeatNeedOut(Out):
    """One role to fill."""

    role: SeatRole
    topics: list[str]
    activities: list[ActivityType]
    languages: list[LanguageNeedOut]
    kinds: Annotated[list[ExpertKind], BeforeValidator(_sorted_kinds)]
    counterpart: str | None


class SeatFilledOut(Out):
    """Who sits where, and why."""

    seat: SeatNeedOut
    person: PersonOut
    score: float
    reasons: list[str]
    alternates: list[PersonOut]


class RuleCheckOut(Out):
    """One rule held against one team."""

    rule: str
    state: str = Field(description="One of broken, tight, kept")
    detail: str


class ProposalOut(Out):
    """One team that obeys every rule."""

    seats: list[SeatFilledOut]
    score: float
    gives_up: float = Field(description="Points below the best proposal")
    rules: list[RuleCheckOut]


class RelaxationOut(Out):
    """A way out where no team exists: what to loosen, and the team it would allow."""

    words: str
    cost: float
    proposal: ProposalOut | None


class TeamAnswerOut(Out):
    """Up to three teams that really differ; or none, with reasons and the cheapest ways out."""

    mode: TeamMode
    proposals: list[ProposalOut]
    reasons: list[str]
    relaxations: list[RelaxationOut]
    optimal: bool


class WhyNotOut(Out):
    """Why somebody sits in none of the proposed teams."""

    person: PersonOut
    words: str


class SeatOut(Out):
    """A seat of a team that was kept."""

    position: int
    role: SeatRole
    need: SeatNeedOut
    person: ExpertRowOut | None
    score: float | None
    counterpart: str | None
    alternates: list[UUID]


class TeamOut(Out):
    """A team kept for a request."""

    id: UUID
    request_id: UUID
    mode: TeamMode
    status: str
    score: float | None
    note: str
    created_at: datetime
    ranking_id: UUID | None
    checks: list[RuleCheckOut]
    seats: list[SeatOut]


class TeamsOut(Out):
    """The teams kept for a request, the newest first."""

    items: list[TeamOut]
