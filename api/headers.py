"""What every answer carries that says nothing else: nothing is run, framed, guessed or stored."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of answers for programs; pages bring their own, which are kept."""
STRICT_TRANSPORT = "max-age=31536000"
"""A browser that was here once comes back by HTTPS alone, for a year."""


class SafeHeaders:
    """Put the headers on every answer, also on refusals, that does not set its own.

    Parameters
    ----------
    app : what comes after
    is_https : whether browsers reach the product by HTTPS
    """

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._said = HEADERS | ({"Strict-Transport-Security": STRICT_TRANSPORT} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._said.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, answer)
