"""What data protection asks to be kept: restrictions, disclosures, warnings before data goes."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import Basis, DisclosureMeans, ExpertStatus, Kept, RestrictionGround


class Restriction(Record, table=True):
    """That a record is kept and used for nothing; written by `roster.privacy.restrictions`."""

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    ground: RestrictionGround = Field(sa_type=words(RestrictionGround))
    note: str = Field(default="", description="What the person said, in words")
    before: ExpertStatus = Field(
        sa_type=words(ExpertStatus), description="Standing to which she comes back"
    )
    by: UUID | None = Field(
        default=None,
        foreign_key="account.id",
        ondelete="SET NULL",
        description="Who wrote it down; None: the person herself",
    )
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_by: UUID | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", description="As `by`"
    )
    lifted_note: str = ""


class Disclosure(Record, table=True):
    """That data on a person left the product; written by `roster.disclosures`."""

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    means: DisclosureMeans = Field(sa_type=words(DisclosureMeans))
    what: str = Field(description="shortlist, team, record, release …")
    recipient: str = Field(description="Who got it, in words; never the person herself")
    country: str | None = Field(default=None, description="Of the recipient; None: not known")
    basis: Basis | None = Field(
        default=None, sa_type=words(Basis), description="None: the facility named none"
    )
    fields: list[str] = Field(default_factory=list, sa_type=Json, description="What it held")
    purpose: str = Field(default="", description="Request id or code")
    account_id: UUID | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", description="Who handed it out"
    )


class RetentionWarning(Record, table=True):
    """That somebody was told that data on a person goes; written by `roster.privacy.keeping`."""

    __tablename__ = "retention_warning"

    expert_id: UUID = Field(foreign_key="expert.id", index=True, ondelete="CASCADE")
    kept: Kept = Field(sa_type=words(Kept))
    due_on: date = Field(description="Nothing goes before this day")
