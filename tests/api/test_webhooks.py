"""Other systems are told over HTTP: pinned, without redirects, never nearer than is allowed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from api.main import build_app
from api.webhooks import Sender, tell_others
from roster.installation import Installation
from roster.read import Parcel
from roster.vocabulary import DeliveryProblem, Role
from tests.api.conftest import Callers

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Receiver(ThreadingHTTPServer):
    """A system over there: remembers what it got, answers as it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 204
        self.slow_s = 0.0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/hook?tenant=1"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((self.path, headers, self.rfile.read(length)))
        time.sleep(self.server.slow_s)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base.
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def parcel(url: str) -> Parcel:
    return Parcel(uuid4(), url, b'{"type":"request.created"}', {"webhook-id": "msg_1"})


def test_a_parcel_arrives_as_it_was_signed(receiver: Receiver) -> None:
    sent = parcel(receiver.url)
    (receipt,) = Sender(allow_private=True).send([sent])
    assert (receipt.status, receipt.problem) == (204, None)
    ((path, headers, body),) = receiver.got
    assert (path, body, headers["webhook-id"]) == ("/hook?tenant=1", sent.body, "msg_1")
    assert headers["host"] == f"127.0.0.1:{receiver.server_address[1]}"


def test_a_name_is_called_at_the_address_judged_and_by_its_name(receiver: Receiver) -> None:
    port = receiver.server_address[1]
    (receipt,) = Sender(allow_private=True).send([parcel(f"http://localhost:{port}/hook")])
    if receipt.problem is not DeliveryProblem.NOT_REACHED:  # Else localhost is ::1 alone here.
        assert receiver.got[0][1]["host"] == f"localhost:{port}"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        pytest.param("https://localhost:1/", DeliveryProblem.ADDRESS_NOT_ALLOWED, id="name"),
        pytest.param("https://127.0.0.1:1/", DeliveryProblem.ADDRESS_NOT_ALLOWED, id="loopback"),
        pytest.param(
            "https://[::ffff:127.0.0.1]:1/", DeliveryProblem.ADDRESS_NOT_ALLOWED, id="v4-in-v6"
        ),
        pytest.param(
            "https://169.254.169.254/latest", DeliveryProblem.ADDRESS_NOT_ALLOWED, id="metadata"
        ),
        pytest.param("https://2130706433/", None, id="a-number-as-address"),
        pytest.param("https://0x7f.1/", None, id="hexadecimal"),
        pytest.param("https://nothing.invalid/", DeliveryProblem.ADDRESS_UNKNOWN, id="unknown"),
    ],
)
def test_nothing_nearer_is_ever_called(url: str, problem: DeliveryProblem | None) -> None:
    (receipt,) = Sender().send([parcel(url)])
    refused = {DeliveryProblem.ADDRESS_NOT_ALLOWED, DeliveryProblem.ADDRESS_UNKNOWN}
    assert receipt.status is None
    assert receipt.problem in ({problem} if problem else refused)


@pytest.mark.parametrize(
    ("status", "problem"),
    [(302, DeliveryProblem.REDIRECTED), (500, DeliveryProblem.REFUSED)],
    ids=["redirect", "broken"],
)
def test_an_answer_that_is_no_success_is_none(
    receiver: Receiver, status: int, problem: DeliveryProblem
) -> None:
    receiver.status = status
    (receipt,) = Sender(allow_private=True).send([parcel(receiver.url)])
    assert (receipt.status, receipt.problem, len(receiver.got)) == (status, problem, 1)


def test_whoever_is_slow_is_left(receiver: Receiver) -> None:
    receiver.slow_s = 0.5
    (slow,) = Sender(allow_private=True, whole_s=0.1).send([parcel(receiver.url)])
    assert slow.problem is DeliveryProblem.TOO_SLOW


def test_nobody_there_is_told_apart(receiver: Receiver) -> None:
    lost, told = Sender(allow_private=True).send(
        [parcel("http://127.0.0.1:1/"), parcel(receiver.url)]
    )
    assert (lost.problem, told.problem) == (DeliveryProblem.NOT_REACHED, None)


@sqlite
@pytest.mark.anyio
async def test_from_setting_it_up_to_sending_again(
    callers: Callers,
    installation: Installation,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.chores.MOMENT_S", 3600)  # The test itself sends.
    chosen = installation.settings.model_copy(update={"webhooks_private": True})
    allowed = replace(installation, settings=chosen)
    callers.app = build_app(allowed)
    given = {"label": "Cases", "url": receiver.url, "kinds": ["request"]}
    async with callers.client(Role.ADMINISTRATOR) as client:
        made = await client.post("/api/v1/webhooks", json=given)
        assert made.status_code == 201, made.text
        href = made.headers["Location"]
        assert made.json()["secret"].startswith("whsec_")
        assert made.json()["secret"] not in (await client.get(href)).text
        officer = callers.key(Role.PROJECT_OFFICER)
        callers.session.commit()
        need = {"title": "Statistics", "topics": ["data_management"]}
        await client.post("/api/v1/requests", json=need, headers=officer)
        receiver.status = 410
        assert await asyncio.to_thread(tell_others, allowed) == 1
        (dead,) = await log_of(client, href)
        assert (dead["state"], dead["status"], dead["problem"]) == ("dead", 410, "refused")
        receiver.status = 200
        again = await client.post(f"/api/v1/webhook-deliveries/{dead['id']}/resend")
        assert (again.status_code, again.json()["state"]) == (200, "waiting")
        assert await asyncio.to_thread(tell_others, allowed) == 1
        (done,) = await log_of(client, href)
        assert (done["state"], done["attempts"], len(done["digest"])) == ("delivered", 1, 64)
        assert receiver.got[0][1]["webhook-id"] == receiver.got[1][1]["webhook-id"]
        rotated = await client.post(f"{href}/secret")
        assert rotated.json()["secret"] != made.json()["secret"]
        changed = await client.put(href, json={**given, "is_active": False})
        assert changed.json()["is_active"] is False
        listed = (await client.get("/api/v1/webhooks")).json()
        assert [UUID(one["id"]) for one in listed["items"]] == [UUID(changed.json()["id"])]
        assert (await client.delete(href)).status_code == 204
        assert (await client.get(href)).status_code == 404


async def log_of(client: AsyncClient, href: str) -> list[dict[str, Any]]:
    found = (await client.get(f"{href}/deliveries")).json()
    assert found["total"] == len(found["items"])
    return list(found["items"])


@sqlite
@pytest.mark.anyio
async def test_an_address_of_ones_own_network_is_refused_by_field(callers: Callers) -> None:
    given = {"label": "Cases", "url": "https://10.0.0.1/hook"}
    async with callers.client(Role.ADMINISTRATOR) as client:
        refused = await client.post("/api/v1/webhooks", json=given)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/url")
