"""The numbers of a facility, computed from its Actions and requests; real records only.

Pure functions over plain values: the overview page calls them on rows of the database, the tests
on the facts of the book about MIEUX. Every function takes the records first and counts those of
one origin, REAL unless it is told otherwise, so that nothing synthetic enters a figure about a
real facility.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    Constituent,
    ExpertKind,
    Intervention,
    Origin,
    Scope,
)

EASTERN_PARTNERSHIP = "Eastern Partnership"
"""A group named in place of its countries, as printed in the annex of the book."""

EU_GROUP = "EU MS"
"""The Member States as a group, named in place of one of them."""


class RequestOutcome(StrEnum):
    """What became of a request, as the columns of the book's table say it."""

    COMPLETED = "completed"
    ONGOING = "ongoing"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    IN_PREPARATION = "in_preparation"


class TriangularRule(StrEnum):
    """What makes a team triangular; a report names the rule that it uses."""

    ADMINISTRATIONS_NOT_BENEFICIARY = "administrations, not the beneficiary's own"
    ADMINISTRATIONS = "administrations of both sides"
    ANY_KIND = "any kind of expert of both sides"
    WITH_GROUPS = "any kind of expert, groups of countries included"


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One activity of an Action."""

    type: ActivityType
    title: str = ""
    intervention: Intervention | None = None
    also: tuple[ActivityType, ...] = ()
    """Further types that the same activity had."""
    number: int | None = None
    intervention_basis: str | None = None
    """One of "rule" (follows from the type) or "judgement"."""


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """One result of an Action; an expected one is not yet achieved."""

    constituent: Constituent
    title: str = ""
    expected: bool = False


@dataclass(frozen=True, slots=True)
class ExpertMention:
    """An expert, or a country's experts, named as part of an Action's team."""

    country: str | None
    kind: ExpertKind | None
    eu: bool | None = None
    """Whether the country was a Member State when the Action started; None without a country."""
    group: str | None = None
    """A group of countries named instead of one."""
    basis: str | None = None
    """One of "printed", "inferred", "to be determined"; None where the system knows it itself."""
    as_printed: str | None = None


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What figures need to know of an Action."""

    id: str
    name: str
    origin: Origin
    status: ActionStatus
    region: str | None
    scope: Scope
    countries: tuple[str, ...] = ()
    regional_body: str | None = None
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    activities: tuple[ActivityFacts, ...] = ()
    results: tuple[ResultFacts, ...] = ()
    experts: tuple[ExpertMention, ...] = ()
    start: str | None = None
    """ISO 8601, cut to its precision."""
    end: str | None = None


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What figures need to know of a request."""

    id: str
    name: str
    origin: Origin
    outcome: RequestOutcome
    scope: Scope
    countries: tuple[str, ...] = ()
    regional_body: str | None = None
    action: str | None = None
    """Id of the Action that it led to."""


class HasOrigin(Protocol):
    """Anything that says where it comes from."""

    @property
    def origin(self) -> Origin:
        """Where the record comes from."""


R = TypeVar("R", bound=HasOrigin)
K = TypeVar("K", bound=Hashable)


def of_origin(records: Iterable[R], origin: Origin = Origin.REAL) -> tuple[R, ...]:
    """Return the records of one origin, in their order."""
    return tuple(record for record in records if record.origin is origin)


def count_by(
    records: Iterable[R], keys: Callable[[R], Iterable[K]], origin: Origin = Origin.REAL
) -> dict[K, int]:
    """Count records under each of their keys, most frequent first, ties in order of the key.

    A record counts once under a key however often it names it, and under every key it names: the
    counts need not add up to the number of records.
    """
    counted = Counter(key for record in of_origin(records, origin) for key in set(keys(record)))
    return dict(sorted(counted.items(), key=lambda item: (-item[1], str(item[0]))))


def percentages(counts: Mapping[K, int]) -> dict[K, float]:
    """Return each count as a percentage of their sum, with one decimal; empty for no records."""
    total = sum(counts.values())
    return {key: round(100 * count / total, 1) for key, count in counts.items()} if total else {}


# --- Actions ------------------------------------------------------------------------------------


def actions_by_region(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[str, int]:
    """Count Actions by region; those without one stand under "unknown"."""
    return count_by(actions, lambda action: [action.region or "unknown"], origin)


def actions_by_status(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[ActionStatus, int]:
    """Count Actions by status."""
    return count_by(actions, lambda action: [action.status], origin)


def actions_by_region_and_status(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[tuple[str, ActionStatus], int]:
    """Count Actions by region and status together."""
    return count_by(actions, lambda action: [(action.region or "unknown", action.status)], origin)


def actions_by_scope(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[Scope, int]:
    """Count Actions by who benefits."""
    return count_by(actions, lambda action: [action.scope], origin)


def actions_by_topic(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[str, int]:
    """Count Actions by topic; one Action can have several."""
    return count_by(actions, lambda action: action.topics, origin)


def actions_by_area(actions: Iterable[ActionFacts], origin: Origin = Origin.REAL) -> dict[str, int]:
    """Count Actions by thematic area; one Action can have several."""
    return count_by(actions, lambda action: action.areas, origin)


def actions_by_year(actions: Iterable[ActionFacts], origin: Origin = Origin.REAL) -> dict[str, int]:
    """Count Actions by the year in which they started, in order of the year."""
    started = count_by(actions, lambda action: [action.start[:4]] if action.start else [], origin)
    return dict(sorted(started.items()))


def beneficiary_countries(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[str, int]:
    """Count Actions by beneficiary country; members of a regional body are not spelt out."""
    return count_by(actions, lambda action: action.countries, origin)


# --- Activities and results ---------------------------------------------------------------------


def _tally(parts: Iterable[K]) -> dict[K, int]:
    counted = Counter(parts)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], str(item[0]))))


def activities_by_type(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[ActivityType, int]:
    """Count activities by their first type."""
    chosen = of_origin(actions, origin)
    return _tally(activity.type for action in chosen for activity in action.activities)


def activities_by_intervention(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[Intervention, int]:
    """Count activities by type of intervention, leaving out those that have none."""
    return _tally(
        activity.intervention
        for action in of_origin(actions, origin)
        for activity in action.activities
        if activity.intervention is not None
    )


def activities_by_status(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[ActionStatus, int]:
    """Count activities by the status of their Action."""
    chosen = of_origin(actions, origin)
    return _tally(action.status for action in chosen for _ in action.activities)


def results_by_constituent(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[Constituent, int]:
    """Count results, achieved and expected, by constituent of migration governance."""
    chosen = of_origin(actions, origin)
    return _tally(result.constituent for action in chosen for result in action.results)


def results_by_state(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[str, int]:
    """Count results as "achieved" and "expected"."""
    chosen = of_origin(actions, origin)
    return _tally(
        "expected" if result.expected else "achieved"
        for action in chosen
        for result in action.results
    )


# --- Experts ------------------------------------------------------------------------------------


def expert_countries(
    actions: Iterable[ActionFacts], *, eu: bool | None = None, origin: Origin = Origin.REAL
) -> dict[str, int]:
    """Count the Actions for which each country is named as the home of an expert.

    Parameters
    ----------
    actions
        The Actions.
    eu
        True for Member States (of the time) only, False for the others only, None for all.
    origin
        Which records count.
    """
    return count_by(
        actions,
        lambda action: [
            mention.country
            for mention in action.experts
            if mention.country is not None and (eu is None or mention.eu is eu)
        ],
        origin,
    )


def expert_countries_by(
    actions: Iterable[ActionFacts],
    keys: Callable[[ActionFacts], Iterable[str]],
    origin: Origin = Origin.REAL,
) -> dict[str, dict[str, int]]:
    """Count expert countries apart for each key (topic, area, region) of the Actions."""
    groups: dict[str, list[ActionFacts]] = {}
    for action in of_origin(actions, origin):
        for key in set(keys(action)):
            groups.setdefault(key, []).append(action)
    return {key: expert_countries(groups[key], origin=origin) for key in sorted(groups)}


def mentions_by_kind(
    actions: Iterable[ActionFacts], origin: Origin = Origin.REAL
) -> dict[ExpertKind | None, int]:
    """Count mentions of experts by kind; None stands for those not yet determined."""
    chosen = of_origin(actions, origin)
    return _tally(mention.kind for action in chosen for mention in action.experts)


def _is_eu_side(mention: ExpertMention, rule: TriangularRule) -> bool:
    if rule in (TriangularRule.ANY_KIND, TriangularRule.WITH_GROUPS):
        grouped = rule is TriangularRule.WITH_GROUPS and mention.group == EU_GROUP
        return mention.eu is True or grouped
    return mention.eu is True and mention.kind is ExpertKind.EU_ADMINISTRATION


def _is_southern_side(mention: ExpertMention, rule: TriangularRule, own: tuple[str, ...]) -> bool:
    if rule in (TriangularRule.ANY_KIND, TriangularRule.WITH_GROUPS):
        grouped = mention.group is not None and mention.group != EU_GROUP
        return mention.eu is False or (grouped and rule is TriangularRule.WITH_GROUPS)
    official = mention.eu is False and mention.kind is ExpertKind.NON_EU_ADMINISTRATION
    beneficiary = mention.country in own
    return official and not (beneficiary and rule is not TriangularRule.ADMINISTRATIONS)


def is_triangular(action: ActionFacts, rule: TriangularRule) -> bool:
    """Tell whether an Action's team joins the two sides that a rule asks for."""
    return any(_is_eu_side(mention, rule) for mention in action.experts) and any(
        _is_southern_side(mention, rule, action.countries) for mention in action.experts
    )


