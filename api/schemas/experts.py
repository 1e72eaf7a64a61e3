"""People, as lists and records show them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.schemas.base import EvidenceOut, JsonObject, Out, PeriodOut
from api.schemas.documents import DocumentRowOut
from roster.vocabulary import ExpertKind, ExpertStatus, FactKind, FactStatus, Origin


class ExpertRowOut(Out):
    """A person in a list."""

    id: UUID
    origin: Origin
    display_name: str
    status: ExpertStatus
    kind: ExpertKind | None
    home_country: str | None = Field(description="Of the employing administration")
    headline: str | None
    confirmed_on: date | None


class DatedOut(Out):
    """A value of a fact with its dates and its evidence; its shape goes by the kind of fact."""

    value: JsonObject
    period: PeriodOut
    evidence: EvidenceOut


class ReleaseOut(Out):
    """The home authority's answer."""

    outcome: str
    request_id: UUID | None
    valid_from: date | None
    valid_to: date | None
    days: int | None
    reason: str | None


class TrackRecordOut(Out):
    """Deployments done and what was said of them."""

    deployments: int
    feedback_mean: float | None
    feedback_count: int
    last_deployed: date | None


class ExpertViewOut(Out):
    """A person as the ranker reads her."""

    id: UUID
    origin: Origin
    display_name: str
    status: ExpertStatus
    kind: ExpertKind | None
    home_country: str | None
    headline: str | None
    posts: list[DatedOut]
    missions: list[DatedOut]
    countries: list[DatedOut]
    languages: list[DatedOut]
    topics: list[DatedOut]
    activities: list[DatedOut]
    education: list[DatedOut]
    trainings: list[DatedOut]
    publications: list[DatedOut]
    nationalities: list[str]
    unavailable: list[PeriodOut]
    availability_known_until: date | None
    releases: list[ReleaseOut]
    track: TrackRecordOut
    confirmed_on: date | None


class SpanOut(Out):
    """A place in the text of a document: offsets, end excluded."""

    start: int
    end: int
    page: int | None


class FactOut(Out):
    """One fact with its source and its standing."""

    id: UUID
    kind: FactKind
    value: JsonObject
    period: PeriodOut
    status: FactStatus
    confidence: float | None
    source: str
    span: SpanOut | None
    quote: str
    doubt: str | None
    confirmed_by: str | None
    asserted_at: datetime


class DecidedFactOut(Out):
    """A fact that was read in a CV, or said by the person, with the decision that stands on it."""

    id: UUID
    kind: FactKind
    value: JsonObject
    status: FactStatus = Field(description="superseded: it was corrected, or taken back")
    source: str
    version: str = Field(description="Names the decision that stands; whoever changes it sends it")
    decided_by: str | None
    decided_at: datetime | None
    said_on: date | None = Field(description="By the person herself; null: it was read in a CV")
    instead_of: JsonObject | None = Field(description="What the person says that it corrects")


class ExpertRecordOut(Out):
    """Everything held on a person that the reader may see."""

    view: ExpertViewOut
    facts: list[FactOut]
    documents: list[DocumentRowOut]
    informed: bool
    shortlisted_for: list[UUID]
