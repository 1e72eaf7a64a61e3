"""The first page of a focal point, read from what she keeps and what waits for her."""

from __future__ import annotations

from fastapi.responses import HTMLResponse
from sqlmodel import col

from roster.policy import Permission
from roster.queries.calls import calls_of, countries_of
from roster.queries.demand import demand
from roster.queries.documents import document_counts, document_rows
from roster.queries.expert_counts import count_gaps, count_people
from roster.queries.experts import ExpertFilter, rows_by_id
from roster.queries.interests import interests_of
from roster.queries.notices import count_notices
from roster.queries.releases import own_releases
from roster.tables import Document
from roster.telling.notices import OPEN
from roster.vocabulary import DocumentState, ExpertStatus
from web.access import Reader
from web.deps import respond
from web.presenters.own_home import MOST_DEMAND, Own, focal_point_home

_MOST_WAITING = 10


def show_own_home(reader: Reader) -> HTMLResponse:
    """Show a focal point her own people, and what waits for her."""
    page = focal_point_home(
        reader.frame(reader.tongue.word("Home"), "home"), reader.tongue, reader.actor, _own(reader)
    )
    return respond(reader.request, "home/focal_point.html", page)


def untold(reader: Reader) -> int:
    """Count the people who were not told yet that they are on the roster."""
    counts = count_notices(reader.session, reader.actor)
    return sum(counts.get(state, 0) for state in OPEN)


def _own(reader: Reader) -> Own:
    session, actor, today = reader.session, reader.actor, reader.clock.now().date()
    active = ExpertFilter(status=ExpertStatus.ACTIVE, today=today)
    waiting = col(Document.state) == DocumentState.READ
    keeps = actor.may(Permission.WRITE_EXPERTS) and actor.may(Permission.READ_CALLS)
    wanted = demand(session, actor, today=today) if keeps else ()
    shown = {who for one in wanted[:MOST_DEMAND] for who in one.first}
    return Own(
        people=count_people(session, actor, active),
        gaps=count_gaps(session, actor, active),
        untold=untold(reader),
        documents=document_rows(session, actor, waiting, most=_MOST_WAITING),
        counts=document_counts(session, actor),
        calls=calls_of(session, actor, today),
        releases=own_releases(session, actor, today),
        demand=wanted,
        names=rows_by_id(session, shown),
        interests=interests_of(session, actor, countries_of(actor)),
        today=today,
    )
