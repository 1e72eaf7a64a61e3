"""The page behind a personal link; whoever holds the link is the person, and nobody signs in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from roster import accounts
from roster.errors import NotFound, TooManyAttempts
from roster.installation import Installation
from roster.policy import Permission
from roster.privacy import restrictions
from roster.privacy.holdings import archive_of, copy_for
from roster.queries.accounts import responsible_body
from roster.queries.decided_facts import own_statements
from roster.queries.privacy import disclosures_of, shown_in_rankings
from roster.tables import Expert, Facility, Notice
from roster.telling import notices, reconfirmations
from roster.vocabulary import OFF_ROSTER, ExpertStatus, RestrictionGround
from web.access import InstallationDep, ReaderDep, new_router, requires, see_other
from web.contexts.accounts import ErrorPage
from web.contexts.parts import Notice as Said
from web.deps import frame_of, get_tongue, respond
from web.presenters.mine import Own, leave_page, mine_page
from web.presenters.rights import rights_of
from web.tongues import Tongue
from web.wording import marked

router = new_router()

_PUBLIC = [requires(Permission.PUBLIC)]
LONGEST_TOKEN = 200
_WRONG = marked(
    "It may have been cut off in the mail, or have run out: links work for ninety days. "
    "Ask whoever gave you the letter for a new one."
)
_DONE = {
    "right": marked("Written down: your record is right as of today."),
    "said": marked("Written down, as said by you. You can take it back below."),
    "since": marked("Nothing was changed: this was decided on since. See what stands there now."),
}
_SLOW = marked("Too many links that do not work were opened from here. Try again in a while.")


@router.get("/mine", dependencies=[requires(Permission.SIGNED_IN)])
def lead_to_mine(reader: ReaderDep) -> Response:
    """Lead somebody who is signed in as herself to the page of her record and rights."""
    vault = reader.installation.vault
    token = notices.own_link_token(reader.session, reader.actor, vault=vault, clock=reader.clock)
    return see_other(f"/mine/{token}")


@router.get("/mine/{token}", dependencies=_PUBLIC)
def show_mine(
    request: Request, installation: InstallationDep, token: str, done: str = ""
) -> Response:
    """Show the person of a link what is held on her."""
    tongue = get_tongue(request)
    try:
        with installation.work() as session:
            notice, record = notices.open_own_record(
                session, token[:LONGEST_TOKEN], clock=installation.clock
            )
            page = mine_page(
                frame_of(
                    request, tongue.word("Your record"), facility="", notices=_said(tongue, done)
                ),
                tongue,
                record,
                notices.own_views(session, notice),
                responsible_body(session.get_one(Facility, notice.facility_id)),
                path=request.url.path,
                own=_own(session, tongue, notice, token, installation),
            )
    except NotFound:
        return refuse_link(request, installation)
    return respond(request, "mine/record.html", page)


def _said(tongue: Tongue, done: str) -> tuple[Said, ...]:
    words = tongue.word(_DONE[done]) if done in _DONE else ""
    return (Said("look" if done == "since" else "ok", words),) if words else ()


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
                notices.open_own_record(session, token[:LONGEST_TOKEN], clock=installation.clock)
                return _ask(request)
            notices.leave_by_link(
                session, token[:LONGEST_TOKEN], status=status, clock=installation.clock
            )
    except NotFound:
        return refuse_link(request, installation)
    return see_other(request.url.path)


@router.post("/mine/{token}/right", dependencies=_PUBLIC)
def confirm_mine(request: Request, installation: InstallationDep, token: str) -> Response:
    """Let the person say that her record is right as it stands."""
    try:
        with installation.work() as session:
            reconfirmations.confirm_by_link(
                session, token[:LONGEST_TOKEN], clock=installation.clock
            )
    except NotFound:
        return refuse_link(request, installation)
    return see_other(f"/mine/{token}?done=right")


def _own(
    session: Session, tongue: Tongue, notice: Notice, token: str, installation: Installation
) -> Own:
    _, actor = notices.actor_of_link(session, token, clock=installation.clock)
    times, people = shown_in_rankings(session, notice.expert_id)
    restriction = restrictions.standing_restriction(session, notice.expert_id)
    status = session.get_one(Expert, notice.expert_id).status
    shown = restriction is not None or status not in OFF_ROSTER
    return Own(
        rights_of(tongue, restriction, f"/mine/{token}", must_say=False) if shown else None,
        disclosures_of(session, actor, notice.expert_id),
        times,
        people,
        f"/notice/{session.get_one(Facility, notice.facility_id).code}",
        own_statements(session, notice.expert_id),
    )


@router.post("/mine/{token}/restriction", dependencies=_PUBLIC)
def restrict_mine(
    request: Request,
    installation: InstallationDep,
    token: str,
    ground: Annotated[RestrictionGround, Form()],
    note: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Let the person have her record kept and used for nothing."""
    try:
        with installation.work() as session:
            notice, actor = notices.actor_of_link(
                session, token[:LONGEST_TOKEN], clock=installation.clock
            )
            now = installation.clock.now()
            restrictions.restrict(
                session, actor, notice.expert_id, ground=ground, note=note, at=now
            )
    except NotFound:
        return refuse_link(request, installation)
    return see_other(f"/mine/{token}")


@router.post("/mine/{token}/lift", dependencies=_PUBLIC)
def lift_mine(request: Request, installation: InstallationDep, token: str) -> Response:
    """Let the person have her record used again."""
    try:
        with installation.work() as session:
            notice, actor = notices.actor_of_link(
                session, token[:LONGEST_TOKEN], clock=installation.clock
            )
            now = installation.clock.now()
            restrictions.lift(session, actor, notice.expert_id, note="", at=now)
    except NotFound:
        return refuse_link(request, installation)
    return see_other(f"/mine/{token}")


@router.post("/mine/{token}/copy", dependencies=_PUBLIC)
def copy_mine(request: Request, installation: InstallationDep, token: str) -> Response:
    """Give the person everything that is held on her."""
    try:
        with installation.work() as session:
            notice, actor = notices.actor_of_link(
                session, token[:LONGEST_TOKEN], clock=installation.clock
            )
            copy = copy_for(
                session,
                actor,
                notice.expert_id,
                vault=installation.vault,
                at=installation.clock.now(),
            )
    except NotFound:
        return refuse_link(request, installation)
    return archive_answer(archive_of(copy))


def archive_answer(content: bytes) -> Response:
    """Return a copy of everything held on somebody, under a name that tells nothing."""
    headers = {
        "Content-Disposition": 'attachment; filename="my-data.zip"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/zip", headers=headers)


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
