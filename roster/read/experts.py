"""People as the ranker and the record page read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from roster.dates import Period
from roster.read.documents import DocumentRow, FactView
from roster.read.facts import (
    ActivityExperience,
    CountryExperience,
    Education,
    Evidence,
    LanguageSkill,
    Mission,
    Post,
    Publication,
    TopicExperience,
    Training,
)
from roster.vocabulary import (
    ExpertKind,
    ExpertStatus,
    Origin,
)

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Dated(Generic[V]):
    """A value of a fact with its dates and its evidence."""

    value: V
    period: Period
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Deployments done and what was said of them; None where nothing was said."""

    deployments: int = 0
    feedback_mean: float | None = None
    """1 to 5."""
    feedback_count: int = 0
    last_deployed: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """The home authority's answer for one expert, for one request or in general."""

    outcome: str
    """A `ReleaseOutcome`."""
    request_id: UUID | None
    valid_from: date | None
    valid_to: date | None
    days: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Engaged:
    """Days for which a person is deployed already: away for everything but that Action."""

    period: Period
    action_id: UUID


@dataclass(frozen=True, slots=True)
class ExpertView:
    """A person as the ranker reads her: a projection of facts, without contact data.

    It carries what ranking needs and no more: no e-mail, telephone, birth year.
    """

    id: UUID
    facility_id: UUID
    origin: Origin
    display_name: str
    status: ExpertStatus
    kind: ExpertKind | None
    home_country: str | None
    """Of the employing administration, not the nationality."""
    headline: str | None
    """Present title and employer in one line."""
    posts: tuple[Dated[Post], ...] = ()
    """Newest first."""
    missions: tuple[Dated[Mission], ...] = ()
    """Newest first."""
    countries: tuple[Dated[CountryExperience], ...] = ()
    languages: tuple[Dated[LanguageSkill], ...] = ()
    topics: tuple[Dated[TopicExperience], ...] = ()
    activities: tuple[Dated[ActivityExperience], ...] = ()
    education: tuple[Dated[Education], ...] = ()
    trainings: tuple[Dated[Training], ...] = ()
    publications: tuple[Dated[Publication], ...] = ()
    nationalities: tuple[str, ...] = ()
    unavailable: tuple[Period, ...] = ()
    engaged: tuple[Engaged, ...] = ()
    """Deployments that are planned, by their first day."""
    availability_known_until: date | None = None
    """Up to which day the calendar was said to be complete; None: never asked."""
    releases: tuple[ReleaseView, ...] = ()
    track: TrackRecord = field(default_factory=TrackRecord)
    confirmed_on: date | None = None
    """When somebody last confirmed the record; None: never."""
    informed: bool = True
    """Whether the person was told that she is on the roster; else nobody may propose her."""
    text: str = ""
    """The words of the person's CVs, without contact data; for text relevance."""

    @property
    def away(self) -> tuple[Period, ...]:
        """Times in which she is not to be had, for whatever reason."""
        return (*self.unavailable, *(one.period for one in self.engaged))


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """A person in a list."""

    id: UUID
    origin: Origin
    display_name: str
    status: ExpertStatus
    kind: ExpertKind | None
    home_country: str | None
    headline: str | None
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """That somebody looked at a record."""

    who: str | None
    """None where the account is gone."""
    what: str
    """"record", "cv", "contact" or "export"."""
    at: datetime


@dataclass(frozen=True, slots=True)
class ExpertRecord:
    """Everything held on a person that this actor may see."""

    view: ExpertView
    facts: tuple[FactView, ...]
    """Standing facts, by kind and age; contact data only where the actor may see it."""
    documents: tuple[DocumentRow, ...]
    informed: bool
    """Whether the person was told that she is on the roster."""
    shortlisted_for: tuple[UUID, ...] = ()
    """Requests of this facility on whose shortlist she stands."""
