"""Teams with their seats; written by `roster.teams`."""

from typing import Any
from uuid import UUID

from sqlmodel import Field

from roster.columns import Json, words
from roster.tables.base import Record
from roster.vocabulary import SeatRole, TeamMode


class Team(Record, table=True):
    """A team kept for a request: its mode, the rules it obeyed and what it scored."""

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    ranking_run_id: UUID | None = Field(
        default=None, foreign_key="ranking_run.id", ondelete="SET NULL"
    )
    mode: TeamMode = Field(sa_type=words(TeamMode))
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    score: float | None = None
    status: str = Field(default="draft", description="draft, proposed, agreed or dropped")
    checks: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.RuleCheck as it was"
    )
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Seat(Record, table=True):
    """One role of a team, who sits there, and who would if that person cannot."""

    team_id: UUID = Field(foreign_key="team.id", index=True, ondelete="CASCADE")
    position: int = Field(description="From 1")
    role: SeatRole = Field(sa_type=words(SeatRole))
    need: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", index=True, ondelete="SET NULL"
    )
    score: float | None = None
    counterpart: str | None = None
    alternates: list[str] = Field(default_factory=list, sa_type=Json, description="Expert ids")
