"""A typed client of the API, for scripts and tests; `docs/cookbook.md` shows it at work.

::

    with Client("http://127.0.0.1:8000", key) as roster:
        found = roster.match({"title": "Migration statistics", "topics": ["data_management"]})
        print([one.person.display_name for one in found.people])

Answers are the shapes of `api.schemas`. Every POST carries an `Idempotency-Key` of its own and is
sent again when the connection breaks, so that nothing is done twice. Whoever is told to wait waits.
An operation without a method of its own is reached by `get`, `post`, `put` and `delete`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

import httpx
from pydantic import BaseModel, TypeAdapter

from api.bulk import BulkOut
from api.paging import Page
from api.problems import Problem
from api.schemas.actions import ActionOut, ActionRowOut, FiguresOut
from api.schemas.calls import CallsOut
from api.schemas.documents import DocumentRowOut, UploadOut
from api.schemas.experts import (
    ExpertRecordOut,
    ExpertRowOut,
    ExpertViewOut,
    FactOut,
)
from api.schemas.meta import MeOut
from api.schemas.rankings import MatchOut, RankingPageOut
from api.schemas.readings import ReadingOut
from api.schemas.requests import (
    LetterOut,
    NeedOut,
    RequestDetailOut,
    RequestHeadOut,
    RequestRowOut,
)
from api.schemas.shortlists import ShortlistOut
from api.schemas.taxonomy import TaxonomyOut
from api.schemas.teams import TeamAnswerOut
from api.schemas.webhooks import DeliveryOut, WebhookSecretOut, WebhooksOut

_TIMEOUT_S = 60.0
_MOST_TRIES = 3
_LONGEST_WAIT_S = 60.0
M = TypeVar("M", bound=BaseModel)
Body = Mapping[str, object]
Query = Mapping[str, str | int | bool | None]


class Refused(Exception):
    """The API answered with a problem; `problem` says what to correct."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class Client:
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
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._wait = wait
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

    # --- Who, and the terms -----------------------------------------------------------------------

    def me(self) -> MeOut:
        """Return who is calling."""
        return self.get("/me", MeOut)

    def taxonomy(self, locale: str = "en") -> TaxonomyOut:
        """Return topics, areas and countries, with EuroVoc and ESCO addresses."""
        return self.get("/taxonomy", TaxonomyOut, locale=locale)

    # --- Requests and rankings --------------------------------------------------------------------

    def requests(self, **wanted: str | bool) -> Iterator[RequestRowOut]:
        """Yield the requests of the facility, page by page."""
        return self.pages("/requests", RequestRowOut, **wanted)

    def request(self, request_id: UUID) -> RequestDetailOut:
        """Return a request with its history; what was read is what `update_request` changes."""
        return self.get(f"/requests/{request_id}", RequestDetailOut)

    def create_request(self, request: Body) -> RequestHeadOut:
        """Take a request in."""
        return self.post("/requests", request, RequestHeadOut)

    def create_requests(self, requests: list[Body]) -> BulkOut:
        """Take many requests in, with a result for each."""
        return self.post("/requests/bulk", {"items": requests}, BulkOut)

    def update_request(self, request_id: UUID, request: Body) -> RequestHeadOut:
        """Change a request, only if nobody changed it since this client read it.

        Raises
        ------
        Refused
            Somebody did: `problem.status` is 412.
        """
        return self.put(f"/requests/{request_id}", request, RequestHeadOut)

    def read_letter(self, text: str) -> LetterOut:
        """Read a letter into proposed fields."""
        answer = self._call("POST", "/requests/read-letter", data={"text": text})
        return LetterOut.model_validate_json(answer.content)

    def match(
        self,
        request: Body | UUID,
        *,
        top: int = 20,
        weights: Mapping[str, float] | None = None,
        keep: bool = False,
    ) -> MatchOut:
        """Return who fits a need given here, or the stored request of an id.

        Parameters
        ----------
        keep : the run of a stored request is kept, and `run_id` tells it
        """
        need = "request_id" if isinstance(request, UUID) else "request"
        value = str(request) if isinstance(request, UUID) else dict(request)
        body = {need: value, "top": top, "weights": dict(weights or {}), "keep": keep}
        return self.post("/match", body, MatchOut)

    def rank(self, request_id: UUID) -> RankingPageOut:
        """Rank for a stored request and keep the run."""
        return self.post(f"/requests/{request_id}/rankings", {}, RankingPageOut)

    def ranking(self, ranking_id: UUID, page: int = 1) -> RankingPageOut:
        """Return one page of a kept ranking, as it was."""
        return self.get(f"/rankings/{ranking_id}", RankingPageOut, page=page)

    def shortlist(self, request_id: UUID) -> ShortlistOut:
        """Return who stands on the shortlist of a request."""
        return self.get(f"/requests/{request_id}/shortlist", ShortlistOut)

    def add_to_shortlist(self, request_id: UUID, expert_ids: list[UUID]) -> BulkOut:
        """Put people on the shortlist of a request, with a result for each."""
        items = [{"expert_id": str(one)} for one in expert_ids]
        return self.post(f"/requests/{request_id}/shortlist/bulk", {"items": items}, BulkOut)

    def compose_team(self, request: Body, team: Body) -> TeamAnswerOut:
        """Compose a team for a need that is not stored."""
        return self.post("/teams/compose", {"request": request, "team": team}, TeamAnswerOut)

    # --- People -----------------------------------------------------------------------------------

    def experts(self, **wanted: str) -> Iterator[ExpertRowOut]:
        """Yield the people whom the key may know of, page by page."""
        return self.pages("/experts", ExpertRowOut, **wanted)

    def expert(self, expert_id: UUID, *, purpose: str = "api") -> ExpertRecordOut:
        """Return all that is held on a person; the look is recorded with its purpose."""
        return self.get(f"/experts/{expert_id}", ExpertRecordOut, purpose=purpose)

    def facts(self, expert_id: UUID, **wanted: str) -> Iterator[FactOut]:
        """Yield the standing facts of a person, with source and quote."""
        return self.pages(f"/experts/{expert_id}/facts", FactOut, **wanted)

    def cv(self, expert_id: UUID, form: str = "europass") -> bytes:
        """Return a record as a CV: `europass` is XML, `json-resume` JSON."""
        return self._call("GET", f"/experts/{expert_id}/cv", params={"form": form}).content

    def upload(self, path: Path, country: str | None = None) -> UploadOut:
        """Hand a CV in; `wait_for` says when it was read."""
        given = {"country": country} if country else {}
        files = {"file": (path.name, path.read_bytes())}
        answer = self._call("POST", "/documents", data=given, files=files)
        return UploadOut.model_validate_json(answer.content)

    def documents(self, **wanted: str) -> Iterator[DocumentRowOut]:
        """Yield CVs with how far each has come."""
        return self.pages("/documents", DocumentRowOut, **wanted)

    def reading(self, document_id: UUID) -> ReadingOut:
        """Return what was read in a CV."""
        return self.get(f"/documents/{document_id}", ReadingOut)

    def wait_for(self, document_id: UUID, *, most_s: float = 60.0) -> ReadingOut:
        """Return what was read in a CV once it was read or refused; the last state after a time."""
        waited = 0.0
        while True:
            found = self.reading(document_id)
            if found.document.state.value != "received" or waited >= most_s:
                return found
            self._wait(1.0)
            waited += 1.0

    # --- Actions, calls, reports ------------------------------------------------------------------

    def actions(self, **wanted: str) -> Iterator[ActionRowOut]:
        """Yield Actions, page by page."""
        return self.pages("/actions", ActionRowOut, **wanted)

    def action(self, code: str) -> ActionOut:
        """Return an Action with its present plan."""
        return self.get(f"/actions/{code}", ActionOut)

    def figures(self) -> FiguresOut:
        """Return the figures of the facility, computed from its Actions."""
        return self.get("/actions/figures", FiguresOut)

    def calls(self) -> CallsOut:
        """Return the calls for experts."""
        return self.get("/calls", CallsOut)

    # --- Whole lists ------------------------------------------------------------------------------

    def export_experts(self) -> Iterator[ExpertViewOut]:
        """Yield everybody on the roster, as they arrive."""
        return self._lines("/exports/experts", ExpertViewOut)

    def export_requests(self) -> Iterator[NeedOut]:
        """Yield every request, as they arrive."""
        return self._lines("/exports/requests", NeedOut)

    def export_actions(self) -> Iterator[ActionOut]:
        """Yield every Action, as they arrive."""
        return self._lines("/exports/actions", ActionOut)

    # --- Webhooks ---------------------------------------------------------------------------------

    def webhooks(self) -> WebhooksOut:
        """Return whom the facility tells of changes."""
        return self.get("/webhooks", WebhooksOut)

    def add_webhook(self, label: str, url: str, kinds: list[str]) -> WebhookSecretOut:
        """Tell another system of changes; keep the secret, it is shown this once."""
        given = {"label": label, "url": url, "kinds": kinds}
        return self.post("/webhooks", given, WebhookSecretOut)

    def deliveries(self, webhook_id: UUID) -> Iterator[DeliveryOut]:
        """Yield what a system was told, the newest first."""
        return self.pages(f"/webhooks/{webhook_id}/deliveries", DeliveryOut)

    # --- Any operation ----------------------------------------------------------------------------

    def get(self, path: str, shape: type[M], **query: str | int | bool | None) -> M:
        """Read something; its version is remembered for a change."""
        answer = self._call("GET", path, params={k: v for k, v in query.items() if v is not None})
        if "etag" in answer.headers:
            self._etags[path] = answer.headers["etag"]
        return shape.model_validate_json(answer.content)

    def pages(self, path: str, shape: type[M], **query: str | int | bool) -> Iterator[M]:
        """Yield the items of a list to its end; what comes in meanwhile neither repeats nor hides.

        Parameters
        ----------
        query : filters of the list
        """
        adapter: TypeAdapter[Page[M]] = TypeAdapter(Page[shape])  # type: ignore[valid-type]
        params: dict[str, Any] = {**query, "per_page": query.get("per_page", 100)}
        while True:
            page = adapter.validate_json(self._call("GET", path, params=params).content)
            yield from page.items
            if page.next is None:
                return
            params["after"] = str(page.next)

    def post(self, path: str, body: Body, shape: type[M]) -> M:
        """Do something, once, however often the connection breaks."""
        return shape.model_validate_json(self._call("POST", path, json=dict(body)).content)

    def put(self, path: str, body: Body, shape: type[M]) -> M:
        """Change something, on the version that this client read, where it read one."""
        held = self._etags.get(path)
        headers = {"If-Match": held} if held else {}
        answer = self._call("PUT", path, json=dict(body), headers=headers)
        if "etag" in answer.headers:
            self._etags[path] = answer.headers["etag"]
        return shape.model_validate_json(answer.content)

    def delete(self, path: str) -> None:
        """Take something away."""
        self._call("DELETE", path)

    def _lines(self, path: str, shape: type[M]) -> Iterator[M]:
        with self._http.stream("GET", path) as answer:
            if not answer.is_success:
                answer.read()
                raise _refusal(answer)
            for line in answer.iter_lines():
                if line:
                    yield shape.model_validate_json(line)

    def _call(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Send a call, again where the connection broke or waiting was asked for."""
        headers = dict(sent.pop("headers", {}))
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
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
