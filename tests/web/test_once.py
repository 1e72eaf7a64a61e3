"""A second press of a button does nothing twice."""

from __future__ import annotations

import asyncio

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from roster.settings import SESSION_COOKIE
from web.once import Once

pytestmark = pytest.mark.anyio


class Pages:
    """Counts what it is sent; refuses what says so."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = await Request(scope, receive).form()
        await asyncio.sleep(0)
        self.sent.append(str(form["title"]))
        answer: Response = RedirectResponse(f"/made/{len(self.sent)}", 303)
        if form["title"] == "wrong":
            answer = PlainTextResponse("no", 422)
        await answer(scope, receive, send)


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def client(pages: Pages, clock: Clock) -> AsyncClient:
    transport = ASGITransport(Once(pages, 3, clock))
    cookies = {SESSION_COOKIE: "hers"}
    return AsyncClient(transport=transport, base_url="http://roster.test", cookies=cookies)


async def press(one: AsyncClient, title: str = "Statistics", path: str = "/requests") -> str:
    return str((await one.post(path, data={"title": title})).headers.get("location", ""))


async def test_two_presses_at_once_are_one_and_both_get_its_answer(
    pages: Pages, clock: Clock
) -> None:
    async with client(pages, clock) as one:
        assert set(await asyncio.gather(press(one), press(one))) == {"/made/1"}
        assert await press(one) == "/made/1"
    assert pages.sent == ["Statistics"]


async def test_later_something_else_or_another_place_is_served_anew(
    pages: Pages, clock: Clock
) -> None:
    async with client(pages, clock) as one:
        assert await press(one) == "/made/1"
        assert await press(one, "Other words") == "/made/2"
        assert await press(one) == "/made/3"
        assert await press(one, path="/calls") == "/made/4"
        clock.now = 3
        assert await press(one, path="/calls") == "/made/5"


async def test_a_refusal_is_made_anew(pages: Pages, clock: Clock) -> None:
    async with client(pages, clock) as one:
        await asyncio.gather(press(one, "wrong"), press(one, "wrong"))
    assert pages.sent == ["wrong", "wrong"]


@pytest.mark.parametrize("token", ["", "his"])
async def test_nobody_gets_the_answer_of_another_session(
    pages: Pages, clock: Clock, token: str
) -> None:
    served = Once(pages, 3, clock)
    first = AsyncClient(
        transport=ASGITransport(served), base_url="http://x.test", cookies={SESSION_COOKIE: "hers"}
    )
    cookies = {SESSION_COOKIE: token} if token else {}
    second = AsyncClient(transport=ASGITransport(served), base_url="http://x.test", cookies=cookies)
    async with first, second:
        assert (await press(first), await press(second)) == ("/made/1", "/made/2")
