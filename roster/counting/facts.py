"""What reports need to know of requests, Actions, deployments and feedback, and what a scope takes.

Pure values: the queries fill them, `roster.counting.tables` counts them. A record is in a scope,
out of it, or cannot be told: the last are never counted, and a report says how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from roster.counting.figures import ExpertMention, TriangularRule
from roster.dates import PartialDate
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Audience,
    ExpertKind,
    Intervention,
    Modality,
    Origin,
    ReportOutcome,
)


class Within(StrEnum):
    """Whether a record belongs to a scope."""

    YES = "yes"
    NO = "no"
    UNDATED = "undated"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is about; nothing said is everything."""

    first: date | None = None
    last: date | None = None
    """Inclusive."""
    region: str | None = None
    area: str | None = None
    topic: str | None = None
    origin: Origin = Origin.REAL
    rule: TriangularRule = TriangularRule.ADMINISTRATIONS_NOT_BENEFICIARY

    @property
    def has_period(self) -> bool:
        """Whether a first or a last day is asked for."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class RequestFact:
    """One request."""

    id: UUID
    title: str
    origin: Origin
    outcome: ReportOutcome
    region: str | None
    areas: tuple[str, ...]
    topics: tuple[str, ...]
    received: date | None
    fiche_on: date | None
    action_id: UUID | None
    countries: tuple[str, ...] = ()
    """That would benefit; of a regional body its members on the day of receipt."""


@dataclass(frozen=True, slots=True)
class ActivityFact:
    """One activity of the present plan of an Action."""

    id: UUID
    lineage: UUID
    title: str
    type: ActivityType
    status: ActivityStatus
    intervention: Intervention | None
    modality: Modality | None
    starts: PartialDate | None
    ends: PartialDate | None
    participants: int | None
    women: int | None


@dataclass(frozen=True, slots=True)
class DeploymentFact:
    """One person's part in one activity."""

    id: UUID
    expert_id: UUID
    lineage: UUID | None
    country: str | None
    kind: ExpertKind | None
    is_eu: bool | None
    starts: date | None
    ends: date | None
    is_first: bool
    """Whether nothing earlier of this person is known."""


@dataclass(frozen=True, slots=True)
class InquiryFact:
    """One questionnaire sent out, with how many were asked and answered."""

    id: UUID
    title: str
    audience: Audience
    sent_on: date
    asked: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class ActionFact:
    """One Action with all that belongs to it."""

    id: UUID
    code: str
    name: str
    origin: Origin
    status: ActionStatus
    region: str | None
    countries: tuple[str, ...]
    areas: tuple[str, ...]
    topics: tuple[str, ...]
    starts: PartialDate | None
    ends: PartialDate | None
    activities: tuple[ActivityFact, ...] = ()
    mentions: tuple[ExpertMention, ...] = ()
    deployments: tuple[DeploymentFact, ...] = ()
    inquiries: tuple[InquiryFact, ...] = ()
    served: tuple[str, ...] = ()
    """Countries that benefit; of a regional body its members when it began."""

    @property
    def is_running(self) -> bool:
        """Whether its end is still to come, if none is said."""
        return self.status in {ActionStatus.ONGOING, ActionStatus.ON_HOLD}


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything of a facility."""

    requests: tuple[RequestFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    eligible: tuple[str, ...] = ()
    """Countries that may ask by the rules; empty where any country may."""


@dataclass(frozen=True, slots=True)
class Span:
    """Between which days something began and ended; None is not known, open is not over yet."""

    first_start: date | None
    last_start: date | None
    first_end: date | None
    last_end: date | None
    is_open: bool = False


def span_of(starts: PartialDate | None, ends: PartialDate | None, *, is_open: bool = False) -> Span:
    """Return what two partial dates leave open; without an end, what began is over that day."""
    last = ends if ends is not None or is_open else starts
    return Span(
        starts.first_day if starts else None,
        starts.last_day if starts else None,
        last.first_day if last else None,
        last.last_day if last else None,
        is_open and ends is None,
    )


def within_period(span: Span, scope: ReportScope) -> Within:
    """Tell whether something surely, possibly or surely not fell into the period of a scope."""
    if not scope.has_period:
        return Within.YES
    first, last = scope.first or date.min, scope.last or date.max
    if span.first_start is None or span.last_start is None:
        return Within.UNDATED
    open_end = date.max if span.is_open else None
    soonest, latest = span.first_end or open_end, span.last_end or open_end
    if span.first_start > last or (latest is not None and latest < first):
        return Within.NO
    surely_ends_late = soonest is not None and soonest >= first
    if span.last_start <= last and (surely_ends_late or span.first_start >= first):
        return Within.YES
    return Within.UNDATED


def within_theme(
    region: str | None, areas: tuple[str, ...], topics: tuple[str, ...], scope: ReportScope
) -> Within:
    """Tell whether a record is of the region, area and topic of a scope."""
    asked: list[tuple[str | None, tuple[str, ...]]] = [
        (scope.region, (region,) if region else ()),
        (scope.area, areas),
        (scope.topic, topics),
    ]
    answers = [
        (Within.YES if wanted in held else Within.NO) if held else Within.UNPLACED
        for wanted, held in asked
        if wanted is not None
    ]
    for answer in (Within.NO, Within.UNPLACED):
        if answer in answers:
            return answer
    return Within.YES


def both(*answers: Within) -> Within:
    """Return what holds of a record for several conditions together: one NO settles it."""
    for answer in (Within.NO, Within.UNPLACED, Within.UNDATED):
        if answer in answers:
            return answer
    return Within.YES


def request_within(request: RequestFact, scope: ReportScope) -> Within:
    """Tell whether a request belongs to a scope: it counts on the day when it was received."""
    day = PartialDate.of(request.received) if request.received else None
    return both(
        within_theme(request.region, request.areas, request.topics, scope),
        within_period(span_of(day, None), scope),
    )


def action_theme(action: ActionFact, scope: ReportScope) -> Within:
    """Tell whether an Action is of the region, area and topic of a scope, whenever it ran."""
    return within_theme(action.region, action.areas, action.topics, scope)


def action_within(action: ActionFact, scope: ReportScope) -> Within:
    """Tell whether an Action belongs to a scope: it counts where it ran in the period."""
    span = action_span(action)
    return both(action_theme(action, scope), within_period(span, scope))


def action_span(action: ActionFact) -> Span:
    """Return between which days an Action began and ended."""
    span = span_of(action.starts, action.ends, is_open=action.is_running)
    if action.ends is None and not action.is_running:
        # It ended some day after it began; the day that it began says nothing of that.
        return Span(span.first_start, span.last_start, None, None)
    return span


def part_within(
    action: ActionFact,
    starts: PartialDate | None,
    ends: PartialDate | None,
    scope: ReportScope,
) -> Within:
    """Tell whether a part of an Action belongs to a scope.

    Without a date of its own it is in the period where the whole Action is, and out of it where
    the whole Action is; else nobody can tell.
    """
    theme = action_theme(action, scope)
    if starts is not None or not scope.has_period:
        return both(theme, within_period(span_of(starts, ends), scope))
    whole = action_span(action)
    outside = within_period(whole, scope) is Within.NO
    if outside:
        return Within.NO
    first, last = scope.first or date.min, scope.last or date.max
    begins = whole.first_start is not None and whole.first_start >= first
    over = whole.last_end is not None and whole.last_end <= last
    contained = begins and (over or (whole.is_open and scope.last is None))
    return both(theme, Within.YES if contained else Within.UNDATED)
