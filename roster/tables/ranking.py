"""Rankings as they were shown: stored once, never changed; written by `roster.requests`."""

from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from roster.columns import Json
from roster.tables.base import Record


class RankingRun(Record, table=True):
    """One ranking: enough to show it again as it was, and to replay it.

    `content` is everybody as columns (see `roster.queries.ranking_columns`): who stands where, with
    points and gates, then the words of the first by the page. Updates are refused (`roster.db`).
    """

    __tablename__ = "ranking_run"

    request_id: UUID | None = Field(
        default=None,
        foreign_key="request.id",
        index=True,
        ondelete="CASCADE",
        description="None: an inline match",
    )
    number: int = Field(description="Counted per request from 1, for people")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    model: str = Field(description="Version: name and data hash")
    weights: dict[str, float] = Field(default_factory=dict, sa_type=Json)
    request: dict[str, Any] = Field(sa_type=Json, description="The request as it was then")
    among: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Who was considered: scope, how many"
    )
    counts: dict[str, int] = Field(default_factory=dict, sa_type=Json, description="By band")
    content: bytes = Field(sa_type=LargeBinary)
