"""People picked for a request, each with a stage; written by `roster.shortlists`."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import UtcDateTime, words
from roster.tables.base import Record, utc_now
from roster.vocabulary import Stage


class ShortlistEntry(Record, table=True):
    """A person on the shortlist of a request, and the ranking that led to her."""

    __tablename__ = "shortlist_entry"
    __table_args__ = (UniqueConstraint("request_id", "expert_id"),)

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    ranking_run_id: UUID | None = Field(
        default=None, foreign_key="ranking_run.id", ondelete="SET NULL"
    )
    place: int | None = Field(default=None, description="In that ranking, from 1")
    score: float | None = Field(default=None, description="In that ranking, 0 to 100")
    stage: Stage = Field(default=Stage.SHORTLISTED, sa_type=words(Stage))
    note: str = ""
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class ShortlistEvent(Record, table=True):
    """One move of a person between stages, with who, when and why."""

    __tablename__ = "shortlist_event"

    entry_id: UUID = Field(foreign_key="shortlist_entry.id", index=True, ondelete="CASCADE")
    from_stage: Stage | None = Field(default=None, sa_type=words(Stage))
    to_stage: Stage = Field(sa_type=words(Stage))
    reason: str | None = Field(default=None, description="Code of the reason, for exits")
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
