"""A second press of a button does nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from httpx import Response as Answer
from sqlmodel import SQLModel, func, select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from roster.db import open_engine
from roster.settings import SESSION_COOKIE
from roster.tables import (
    Account,
    Action,
    AssistanceRequest,
    Consultation,
    Fact,
    FicheComment,
    KeptAnswer,
    WorkingGroup,
)
from roster.vocabulary import RequestStatus, Role
from tests.web.officer import Desk
from tests.web.test_drafts import FULL
from tests.web.test_fiches import drafted, invited
from web.app import create_web
from web.deps import Site
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
def watch() -> Clock:
    return Clock()


def client(pages: Pages, watch: Clock) -> AsyncClient:
    transport = ASGITransport(Once(pages, 3, watch))
    cookies = {SESSION_COOKIE: "hers"}
    return AsyncClient(transport=transport, base_url="http://roster.test", cookies=cookies)


async def press(one: AsyncClient, title: str = "Statistics", path: str = "/requests") -> str:
    return str((await one.post(path, data={"title": title})).headers.get("location", ""))


async def test_two_presses_at_once_are_one_and_both_get_its_answer(
    pages: Pages, watch: Clock
) -> None:
    async with client(pages, watch) as one:
        assert set(await asyncio.gather(press(one), press(one))) == {"/made/1"}
        assert await press(one) == "/made/1"
    assert pages.sent == ["Statistics"]


async def test_later_something_else_or_another_place_is_served_anew(
    pages: Pages, watch: Clock
) -> None:
    async with client(pages, watch) as one:
        assert await press(one) == "/made/1"
        assert await press(one, "Other words") == "/made/2"
        assert await press(one) == "/made/3"
        assert await press(one, path="/calls") == "/made/4"
        watch.now = 3
        assert await press(one, path="/calls") == "/made/5"


async def test_a_refusal_is_made_anew(pages: Pages, watch: Clock) -> None:
    async with client(pages, watch) as one:
        await asyncio.gather(press(one, "wrong"), press(one, "wrong"))
    assert pages.sent == ["wrong", "wrong"]


@pytest.mark.parametrize("token", ["", "his"])
async def test_nobody_gets_the_answer_of_another_session(
    pages: Pages, watch: Clock, token: str
) -> None:
    served = Once(pages, 3, watch)
    first = AsyncClient(
        transport=ASGITransport(served), base_url="http://x.test", cookies={SESSION_COOKIE: "hers"}
    )
    cookies = {SESSION_COOKIE: token} if token else {}
    second = AsyncClient(transport=ASGITransport(served), base_url="http://x.test", cookies=cookies)
    async with first, second:
        assert (await press(first), await press(second)) == ("/made/1", "/made/2")


# --- Two processes --------------------------------------------------------------------------------

Doors = tuple[AsyncClient, AsyncClient]


@cache
def _other_pages() -> FastAPI:
    return create_web(Site())


@asynccontextmanager
async def two_doors(desk: Desk, role: Role = Role.COORDINATOR) -> AsyncIterator[Doors]:
    """Open clients of one session whose presses reach two processes with one database."""
    engine = open_engine(desk.installation.settings.database_url)
    pages = _other_pages()
    pages.state.installation = replace(desk.installation, engine=engine)
    transport = ASGITransport(pages)
    async with desk.client(role) as one:
        cookies = dict(one.cookies)
        base = str(one.base_url)
        async with AsyncClient(transport=transport, base_url=base, cookies=cookies) as other:
            yield one, other
    engine.dispose()


def stored(desk: Desk, table: type[SQLModel]) -> int:
    desk.session.commit()
    return desk.session.exec(select(func.count()).select_from(table)).one()


GROUP = {"name": "Migration statistics", "country": "GH", "mandate": "", "members": "Statistics"}
TALK = {"held_on": "2025-11-03", "with_whom": "Ministry of Interior", "channel": "", "note": ""}
FORMS = [
    pytest.param("/requests", FULL, AssistanceRequest, id="request"),
    pytest.param("/actions/new", {"name": "Statistics in Accra"}, Action, id="action"),
    pytest.param("/requests/{request}/consultations", TALK, Consultation, id="talk"),
    pytest.param("/requests/{request}/context/groups", GROUP, WorkingGroup, id="group"),
    pytest.param(
        "/experts/{expert}/availability",
        {"first": "2027-03-01", "last": "2027-03-05", "reason": "A court case"},
        Fact,
        id="days-away",
    ),
]


@pytest.mark.parametrize(("path", "form", "table"), FORMS)
async def test_two_processes_make_one_record_of_one_form(
    desk: Desk, path: str, form: dict[str, str], table: type[SQLModel]
) -> None:
    request, ana = desk.make.request(status=RequestStatus.SCREENED), desk.make.expert("Ana Prates")
    desk.make.view(ana)
    where = path.format(request=request.id, expert=ana.id)
    before = stored(desk, table)
    async with two_doors(desk) as doors:
        at_once = await asyncio.gather(*(door.post(where, data=form) for door in doors))
        later = await doors[0].post(where, data=form)
        last = await doors[1].post(where, data=form)
    answers = [*at_once, later, last]
    assert {one.status_code for one in answers} == {303}
    assert len({one.headers["location"] for one in answers}) == 1
    assert stored(desk, table) == before + 1


async def test_two_processes_keep_one_remark_of_a_guest(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(status=RequestStatus.SCREENED).id}"
    async with two_doors(desk) as doors:
        fiche = await drafted(doors[0], path)
        link = await invited(doors[0], path, "eu_delegation")
        await doors[0].post(f"{fiche}/share")
        for door in doors:
            door.cookies.clear()
        form = {"part": "risks", "text": "Elections"}
        presses = [door.post(f"{link}?do=comment", data=form) for door in (*doors, *doors)]
        answers = await asyncio.gather(*presses)
    assert {one.headers["location"] for one in answers} == {f"{link}?told=comment"}
    assert stored(desk, FicheComment) == 1


async def test_what_is_shown_once_is_shown_to_the_second_press_as_well(desk: Desk) -> None:
    form = {"name": "Ana Prates", "email": "ana@invented.example", "role": "project_officer"}
    async with two_doors(desk, Role.ADMINISTRATOR) as doors:
        answers = [await door.post("/administration", data=form) for door in doors]
    assert [one.status_code for one in answers] == [200, 200]
    assert "/link/" in answers[0].text
    assert answers[0].text == answers[1].text
    found = select(Account).where(Account.email == form["email"])
    assert len(desk.session.exec(found).all()) == 1


async def test_other_words_and_a_later_press_make_another_in_any_process(desk: Desk) -> None:
    async def made(door: AsyncClient, **words: str) -> Answer:
        answer = await door.post("/requests", data={**FULL, **words})
        assert answer.status_code == 303
        return answer

    async with two_doors(desk) as doors:
        for number, door in enumerate((*doors, *doors)):
            await made(door, title=f"Statistics {number % 3}")
        desk.clock.advance(seconds=4)
        await made(doors[0], title="Statistics 0")
    assert stored(desk, AssistanceRequest) == 5


async def test_a_form_that_makes_no_record_writes_nothing_for_it(desk: Desk) -> None:
    async with two_doors(desk) as (door, _):
        assert (await door.post("/search", data={"q": "statistics"})).status_code == 200
        assert (await door.post("/requests", data={"title": "No country"})).status_code == 422
    assert stored(desk, KeptAnswer) == 0
