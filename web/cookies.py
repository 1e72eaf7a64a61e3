"""Cookies: never read by script, never sent from elsewhere, and by HTTPS bound to this host."""

from __future__ import annotations

from typing import Literal

from fastapi import Request
from fastapi.responses import Response

from roster.installation import Installation
from roster.settings import SESSION_COOKIE
from web.deps import Site

BEGUN = "roster_openid"
"""Holds, encrypted, what a sign-in with another system is compared with."""
_TELLS_AFTER_HOURS = 7 * 24


def name_of(request: Request, name: str) -> str:
    """Return the name of a cookie here: by HTTPS one that only this host can set."""
    installation: Installation = request.app.state.installation
    return f"__Host-{name}" if installation.settings.is_https else name


def set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    """Let the browser keep something; a link from elsewhere brings it, nothing else does."""
    site: Site = request.app.state.site
    same: Literal["lax"] = "lax"
    answer.set_cookie(
        name_of(request, name),
        value,
        max_age=seconds,
        httponly=True,
        samesite=same,
        secure=site.secure_cookies,
    )


def drop_cookie(request: Request, answer: Response, name: str) -> None:
    """Let the browser forget it."""
    set_cookie(request, answer, name, "", 0)


def set_session(request: Request, answer: Response, token: str, hours: int) -> None:
    """Let the browser keep a session, and tell of it for a while after it has ended.

    It opens nothing any more then; by it `web.kept_forms` knows whose form was sent too late.
    """
    set_cookie(request, answer, SESSION_COOKIE, token, (hours + _TELLS_AFTER_HOURS) * 3600)


def session_token(request: Request) -> str:
    """Return the token of a session that a browser sends; empty where it sends none."""
    return request.cookies.get(name_of(request, SESSION_COOKIE), "")
