"""Teams for a request: composed by rules out of a ranking, explained, kept."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field, ValidationError, field_validator

from roster import records, teams
from roster.errors import InvalidInput
from roster.inputs import KeepTeam
from roster.policy import Permission
from roster.queries.experts import ExpertFilter, list_experts, rows_by_id, views_of
from roster.queries.rankings import ranked_people
from roster.queries.requests import request_detail
from roster.queries.teams import teams_of
from roster.read import Paging, RequestDetail
from roster.teams import Composition
from roster.vocabulary import TeamMode
from web.access import Reader, ReaderDep, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters import teams as shown
from web.presenters.team_query import TeamQuery, unique
from web.views.rankings import run_of
from web.views.requests import FormDep, words_of

router = APIRouter()

_MOST_NAMESAKES = 5


class Address(BaseModel):
    """What the address of the board, or the form that keeps a team, says."""

    run: int | None = Field(default=None, ge=1)
    mode: TeamMode | None = None
    size: int = Field(default=3, ge=1, le=8)
    per_country: int | None = Field(default=None, ge=1, le=8)
    per_office: int | None = Field(default=None, ge=1, le=8)
    officials: float | None = Field(default=None, ge=0, le=100)
    held: list[UUID] = Field(default=[], alias="in")
    out: list[UUID] = []
    expert: list[UUID] = []
    """Those selected in the ranking; they must be in."""
    proposal: int = Field(default=0, ge=0, le=2)
    way: int | None = Field(default=None, ge=0, le=20)
    why: str = Field(default="", max_length=300)
    kept: UUID | None = None

    @field_validator("per_country", "per_office", "officials", "mode", "kept", mode="before")
    @classmethod
    def _nothing_said(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("size", mode="before")
    @classmethod
    def _usual_size(cls, value: object) -> object:
        return 3 if value == "" else value

    @property
    def composes(self) -> bool:
        """Whether rules are given: then a team is composed."""
        return bool(self.mode or self.expert)

    def query(self, found: RequestDetail) -> TeamQuery:
        """Return the rules for a request; what is not said follows from it.

        Raises
        ------
        NotFound
        """
        held = unique([*self.held, *self.expert])
        return TeamQuery(
            request_id=found.row.id,
            run=run_of(found.rankings, self.run).number,
            mode=self.mode or found.mode or TeamMode.PEER_TO_PEER,
            size=max(self.size, min(len(held), 8)),
            per_country=self.per_country,
            per_office=self.per_office,
            officials=self.officials,
            held=held,
            out=unique(self.out),
            proposal=self.proposal,
            way=self.way,
            why=self.why,
        )


@router.get("/requests/{request_id}/team", dependencies=[requires(Permission.WRITE_TEAM)])
def team_page(
    reader: ReaderDep,
    request_id: UUID,
    said: Annotated[Address, Query()],
) -> Response:
    """Show the team kept last, or compose one by the rules in the address."""
    found = request_detail(reader.session, reader.actor, request_id)
    if not found.rankings:
        return see_other(f"/requests/{request_id}/ranking")
    query = said.query(found)
    if not (said.composes or said.why):
        return _kept(reader, found, query, said.kept)
    run = run_of(found.rankings, query.run)
    try:
        composition = teams.compose_team(
            reader.session,
            reader.actor,
            request_id,
            run.id,
            query.given(),
            composer=reader.installation.composer,
        )
    except InvalidInput as refused:
        return _kept(reader, found, query, None, refused)
    asked = _why_not(reader, composition, query)
    return _composed(reader, found, query, composition, asked)


@router.post("/requests/{request_id}/teams", dependencies=[requires(Permission.WRITE_TEAM)])
def keep(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Keep one of the proposals, with its seats, alternates and rules as they were."""
    typed = words_of(form)
    lists = {"in", "out", "expert"}
    try:
        said = Address.model_validate(
            {
                name: values if name in lists else values[0]
                for name, values in typed.items()
                if values
            }
        )
    except ValidationError:
        raise InvalidInput("This team cannot be kept: compose it again.") from None
    found = request_detail(reader.session, reader.actor, request_id)
    query = said.query(found)
    team = teams.keep_team(
        reader.session,
        reader.actor,
        request_id,
        KeepTeam(
            team=query.given(),
            ranking_id=run_of(found.rankings, query.run).id,
            proposal=query.proposal,
        ),
        composer=reader.installation.composer,
        clock=reader.clock,
    )
    return see_other(f"/requests/{request_id}/team?kept={team.id}")


