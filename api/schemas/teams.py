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


class CoveredOut(Out):
    """One thing asked for, and who of the team brings it."""

    group: str = Field(description="topic, language or country")
    code: str
    by: list[UUID] = Field(description="Members who bring it; empty: nobody does")
    unknown: list[UUID] = Field(description="Members of whom it is not known")


class ProposalOut(Out):
    """One team that obeys every rule."""

    seats: list[SeatFilledOut]
    coverage: list[CoveredOut]
    score: float
    gives_up: float = Field(description="Points below the best proposal")
    rules: list[RuleCheckOut]


class LooseningOut(Out):
    """One thing to loosen."""

    kind: str = Field(
        description="level, one_speaks, interpreter, dates, ask, country, office, officials, kind, "
        "seat, covered, forced, together, apart, load, rotation, newcomers, returning, mode, size "
        "or other"
    )
    words: str
    people: int | None = Field(
        description="How many more people that lets in; null where it is no matter of people"
    )
    about: list[str] = Field(
        description="Codes: language and levels; days with first and last day; countries; numbers"
    )


class RelaxationOut(Out):
    """A way out where no team exists: what to loosen, and the team it would allow."""

    words: str
    cost: float
    parts: list[LooseningOut]
    proposal: ProposalOut | None
    team: dict[str, object] | None = Field(description="What to hand in as `team` to take this way")


class TeamAnswerOut(Out):
    """Up to three teams that really differ; or none, with reasons and the cheapest ways out."""

    mode: TeamMode
    proposals: list[ProposalOut]
    reasons: list[str]
    relaxations: list[RelaxationOut]
    optimal: bool
    status: str = Field(
        description="optimal: each proposal is proven the best. infeasible: proven that no team "
        "keeps all rules. time_limit: the best found in time"
    )
    gap: float | None = Field(
        description="Points that a better team could have at most; null where no bound is known"
    )
    seed: int | None = Field(
        description="Always null: no chance is in it, so the same question gets the same answer"
    )


class WhyNotOut(Out):
    """Why somebody sits in none of the proposed teams."""

    person: PersonOut
    words: str


class TeamsAnswerOut(TeamAnswerOut):
    """The same, with why the people asked about sit in none of the teams."""

    why_not: list[WhyNotOut]


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
