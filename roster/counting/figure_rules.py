"""The figures that publications print, each computed again by a rule that has a name.

The overview page feeds the rules with rows of the database, the tests with the facts of the book;
so both set the same figure beside the printed one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from roster.counting import figures
from roster.counting.figures import ActionFacts, RequestFacts, RequestOutcome, TriangularRule
from roster.vocabulary import ActionStatus, Scope


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that the rules count."""

    actions: tuple[ActionFacts, ...]
    requests: tuple[RequestFacts, ...]
    sheets: Mapping[str, int] = field(default_factory=dict)
    """Published sheets by kind."""
    printed: Mapping[str, float] = field(default_factory=dict)
    """Totals that stand in print and in no record, by name; added up only."""


Rule = Callable[[Records], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One printed figure, the same computed, and why they differ."""

    label: str
    printed: float | str | None
    computed: float
    rule_in_words: str
    why: str | None

    @property
    def agrees(self) -> bool:
        """Whether the printed figure is a number equal to the computed one."""
        return self.printed == self.computed


def _status(status: ActionStatus) -> Rule:
    return lambda records: figures.actions_by_status(records.actions).get(status, 0)


def _region(region: str) -> Rule:
    return lambda records: figures.actions_by_region(records.actions).get(region, 0)


def _outcome(outcome: RequestOutcome) -> Rule:
    return lambda records: figures.requests_by_outcome(records.requests).get(outcome, 0)


def _triangular(rule: TriangularRule) -> Rule:
    return lambda records: len(figures.triangular_actions(records.actions, rule))


def _printed(*names: str) -> Rule:
    return lambda records: sum(records.printed.get(name, 0) for name in names)


def _sheets(kind: str) -> Rule:
    return lambda records: records.sheets.get(kind, 0)


def _requesting(*, alone: bool) -> Rule:
    return lambda records: len(figures.requesting_countries(records.requests, national_only=alone))


def _percent_africa(records: Records) -> float:
    return figures.percentages(figures.actions_by_region(records.actions)).get("Africa", 0.0)


def _data_countries(records: Records) -> float:
    chosen = [
        action
        for action in records.actions
        if action.scope is Scope.NATIONAL and "data_management" in action.topics
    ]
    return len(figures.beneficiary_countries(chosen))


RULES: dict[str, Rule] = {
    "actions": lambda records: len(figures.of_origin(records.actions)),
    "completed": _status(ActionStatus.COMPLETED),
    "ongoing": _status(ActionStatus.ONGOING),
    "requests": lambda records: len(figures.of_origin(records.requests)),
    "requests_completed": _outcome(RequestOutcome.COMPLETED),
    "requests_ongoing": _outcome(RequestOutcome.ONGOING),
    "requests_rejected": _outcome(RequestOutcome.REJECTED),
    "requests_forwarded": _outcome(RequestOutcome.FORWARDED),
    "requests_in_preparation": _outcome(RequestOutcome.IN_PREPARATION),
    "region_africa": _region("Africa"),
    "region_asia": _region("Asia"),
    "region_latin_america": _region("Latin America and Caribbean"),
    "region_mena": _region("Middle East and North Africa"),
    "region_eastern_europe": _region("Eastern Europe"),
    "percent_africa": _percent_africa,
    "activities": lambda records: sum(figures.activities_by_type(records.actions).values()),
    "activities_completed": lambda records: figures.activities_by_status(records.actions).get(
        ActionStatus.COMPLETED, 0
    ),
    "printed_experts_sum": _printed(
        "experts_eu_ms", "experts_non_governmental_and_academic", "experts_non_eu_ms"
    ),
    "printed_experts_table": _printed("experts_by_eu_ms"),
    "eu_states": lambda records: len(figures.expert_countries(records.actions, eu=True)),
    "requesting_countries_alone": _requesting(alone=True),
    "requesting_countries_any": _requesting(alone=False),
    "beneficiaries": lambda records: len(figures.beneficiary_countries(records.actions)),
    "requesting_bodies": lambda records: len(figures.requesting_bodies(records.requests)),
    "joint_requests": lambda records: figures.requests_by_scope(records.requests).get(
        Scope.GROUP, 0
    ),
    "area_protection": lambda records: figures.actions_by_area(records.actions).get(
        "international protection and asylum", 0
    ),
    "data_countries": _data_countries,
    "page_actions": _sheets("page_action"),
    "triangular_strict": _triangular(TriangularRule.ADMINISTRATIONS_NOT_BENEFICIARY),
    "triangular_administrations": _triangular(TriangularRule.ADMINISTRATIONS),
    "triangular_any": _triangular(TriangularRule.ANY_KIND),
    "triangular_groups": _triangular(TriangularRule.WITH_GROUPS),
    "agency_projects": _sheets("agency_project"),
}
"""Each computation of a printed figure, by name."""
