"""What somebody sends to break in, to break down or to be shown as markup: nothing of it works."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlmodel import select
from starlette.types import Message, Receive, Scope, Send

from api.headers import HEADERS, SafeHeaders
from api.limits import Patience
from roster.tables import AssistanceRequest
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NULL = "a\x00b"
HOSTILE = {
    "markup": MARKUP,
    "sql": "'; DROP TABLE expert; --",
    "sql-union": "x' UNION SELECT email, password_hash FROM account --",
    "template": "{{ 7 * 7 }}{% for x in [1] %}${7*7}#{7*7}",
    "path": "../../../../etc/passwd",
    "path-encoded": "..%2f..%2fetc%2fpasswd",
    "null": NULL,
    "right-to-left": "\u202egpj.exe",
    "zero-width": "An\u200ba",
    "lone-surrogate": "\ud800",
    "format": "%s%s%n{0.__class__}",
    "log": "line\r\nX-Injected: 1\n{\"level\": \"error\"}",
    "long": "ab" * 40_000,
    "homoglyph": "\u0410na",
}  # fmt: skip
TEXTS = pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))


@TEXTS
async def test_a_hostile_text_is_kept_as_it_is_or_refused_and_never_run(
    callers: Callers, text: str
) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        body = json.dumps({"title": text, "text": text, "topics": []})
        made = await client.post(
            "/api/v1/requests", content=body, headers={"Content-Type": "application/json"}
        )
        assert made.status_code in {201, 422}, made.text
        assert made.status_code == 422 or text != NULL
        if made.status_code == 201:
            shown = await client.get(f"/api/v1/requests/{made.json()['id']}")
            assert shown.headers["content-type"].startswith("application/json")
            kept = shown.json()["row"]["title"]
            assert kept.split() == text.split()
        else:
            assert made.json()["errors"]
        assert "x-injected" not in made.headers


@TEXTS
async def test_a_hostile_text_in_a_question_finds_nobody_and_breaks_nothing(
    callers: Callers, make: Factory, text: str
) -> None:
    make.view(make.expert("Ana Quiet"))
    async with callers.client(Role.COORDINATOR) as client:
        content = json.dumps({"query": text})
        headers = {"Content-Type": "application/json"}
        asked = await client.post("/api/v1/search", content=content, headers=headers)
        assert asked.status_code in {200, 422}, asked.text
        listed = await client.get(
            "/api/v1/experts", params={"country": text[:200].encode("utf-8", "replace").decode()}
        )
        assert listed.status_code in {200, 422}
        if listed.status_code == 200:
            assert listed.json()["total"] == 0
        assert (await client.get("/api/v1/experts")).json()["total"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/documents/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/documents/%00",
        "/api/v1/experts/%2e%2e",
        "/static/x/..%2f..%2fsecurity.py",
        "/problems/..%2f..%2f",
        "/api/v1/experts/' OR 1=1 --",
    ],
)
async def test_a_path_that_climbs_leads_nowhere(callers: Callers, path: str) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        answer = await client.get(path)
        assert answer.status_code in {404, 422}, answer.text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[" * 200_000, id="deep-list"),
        pytest.param('{"a":' * 100_000 + "1" + "}" * 100_000, id="deep-object"),
        pytest.param('{"title": ' + "9" * 100_000 + "}", id="huge-number"),
        pytest.param('{"title": 1e999999, "text": NaN}', id="no-number"),
        pytest.param('{"title": "a", "title": "b"', id="cut-off"),
        pytest.param("\ufeff{}", id="byte-order-mark"),
        pytest.param("", id="empty"),
    ],
)
async def test_a_hostile_document_is_refused_and_the_server_answers_on(
    callers: Callers, body: str
) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        headers = {"Content-Type": "application/json"}
        for path in ("/api/v1/requests", "/api/v1/match"):
            answer = await client.post(path, content=body.encode(), headers=headers)
            assert answer.status_code in {400, 413, 422}, (path, answer.status_code)
        assert (await client.get("/api/v1/me")).status_code == 200


async def test_what_is_too_large_is_refused_before_it_is_read(callers: Callers) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post(
            "/api/v1/requests", content=b'{"title": "' + b"x" * 2_100_000, headers=headers
        )
        assert answer.status_code == 413


async def test_a_body_that_stops_on_the_way_gives_its_place_back() -> None:
    app = FastAPI()

    @app.post("/")
    async def take(body: dict[str, Any]) -> None:
        raise AssertionError(body)

    slow = Patience(app, seconds=0.01)
    answered: list[Message] = []
    parts: list[Message] = [{"type": "http.request", "body": b'{"a":', "more_body": True}]

    async def receive() -> Message:
        if parts:
            return parts.pop()
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        answered.append(message)

    scope: Scope = {
        "type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"",
        "headers": [(b"content-type", b"application/json")], "http_version": "1.1",
        "scheme": "http", "server": ("test", 80), "client": ("127.0.0.1", 1), "root_path": "",
    }  # fmt: skip
    await slow(scope, receive, send)
    assert answered[0]["status"] == 408


# --- Fields that nobody offered -------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["id", "facility_id", "origin", "status", "created_at", "role", "is_active"]
)
async def test_a_field_that_is_not_offered_is_refused(
    callers: Callers, make: Factory, field: str
) -> None:
    elsewhere = make.facility("elsewhere")
    async with callers.client(Role.COORDINATOR) as client:
        body = {"title": "T", "text": "x", "topics": [], field: str(elsewhere.id)}
        answer = await client.post("/api/v1/requests", json=body)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{field}"]
    assert callers.session.exec(select(AssistanceRequest)).all() == []


# --- What every answer carries --------------------------------------------------------------------


async def test_every_answer_says_what_a_browser_may_do_with_it(callers: Callers) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        paths = ["/api/v1/me", f"/api/v1/experts/{uuid4()}", "/api/nothing", "/healthz"]
        for path in paths:
            headers = (await client.get(path)).headers
            for name, value in HEADERS.items():
                assert headers[name] == value, (path, name)
            assert "server" not in headers
            assert "strict-transport-security" not in headers
        refused = await client.get("/api/v1/me", headers={"Authorization": "Bearer x"})
        assert refused.headers["x-content-type-options"] == "nosniff"
        assert (await client.get("/api/docs")).headers["content-security-policy"] != HEADERS[
            "Content-Security-Policy"
        ]


async def test_by_https_a_browser_is_told_to_come_back_by_it() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    from httpx import ASGITransport  # noqa: PLC0415 -- only here.

    transport = ASGITransport(SafeHeaders(app, is_https=True))
    async with AsyncClient(transport=transport, base_url="https://test") as client:
        said = (await client.get("/")).headers["strict-transport-security"]
        assert said == "max-age=31536000"