def _composed(
    reader: Reader,
    found: RequestDetail,
    query: TeamQuery,
    composition: Composition,
    asked: shown.Asked,
) -> Response:
    named = shown.people_of(composition.answer)
    proposal = shown.chosen(query, composition.answer)
    members = [seat.expert_id for seat in proposal.seats] if proposal else []
    run = run_of(found.rankings, query.run)
    cast = shown.Cast(
        rows=rows_by_id(reader.session, named | {*query.held, *query.out}),
        views=composition.experts,
        ranked={
            one.expert_id: one
            for one in ranked_people(reader.session, reader.actor, run.id, members)
        },
    )
    _log(reader, list(cast.rows), found.row.id)
    context = shown.composed_page(
        reader.frame(_title(reader, found), "requests"),
        found,
        query,
        composition.answer,
        cast,
        asked,
        reader.clock.now().date(),
        reader.tongue,
    )
    return respond(reader.request, "teams/board.html", context)


def _kept(
    reader: Reader,
    found: RequestDetail,
    query: TeamQuery,
    team_id: UUID | None,
    refused: InvalidInput | None = None,
) -> Response:
    kept = teams_of(reader.session, reader.actor, found.row.id)
    team = next((one for one in kept if team_id is None or one.id == team_id), None)
    if refused is not None:
        team = None
    ids = [seat.person.id for seat in team.seats if seat.person] if team else []
    cast = shown.Cast(
        rows=rows_by_id(reader.session, {*ids, *query.held, *query.out}),
        views=views_of(reader.session, reader.actor, ids, Permission.RANK),
        ranked={},
    )
    _log(reader, list(cast.rows), found.row.id)
    notices: tuple[Notice, ...] = ()
    if refused is not None:
        details = " ".join(error.detail for error in refused.errors)
        notices = (Notice("no", refused.detail, details),)
    context = shown.kept_page(
        reader.frame(_title(reader, found), "requests", notices),
        found,
        team,
        kept,
        query,
        cast,
        reader.clock.now().date(),
        reader.tongue,
    )
    return respond(reader.request, "teams/board.html", context, refused.status if refused else 200)


def _title(reader: Reader, found: RequestDetail) -> str:
    return f"{reader.tongue.word('Team')}, {found.row.title}"


def _why_not(reader: Reader, composition: Composition, query: TeamQuery) -> shown.Asked:
    """Find whom a name means and say why she is in none of the teams."""
    name, tongue = query.why.strip(), reader.tongue
    if not name:
        return shown.Asked()
    found = list_experts(
        reader.session, reader.actor, ExpertFilter(name=name), Paging(1, _MOST_NAMESAKES)
    )
    if not found.items:
        return shown.Asked(name, tongue.word("Nobody of this name is on the roster that you see."))
    exact = [one for one in found.items if one.display_name.casefold() == name.casefold()]
    if len(found.items) > 1 and len(exact) != 1:
        names = tongue.listed([one.display_name for one in found.items])
        return shown.Asked(name, tongue.word("Several people: %(names)s. Whom?", names=names))
    one = exact[0] if exact else found.items[0]
    answer = composition.answer
    seated = {seat.expert_id for team in answer.proposals for seat in team.seats}
    if one.id in seated:
        words = tongue.word("%(name)s sits in one of these teams.", name=one.display_name)
    else:
        words = teams.why_not(
            reader.session, reader.actor, composition, one.id, composer=reader.installation.composer
        )
    _log(reader, [one.id], query.request_id)
    return shown.Asked(one.display_name, words)


def _log(reader: Reader, ids: list[UUID], request_id: UUID) -> None:
    records.log_views(
        reader.session,
        reader.actor,
        ids,
        what="team",
        purpose=str(request_id),
        at=reader.clock.now(),
    )
