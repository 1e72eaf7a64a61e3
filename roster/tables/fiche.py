"""What a request becomes before it is decided.

Written by `roster.intake.fiches`, `roster.intake.screening` and `roster.intake.decisions`.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json, words
from roster.tables.base import Record
from roster.vocabulary import FicheStatus, RequestStatus, ScreeningAnswer, VoteChoice


class Guidelines(Record, table=True):
    """One version of the guidelines for applicants; old versions stay."""

    __table_args__ = (UniqueConstraint("facility_id", "version"),)

    version: int
    title: str
    text: str = ""
    approved_on: date | None = None


class ApplicationRound(Record, table=True):
    """A period in which a facility takes requests, under one version of its guidelines."""

    __tablename__ = "application_round"
    __table_args__ = (UniqueConstraint("facility_id", "name"),)

    name: str
    opens: date
    closes: date = Field(description="Inclusive")
    guidelines_id: UUID | None = Field(
        default=None, foreign_key="guidelines.id", ondelete="SET NULL"
    )


class ScreeningCheck(Record, table=True):
    """One point of a facility's checklist, answered for one request."""

    __tablename__ = "screening_check"
    __table_args__ = (UniqueConstraint("request_id", "item"),)

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    item: str = Field(description="Code of the facility's rules: eligible_country …")
    answer: ScreeningAnswer = Field(sa_type=words(ScreeningAnswer))
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Fiche(Record, table=True):
    """One version of the action fiche of a request; what was shared is changed in a new one."""

    __table_args__ = (UniqueConstraint("request_id", "version"),)

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    version: int
    status: FicheStatus = Field(default=FicheStatus.DRAFT, sa_type=words(FicheStatus))
    title: str
    background: str = ""
    objective: str = ""
    results: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.FicheResult"
    )
    activities: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.FicheActivity"
    )
    expertise: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="roster.read.FicheExpertise"
    )
    schedule: str = ""
    risks: str = ""
    expert_days: int | None = Field(
        default=None, description="The budget; None: the sum of the activities'"
    )
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Consultation(Record, table=True):
    """A talk about the fiche with an authority or a delegation."""

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    held_on: date
    with_whom: str = Field(description="Institutions; persons only by their function")
    channel: str = Field(default="", description="Meeting, call, letter …")
    note: str = ""
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class FicheComment(Record, table=True):
    """What a guest or an account said of one version of a fiche."""

    __tablename__ = "fiche_comment"

    fiche_id: UUID = Field(foreign_key="fiche.id", index=True, ondelete="CASCADE")
    part: str = Field(default="", description="objective, results …; empty: of all of it")
    text: str
    guest_id: UUID | None = Field(default=None, foreign_key="guest.id", ondelete="SET NULL")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Vote(Record, table=True):
    """What one member of the steering body says of a submitted fiche; the last word counts."""

    __table_args__ = (UniqueConstraint("fiche_id", "guest_id"),)

    fiche_id: UUID = Field(foreign_key="fiche.id", index=True, ondelete="CASCADE")
    guest_id: UUID = Field(foreign_key="guest.id", index=True, ondelete="CASCADE")
    choice: VoteChoice = Field(sa_type=words(VoteChoice))
    reason: str = ""


class Decision(Record, table=True):
    """What was decided of a request, why, and the minutes of it."""

    request_id: UUID = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    fiche_id: UUID | None = Field(default=None, foreign_key="fiche.id", ondelete="SET NULL")
    outcome: RequestStatus = Field(sa_type=words(RequestStatus))
    decided_on: date
    reason: str = ""
    minutes: str = ""
    forwarded_to: str | None = None
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
