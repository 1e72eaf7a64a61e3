"""How the client reaches an installation: one call, sent again where the connection broke."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

import httpx
from pydantic import BaseModel, TypeAdapter

from api.paging import Page
from api.problems import Problem

_TIMEOUT_S = 60.0
_MOST_TRIES = 3
_LONGEST_WAIT_S = 60.0
M = TypeVar("M", bound=BaseModel)
Body = Mapping[str, object]
Wanted = str | int | bool | list[str] | None
"""What a filter of a list takes; None is as if it was left out."""
Files = list[tuple[str, tuple[str, bytes]]]
"""Fields of a form with the name and the bytes of each file."""


class Refused(Exception):
    """The API answered with a problem; `problem` says what to correct."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class Transport:
    """Calls one installation with one key.

    Parameters
    ----------
    address : of the installation, without a path
    key : as `roster key issue` prints it
    transport : for tests, the application itself
    wait : sleeps so many seconds; a test counts them instead
    """

    def __init__(
        self,
        address: str,
        key: str,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        self._wait = wait or time.sleep
        self._etags: dict[str, str] = {}
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            headers={"Authorization": f"Bearer {key}"},
            timeout=_TIMEOUT_S,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    # --- Any operation ----------------------------------------------------------------------------

    def get(self, path: str, shape: type[M], **query: Wanted) -> M:
        """Read something; its version is remembered for a change."""
        answer = self.call("GET", path, params=_said(query))
        if "etag" in answer.headers:
            self._etags[path] = answer.headers["etag"]
        return shape.model_validate_json(answer.content)

    def pages(self, path: str, shape: type[M], **query: Wanted) -> Iterator[M]:
        """Yield the items of a list to its end; what comes in meanwhile neither repeats nor hides.

        Parameters
        ----------
        query : filters of the list
        """
        adapter: TypeAdapter[Page[M]] = TypeAdapter(Page[shape])  # type: ignore[valid-type]
        params: dict[str, Any] = {"per_page": 100, **_said(query)}
        while True:
            page = adapter.validate_json(self.call("GET", path, params=params).content)
            yield from page.items
            if page.next is None:
                return
            params["after"] = str(page.next)

    def post(self, path: str, body: Body | None, shape: type[M], **query: Wanted) -> M:
        """Do something, once, however often the connection breaks."""
        sent = {"json": dict(body)} if body is not None else {}
        answer = self.call("POST", path, params=_said(query), **sent)
        return shape.model_validate_json(answer.content)

    def put(self, path: str, body: Body, shape: type[M]) -> M:
        """Change something, on the version that this client read, where it read one."""
        answer = self.call("PUT", path, json=dict(body), headers=self._held(path))
        if "etag" in answer.headers:
            self._etags[path] = answer.headers["etag"]
        return shape.model_validate_json(answer.content)

    def delete(self, path: str, shape: type[M]) -> M:
        """Take something away, on the version that this client read; return what is left."""
        answer = self.call("DELETE", path, headers=self._held(path))
        self._etags.pop(path, None)
        return shape.model_validate_json(answer.content)

    def do(self, method: str, path: str, body: Body | None = None) -> None:
        """Do something that answers nothing."""
        headers = self._held(path) if method == "DELETE" else {}
        self.call(method, path, headers=headers, **({"json": dict(body)} if body else {}))

    def send(self, path: str, shape: type[M], files: Files, **form: str | None) -> M:
        """Hand files in, with the fields of their form."""
        data = {name: value for name, value in form.items() if value is not None}
        answer = self.call("POST", path, data=data, files=files)
        return shape.model_validate_json(answer.content)

    def _held(self, path: str) -> dict[str, str]:
        held = self._etags.get(path)
        return {"If-Match": held} if held else {}

    def lines(self, path: str, shape: type[M]) -> Iterator[M]:
        """Yield the lines of a whole list as they arrive."""
        with self._http.stream("GET", path) as answer:
            if not answer.is_success:
                answer.read()
                raise _refusal(answer)
            for line in answer.iter_lines():
                if line:
                    yield shape.model_validate_json(line)

    def call(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Send a call, again where the connection broke or waiting was asked for."""
        headers = dict(sent.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid4()))
        for tries_left in reversed(range(_MOST_TRIES)):
            try:
                answer = self._http.request(method, path, headers=headers, **sent)
            except httpx.TransportError:
                if not tries_left:
                    raise
                self._wait(1.0)
                continue
            if answer.is_success:
                return answer
            wait_s = _asked_to_wait(answer)
            if not tries_left or wait_s is None:
                raise _refusal(answer)
            self._wait(wait_s)
        raise AssertionError("a call ends in an answer or a refusal")


def _said(query: Mapping[str, Wanted]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


def _asked_to_wait(answer: httpx.Response) -> float | None:
    """Return the seconds to wait before sending again; None where that would not help."""
    if answer.status_code == 429:
        said = answer.headers.get("Retry-After", "1")
        wait_s = float(said) if said.isdigit() else 1.0
        return wait_s if wait_s <= _LONGEST_WAIT_S else None
    same = answer.status_code == 409 and b"/problems/call-under-way" in answer.content
    return 1.0 if same else None


def _refusal(answer: httpx.Response) -> Exception:
    """Return what to raise for an answer that is no success."""
    if answer.headers.get("Content-Type") == "application/problem+json":
        return Refused(Problem.model_validate_json(answer.content))
    return httpx.HTTPStatusError(
        f"unexpected answer {answer.status_code}", request=answer.request, response=answer
    )
