"""Why not her: a search among people, and where one of them stands for a request."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from roster import reviews
from roster.policy import Permission
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.requests import request_detail
from roster.read import Paging
from web.access import ReaderDep, requires, see_other
from web.deps import respond
from web.presenters.reviews import why_page, why_path
from web.views.rankings import run_of

router = APIRouter()

_FOUND = 20


@router.post("/requests/{request_id}/why", dependencies=[requires(Permission.RANK)])
def search_person(
    reader: ReaderDep,
    request_id: UUID,
    q: Annotated[str, Form(max_length=200)] = "",
    run: Annotated[int | None, Form(ge=1)] = None,
) -> Response:
    """Search by name; sent in the body, so that no name stands in an address or a log."""
    found = request_detail(reader.session, reader.actor, request_id)
    row = run_of(found.rankings, run)
    query = q.strip()
    named = ExpertFilter(name=query)
    people = (
        list_experts(reader.session, reader.actor, named, Paging(1, _FOUND)).items if query else ()
    )
    if len(people) == 1:
        return see_other(why_path(found, row, people[0]))
    tongue = reader.tongue
    page = why_page(
        reader.frame(tongue.word("Why not?"), "requests"),
        found,
        row,
        reader.clock.now().date(),
        tongue,
        query=query,
        people=people,
    )
    return respond(reader.request, "rankings/why.html", page)


@router.get("/requests/{request_id}/why/{expert_id}", dependencies=[requires(Permission.RANK)])
def show_place(
    reader: ReaderDep,
    request_id: UUID,
    expert_id: UUID,
    run: Annotated[int | None, Query(ge=1)] = None,
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
    )
    tongue = reader.tongue
    page = why_page(
        reader.frame(tongue.word("Why not?"), "requests"),
        found,
        row,
        reader.clock.now().date(),
        tongue,
        why=why,
    )
    return respond(reader.request, "rankings/why.html", page)
