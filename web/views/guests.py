"""The page behind a guest's link; whoever holds the link is the guest, and nobody signs in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from roster.errors import Conflict, FieldError, NotAllowed, NotFound
from roster.inputs import Input
from roster.inputs.fiches import CommentInput, VoteInput
from roster.intake import invitations
from roster.policy import Permission
from roster.tables import Guest
from roster.telling.guests import guest_of
from web.access import InstallationDep, new_router, requires, see_other
from web.deps import frame_of, get_tongue, respond
from web.presenters.fiche_page import Refused
from web.presenters.guests import guest_page
from web.presenters.request_form import Typed
from web.reason_words import clause
from web.views import questionnaires
from web.views.mine import refuse_link
from web.views.requests import FormDep, words_of
from web.views.screening import input_of, one

router = new_router()

_PUBLIC = [requires(Permission.PUBLIC)]
_LONGEST_TOKEN = 200
_INPUTS: dict[str, type[Input]] = {"comment": CommentInput, "vote": VoteInput}
_FIELDS = {"comment": ("part", "text"), "vote": ("choice", "reason")}


@router.get("/guest/{token}", dependencies=_PUBLIC)
def show_guest_page(
    request: Request,
    installation: InstallationDep,
    token: str,
    told: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the one page that a link opens: a fiche or a questionnaire."""
    try:
        with installation.work() as session:
            guest = guest_of(session, token[:_LONGEST_TOKEN], at=installation.clock.now())
            if guest.inquiry_id is not None:
                return questionnaires.show_to_guest(request, session, guest)
            return _fiche(request, session, guest, Refused(), told=told)
    except NotFound:
        return refuse_link(request, installation)


@router.post("/guest/{token}", dependencies=_PUBLIC)
def answer_guest_page(
    request: Request,
    installation: InstallationDep,
    token: str,
    form: FormDep,
    do: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Take a comment or a vote, and show the page with it."""
    try:
        with installation.work() as session:
            guest = guest_of(session, token[:_LONGEST_TOKEN], at=installation.clock.now())
            if guest.inquiry_id is not None:
                return questionnaires.answer_as_guest(
                    request, session, guest, words_of(form), clock=installation.clock
                )
            return _say(request, session, guest, words_of(form), do, installation)
    except NotFound:
        return refuse_link(request, installation)


def _say(
    request: Request,
    session: Session,
    guest: Guest,
    typed: Typed,
    do: str,
    installation: InstallationDep,
) -> Response:
    tongue, clock = get_tongue(request), installation.clock
    if do not in _INPUTS:
        problem = tongue.word("Send the form of this page again.")
        return _fiche(request, session, guest, Refused(problem=problem), status=422)
    said: dict[str, object] = {name: one(typed, name) for name in _FIELDS[do]}
    given, errors = input_of(_INPUTS[do], said, tongue)
    try:
        if isinstance(given, CommentInput):
            invitations.comment_as_guest(session, guest, given, clock=clock)
        elif isinstance(given, VoteInput):
            invitations.vote(session, guest, given, clock=clock)
    except (Conflict, NotAllowed) as refused:
        again = Refused(do, typed, problem=clause(refused.detail, tongue))
        return _fiche(request, session, guest, again, status=refused.status)
    if errors:
        words = tuple(FieldError(each.pointer, clause(each.detail, tongue)) for each in errors)
        return _fiche(request, session, guest, Refused(do, typed, words), status=422)
    return see_other(f"{request.url.path}?told={do}")


def _fiche(
    request: Request,
    session: Session,
    guest: Guest,
    refused: Refused,
    *,
    told: str = "",
    status: int = 200,
) -> Response:
    tongue = get_tongue(request)
    found = invitations.page_of_guest(session, guest)
    frame = frame_of(request, tongue.word("Action fiche"), facility=found.facility)
    done = {
        "comment": tongue.word("Your comment was sent. Thank you."),
        "vote": tongue.word("Your vote was counted. Thank you."),
    }
    words = done.get(told, "")
    context = guest_page(frame, found, request.url.path, tongue, refused, words)
    return respond(request, "guests/fiche.html", context, status)
