"""The one search box: what it found among people, requests and Actions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import HTMLResponse

from roster.policy import Permission
from roster.queries.search import search
from web.access import ReaderDep, new_router, requires
from web.deps import respond
from web.presenters.search import search_page

router = new_router()

_LONGEST = 100_000
"""Of what is sent at all: somebody may paste a letter here."""


@router.get("/search", dependencies=[requires(Permission.SIGNED_IN)])
def ask(reader: ReaderDep) -> HTMLResponse:
    """Show an empty box."""
    return _answer(reader, "")


@router.post("/search", dependencies=[requires(Permission.SIGNED_IN)])
def find(reader: ReaderDep, q: Annotated[str, Form(max_length=_LONGEST)] = "") -> HTMLResponse:
    """Find records; sent in the body, so that no name stands in an address or a log."""
    return _answer(reader, q.strip())


def _answer(reader: ReaderDep, query: str) -> HTMLResponse:
    answer = search(reader.session, reader.actor, query)
    frame = reader.frame(reader.tongue.word("Search"), "")
    may_rank = reader.actor.may(Permission.RANK)
    page = search_page(frame, reader.tongue, query, answer, may_rank=may_rank)
    return respond(reader.request, "search/results.html", page)
