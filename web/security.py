"""What every answer carries, and which requests are refused before anybody reads them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PERSONAL_LINKS = ("/mine/", "/guest/", "/link/")
HEADERS_OF_LINKS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""A personal link opens a record: its address leaves with no click and stands in no index."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

Refusal = Callable[[Request], Awaitable[ASGIApp]]


class SecurityHeaders:
    """Put the headers on every answer that does not set its own; pages are never stored."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_link = scope["path"].startswith(PERSONAL_LINKS)
                for name, value in (HEADERS | (HEADERS_OF_LINKS if is_link else {})).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, answer)


def is_cross_site(method: str, headers: Headers) -> bool:
    """Whether a browser sent this from another site and it would change something.

    A browser always says where an unsafe request comes from, in `Sec-Fetch-Site` or `Origin`;
    a request with neither is no browser's and carries no cookie against a person's will.
    """
    if method in SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower() or not origin


class SameOrigin:
    """Refuse what another site makes a browser send.

    Parameters
    ----------
    app : what comes after
    refuse : makes the answer, a page with status 403
    """

    def __init__(self, app: ASGIApp, refuse: Refusal) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request."""
        if scope["type"] == "http" and is_cross_site(scope["method"], Headers(scope=scope)):
            refusal = await self.refuse(Request(scope))
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


class BodyLimit:
    """Stop reading a body beyond a number of bytes, whether or not its length was said.

    Parameters
    ----------
    app : what comes after
    most_bytes : the most that one request may bring
    refuse : makes the answer, a page with status 413
    """

    def __init__(self, app: ASGIApp, most_bytes: int, refuse: Refusal) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, its body counted as it comes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        seen, too_large = int(said) if said.isdigit() else 0, False
        read = 0

        async def counted() -> Message:
            nonlocal read, too_large
            message = await receive()
            read += len(message.get("body", b""))
            too_large = too_large or max(seen, read) > self.most_bytes
            # Who reads on is told that the sender has gone: nothing more is kept in memory.
            return {"type": "http.disconnect"} if too_large else message

        async def unless_too_large(message: Message) -> None:
            if not too_large:
                await send(message)

        try:
            await self.app(scope, counted, unless_too_large)
        except ClientDisconnect:
            if not too_large:
                raise
        if too_large:
            refusal = await self.refuse(Request(scope))
            await refusal(scope, receive, send)
