"""The page behind a personal link; whoever holds the link is the person, and nobody signs in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from roster import accounts
from roster.errors import NotFound, TooManyAttempts
from roster.installation import Installation
from roster.policy import Permission
from roster.queries.accounts import responsible_body
from roster.tables import Facility
from roster.telling import notices
from roster.vocabulary import ExpertStatus
from web.access import InstallationDep, requires, see_other
from web.contexts.accounts import ErrorPage
from web.deps import frame_of, get_tongue, respond
from web.presenters.mine import leave_page, mine_page
from web.wording import marked

router = APIRouter()

_PUBLIC = [requires(Permission.PUBLIC)]
_LONGEST_TOKEN = 200
_WRONG = marked(
    "It may have been cut off in the mail, or have run out: links work for ninety days. "
    "Ask whoever gave you the letter for a new one."
)
_SLOW = marked("Too many links that do not work were opened from here. Try again in a while.")


@router.get("/mine/{token}", dependencies=_PUBLIC)
def show_mine(request: Request, installation: InstallationDep, token: str) -> Response:
    """Show the person of a link what is held on her."""
    tongue = get_tongue(request)
    try:
        with installation.work() as session:
            notice, record = notices.open_own_record(
                session, token[:_LONGEST_TOKEN], clock=installation.clock
            )
            page = mine_page(
                frame_of(request, tongue.word("Your record"), facility=""),
                tongue,
                record,
                notices.own_views(session, notice),
                responsible_body(session.get_one(Facility, notice.facility_id)),
                path=request.url.path,
            )
    except NotFound:
        return refuse_link(request, installation)
    return respond(request, "mine/record.html", page)


@router.post("/mine/{token}", dependencies=_PUBLIC)
def change_mine(
    request: Request,
    installation: InstallationDep,
    token: str,
    status: Annotated[ExpertStatus, Form()],
    sure: Annotated[str, Form()] = "",
) -> Response:
    """Let the person pause, come back, or leave after a second word."""
    try:
        with installation.work() as session:
            if status is ExpertStatus.WITHDRAWN and not sure:
                notices.open_own_record(session, token[:_LONGEST_TOKEN], clock=installation.clock)
                return _ask(request)
            notices.leave_by_link(
                session, token[:_LONGEST_TOKEN], status=status, clock=installation.clock
            )
    except NotFound:
        return refuse_link(request, installation)
    return see_other(request.url.path)


def _ask(request: Request) -> HTMLResponse:
    tongue = get_tongue(request)
    frame = frame_of(request, tongue.word("Leave the roster?"), facility="")
    page = leave_page(frame, tongue, path=request.url.path)
    return respond(request, "mine/leave.html", page)


def refuse_link(request: Request, installation: Installation) -> HTMLResponse:
    """Answer a link that opens nothing, alike for a wrong one and one that has run out.

    Only who brings wrong links is slowed down: a right one is always served.
    """
    now = installation.clock.now()
    key = f"link {request.client.host if request.client else ''}"
    status, headers, words = NotFound.status, dict[str, str](), _WRONG
    with installation.work() as session:
        try:
            accounts.check_throttle(session, key, now=now)
        except TooManyAttempts as error:
            status, words = error.status, _SLOW
            headers["Retry-After"] = str(error.retry_after_s)
        else:
            accounts.note_failure(session, key, now=now)
    tongue = get_tongue(request)
    title = tongue.word("This link does not work")
    page = ErrorPage(
        frame_of(request, title, facility=""), status, title, tongue.word(words), (), ()
    )
    return respond(request, "errors/error.html", page, status, headers)
