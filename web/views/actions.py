"""Actions done so far, and what other publications say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from roster.errors import NotFound
from roster.policy import Permission
from roster.queries.actions import get_action, list_actions, published_sheets
from roster.queries.figures import comparisons
from web.access import ReaderDep, requires
from web.deps import respond
from web.presenters.actions import FACETS, ListState, detail_page, list_page
from web.presenters.sheets import TITLES, sheets_page

router = APIRouter()

MOST_WORDS = 200


def get_state(
    request: Request,
    q: Annotated[str, Query(max_length=MOST_WORDS)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> ListState:
    """Return what the address says of the list; filters that nobody knows are left out."""
    chosen = {name: frozenset(request.query_params.getlist(name)) for name, _, _ in FACETS}
    return ListState(q.strip(), {name: on for name, on in chosen.items() if on}, page)


@router.get("/actions", dependencies=[requires(Permission.READ_ACTIONS)])
def show_actions(
    reader: ReaderDep, state: Annotated[ListState, Depends(get_state)]
) -> HTMLResponse:
    """Show what was done, counted from the rows, beside what was printed."""
    context = list_page(
        reader.frame(reader.tongue.word("Actions"), "actions"),
        reader.tongue,
        list_actions(reader.session, reader.actor),
        comparisons(reader.session, reader.actor),
        state,
    )
    return respond(reader.request, "actions/list.html", context)


@router.get("/actions/{code}", dependencies=[requires(Permission.READ_ACTIONS)])
def show_action(reader: ReaderDep, code: str) -> HTMLResponse:
    """Show one Action as it was printed."""
    action = get_action(reader.session, reader.actor, code)
    page = detail_page(reader.frame(action.name, "actions"), reader.tongue, action)
    return respond(reader.request, "actions/detail.html", page)


@router.get("/publications/{publication}", dependencies=[requires(Permission.READ_ACTIONS)])
def show_publication(reader: ReaderDep, publication: str) -> HTMLResponse:
    """Show what one publication says, sheet by sheet."""
    if publication not in TITLES:
        raise NotFound("There is no such publication here.")
    kind, title = TITLES[publication]
    page = sheets_page(
        reader.frame(reader.tongue.word(title), "actions"),
        reader.tongue,
        publication,
        published_sheets(reader.session, kind),
    )
    return respond(reader.request, "actions/sheets.html", page)