def triangular_actions(
    actions: Iterable[ActionFacts], rule: TriangularRule, origin: Origin = Origin.REAL
) -> tuple[ActionFacts, ...]:
    """Return the Actions whose team is triangular by a rule, in their order."""
    return tuple(action for action in of_origin(actions, origin) if is_triangular(action, rule))


# --- Requests -----------------------------------------------------------------------------------


def requests_by_outcome(
    requests: Iterable[RequestFacts], origin: Origin = Origin.REAL
) -> dict[RequestOutcome, int]:
    """Count requests by what became of them."""
    return count_by(requests, lambda request: [request.outcome], origin)


def requests_by_scope(
    requests: Iterable[RequestFacts], origin: Origin = Origin.REAL
) -> dict[Scope, int]:
    """Count requests by who would benefit."""
    return count_by(requests, lambda request: [request.scope], origin)


def requesting_countries(
    requests: Iterable[RequestFacts], *, national_only: bool, origin: Origin = Origin.REAL
) -> frozenset[str]:
    """Return the countries that requests speak for; `national_only` leaves out joint ones."""
    return frozenset(
        country
        for request in of_origin(requests, origin)
        if request.scope is Scope.NATIONAL or not national_only
        for country in request.countries
    )


def requesting_bodies(
    requests: Iterable[RequestFacts], origin: Origin = Origin.REAL
) -> frozenset[str]:
    """Return the regional organisations that asked in their own name."""
    return frozenset(
        request.regional_body
        for request in of_origin(requests, origin)
        if request.scope is Scope.REGIONAL_BODY and request.regional_body is not None
    )


def requests_without_action(
    requests: Iterable[RequestFacts], origin: Origin = Origin.REAL
) -> tuple[RequestFacts, ...]:
    """Return the requests that led to no Action described."""
    return tuple(request for request in of_origin(requests, origin) if request.action is None)
