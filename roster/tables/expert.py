"""People: a stable id, dated memberships, facts, and the projection that ranking reads."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, PartialDateType, UtcDateTime, words
from roster.dates import PartialDate
from roster.tables.base import Record, utc_now
from roster.vocabulary import ExpertKind, ExpertStatus, FactKind, FactStatus


class Expert(Record, table=True):
    """A person on the roster: an id and a standing; all that is known of her are facts.

    `home_country`, `kind`, `employer`, `headline` and the names repeat what the facts say, for
    lists and for access; `roster.records` rewrites them with the projection.
    """

    status: ExpertStatus = Field(
        default=ExpertStatus.ACTIVE, index=True, sa_type=words(ExpertStatus)
    )
    home_country: str | None = Field(
        default=None, index=True, description="Of the employing administration, not nationality"
    )
    given_country: str | None = Field(
        default=None, description="As a focal point gave it; None: home_country follows the post"
    )
    kind: ExpertKind | None = Field(default=None, sa_type=words(ExpertKind))
    employer: str | None = Field(default=None, description="Of the present post")
    display_name: str = Field(default="", description="Projection of the name")
    folded_name: str = Field(default="", index=True, description="For search and identity")
    headline: str | None = Field(default=None, description="Present title and employer")
    confirmed_on: date | None = Field(default=None, description="Last confirmation by anybody")
    availability_known_until: date | None = None
    informed_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="When the person was told; None: not yet"
    )
    deployments: int = Field(default=0, description="Known from before this roster")
    feedback_mean: float | None = Field(default=None, ge=1, le=5)
    feedback_count: int = 0
    last_deployed: date | None = None


class ExpertProfile(Record, table=True):
    """The projection of a person's facts, as `roster.read.ExpertView` in JSON; rebuildable."""

    __tablename__ = "expert_profile"

    expert_id: UUID = Field(foreign_key="expert.id", unique=True, ondelete="CASCADE")
    seq: int = Field(default=0, index=True, description="Change after which it was made")
    view: dict[str, Any] = Field(sa_type=Json)


class Membership(Record, table=True):
    """That a person is on the roster of `facility_id`, since when, until when, on what basis."""

    __table_args__ = (UniqueConstraint("expert_id", "facility_id", "valid_from"),)

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    valid_from: date
    valid_to: date | None = Field(default=None, description="Inclusive; None is open")
    basis: str = Field(description="Why it may be shared: nominated by, agreement of")


class Fact(Record, table=True):
    """One dated, sourced claim about a person; written by `roster.records` and nobody else."""

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    kind: FactKind = Field(sa_type=words(FactKind))
    value: dict[str, Any] = Field(sa_type=Json, description="Shape by kind, roster.read")
    valid_from: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    valid_to: PartialDate | None = Field(default=None, sa_type=PartialDateType)
    ongoing: bool = False
    status: FactStatus = Field(default=FactStatus.PROPOSED, index=True, sa_type=words(FactStatus))
    confidence: float | None = Field(default=None, ge=0, le=1, description="Of the reading")
    doubt: str | None = Field(default=None, description="For people: why to look at it")
    source_id: UUID = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    quote: str = Field(default="", description="The words as printed")
    span: dict[str, Any] | None = Field(
        default=None, sa_type=Json, description="roster.read.Span into the source's text"
    )
    asserted_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    confirmed_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    superseded_by: UUID | None = Field(default=None, foreign_key="fact.id", ondelete="SET NULL")


class MergeProposal(Record, table=True):
    """Two records that may be one person; a focal point of both, or a coordinator, decides."""

    __tablename__ = "merge_proposal"

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    twin_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    reason: str = Field(description="For people, without a value of either record")
    score: float | None = Field(default=None, ge=0, le=1)
    for_coordinator: bool = Field(
        default=False, description="The two are of different countries: no focal point sees both"
    )
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decision: str | None = Field(default=None, description="same or different")


class Merge(Record, table=True):
    """That one record took in another of the same person; enough is kept to undo it."""

    expert_id: UUID = Field(
        foreign_key="expert.id", index=True, ondelete="CASCADE", description="The one that stays"
    )
    absorbed_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    reason: str = Field(description="For people, without a value of either record")
    moved: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="Table to the ids of the rows that moved"
    )
    absorbed_status: ExpertStatus = Field(
        sa_type=words(ExpertStatus), description="What the absorbed record was before"
    )
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
