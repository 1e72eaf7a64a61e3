"""The one search box: what it found among people, requests and Actions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from roster.policy import Permission
from roster.queries.search import MOST_LETTERS, search
from web.access import ReaderDep, requires
from web.deps import respond
from web.presenters.search import search_page

router = APIRouter()


@router.get("/search", dependencies=[requires(Permission.SIGNED_IN)])
def ask(reader: ReaderDep) -> HTMLResponse:
    """Show an empty box."""
    return _answer(reader, "")


@router.post("/search", dependencies=[requires(Permission.SIGNED_IN)])
def find(reader: ReaderDep, q: Annotated[str, Form(max_length=MOST_LETTERS)] = "") -> HTMLResponse:
    """Find records; sent in the body, so that no name stands in an address or a log."""
    return _answer(reader, q.strip())


def _answer(reader: ReaderDep, query: str) -> HTMLResponse:
    answer = search(reader.session, reader.actor, query)
    frame = reader.frame(reader.tongue.word("Search"), "")
    page = search_page(frame, reader.tongue, query, answer)
    return respond(reader.request, "search/results.html", page)
