"""Teams for a request: composed by rules out of a ranking, put together by hand, kept."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from fastapi.responses import Response

from matching.unnamed import seats_without_text, without_text
from roster import records, teams
from roster.errors import InvalidInput
from roster.inputs import KeepTeam, TeamInput
from roster.policy import Permission
from roster.queries.experts import rows_by_id, views_of
from roster.queries.requests import request_detail
from roster.queries.teams import teams_of
from roster.read import Names, RequestDetail, TeamRules
from roster.teams import Composition
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.contexts.teams import KeepForm, RulesForm
from web.deps import respond
from web.forms import filled
from web.presenters import teams as shown
from web.presenters.persons import kept_back
from web.presenters.refusals import refusal
from web.presenters.team_address import Said, composes, one_of
from web.presenters.team_editor import rules_form
from web.presenters.team_kept import kept_page
from web.presenters.team_query import TeamQuery
from web.presenters.team_seats import Cast
from web.reason_words import clause
from web.views.rankings import run_of
from web.views.requests import FormDep, words_of
from web.views.team_reading import (
    asked_rules,
    edited,
    moved,
    names_of,
    people_in,
    person_named,
    query_of,
    said_in,
    start_of,
    unnamed_among,
)

router = new_router()


@router.get("/requests/{request_id}/team", dependencies=[requires(Permission.WRITE_TEAM)])
def team_page(reader: ReaderDep, request_id: UUID) -> Response:
    """Show the team kept last, or compose one by the rules in the address."""
    found = request_detail(reader.session, reader.actor, request_id)
    if not found.rankings:
        return see_other(f"/requests/{request_id}/ranking")
    said = said_in(reader)
    if not composes(said) and not said.get("why"):
        return _kept(reader, found, start_of(found, said, reader), one_of(said, "kept"))
    return _composed(reader, found, said)


@router.post("/requests/{request_id}/team/rules", dependencies=[requires(Permission.WRITE_TEAM)])
def change_rules(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Lead to the board by the rules of the form; names become ids on the way."""
    typed = words_of(form)
    found = request_detail(reader.session, reader.actor, request_id)
    try:
        query = edited(reader, found, typed)
    except InvalidInput as refused:
        return _kept(reader, found, start_of(found, {}, reader), "", refused)
    goes_on = one_of(typed, "do") not in {"", "compose"} or one_of(typed, "who")
    return see_other(f"{query.href()}&edit=1#rules" if goes_on else query.href())


@router.get("/requests/{request_id}/team/move", dependencies=[requires(Permission.WRITE_TEAM)])
def move(reader: ReaderDep, request_id: UUID) -> Response:
    """Lead to the board with one person moved; nothing is stored."""
    found = request_detail(reader.session, reader.actor, request_id)
    said = said_in(reader)
    try:
        query = query_of(reader, found, said)
        there = moved(reader, found, query, said)
    except InvalidInput as refused:
        return _kept(reader, found, start_of(found, {}, reader), "", refused)
    return see_other(there.href())


