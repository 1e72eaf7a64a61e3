"""Teams: composed by rules out of a stored ranking, kept with their seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import KeepTeam, SeatInput, TeamInput
from roster.notices import require_informed
from roster.policy import Actor, Permission, require
from roster.ports import Clock, TeamComposer
from roster.queries.experts import get_expert, views_of
from roster.queries.rankings import get_ranking
from roster.queries.requests import get_request
from roster.read import (
    ExpertView,
    LanguageNeed,
    Ranking,
    SeatNeed,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.serial import to_json
from roster.tables import AssistanceRequest, Seat, Team
from roster.vocabulary import Band

_CONSIDERED = 400
"""People of the band that fits, best first, whom a composition looks at."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What was asked, what came out, and the people it speaks of."""

    rules: TeamRules
    answer: TeamAnswer
    ranking: Ranking
    experts: Mapping[UUID, ExpertView]


def compose_team(
    session: Session,
    actor: Actor,
    request_id: UUID,
    ranking_id: UUID,
    given: TeamInput,
    *,
    composer: TeamComposer,
) -> Composition:
    """Compose up to three teams for a request out of one of its rankings; nothing is kept.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The ranking was made for another request.
    InvalidInput
        The same person is asked in and out, or more people are asked in than there are seats.
    """
    require(actor, Permission.WRITE_TEAM)
    get_request(session, actor, request_id)
    stored = get_ranking(session, actor, ranking_id)
    if stored.row.request_id != request_id:
        raise Conflict("That ranking was made for another request.")
    return compose_from(session, actor, stored.ranking, given, composer=composer)


def compose_from(
    session: Session,
    actor: Actor,
    ranking: Ranking,
    given: TeamInput,
    *,
    composer: TeamComposer,
) -> Composition:
    """Compose teams out of a ranking that need not be stored (an inline match).

    Raises
    ------
    NotAllowed, InvalidInput
    """
    require(actor, Permission.WRITE_TEAM)
    rules = rules_from(given, ranking, composer)
    wanted = {person.expert_id for person in ranking.band(Band.FIT)[:_CONSIDERED]}
    experts = views_of(session, actor, wanted | rules.forced_in, Permission.RANK)
    answer = composer.compose(ranking, experts, rules)
    return Composition(rules=rules, answer=answer, ranking=ranking, experts=experts)


def why_not(
    session: Session,
    actor: Actor,
    composition: Composition,
    expert_id: UUID,
    *,
    composer: TeamComposer,
) -> str:
    """Say why somebody sits in none of the teams of a composition.

    Raises
    ------
    NotFound
    """
    get_expert(session, actor, expert_id, Permission.RANK)
    experts = {**composition.experts, **views_of(session, actor, [expert_id], Permission.RANK)}
    return composer.why_not(
        expert_id, composition.ranking, experts, composition.rules, composition.answer
    )


def keep_team(
    session: Session,
    actor: Actor,
    request_id: UUID,
    given: KeepTeam,
    *,
    composer: TeamComposer,
    clock: Clock,
) -> Team:
    """Keep one of the proposals for a request, with its seats, alternates and rules as they were.

    Raises
    ------
    NotFound, NotAllowed, InvalidInput
    Conflict
        There is no such proposal: the rules admit fewer teams; or somebody in it was not told
        that a CV of hers is here.
    """
    composition = compose_team(
        session, actor, request_id, given.ranking_id, given.team, composer=composer
    )
    proposals = composition.answer.proposals
    if given.proposal >= len(proposals):
        raise Conflict(
            "These rules admit no such team. Compose again and choose one of those shown."
        )
    require_informed(session, [seat.expert_id for seat in proposals[given.proposal].seats])
    request = get_request(session, actor, request_id)
    team = _stored(actor, request, given, composition, proposals[given.proposal])
    team.created_at = clock.now()
    session.add(team)
    session.flush()
    session.add_all(_seats(team, proposals[given.proposal]))
    records.log_change(session, actor, team, "created", clock.now(), request=request.id)
    session.flush()
    return team


def rules_from(given: TeamInput, ranking: Ranking, composer: TeamComposer) -> TeamRules:
    """Return the rules of the mode with what was given laid over them.

    Raises
    ------
    InvalidInput
    """
    size = len(given.seats) or given.size
    rules = composer.default_rules(given.mode, ranking.request, size)
    overlap = set(given.forced_in) & set(given.forced_out)
    if overlap or len(given.forced_in) > size:
        detail = "Nobody can be asked in and out at once." if overlap else "Add seats or ask fewer."
        raise InvalidInput(
            "These people cannot all be placed.", errors=(FieldError("/forced_in", detail),)
        )
    return replace(
        rules,
        seats=tuple(map(_seat_need, given.seats)) or rules.seats,
        most_per_country=given.most_per_country or rules.most_per_country,
        most_per_administration=given.most_per_administration or rules.most_per_administration,
        least_practitioners=(
            rules.least_practitioners
            if given.least_practitioners is None
            else given.least_practitioners
        ),
        forced_in=frozenset(given.forced_in),
        forced_out=frozenset(given.forced_out),
    )


def _seat_need(given: SeatInput) -> SeatNeed:
    return SeatNeed(
        role=given.role,
        topics=given.topics,
        activities=given.activities,
        languages=tuple(
            LanguageNeed(need.language, need.minimum, need.everyone) for need in given.languages
        ),
        kinds=frozenset(given.kinds),
        counterpart=given.counterpart,
    )


def _stored(
    actor: Actor,
    request: AssistanceRequest,
    given: KeepTeam,
    composition: Composition,
    proposal: TeamProposal,
) -> Team:
    return Team(
        facility_id=request.facility_id,
        origin=request.origin,
        request_id=request.id,
        ranking_run_id=given.ranking_id,
        mode=composition.rules.mode,
        rules=to_json(composition.rules),
        score=proposal.score,
        status="proposed",
        checks=[to_json(check) for check in proposal.rules],
        note=given.note,
        by=actor.account_id,
    )


def _seats(team: Team, proposal: TeamProposal) -> list[Seat]:
    return [
        Seat(
            facility_id=team.facility_id,
            origin=team.origin,
            team_id=team.id,
            position=number,
            role=filled.seat.role,
            need=to_json(filled.seat),
            expert_id=filled.expert_id,
            score=filled.score,
            counterpart=filled.seat.counterpart,
            alternates=[str(expert_id) for expert_id in filled.alternates],
        )
        for number, filled in enumerate(proposal.seats, start=1)
    ]
