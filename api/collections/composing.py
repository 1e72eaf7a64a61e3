"""Up to three teams for each request of an outside collection, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from api.collections.teams import Asked, Members, rules_for
from matching import relations
from matching.engine import Engine
from matching.gates import language_gate
from matching.teams.checking import check_team
from matching.teams.compose import Composer
from matching.teams.experience import covers_topic
from roster.errors import RequestIncomplete
from roster.read import ExpertView, Ranking, Relaxation, TeamProposal, TeamRules
from roster.vocabulary import Band, GateOutcome, TeamMode

_CONSIDERED = {Band.FIT: 400, Band.ASK: 400, Band.NOT: 100}
"""People of each band, best first, out of whom a team is composed or would be."""

Row = dict[str, object]


class Bench:
    """Everybody of a collection, ranked anew for each request.

    Parameters
    ----------
    members : the people
    engine : an empty ranker, with an encoder or without
    today : the day of the rankings
    """

    def __init__(self, members: Members, engine: Engine, today: date) -> None:
        self._members, self._engine, self._today = members, engine, today
        self._views = {view.id: view for view in members.views.values()}
        engine.update(self._views.values())
        engine.encode_pending()

    def compose(self, asked: Asked, mode: TeamMode | None, size: int) -> Row:
        """Compose teams for one request; return what is printed as a line of JSON.

        Parameters
        ----------
        mode : None for the one that the request asks for, else peer-to-peer
        size : number of seats where the request gives none

        Raises
        ------
        roster.errors.InvalidInput
            The mode has no team of this size.
        """
        chosen = mode or asked.mode.mode or TeamMode.PEER_TO_PEER
        rules = rules_for(asked, chosen, asked.size or size)
        row: Row = {
            "request_id": asked.key,
            "mode": chosen.value,
            "mode_from": "option" if mode else asked.mode.told_by,
        }
        now = datetime.combine(self._today, time(12), UTC)
        try:
            ranking = self._engine.rank(asked.need, now=now)
        except RequestIncomplete as error:
            return {**row, "proposals": [], "reasons": [error.detail], "relaxations": []}
        considered = self._considered(ranking)
        answer = Composer().compose(ranking.among(considered), considered, rules)
        return {
            **row,
            "proposals": [self._proposal(one, asked, rules) for one in answer.proposals],
            "optimal": answer.optimal,
            "reasons": answer.reasons,
            "relaxations": [self._way(one) for one in answer.relaxations],
            "notes": ranking.notes,
        }

    def _considered(self, ranking: Ranking) -> Mapping[UUID, ExpertView]:
        return {
            one.expert_id: self._views[one.expert_id]
            for band, most in _CONSIDERED.items()
            for one in ranking.band(band, most)
        }

    def _keys(self, ids: Iterable[UUID]) -> list[str]:
        return [self._members.keys[one] for one in ids]

    def _way(self, way: Relaxation) -> Row:
        seats = way.proposal.seats if way.proposal else ()
        team = self._keys(seat.expert_id for seat in seats)
        return {"words": way.words, "cost": way.cost, "experts": team}

    def _proposal(self, proposal: TeamProposal, asked: Asked, rules: TeamRules) -> Row:
        ids = [seat.expert_id for seat in proposal.seats]
        views = [self._views[one] for one in ids]
        found = check_team(views, self._keys(ids), asked.need, rules, self._today)
        return {
            "experts": self._keys(ids),
            "seats": [
                {
                    "role": seat.seat.role.value,
                    "expert_id": self._members.keys[seat.expert_id],
                    "score": seat.score,
                    "why": seat.reasons,
                    "alternates": self._keys(seat.alternates),
                }
                for seat in proposal.seats
            ],
            "score": proposal.score,
            "gives_up": proposal.gives_up,
            "coverage": _coverage(views, self._members, asked),
            "rules": [
                {"rule": one.rule, "state": one.state, "detail": one.detail}
                for one in proposal.rules
            ],
            "to_ask": [one.words for one in found.unknown],
        }


def _coverage(views: Iterable[ExpertView], members: Members, asked: Asked) -> Row:
    """Return who covers each topic and language, and who comes from which country."""
    team = {members.keys[view.id]: view for view in views}
    near = {view.home_country for view in team.values() if view.home_country}
    return {
        "topics": {
            topic: [key for key, view in team.items() if covers_topic(view, (topic,))]
            for topic in asked.need.topics
        },
        "languages": {
            need.language: [
                key
                for key, view in team.items()
                if language_gate(view, replace(need, everyone=True)).outcome is GateOutcome.PASS
            ]
            for need in asked.need.languages
        },
        "countries": {
            relations.country_label(code): [
                key for key, view in team.items() if view.home_country == code
            ]
            for code in sorted(near)
        },
    }
