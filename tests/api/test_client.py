"""The client speaks to the application as another system would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from sqlmodel import Session

from api.client import Client, Refused
from api.schemas.documents import DocumentRowOut
from api.schemas.readings import ReadingOut
from roster.vocabulary import DocumentState, Role
from tests.api.conftest import issue
from tests.factories import Factory
from tests.fakes import FrozenClock

if TYPE_CHECKING:
    from pathlib import Path

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    """Serve the application on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@on_sqlite
def test_it_matches_uploads_and_tells_refusals(
    served: str, session: Session, make: Factory, clock: FrozenClock, tmp_path: Path
) -> None:
    account = make.account()
    make.grant(account, Role.COORDINATOR)
    make.view(make.expert())
    key = issue(session, account, clock)
    session.commit()
    cv = tmp_path / "cv.txt"
    cv.write_text("Ana Prates, Head of unit")
    need = {"title": "Statistics", "topics": ["data_management"]}
    with Client(served, key) as roster:
        assert roster.me().account_id == account.id
        found = roster.match(need)
        assert sum(found.counts.model_dump().values()) == 1
        made = roster.create_request(need)
        assert roster.rank(made.id).total == 1
        assert roster.match(made.id).counts == found.counts
        assert roster.reading(roster.upload(cv, "PT").id).document.country == "PT"
        with pytest.raises(Refused) as refused:
            roster.match({"title": "Nothing said"})
    assert refused.value.problem.errors
    with Client(served, "roster_wrong") as stranger, pytest.raises(Refused, match="not known"):
        stranger.me()


@on_sqlite
def test_the_served_application_says_that_it_is_well(served: str) -> None:
    assert httpx.get(f"{served}/healthz").text == "ok\n"
    assert httpx.get(f"{served}/readyz").json()["database"] == "ok"


def _answering(*answers: httpx.Response | Exception) -> tuple[httpx.MockTransport, list[str]]:
    """Give a transport that answers in turn, and the keys that it was sent."""
    waiting, keys = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers.get("Idempotency-Key", ""))
        found = waiting.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return httpx.MockTransport(answer), keys


_HEAD = {"id": str(UUID(int=1)), "href": "/x", "code": "R", "status": "received"}


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        pytest.param(httpx.ConnectError("gone"), [1.0], id="connection-broke"),
        pytest.param(httpx.Response(429, headers={"Retry-After": "7"}), [7.0], id="too-often"),
        pytest.param(
            httpx.Response(409, json={"type": "/problems/call-under-way"}), [1.0], id="under-way"
        ),
    ],
)
def test_what_is_sent_again_is_the_same_call(
    first: httpx.Response | Exception, waited: list[float]
) -> None:
    transport, keys = _answering(first, httpx.Response(201, json=_HEAD))
    slept: list[float] = []
    with Client("http://roster.example", "key", transport, slept.append) as roster:
        assert roster.create_request({"title": "T"}).code == "R"
    assert slept == waited
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert UUID(keys[0])


def test_whoever_has_to_wait_too_long_is_told() -> None:
    refused = httpx.Response(429, headers={"Retry-After": "3600"})
    transport, _ = _answering(refused)
    with (
        Client("http://roster.example", "key", transport) as roster,
        pytest.raises(httpx.HTTPStatusError),
    ):
        roster.me()


def test_it_waits_while_a_file_is_being_read() -> None:
    states = [DocumentState.RECEIVED, DocumentState.READING, DocumentState.READ]
    waited: list[float] = []

    class Reader(Client):
        def reading(self, document_id: UUID) -> ReadingOut:
            row: dict[str, Any] = {"id": document_id, "state": states.pop(0)}
            held: dict[str, Any] = {"document": DocumentRowOut.model_construct(**row)}
            return ReadingOut.model_construct(**held)

    reader = Reader("http://roster.invalid", "roster_none", wait=waited.append)
    assert reader.wait_for(UUID(int=1)).document.state is DocumentState.READ
    assert waited == [1.0, 1.0]
