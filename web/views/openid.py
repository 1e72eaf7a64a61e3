"""Signing in with another system: there, back, and one answer to whatever goes wrong on the way."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from roster.errors import NotSignedIn
from roster.installation import Installation
from roster.kept_forms import KEPT
from roster.outside_identities import (
    OutsideIdentity,
    note_refusal,
    sign_in_outside,
    sign_out_outside,
)
from roster.policy import Permission
from web.access import InstallationDep, new_router, requires
from web.cookies import BEGUN, drop_cookie, name_of, set_cookie, set_session
from web.deps import get_tongue, safe_path
from web.openid import AWAY, BACK, Begun, OpenIDFailed, begin, begun_in, provider_of
from web.views.sessions import sign_in_again
from web.wording import marked

router = new_router()

_PUBLIC = [requires(Permission.PUBLIC)]
_LONGEST = 4_000
NO_ACCOUNT = marked("There is no account here for this identity. Ask your administrator for one.")
"""As `roster.outside_identities` says it."""
log = logging.getLogger(__name__)


@router.get("/signin/openid", dependencies=_PUBLIC)
def begin_openid(
    request: Request,
    installation: InstallationDep,
    next: str = "/",  # noqa: A002 -- the field of the form
) -> Response:
    """Lead to the provider; what is compared on the way back stays in this browser."""
    provider, now = provider_of(request, installation), installation.clock.now()
    begun = begin(safe_path(next), now)
    try:
        there = provider.way_there(begun, locale=get_tongue(request).code, now=now)
    except OpenIDFailed as error:
        return _refused(request, installation, error, begun, None)
    answer = RedirectResponse(there, 303)
    # Longer than it is believed: who took too long is led where she was going all the same.
    seconds = int(KEPT.total_seconds())
    set_cookie(request, answer, BEGUN, begun.locked(installation.vault), seconds)
    return answer


@router.get(BACK, dependencies=_PUBLIC)
def end_openid(request: Request, installation: InstallationDep) -> Response:
    """Take what the provider says, and open a session for the account that it names."""
    provider, now = provider_of(request, installation), installation.clock.now()
    cookie = request.cookies.get(name_of(request, BEGUN), "")
    begun: Begun | None = None
    said: OutsideIdentity | None = None
    try:
        begun = begun_in(cookie[:_LONGEST], installation.vault)
        begun.check_time(now)
        answered = {name: value[:_LONGEST] for name, value in request.query_params.items()}
        said = provider.identity(answered, begun, now=now)
        hours = installation.settings.session_hours
        with installation.work() as session:
            device = request.headers.get("user-agent", "")
            opened = sign_in_outside(
                session,
                said,
                now=now,
                hours=hours,
                idle_minutes=installation.settings.session_idle_minutes,
                device=device,
            )
    except NotSignedIn as error:
        return _refused(request, installation, error, begun, said)
    answer = RedirectResponse(begun.path, 303)
    set_session(request, answer, opened.token, hours)
    drop_cookie(request, answer, BEGUN)
    return answer


@router.post(AWAY, dependencies=_PUBLIC)
def end_by_provider(
    request: Request, installation: InstallationDep, logout_token: Annotated[str, Form()] = ""
) -> Response:
    """End sessions that the provider ended: it says so itself, with no browser in between."""
    provider, now = provider_of(request, installation), installation.clock.now()
    try:
        said = provider.logout(logout_token[: 4 * _LONGEST], now=now)
    except OpenIDFailed as error:
        log.warning("a sign-out by OpenID Connect failed: %s", error.why)
        told = {"error": "invalid_request", "error_description": "the token does not hold"}
        return JSONResponse(told, 400)
    with installation.work() as session:
        sign_out_outside(
            session,
            installation.settings.oidc_issuer,
            token_id=said.token_id,
            subject=said.subject,
            session_id=said.session,
            now=now,
        )
    return Response(status_code=200)


def _refused(
    request: Request,
    installation: Installation,
    error: NotSignedIn,
    begun: Begun | None,
    said: OutsideIdentity | None,
) -> Response:
    if isinstance(error, OpenIDFailed):
        log.warning("signing in with OpenID Connect failed: %s", error.why)
    with installation.work() as session:
        note_refusal(session, said, now=installation.clock.now())
    answer = sign_in_again(request, installation, error, begun.path if begun else "/")
    drop_cookie(request, answer, BEGUN)
    return answer
