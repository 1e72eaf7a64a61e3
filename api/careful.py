"""Nobody overwrites what she has not seen, nothing is done twice, nothing is sent again unread.

One piece for all routes, hung into `deps.requires` and `deps.new_router`:

- an answer about one record carries an `ETag`; `If-None-Match` then answers 304;
- `If-Match` lets a change through only while the record is as it was read, else 412;
- `Idempotency-Key` lets a POST be sent again: it is done once and answered alike for a day.

An `ETag` is `W/"v<number>-<digest>"`: the number is that of the record's last change and decides
about `If-Match`; the digest is that of the answer and decides, with it, about `If-None-Match`.
Whether a record changed is told only to whoever may change it: the rule of the route, and its own
`not-found`, come first.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlmodel import Session

from roster import idempotency
from roster.errors import ChangedSince, Conflict, InvalidInput
from roster.installation import Installation
from roster.policy import Actor
from roster.queries.versions import records_behind, version_of
from roster.records import hold_changes

KEPT_HEADERS = ("location", "content-type", "content-language", "vary", "etag", "server-timing")
_UNCHANGED = ("etag", "content-language", "vary")
"""What an answer that nothing is new says of the one that is known."""
_TAG = re.compile(r'(?:W/)?"v(\d{1,19})(?:-[0-9a-f]+)?"')
_BOUNDARY = re.compile(rb'boundary="?([^";]+)"?')
_OF_FACILITY = frozenset({"/api/v1/facility/rules", "/api/v1/facility/privacy"})
"""Addresses without an id whose record is the facility of the caller."""
_serving: set[tuple[object, str]] = set()
_turn = threading.Lock()


class AnsweredBefore(Exception):
    """The call was done already; `response` is what it was answered then."""

    def __init__(self, response: Response) -> None:
        super().__init__("answered before")
        self.response = response


@dataclass
class Care:
    """What is to be heeded in one call."""

    request: Request
    session: Session
    actor: Actor
    installation: Installation
    stale: bool = False
    key: str = ""
    sent: str = ""
    _ids: tuple[Any, ...] | None = field(default=None)

    @contextmanager
    def around(self) -> Iterator[None]:
        """Heed the headers of the call; a change that they forbid is rolled back."""
        self._compare()
        with self._once():
            try:
                yield
            except Conflict as error:
                # Whoever holds an old version learns that first: the rest follows from it.
                if self.stale:
                    raise _changed() from error
                raise
            if self.stale:
                raise _changed()

    def finish(self, response: Response) -> Response:
        """Mark an answer with the version, keep it under its key; or say that nothing is new."""
        body = getattr(response, "body", None)
        if not 200 <= response.status_code < 300 or not isinstance(body, bytes):
            return response
        if self._names_record:
            self._mark(response, body)
        if self.key:
            self._keep(response, body)
        if self.request.method == "GET" and self._is_known(response):
            kept = {n: response.headers[n] for n in _UNCHANGED if n in response.headers}
            return Response(None, 304, kept)
        return response

    @property
    def has_work(self) -> bool:
        """Whether an answer has to pass through `finish`."""
        return bool(self._names_record or self.key)

    @property
    def _names_record(self) -> bool:
        return bool(self.request.path_params) or self.request.url.path in _OF_FACILITY

    # --- Versions ---------------------------------------------------------------------------------

    def version(self) -> int:
        """Return the number of the last change of what the address names."""
        self.session.flush()
        ids = self._records()
        return version_of(self.session, ids, self.request.url.path.split("/")) if ids else 0

    def _records(self) -> tuple[Any, ...]:
        if self._ids is None:
            given = {name: str(value) for name, value in self.request.path_params.items()}
            words = self.request.url.path.split("/")
            self._ids = records_behind(self.session, self.actor, given, words)
            if self.request.url.path in _OF_FACILITY:
                self._ids = (self.actor.facility_id,)
        return self._ids

    def _compare(self) -> None:
        wanted = self.request.headers.get("if-match")
        if wanted is None or wanted.strip() == "*" or self.request.method == "GET":
            return
        if not self._names_record:
            raise InvalidInput("If-Match belongs to a record; this address names none.")
        hold_changes(self.session)
        known = {int(number) for number in _TAG.findall(wanted)}
        self.stale = self.version() not in known

    def _mark(self, response: Response, body: bytes) -> None:
        digest = ""
        if self.request.method == "GET":
            digest = "-" + hashlib.blake2b(body, digest_size=8).hexdigest()
        response.headers["ETag"] = f'W/"v{self.version()}{digest}"'

    def _is_known(self, response: Response) -> bool:
        held = self.request.headers.get("if-none-match", "")
        mark = response.headers.get("etag", "").removeprefix("W/")
        return bool(mark) and mark in {
            one.strip().removeprefix("W/") for one in held.split(",") if one
        }

    # --- Calls sent again -------------------------------------------------------------------------

    @contextmanager
    def _once(self) -> Iterator[None]:
        """Serve a call with a key once; a second one at the same time is refused."""
        given = self.request.headers.get("idempotency-key")
        if given is None or self.request.method != "POST":
            yield
            return
        idempotency.check_key(given)
        self.key = idempotency.key_hash(given, f"POST {self.request.url.path}")
        self.sent = getattr(self.request.state, "sent", "")
        mine = (self.actor.account_id, self.key)
        with _turn:
            if mine in _serving:
                raise idempotency.under_way()
            _serving.add(mine)
        try:
            self._answer_again()
            yield
        finally:
            with _turn:
                _serving.discard(mine)

    def _answer_again(self) -> None:
        found = idempotency.answered(
            self.session,
            self.actor,
            self.key,
            self.sent,
            vault=self.installation.vault,
        )
        if found is not None:
            told = orjson.loads(found)
            headers = {**told["headers"], "Idempotency-Replayed": "true"}
            raise AnsweredBefore(Response(told["body"].encode(), told["status"], headers))

    def _keep(self, response: Response, body: bytes) -> None:
        headers = {
            name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
        }
        told = {"status": response.status_code, "headers": headers, "body": body.decode()}
        idempotency.keep_answer(
            self.session,
            self.actor,
            self.key,
            self.sent,
            orjson.dumps(told),
            vault=self.installation.vault,
            now=self.installation.clock.now(),
        )


class CarefulRoute(APIRoute):
    """A route that heeds the headers named above."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route with care around it."""
        serve = super().get_route_handler()

        async def serve_with_care(request: Request) -> Response:
            if request.method == "POST" and "idempotency-key" in request.headers:
                request.state.sent = await _digest_of(request)
            try:
                response = await serve(request)
            except AnsweredBefore as known:
                return known.response
            care: Care | None = getattr(request.state, "care", None)
            # Still inside the unit of work: what is kept is committed with what was changed.
            if care is None or not care.has_work:
                return response
            return await run_in_threadpool(care.finish, response)

        return serve_with_care


async def _digest_of(request: Request) -> str:
    """Return the digest of a body and of what was asked with it.

    The boundary of a form is made up anew each time it is sent, and says nothing.
    """
    body = await request.body()
    said = request.headers.get("content-type", "").encode()
    boundary = _BOUNDARY.search(said)
    if boundary is not None:
        body = body.replace(boundary.group(1), b"")
    return hashlib.sha256(request.url.query.encode() + b"\n" + body).hexdigest()


def _changed() -> ChangedSince:
    return ChangedSince(
        "Somebody changed this record since you read it, and nothing was changed by you. Read it "
        "again, look at what is new, and send your change with its new ETag."
    )
