"""Plans for all open requests of a period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from api.schemas.base import LanguageNeedOut, Out
from api.schemas.rankings import PersonOut
from roster.vocabulary import ExpertKind, Priority, SeatRole, TeamMode


class PlannedSeatOut(Out):
    """Who sits where."""

    role: SeatRole
    person: PersonOut
    score: float


class RecruitOut(Out):
    """Somebody whom the roster does not have, or has no free one of."""

    kind: ExpertKind
    languages: list[LanguageNeedOut]
    topics: list[str] = Field(description="Any of them would do")
    seats: int = Field(description="How many such people the team needs")


class RequestPlanOut(Out):
    """What the plan does for one request."""

    request_id: UUID
    code: str
    title: str
    priority: Priority
    mode: TeamMode
    size: int
    starts: date | None
    ends: date | None
    dates_open: bool = Field(description="True: it has no dates, so it clashes with nothing")
    fit: int = Field(description="People who fit")
    ask: int = Field(description="People to ask something first; not planned with")
    free: int | None = Field(description="Without a team: how many who fit could still take a seat")
    seats: list[PlannedSeatOut] = Field(description="Empty: no team in this plan")
    score: float | None
    alone: float | None = Field(description="Points of its best team were it the only request")
    in_turn: float | None = Field(
        description="Points of its team if each request took its best, one after the other"
    )
    reasons: list[str] = Field(description="Why it has no team, or a weaker one than alone")
    rivals: list[UUID] = Field(description="Requests that hold the people of its best team")
    recruits: list[RecruitOut] = Field(description="The fewest people who would make a team")


class LackOut(Out):
    """A kind of expert that the roster lacks, and the requests that wait for one."""

    kind: ExpertKind
    languages: list[LanguageNeedOut]
    topics: list[str]
    regions: list[str] = Field(description="UN M49 subregions of the countries that ask")
    request_ids: list[UUID]
    seats: int = Field(description="The most that one of the requests needs")
    words: str


class UnplannedOut(Out):
    """A request that could not be taken in, and why."""

    request_id: UUID
    code: str
    title: str
    reason: str


class SolverOut(Out):
    """How the plan was found; there is no chance in it, so no seed."""

    status: str = Field(description="optimal, or time_limit: the best found so far")
    gap: float | None = Field(
        description="Points, weighted by priority, by which a plan with as many teams could be "
        "better at most; null where more teams were not ruled out"
    )
    staffed_at_most: float = Field(
        description="No plan staffs more; a high request counts two, a low one a half"
    )
    seed: None = Field(description="Always null: there is no chance in it")


class PortfolioOut(Out):
    """Teams for all open requests of a period; nothing is kept."""

    starts: date
    ends: date
    solver: SolverOut
    staffed: int
    plans: list[RequestPlanOut]
    lacks: list[LackOut] = Field(description="Most requested first")
    unplanned: list[UnplannedOut]
    left_out: list[UUID]
    engaged: int = Field(description="Deployments and places agreed to that were counted")
