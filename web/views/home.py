"""The first page, by role."""

from __future__ import annotations

from datetime import timedelta

from fastapi.responses import HTMLResponse

from roster.policy import Permission
from roster.queries.awaited import awaited_calls, awaited_releases, count_pending
from roster.queries.expert_counts import count_people
from roster.queries.experts import ExpertFilter
from roster.queries.merges import proposal_rows
from roster.queries.news import happened_since
from roster.queries.requests import list_requests
from roster.read import Paging
from roster.vocabulary import ExpertStatus
from web.access import Reader, ReaderDep, new_router, requires
from web.deps import respond
from web.presenters.homes import Around, officer_home, plain_home
from web.views.own_home import show_own_home, untold

router = new_router()

_MOST_REQUESTS = 50
_MOST_NEWS = 12


@router.get("/", dependencies=[requires(Permission.SIGNED_IN)])
def show_home(reader: ReaderDep) -> HTMLResponse:
    """Show what waits for the reader."""
    if reader.actor.may(Permission.READ_REQUESTS):
        return _officer(reader)
    if reader.actor.may(Permission.UPLOAD_CVS):
        return show_own_home(reader)
    page = plain_home(reader.frame(reader.tongue.word("Home"), "home"), reader.tongue, reader.actor)
    return respond(reader.request, "home/plain.html", page)


def _officer(reader: Reader) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    page = officer_home(
        reader.frame(reader.tongue.word("Home"), "home"),
        reader.tongue,
        list_requests(session, actor, Paging(1, _MOST_REQUESTS), only_open=True),
        people=count_people(session, actor, ExpertFilter(status=ExpertStatus.ACTIVE)),
        today=reader.clock.now().date(),
        may_write=actor.may(Permission.WRITE_REQUESTS),
        keeping=(untold(reader), proposal_rows(session, actor, Paging(1, 1)).total)
        if actor.may(Permission.WRITE_EXPERTS)
        else None,
        around=_around(reader),
    )
    return respond(reader.request, "home/officer.html", page)


def _around(reader: Reader) -> Around:
    """Read what is the reader's own, what happened since yesterday, and what others owe."""
    session, actor, now = reader.session, reader.actor, reader.clock.now()
    today = now.date()
    yesterday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return Around(
        me=actor.account_id,
        awaited=(*awaited_calls(session, actor, today), *awaited_releases(session, actor, today)),
        pending=count_pending(session, actor, today),
        happened=happened_since(session, actor, yesterday, most=_MOST_NEWS),
    )