@router.post("/requests/{request_id}/team/why", dependencies=[requires(Permission.WRITE_TEAM)])
def ask_why(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Find whom a name means, and lead to why she is not in the team."""
    typed = words_of(form)
    found = request_detail(reader.session, reader.actor, request_id)
    name = one_of(typed, "name")
    try:
        there = query_of(reader, found, typed)
        person = person_named(reader, found, there, name)
    except InvalidInput as refused:
        return _composed(
            reader, found, typed, shown.Asked(name, clause(refused.detail, reader.tongue))
        )
    return see_other(f"{replace(there, why=person).href()}#why-h")


@router.post("/requests/{request_id}/teams", dependencies=[requires(Permission.WRITE_TEAM)])
def keep(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Keep what stands on the board, with its seats, alternates and rules as they were."""
    typed = words_of(form)
    found = request_detail(reader.session, reader.actor, request_id)
    query = query_of(reader, found, typed)
    named = [one_of(typed, f"counterpart_{at}")[:300] or None for at in range(1, 13)]
    given = KeepTeam(
        team=query.team,
        ranking_id=run_of(found.rankings, query.run).id,
        proposal=query.proposal,
        seated=people_in(typed, "seated"),
        counterparts=tuple(named),
        note=one_of(typed, "note"),
    )
    try:
        team = teams.keep_team(
            reader.session,
            reader.actor,
            request_id,
            given,
            composer=reader.installation.composer,
            clock=reader.clock,
        )
    except InvalidInput as refused:
        return _composed(reader, found, typed, refused=refused)
    drafts.sent_off(reader, typed)
    return see_other(f"/requests/{request_id}/team?kept={team.id}")


@router.post(
    "/requests/{request_id}/teams/{team_id}/counterparts",
    dependencies=[requires(Permission.WRITE_TEAM)],
)
def name_counterparts(
    reader: ReaderDep, request_id: UUID, team_id: UUID, form: FormDep
) -> Response:
    """Write down whom the partner institution named for the seats of a kept team."""
    typed = words_of(form)
    names = {at: one_of(typed, f"counterpart_{at}")[:300] for at in range(1, 13)}
    teams.name_counterparts(
        reader.session,
        reader.actor,
        request_id,
        team_id,
        {at: name for at, name in names.items() if f"counterpart_{at}" in typed},
        clock=reader.clock,
    )
    return see_other(f"/requests/{request_id}/team?kept={team_id}")


# --- Showing --------------------------------------------------------------------------------------


def _composed(
    reader: Reader,
    found: RequestDetail,
    said: Said,
    asked: shown.Asked | None = None,
    refused: InvalidInput | None = None,
) -> Response:
    """Compose by the rules that are said, and show what stands on the board."""
    start = start_of(found, {}, reader)
    try:
        query = start = query_of(reader, found, said)
        composition = teams.compose_team(
            reader.session,
            reader.actor,
            found.row.id,
            run_of(found.rankings, query.run).id,
            query.team,
            composer=reader.installation.composer,
            names=names_of(reader, query),
        )
        board = _board(reader, query, composition)
    except InvalidInput as wrong:
        return _kept(reader, found, start, "", wrong)
    asked = asked or _why_not(reader, composition, query)
    cast = _cast(reader, board)
    _log(reader, list(cast.rows), found.row.id, composition.names)
    notices = (refusal(refused, reader.tongue),) if refused else _over(reader, board.rules)
    context = shown.composed_page(
        reader.frame(_title(reader, found), "requests", notices),
        found,
        board,
        _form(reader, board.here, board.rules, cast, is_open=bool(said.get("edit"))),
        cast,
        asked,
        reader.clock.now().date(),
        reader.tongue,
    )
    if context.keep is not None and context.keep.note is not None:
        context = replace(context, keep=_with_draft(reader, context.keep, query, said))
    return respond(reader.request, "teams/board.html", context, refused.status if refused else 200)


def _with_draft(reader: Reader, keep: KeepForm, query: TeamQuery, said: Said) -> KeepForm:
    """Put the reason back that was typed and not sent yet: that of the request, for any team."""
    sent = said if reader.request.method == "POST" else None
    typed, box = drafts.resumed(reader, keep.action, query.href(), {}, sent=sent)
    note = filled(keep.note, typed, {}) if keep.note else None
    return replace(keep, note=note, draft=box)


def _board(reader: Reader, query: TeamQuery, composition: Composition) -> shown.Board:
    rules, people = shown.shown_people(query, composition)
    seating = teams.seat_team(
        reader.session,
        reader.actor,
        composition,
        people,
        composer=reader.installation.composer,
        rules=rules,
    )
    proposal = seating.proposal
    unnamed = composition.unnamed([seat.expert_id for seat in proposal.seats])
    if unnamed:
        silent = composition.ranking.among(unnamed).people
        seating = replace(seating, proposal=seats_without_text(proposal, silent))
    return shown.Board(query, composition, rules, seating)


def _cast(reader: Reader, board: shown.Board) -> Cast:
    """Read everybody whom a board speaks of."""
    members = {seat.expert_id for seat in board.seating.proposal.seats}
    views = dict(board.composition.experts)
    missing = members - set(views)
    views |= views_of(reader.session, reader.actor, missing, Permission.RANK)
    composition = board.composition
    ids = board.people | _named(board.here.team)
    unnamed = composition.unnamed(ids)
    ranked = composition.ranking.among(members).people
    return Cast(
        rows=kept_back(rows_by_id(reader.session, ids), unnamed, reader.tongue),
        views=views,
        ranked={
            one.expert_id: without_text([one])[0] if one.expert_id in unnamed else one
            for one in ranked
        },
        action_id=composition.ranking.request.action_id,
        unnamed=unnamed,
        names=f"/requests/{board.query.request_id}/names" if composition.names.hidden else "",
    )


def _named(team: TeamInput) -> set[UUID]:
    """Return everybody whom rules name."""
    pairs = {one for group in (*team.together, *team.apart) for one in group}
    keepers = {seat.keeper for seat in team.seats if seat.keeper is not None}
    return {*team.forced_in, *team.forced_out, *team.conflicts, *pairs, *keepers}


def _form(
    reader: Reader, query: TeamQuery, rules: TeamRules, cast: Cast, *, is_open: bool
) -> RulesForm:
    names = sorted({row.display_name for row in cast.rows.values()})
    by_number = bool(cast.names)
    return rules_form(
        query, rules, cast.rows, names, reader.tongue, is_open=is_open, by_number=by_number
    )


def _kept(
    reader: Reader,
    found: RequestDetail,
    query: TeamQuery,
    team_id: str,
    refused: InvalidInput | None = None,
) -> Response:
    """Show a team that was kept; or no team, with what was refused and the form of the rules."""
    kept = teams_of(reader.session, reader.actor, found.row.id)
    team = next((one for one in kept if not team_id or str(one.id) == team_id), None)
    team = None if refused is not None else team
    ids = {seat.person.id for seat in team.seats if seat.person} if team else set()
    told = {who for check in team.checks for who in check.people} if team else set()
    members, asked = ids | told, _named(query.team) - ids - told
    names = names_of(reader, query)
    unnamed = unnamed_among(reader, found, query, names, asked)
    cast = Cast(
        rows=kept_back(rows_by_id(reader.session, members | asked), unnamed, reader.tongue),
        views=views_of(reader.session, reader.actor, ids, Permission.RANK),
        ranked={},
        action_id=found.action_id,
        unnamed=unnamed,
        names=f"/requests/{found.row.id}/names" if names.hidden else "",
    )
    _log(reader, list(members), found.row.id)
    _log(reader, list(asked), found.row.id, names)
    context = kept_page(
        reader.frame(
            _title(reader, found),
            "requests",
            (refusal(refused, reader.tongue),) if refused else (),
        ),
        found,
        team,
        kept,
        _form(reader, query, asked_rules(reader, found, query), cast, is_open=team is None),
        cast,
        reader.clock.now().date(),
        reader.tongue,
    )
    return respond(reader.request, "teams/board.html", context, refused.status if refused else 200)


def _over(reader: Reader, rules: TeamRules) -> tuple[Notice, ...]:
    """Say where the days of the activity are over: nobody's calendar tells anything then."""
    last = rules.ends or rules.starts
    if last is None or last >= reader.clock.now().date():
        return ()
    tongue = reader.tongue
    title = tongue.word("The days of this activity are over: %(day)s.", day=tongue.day(last))
    return (Notice("look", title, tongue.word("Give other days under “Change seats and rules”.")),)


def _title(reader: Reader, found: RequestDetail) -> str:
    return f"{reader.tongue.word('Team')}, {found.row.title}"


def _why_not(reader: Reader, composition: Composition, query: TeamQuery) -> shown.Asked:
    """Say why somebody is in none of the teams."""
    if query.why is None:
        return shown.Asked()
    unnamed = composition.unnamed([query.why])
    rows = kept_back(rows_by_id(reader.session, [query.why]), unnamed, reader.tongue)
    row = rows.get(query.why)
    if row is None:
        return shown.Asked()
    answer = composition.answer
    if any(seat.expert_id == row.id for team in answer.proposals for seat in team.seats):
        words = reader.tongue.word("%(name)s sits in one of these teams.", name=row.display_name)
    else:
        words = teams.why_not(
            reader.session, reader.actor, composition, row.id, composer=reader.installation.composer
        )
    _log(reader, [row.id], query.request_id, composition.names)
    return shown.Asked(row.display_name, clause(words, reader.tongue))


def _log(reader: Reader, ids: list[UUID], request_id: UUID, names: Names | None = None) -> None:
    records.log_listed(
        reader.session,
        reader.actor,
        ids,
        names or Names(),
        purpose=str(request_id),
        at=reader.clock.now(),
        what="team",
    )
