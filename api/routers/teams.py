"""Teams: composed by rules out of a ranking, explained, kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Self, cast
from uuid import UUID

from fastapi import Response
from pydantic import Field, model_validator
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
from api.schemas.teams import (
    TeamAnswerOut,
    TeamOut,
    TeamsAnswerOut,
    TeamsOut,
    WhyNotOut,
)
from api.team_answers import answer_out, person_out, shown_in
from api.voices import Voice, VoiceDep
from roster import records, requests, teams
from roster.errors import Conflict, InvalidInput, NotFound, RequestIncomplete, UnknownTerm
from roster.inputs import Input, KeepTeam, NewRequest, TeamInput
from roster.policy import Actor, Permission
from roster.ports import Clock, Ranker, TeamComposer
from roster.queries.experts import rows_by_id
from roster.queries.names import names_shown
from roster.queries.rankings import rankings_of
from roster.queries.requests import get_request
from roster.queries.teams import team_view, teams_of
from roster.read import TeamView
from roster.teams import Composition

router = new_router("teams")


_BLIND = (
    "Keep names, posts, home countries and sentences back; so it always is where the facility’s "
    "rule `names_last` says it, but of people whose names were opened for the request or who are "
    "on its shortlist. A team that is kept names its people"
)


class ComposeInput(Input):
    """What team to compose out of which ranking of the request."""

    ranking_id: UUID
    team: TeamInput = Field(default_factory=TeamInput)
    blind: bool = Field(default=False, description=_BLIND)


class InlineComposeInput(Input):
    """A need that is not stored, and the team to compose for it."""

    request: NewRequest
    team: TeamInput = Field(default_factory=TeamInput)
    blind: bool = Field(default=False, description=_BLIND)


class NewTeams(Input):
    """A need, stored or not, the team to compose for it, and whom to say "why not" of."""

    request_id: UUID | None = Field(default=None, description="A stored request …")
    request: NewRequest | None = Field(default=None, description="… or a need that is not stored")
    ranking_id: UUID | None = Field(
        default=None, description="Of the stored request; left out: its newest"
    )
    team: TeamInput = Field(default_factory=TeamInput)
    blind: bool = Field(default=False, description=_BLIND)
    why_not: tuple[UUID, ...] = Field(
        default=(), max_length=20, description="People to say of why they sit in none of the teams"
    )

    @model_validator(mode="after")
    def _one_need(self) -> Self:
        if (self.request_id is None) == (self.request is None):
            raise ValueError("request: give either a request or a request_id")
        if self.ranking_id is not None and self.request_id is None:
            raise ValueError("ranking_id: a ranking belongs to a request_id")
        return self


class WhyNotInput(ComposeInput):
    """The same, and whom it is about."""

    expert_id: UUID


def _answer(
    session: Session,
    actor: Actor,
    composition: Composition,
    purpose: str,
    clock: Clock,
    voice: Voice,
) -> TeamAnswerOut:
    people = rows_by_id(session, shown_in(composition.answer))
    _log(session, actor, sorted(people), composition, purpose, clock)
    return answer_out(composition, people, voice)


def _log(
    session: Session,
    actor: Actor,
    ids: Sequence[UUID],
    composition: Composition,
    purpose: str,
    clock: Clock,
) -> None:
    at, names = clock.now(), composition.names
    records.log_listed(session, actor, ids, names, purpose=purpose, at=at, what="team")


def _composed(
    given: NewTeams,
    session: Session,
    actor: Actor,
    ranker: Ranker,
    composer: TeamComposer,
    clock: Clock,
) -> Composition:
    names = names_shown(session, actor, given.request_id, hide=given.blind)
    if given.request is not None:
        need = requests.need_from(given.request)
        ranking = requests.rank_need(session, actor, need, ranker=ranker, clock=clock)
        return teams.compose_from(
            session, actor, ranking, given.team, composer=composer, names=names
        )
    request_id = cast("UUID", given.request_id)
    get_request(session, actor, request_id)
    newest = next(iter(rankings_of(session, actor, request_id)), None)
    ranking_id = given.ranking_id or (newest.id if newest else None)
    if ranking_id is None:
        raise Conflict("This request was not ranked yet: rank it first, or name a ranking.")
    return teams.compose_team(
        session, actor, request_id, ranking_id, given.team, composer=composer, names=names
    )


def _of_ranking(
    request_id: UUID, given: ComposeInput, session: Session, actor: Actor, composer: TeamComposer
) -> Composition:
    names = names_shown(session, actor, request_id, hide=given.blind)
    return teams.compose_team(
        session, actor, request_id, given.ranking_id, given.team, composer=composer, names=names
    )


def _why_not(
    session: Session,
    actor: Actor,
    composition: Composition,
    expert_id: UUID,
    composer: TeamComposer,
    voice: Voice,
) -> WhyNotOut:
    words = teams.why_not(session, actor, composition, expert_id, composer=composer)
    row = rows_by_id(session, [expert_id])[expert_id]
    person = person_out(row, composition.unnamed([expert_id]))
    return WhyNotOut(person=person, words=voice.say(words))


def _team_out(view: TeamView, voice: Voice) -> TeamOut:
    return TeamOut.model_validate(replace(view, checks=voice.checks(view.checks)))


@router.post(
    "/teams",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound, Conflict, InvalidInput, RequestIncomplete, UnknownTerm),
)
def compose_teams(
    given: NewTeams,
    session: SessionDep,
    actor: ActorDep,
    ranker: RankerDep,
    composer: ComposerDep,
    clock: ClockDep,
    voice: VoiceDep,
) -> TeamsAnswerOut:
    """Compose teams for a need, stored or not, and say why not of anybody; keep nothing.

    The answer of a time limit carries its gap; none is an answer too, with the ways out.
    """
    composition = _composed(given, session, actor, ranker, composer, clock)
    purpose = str(given.request_id or "match")
    answer = _answer(session, actor, composition, purpose, clock, voice)
    asked = dict.fromkeys(given.why_not)
    told = [_why_not(session, actor, composition, one, composer, voice) for one in asked]
    _log(session, actor, list(asked), composition, purpose, clock)
    return TeamsAnswerOut(**answer.model_dump(), why_not=told)


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
    voice: VoiceDep,
) -> TeamAnswerOut:
    """Compose teams for a need that is not stored; keep nothing."""
    need = requests.need_from(given.request)
    ranking = requests.rank_need(session, actor, need, ranker=ranker, clock=clock)
    names = names_shown(session, actor, None, hide=given.blind)
    composition = teams.compose_from(
        session, actor, ranking, given.team, composer=composer, names=names
    )
    return _answer(session, actor, composition, "match", clock, voice)


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
    voice: VoiceDep,
) -> TeamAnswerOut:
    """Compose up to three teams that differ; none is an answer too, with the ways out."""
    composition = _of_ranking(request_id, given, session, actor, composer)
    return _answer(session, actor, composition, str(request_id), clock, voice)


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
    voice: VoiceDep,
) -> WhyNotOut:
    """Say why somebody sits in none of the teams that these rules give."""
    composition = _of_ranking(request_id, given, session, actor, composer)
    told = _why_not(session, actor, composition, given.expert_id, composer, voice)
    _log(session, actor, [given.expert_id], composition, str(request_id), clock)
    return told


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
    voice: VoiceDep,
) -> TeamOut:
    """Keep one of the proposals, with its seats, alternates and rules as they were."""
    team = teams.keep_team(session, actor, request_id, given, composer=composer, clock=clock)
    response.headers["Location"] = path_of("teams", team.id)
    return _team_out(team_view(session, actor, team.id), voice)


@router.get(
    "/requests/{request_id}/teams",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound),
)
def list_teams(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep, voice: VoiceDep
) -> TeamsOut:
    """Return the teams kept for a request, the newest first."""
    get_request(session, actor, request_id)
    found = teams_of(session, actor, request_id)
    ids = {seat.person.id for team in found for seat in team.seats if seat.person}
    purpose = str(request_id)
    records.log_views(session, actor, sorted(ids), what="team", purpose=purpose, at=clock.now())
    return TeamsOut(items=[_team_out(view, voice) for view in found])


@router.get(
    "/teams/{team_id}",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(NotFound),
)
def get_one_team(
    team_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep, voice: VoiceDep
) -> TeamOut:
    """Return one kept team with its seats, alternates and rules."""
    found = team_view(session, actor, team_id)
    ids = {seat.person.id for seat in found.seats if seat.person}
    purpose = str(found.request_id)
    records.log_views(session, actor, sorted(ids), what="team", purpose=purpose, at=clock.now())
    return _team_out(found, voice)
