"""Which Actions joined experts of both sides, as a report tells it."""

from __future__ import annotations

from roster.counting import figures
from roster.counting.facts import ActionFact, DeploymentFact
from roster.counting.figures import ActionFacts, ExpertMention, TriangularRule
from roster.vocabulary import Scope


def knows_experts(action: ActionFact) -> bool:
    """Whether anything is known of who took part: a country, a group, or a person deployed."""
    named = any(one.country is not None or one.group is not None for one in action.mentions)
    return named or bool(action.deployments)


def is_triangular(action: ActionFact, rule: TriangularRule) -> bool:
    """Tell whether those named and those deployed together make a triangular team."""
    mentions = (*action.mentions, *map(_mention, action.deployments))
    seen = ActionFacts(
        id=action.code,
        name=action.name,
        origin=action.origin,
        status=action.status,
        region=action.region,
        scope=Scope.NATIONAL,
        countries=action.countries,
        experts=mentions,
    )
    return figures.is_triangular(seen, rule)


def _mention(one: DeploymentFact) -> ExpertMention:
    return ExpertMention(country=one.country, kind=one.kind, eu=one.is_eu)
