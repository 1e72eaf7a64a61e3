"""The port for teams over the solver of `matching`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from matching import compose
from roster.read import ExpertView, Ranking, RequestView, TeamAnswer, TeamRules
from roster.vocabulary import TeamMode


class TeamSolver:
    """Implements `roster.ports.TeamComposer`."""

    def __init__(self) -> None:
        self._composer = compose.Composer()

    def default_rules(self, mode: TeamMode, request: RequestView, size: int) -> TeamRules:
        """Return the rules of a mode, with seats that follow from the request."""
        return compose.default_rules(mode, request, size)

    def compose(
        self, ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules
    ) -> TeamAnswer:
        """Return up to three teams that really differ, or why there is none."""
        return self._composer.compose(ranking, experts, rules)

    def why_not(
        self,
        expert_id: UUID,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        answer: TeamAnswer,
    ) -> str:
        """Say in a sentence or two why somebody sits in none of the proposed teams."""
        if any(seat.expert_id == expert_id for one in answer.proposals for seat in one.seats):
            return "Sits in one of the teams proposed."
        return " ".join(compose.why_not(expert_id, ranking, experts, rules))
