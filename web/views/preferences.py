"""The language and the colours of the pages, kept in this browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse

from roster.policy import Permission
from web.access import new_router, requires
from web.deps import LOCALE_COOKIE, THEME_COOKIE, THEMES, Site, safe_path
from web.tongues import LOCALES

router = new_router()
YEAR_S = 365 * 24 * 3600


@router.post("/preferences", dependencies=[requires(Permission.PUBLIC)])
def set_preferences(
    request: Request,
    locale: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    next_path: Annotated[str, Form(alias="next")] = "/",
) -> RedirectResponse:
    """Keep what was chosen and go back; a value that is no choice changes nothing."""
    site: Site = request.app.state.site
    answer = RedirectResponse(safe_path(next_path), 303)
    chosen = [(LOCALE_COOKIE, locale, tuple(LOCALES)), (THEME_COOKIE, theme, THEMES)]
    for name, value, allowed in chosen:
        if value in allowed:
            answer.set_cookie(
                name,
                value,
                max_age=YEAR_S,
                httponly=True,
                samesite="lax",
                secure=site.secure_cookies,
            )
    return answer
