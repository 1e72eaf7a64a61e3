"""A form sent after its session has ended is kept; its sender signs in again and sends it."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from roster.installation import Installation
from roster.kept_forms import SentForm, keep_form
from web.cookies import session_token

PATH = "/kept/"
_MOST_BYTES = 1_000_000
_NEVER = ("/account", "/signin", "/signout", "/preferences")
"""Where passwords are typed, or nothing is lost."""
BY_SCRIPT = "text/plain"
"""What the script asks for that keeps drafts: it keeps the words in the window itself."""


async def keep_sent(request: Request) -> Response | None:
    """Keep what a browser sent and lead it to the sign-in; None where there is nothing to keep."""
    installation: Installation | None = getattr(request.app.state, "installation", None)
    if installation is None or request.headers.get("accept") == BY_SCRIPT:
        return None
    token, length = session_token(request), request.headers.get("content-length", "")
    fits = length.isdigit() and 0 < int(length) <= _MOST_BYTES
    if not (token and fits) or request.url.path.startswith(_NEVER):
        return None
    sent = await request.form()
    pairs = tuple((name, value) for name, value in sent.multi_items() if isinstance(value, str))
    if not pairs or any("password" in name for name, _ in pairs):
        return None
    form = SentForm(request.url.path, pairs, len(pairs) < len(sent.multi_items()))
    with installation.work() as session:
        now = installation.clock.now()
        word = keep_form(session, token, form, vault=installation.vault, now=now)
    return RedirectResponse(f"/signin?next={PATH}{word}", 303) if word else None
