"""A small typed client of the API, for scripts and tests.

::

    with Client("http://127.0.0.1:8000", key) as roster:
        found = roster.match({"title": "Migration statistics", "topics": ["data_management"]})
        print([one.person.display_name for one in found.people])
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import httpx

from api.problems import Problem
from api.schemas.documents import UploadOut
from api.schemas.meta import MeOut
from api.schemas.rankings import MatchOut, RankingPageOut
from api.schemas.readings import ReadingOut
from api.schemas.requests import LetterOut, RequestHeadOut

_TIMEOUT_S = 60.0


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
    """

    def __init__(
        self, address: str, key: str, transport: httpx.BaseTransport | None = None
    ) -> None:
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
        self._http.close()

    def me(self) -> MeOut:
        """Return who is calling."""
        return MeOut.model_validate_json(self._get("/me"))

    def match(
        self,
        request: Mapping[str, object] | UUID,
        *,
        top: int = 20,
        weights: Mapping[str, float] | None = None,
    ) -> MatchOut:
        """Return who fits a need given here, or the stored request of an id."""
        need = "request_id" if isinstance(request, UUID) else "request"
        value = str(request) if isinstance(request, UUID) else dict(request)
        body = {need: value, "top": top, "weights": dict(weights or {})}
        return MatchOut.model_validate_json(self._send("/match", body))

    def create_request(self, request: Mapping[str, object]) -> RequestHeadOut:
        """Take a request in."""
        return RequestHeadOut.model_validate_json(self._send("/requests", dict(request)))

    def rank(self, request_id: UUID) -> RankingPageOut:
        """Rank for a stored request and keep the run."""
        body = self._send(f"/requests/{request_id}/rankings", {})
        return RankingPageOut.model_validate_json(body)

    def read_letter(self, text: str) -> LetterOut:
        """Read a letter into proposed fields."""
        answer = self._http.post("/requests/read-letter", data={"text": text})
        return LetterOut.model_validate_json(_checked(answer))

    def upload(self, path: Path, country: str | None = None) -> UploadOut:
        """Hand a CV in."""
        given = {"country": country} if country else {}
        with path.open("rb") as file:
            answer = self._http.post("/documents", data=given, files={"file": (path.name, file)})
        return UploadOut.model_validate_json(_checked(answer))

    def reading(self, document_id: UUID) -> ReadingOut:
        """Return what was read in a CV."""
        return ReadingOut.model_validate_json(self._get(f"/documents/{document_id}"))

    def _get(self, path: str) -> bytes:
        return _checked(self._http.get(path))

    def _send(self, path: str, body: Mapping[str, object]) -> bytes:
        return _checked(self._http.post(path, json=body))


def _checked(answer: httpx.Response) -> bytes:
    if answer.is_success:
        return answer.content
    if answer.headers.get("Content-Type") == "application/problem+json":
        raise Refused(Problem.model_validate_json(answer.content))
    answer.raise_for_status()
    raise httpx.HTTPError(f"unexpected answer {answer.status_code}")
