"""The first page, by role."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import col

from roster.policy import Permission
from roster.queries.calls import calls_of
from roster.queries.documents import document_counts, document_rows
from roster.queries.experts import (
    ExpertFilter,
    count_experts,
    count_stale,
    views_of,
    visible_ids,
)
from roster.queries.merges import proposal_rows
from roster.queries.notices import count_notices
from roster.queries.releases import count_pending, own_releases
from roster.queries.requests import list_requests
from roster.read import Paging
from roster.tables import Document
from roster.telling.notices import OPEN
from roster.vocabulary import DocumentState, ExpertStatus
from web.access import Reader, ReaderDep, requires
from web.deps import respond
from web.presenters.expert_list import STALE_DAYS
from web.presenters.homes import Waits, focal_point_home, officer_home, plain_home

router = APIRouter()

_MOST_REQUESTS = 50
_MOST_WAITING = 10


@router.get("/", dependencies=[requires(Permission.SIGNED_IN)])
def show_home(reader: ReaderDep) -> HTMLResponse:
    """Show what waits for the reader."""
    if reader.actor.may(Permission.READ_REQUESTS):
        return _officer(reader)
    if reader.actor.may(Permission.UPLOAD_CVS):
        return _focal_point(reader)
    page = plain_home(reader.frame(reader.tongue.word("Home"), "home"), reader.tongue, reader.actor)
    return respond(reader.request, "home/plain.html", page)


def _officer(reader: Reader) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    people = count_experts(session, actor, ExpertFilter(), "status")
    page = officer_home(
        reader.frame(reader.tongue.word("Home"), "home"),
        reader.tongue,
        list_requests(session, actor, Paging(1, _MOST_REQUESTS), only_open=True),
        people=people.get(ExpertStatus.ACTIVE.value, 0),
        today=reader.clock.now().date(),
        may_write=actor.may(Permission.WRITE_REQUESTS),
        keeping=(_untold(reader), proposal_rows(session, actor, Paging(1, 1)).total)
        if actor.may(Permission.WRITE_EXPERTS)
        else None,
        waiting=_waiting(reader),
    )
    return respond(reader.request, "home/officer.html", page)


def _waiting(reader: Reader) -> tuple[int, int]:
    """Count the calls and the releases that wait for an answer."""
    today = reader.clock.now().date()
    calls = calls_of(reader.session, reader.actor, today)
    waiting = sum(
        one.is_open(today) and any(said.answer is None for said in one.recipients) for one in calls
    )
    return waiting, count_pending(reader.session, reader.actor, today)


def _untold(reader: Reader) -> int:
    counts = count_notices(reader.session, reader.actor)
    return sum(counts.get(state, 0) for state in OPEN)


def _focal_point(reader: Reader) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    ids = visible_ids(session, actor, Permission.READ_EXPERTS)
    today = reader.clock.now().date()
    before = today - timedelta(days=STALE_DAYS)
    waiting = col(Document.state) == DocumentState.READ
    page = focal_point_home(
        reader.frame(reader.tongue.word("Home"), "home"),
        reader.tongue,
        actor,
        views_of(session, actor, ids, Permission.READ_EXPERTS).values(),
        document_rows(session, actor, waiting, most=_MOST_WAITING),
        document_counts(session, actor),
        Waits(
            stale=count_stale(session, actor, before),
            untold=_untold(reader),
            calls=calls_of(session, actor, today),
            releases=own_releases(session, actor, today),
            today=today,
        ),
    )
    return respond(reader.request, "home/focal_point.html", page)
