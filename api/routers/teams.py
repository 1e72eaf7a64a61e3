"""Teams: composed by rules out of a ranking, explained, kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from fastapi import Response
from pydantic import Field
from sqlmodel import Session

from api.deps import (
    ActorDep,
    ClockDep,
    ComposerDep,
    RankerDep,
    SessionDep,
    new_router,
    path_of,
    requires,
)
from api.problems import problems
from api.schemas.rankings import PersonOut
from api.schemas.teams import (
    ProposalOut,
    RelaxationOut,
    RuleCheckOut,
    SeatFilledOut,
    SeatNeedOut,
    TeamAnswerOut,
    TeamOut,
    TeamsOut,
    WhyNotOut,
)
from roster import records, requests, teams
from roster.errors import Conflict, InvalidInput, NotFound, RequestIncomplete, UnknownTerm
from roster.inputs import Input, KeepTeam, NewRequest, TeamInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.experts import rows_by_id
from roster.queries.requests import get_request
from roster.queries.teams import teams_of
from roster.read import ExpertRow, TeamAnswer, TeamProposal
from roster.teams import Composition

router = new_router("teams")


class ComposeInput(Input):
    """What team to compose out of which ranking of the request."""

    ranking_id: UUID
    team: TeamInput = Field(default_factory=TeamInput)


class InlineComposeInput(Input):
    """A need that is not stored, and the team to compose for it."""

    request: NewRequest
    team: TeamInput = Field(default_factory=TeamInput)


class WhyNotInput(ComposeInput):
    """The same, and whom it is about."""

    expert_id: UUID


def _ids(proposals: Iterable[TeamProposal]) -> set[UUID]:
    seats = [seat for proposal in proposals for seat in proposal.seats]
    return {seat.expert_id for seat in seats} | {
        other for seat in seats for other in seat.alternates
    }


def _proposal(proposal: TeamProposal, people: Mapping[UUID, ExpertRow]) -> ProposalOut:
    return ProposalOut(
        seats=[
            SeatFilledOut(
                seat=SeatNeedOut.model_validate(filled.seat),
                person=PersonOut.model_validate(people[filled.expert_id]),
                score=filled.score,
                reasons=list(filled.reasons),
                alternates=[
                    PersonOut.model_validate(people[other])
                    for other in filled.alternates
                    if other in people
                ],
            )
            for filled in proposal.seats
        ],
        score=proposal.score,
        gives_up=proposal.gives_up,
        rules=[RuleCheckOut.model_validate(check) for check in proposal.rules],
    )


def _answer(
    session: Session, actor: Actor, composition: Composition, purpose: str, clock: Clock
) -> TeamAnswerOut:
    answer: TeamAnswer = composition.answer
    loosened = [way.proposal for way in answer.relaxations if way.proposal is not None]
    shown = _ids([*answer.proposals, *loosened])
    people = rows_by_id(session, shown)
    records.log_views(session, actor, sorted(people), what="team", purpose=purpose, at=clock.now())
    return TeamAnswerOut(
        mode=composition.rules.mode,
        proposals=[_proposal(one, people) for one in answer.proposals],
        reasons=list(answer.reasons),
        relaxations=[
            RelaxationOut(
                words=way.words,
                cost=way.cost,
                proposal=_proposal(way.proposal, people) if way.proposal else None,
            )
            for way in answer.relaxations
        ],
        optimal=answer.optimal,
    )


@router.post(
    "/teams/compose",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(InvalidInput, RequestIncomplete, UnknownTerm),
)
def compose_inline(
    given: InlineComposeInput,
    session: SessionDep,
    actor: ActorDep,
    ranker: RankerDep,
    composer: ComposerDep,
    clock: ClockDep,
) -> TeamAnswerOut:
    """Compose teams for a need that is not stored; keep nothing."""
    need = requests.need_from(given.request)
    ranking = requests.rank_need(session, actor, need, ranker=ranker, clock=clock)
    composition = teams.compose_from(session, actor, ranking, given.team, composer=composer)
    return _answer(session, actor, composition, "match", clock)


@router.post(
    "/requests/{request_id}/teams/compose",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def compose_team(
    request_id: UUID,
    given: ComposeInput,
    session: SessionDep,
    actor: ActorDep,
    composer: ComposerDep,
    clock: ClockDep,
) -> TeamAnswerOut:
    """Compose up to three teams that differ; none is an answer too, with the ways out."""
    composition = teams.compose_team(
        session, actor, request_id, given.ranking_id, given.team, composer=composer
    )
    return _answer(session, actor, composition, str(request_id), clock)


@router.post(
    "/requests/{request_id}/teams/why-not",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def explain_why_not(
    request_id: UUID,
    given: WhyNotInput,
    session: SessionDep,
    actor: ActorDep,
    composer: ComposerDep,
    clock: ClockDep,
) -> WhyNotOut:
    """Say why somebody sits in none of the teams that these rules give."""
    composition = teams.compose_team(
        session, actor, request_id, given.ranking_id, given.team, composer=composer
    )
    words = teams.why_not(session, actor, composition, given.expert_id, composer=composer)
    records.log_views(
        session, actor, [given.expert_id], what="team", purpose=str(request_id), at=clock.now()
    )
    row = rows_by_id(session, [given.expert_id])[given.expert_id]
    return WhyNotOut(person=PersonOut.model_validate(row), words=words)


@router.post(
    "/requests/{request_id}/teams",
    status_code=201,
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def keep_team(
    request_id: UUID,
    given: KeepTeam,
    session: SessionDep,
    actor: ActorDep,
    composer: ComposerDep,
    clock: ClockDep,
    response: Response,
) -> TeamOut:
    """Keep one of the proposals, with its seats, alternates and rules as they were."""
    team = teams.keep_team(session, actor, request_id, given, composer=composer, clock=clock)
    response.headers["Location"] = path_of("requests", request_id, "teams")
    found = teams_of(session, actor, request_id)
    return TeamOut.model_validate(next(view for view in found if view.id == team.id))


@router.get(
    "/requests/{request_id}/teams",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound),
)
def list_teams(request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> TeamsOut:
    """Return the teams kept for a request, the newest first."""
    get_request(session, actor, request_id)
    found = teams_of(session, actor, request_id)
    ids = {seat.person.id for team in found for seat in team.seats if seat.person}
    purpose = str(request_id)
    records.log_views(session, actor, sorted(ids), what="team", purpose=purpose, at=clock.now())
    return TeamsOut(items=[TeamOut.model_validate(view) for view in found])
