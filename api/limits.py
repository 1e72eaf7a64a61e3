"""A body is refused that is too large, said so by its header or not, or that stops on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ENVELOPE_BYTES = 100_000
"""What multipart puts around a file: boundaries, headers, other fields."""
LARGEST_JSON_BYTES = 2_000_000
MOST_SILENCE_S = 30.0
"""Between two parts of a body."""


class BodyLimit:
    """Refuse bodies of the API that are too large, before they are parsed or kept.

    Parameters
    ----------
    app : what comes after
    most_bytes : largest file accepted; JSON may have 2 MB at most
    prefix : paths below it are guarded; pages have a guard of their own
    larger : paths that take more, with how much: many files in one go
    """

    def __init__(
        self, app: ASGIApp, most_bytes: int, prefix: str, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._larger = larger or {}
        self._most_bytes = most_bytes
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, its body counted as it comes."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_form = headers.get("content-type", "").lower().startswith("multipart/")
        of_files = self._larger.get(scope["path"], self._most_bytes)
        most = of_files + _ENVELOPE_BYTES if is_form else LARGEST_JSON_BYTES
        said = headers.get("content-length", "")
        announced = int(said) if said.isdigit() and len(said) < 20 else 0
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            if announced > most:
                raise _too_large(announced, most)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _too_large(seen, most)
            return message

        await self._app(scope, counted, send)


class Patience:
    """Refuse a body of which nothing comes for a while: it holds a place that others need.

    Parameters
    ----------
    app : what comes after
    seconds : to wait for the next part
    """

    def __init__(self, app: ASGIApp, seconds: float = MOST_SILENCE_S) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, its body waited for no longer than that."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_whole = False

        async def awaited() -> Message:
            nonlocal is_whole
            if is_whole:  # What comes now is that somebody hangs up, and may take its time.
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self._seconds)
            except TimeoutError:
                raise HTTPException(408, "The rest of this call did not come in time.") from None
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, awaited, send)


def _too_large(sent: int, most: int) -> HTTPException:
    # An HTTPException, because FastAPI turns any other one met while reading a body into a 400.
    return HTTPException(
        413,
        f"At least {sent / 1e6:.1f} MB were sent; at most {most / 1e6:.0f} MB are read at once. "
        "A CV without pictures is far smaller: save it without them and send it again.",
    )
