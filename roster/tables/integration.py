"""What other systems need: answers kept for a repeated call, webhooks and what became of each."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import DeliveryState, Origin


class KeptAnswer(SQLModel, table=True):
    """What was answered to a call with an Idempotency-Key; written with what the call changed.

    Forms stand here too: not sent yet, in `roster.kept_forms` and `roster.drafts`; just sent, in
    `roster.presses`.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (UniqueConstraint("account_id", "key_hash"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    facility_id: UUID = Field(foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    account_id: UUID = Field(foreign_key="account.id", ondelete="CASCADE")
    key_hash: str = Field(description="SHA-256 of the key and of the address called")
    body_hash: str = Field(description="SHA-256 of what was sent")
    answer: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="Encrypted; None: erased since"
    )
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class Webhook(Record, table=True):
    """Another system that is told of changes; it learns ids and kinds, nothing else."""

    label: str
    url: str
    kinds: list[str] = Field(
        default_factory=list, sa_type=Json, description="Tables of the records told of; empty: all"
    )
    is_active: bool = True
    locked_secret: bytes = Field(sa_type=LargeBinary, description="Encrypted; signs what is sent")
    locked_former: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="The secret before it, until `former_until`"
    )
    former_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_seq: int = Field(
        default=0,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), nullable=False),
        description="Last number of the change sequence that was looked at",
    )
    by: UUID | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", description="Who set it up"
    )


class WebhookDelivery(SQLModel, table=True):
    """One change told to one system, or still to be told; what was sent is kept as a digest."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (UniqueConstraint("webhook_id", "seq"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    facility_id: UUID = Field(foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    webhook_id: UUID = Field(foreign_key="webhook.id", ondelete="CASCADE")
    seq: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), nullable=False),
        description="Of the change sequence",
    )
    record: str = Field(description="Table of the record changed")
    state: DeliveryState = Field(
        default=DeliveryState.WAITING, sa_type=words(DeliveryState), index=True
    )
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    attempts: int = 0
    status: int | None = Field(default=None, description="HTTP status of the last answer")
    problem: str = Field(default="", description="Why the last attempt failed, a code")
    digest: str = Field(default="", description="SHA-256 of what was sent last")
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
