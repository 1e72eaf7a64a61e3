"""Looking back at a ranking: why not her, and whether it comes out again."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import Response

from roster import reviews
from roster.policy import Permission
from roster.queries.experts import (
    ExpertFilter,
    expert_row,
    get_expert,
    list_experts,
    rows_by_id,
)
from roster.queries.names import names_shown
from roster.queries.rankings import outline_of, ranked_requests
from roster.queries.requests import request_detail
from roster.read import Paging, RankingRow, RequestDetail
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.replays import MOST_SHOWN, replay_page, stand_page
from web.presenters.reviews import NamesKept, Sought, why_page, why_path
from web.views.rankings import run_of

router = new_router()

_FOUND = 20
_DIGITS = 7
_MOST_REQUESTS = 100


@router.post("/requests/{request_id}/why", dependencies=[requires(Permission.RANK)])
def search_person(
    reader: ReaderDep,
    request_id: UUID,
    q: Annotated[str, Form(max_length=200)] = "",
    run: Annotated[int | None, Form(ge=1)] = None,
    names: Annotated[Literal["", "hidden"], Form()] = "",
) -> Response:
    """Search by name; sent in the body, so that no name stands in an address or a log.

    A list without names is searched by the numbers that stand in their place.
    """
    found = request_detail(reader.session, reader.actor, request_id)
    row = run_of(found.rankings, run)
    query, asked = q.strip(), bool(names)
    if names_shown(reader.session, reader.actor, request_id, hide=asked).hidden:
        return _by_number(reader, found, row, query, asked=asked)
    named = ExpertFilter(name=query)
    people = (
        list_experts(reader.session, reader.actor, named, Paging(1, _FOUND)).items if query else ()
    )
    if len(people) == 1:
        return see_other(why_path(found, row, people[0].id))
    tongue = reader.tongue
    page = why_page(
        reader.frame(tongue.word("Why not?"), "requests"),
        found,
        row,
        reader.clock.now().date(),
        tongue,
        sought=Sought(query, people),
    )
    return respond(reader.request, "rankings/why.html", page)


def _by_number(
    reader: Reader, found: RequestDetail, row: RankingRow, query: str, *, asked: bool
) -> Response:
    standings = outline_of(reader.session, reader.actor, row.id).standings
    number = int(query) if query.isdecimal() and len(query) <= _DIGITS else 0
    if 0 < number <= len(standings):
        expert_id = standings[number - 1].expert_id
        return see_other(why_path(found, row, expert_id, hide_names=asked))
    tongue = reader.tongue
    page = why_page(
        reader.frame(tongue.word("Why not?"), "requests"),
        found,
        row,
        reader.clock.now().date(),
        tongue,
        sought=Sought(query),
        names=NamesKept(asked),
    )
    return respond(reader.request, "rankings/why.html", page)


@router.get("/requests/{request_id}/why/{expert_id}", dependencies=[requires(Permission.RANK)])
def show_place(
    reader: ReaderDep,
    request_id: UUID,
    expert_id: UUID,
    run: Annotated[int | None, Query(ge=1)] = None,
    names: Literal["", "hidden"] = "",
) -> Response:
    """Show where one person stands, what the tenth has more of, and what would help."""
    found = request_detail(reader.session, reader.actor, request_id)
    row = run_of(found.rankings, run)
    why = reviews.why_not(
        reader.session,
        reader.actor,
        row.id,
        expert_id,
        ranker=reader.installation.ranker,
        clock=reader.clock,
        hide_names=bool(names),
    )
    tongue = reader.tongue
    kept = names_shown(reader.session, reader.actor, request_id, hide=bool(names)).hidden
    page = why_page(
        reader.frame(tongue.word("Why not?"), "requests"),
        found,
        row,
        reader.clock.now().date(),
        tongue,
        why=why,
        names=NamesKept(bool(names)) if kept else None,
    )
    return respond(reader.request, "rankings/why.html", page)


@router.get("/experts/{expert_id}/requests", dependencies=[requires(Permission.RANK)])
def choose_request(reader: ReaderDep, expert_id: UUID) -> Response:
    """Show the requests that one person can be looked up for."""
    person = expert_row(get_expert(reader.session, reader.actor, expert_id, Permission.RANK))
    page = stand_page(
        reader.frame(reader.tongue.word("Why not?"), "experts"),
        person,
        ranked_requests(reader.session, reader.actor, _MOST_REQUESTS),
        reader.tongue,
    )
    return respond(reader.request, "rankings/stand.html", page)


@router.get("/requests/{request_id}/replay", dependencies=[requires(Permission.RANK)])
def replay(
    reader: ReaderDep,
    request_id: UUID,
    run: Annotated[int | None, Query(ge=1)] = None,
    names: Literal["", "hidden"] = "",
) -> Response:
    """Make a stored ranking again and show what differs, and why."""
    found = request_detail(reader.session, reader.actor, request_id)
    row = run_of(found.rankings, run)
    again = reviews.replay_ranking(
        reader.session,
        reader.actor,
        row.id,
        ranker=reader.installation.ranker,
        clock=reader.clock,
        hide_names=bool(names),
    )
    ids = [one.then.expert_id for one in again.differing[:MOST_SHOWN]]
    page = replay_page(
        reader.frame(reader.tongue.word("Made again"), "requests"),
        found,
        again,
        rows_by_id(reader.session, ids),
        reader.clock.now().date(),
        reader.tongue,
        hide_names=bool(names),
    )
    return respond(reader.request, "rankings/replay.html", page)
