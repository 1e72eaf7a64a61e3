"""A form that makes a record makes one, whichever processes its presses reach.

One piece for all forms, hung into `web.access`: what was made is committed together with what the
form is answered, and whoever finds that the same form was answered just before takes back what she
did and gives that answer. Forms that make no record write nothing for it.

It stands with the account. Who comes by a link has none: what she sends names what it answers, and
a guest's remark on a fiche is known by its words. What a view commits apart (uploads,
confirmations) is known again by its file or its version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from roster import presses
from roster.errors import RosterError
from roster.installation import Installation
from roster.policy import Actor
from web.once import mark_of

_HEADERS = ("location", "content-type", "content-language", "vary")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A form that somebody sent, and the unit of work that does what it says."""

    session: Session
    actor: Actor
    installation: Installation
    press: presses.Press

    def settled(self, response: Response) -> Response:
        """Return what is answered: the same as before where the same form was just done."""
        body = getattr(response, "body", None)
        if not isinstance(body, bytes):
            return response
        if response.status_code >= 400:
            return self.before() or response
        self.session.flush()
        if not self.press.makes:
            return response
        headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
        answer = json.dumps([response.status_code, headers, body.decode()]).encode()
        found = presses.claim(
            self.session,
            self.actor,
            self.press,
            answer,
            vault=self.installation.vault,
            now=self.installation.clock.now(),
        )
        return self._instead(found) if found else response

    def refused(self) -> Response | None:
        """Return what the same form was answered just before, where it cannot be done now."""
        self.session.rollback()  # What could not be written leaves nothing to ask with.
        return self.before()

    def before(self) -> Response | None:
        """Return what the same form was answered just before, and take back what was done now."""
        vault = self.installation.vault
        found = presses.answered(self.session, self.actor, self.press, vault=vault)
        return self._instead(found) if found else None

    def _instead(self, answer: bytes) -> Response:
        self.session.rollback()
        status, headers, body = json.loads(answer)
        return Response(body, status, headers)


def watch(request: Request, session: Session, actor: Actor, installation: Installation) -> None:
    """Let a form that came in be known again; nothing where no form of a session was sent."""
    mark = mark_of(request)
    if mark is not None:
        press = presses.Press(*mark, installation.clock.now())
        presses.watch(session, press)
        request.state.pressed = Pressed(session, actor, installation, press)


def _pressed(request: Request) -> Pressed | None:
    found: Pressed | None = getattr(request.state, "pressed", None)
    return found


class OnceRoute(APIRoute):
    """A route whose form makes one record however often it is pressed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route; what it adds is inside the unit of work still."""
        serve = super().get_route_handler()

        async def serve_once(request: Request) -> Response:
            try:
                response = await serve(request)
                pressed = _pressed(request)
                return await run_in_threadpool(pressed.settled, response) if pressed else response
            except (RosterError, IntegrityError):
                pressed = _pressed(request)
                before = await run_in_threadpool(pressed.refused) if pressed else None
                if before is None:
                    raise
                return before

        return serve_once
