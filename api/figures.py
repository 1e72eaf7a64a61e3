"""The figures of a facility as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from api.schemas.actions import FiguresOut
from roster.counting import figures
from roster.counting.figures import ActionFacts
from roster.vocabulary import Origin

C = TypeVar("C", bound=str)


def _by_code(counted: Mapping[C, int]) -> dict[str, int]:
    return {str(key): count for key, count in counted.items()}


def figures_of(actions: tuple[ActionFacts, ...], origin: Origin) -> FiguresOut:
    """Count the Actions of one origin in every way that the facility reports."""
    return FiguresOut(
        origin=origin,
        actions=len(figures.of_origin(actions, origin)),
        by_status=_by_code(figures.actions_by_status(actions, origin)),
        by_region=_by_code(figures.actions_by_region(actions, origin)),
        by_scope=_by_code(figures.actions_by_scope(actions, origin)),
        by_topic=_by_code(figures.actions_by_topic(actions, origin)),
        by_area=_by_code(figures.actions_by_area(actions, origin)),
        by_year=_by_code(figures.actions_by_year(actions, origin)),
        by_activity_type=_by_code(figures.activities_by_type(actions, origin)),
        by_intervention=_by_code(figures.activities_by_intervention(actions, origin)),
        by_constituent=_by_code(figures.results_by_constituent(actions, origin)),
        beneficiary_countries=_by_code(figures.beneficiary_countries(actions, origin)),
        expert_countries=_by_code(figures.expert_countries(actions, origin=origin)),
    )
