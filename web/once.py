"""A form that a double press sends twice is served once; the second press gets the same answer.

Only the last form of each session is remembered, for some seconds and in this process: whoever
does something else in between, or comes back later, is served anew.

A second press that reaches another process finds there what a record was made by: `web.pressed`.
Other forms are done twice then, which changes nothing: what is moved, decided or taken back names
the version that was seen.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from roster.settings import SESSION_COOKIE

_MOST_BYTES = 1_000_000
_MARK = "mark"
_SEE_OTHER = 303
"""The answer to what was done; refusals and pages are made anew."""


@dataclass(slots=True)
class _Last:
    mark: str
    at: float
    answer: asyncio.Future[list[Message]]
    """Empty where it is not to be given again."""


class Once:
    """Give the answer of a form again to the same form of the same session, sent right after it.

    Parameters
    ----------
    seconds : after the answer, in which the same form counts as a second press
    monotonic : a clock of seconds that never goes back
    """

    def __init__(
        self, app: ASGIApp, seconds: float = 3, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self._seconds = seconds
        self._monotonic = monotonic
        self._last: dict[str, _Last] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or give the answer of the one before."""
        who = _session_of(scope)
        if not who:
            await self.app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        said = f"{scope['path']}?{scope['query_string']!r}\n".encode() + body
        mark = hashlib.sha256(said).hexdigest()
        scope.setdefault("state", {})[_MARK] = (who, mark)
        before = self._last.get(who)
        if before is not None and before.mark == mark and self._is_fresh(before):
            answer = await asyncio.shield(before.answer)
            for message in answer:
                await send(message)
            if answer:
                return
        await self._serve(who, mark, (scope, _again(body, receive), send))

    def _is_fresh(self, one: _Last) -> bool:
        return not one.answer.done() or self._monotonic() - one.at < self._seconds

    async def _serve(self, who: str, mark: str, call: tuple[Scope, Receive, Send]) -> None:
        scope, receive, send = call
        self._last = {one: last for one, last in self._last.items() if self._is_fresh(last)}
        last = _Last(mark, self._monotonic(), asyncio.get_running_loop().create_future())
        self._last[who] = last
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)
            await send(message)

        try:
            await self.app(scope, receive, keep)
        finally:
            last.at = self._monotonic()
            done = bool(sent) and sent[0].get("status") == _SEE_OTHER
            last.answer.set_result(sent if done else [])


def mark_of(request: Request) -> tuple[str, str] | None:
    """Return digests of the session and of the form that it sent; None for anything else."""
    found: tuple[str, str] | None = getattr(request.state, _MARK, None)
    return found


def _session_of(scope: Scope) -> str:
    """Return whose form it is, as a digest; empty where it is no small form of a session."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return ""
    request = Request(scope)
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "")
    is_form = kind.startswith("application/x-www-form-urlencoded")
    if not (is_form and length.isdigit() and int(length) <= _MOST_BYTES):
        return ""
    tokens = [value for name, value in request.cookies.items() if name.endswith(SESSION_COOKIE)]
    return hashlib.sha256(tokens[0].encode()).hexdigest() if tokens else ""


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what hands out a body that was read already, then what the browser does."""
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return parts.pop() if parts else await receive()

    return replay
