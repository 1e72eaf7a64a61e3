"""So many work at once, the others wait in turn and hold nothing."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from fastapi import Depends, FastAPI

from api.deps import get_session as session_of_a_call
from roster.admission import MOST, Admission, admission_for
from web.access import get_session as session_of_a_page

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_so_many_are_in_at_once_and_the_others_follow_in_turn() -> None:
    admission, inside, most, order = Admission(2), 0, 0, list[int]()

    async def work(number: int) -> None:
        nonlocal inside, most
        async with admission.place():
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*map(work, range(9)))
    assert (most, order) == (2, list(range(9)))


async def test_a_place_is_free_again_after_an_error() -> None:
    admission = Admission(1)
    for _ in range(3):
        with pytest.raises(KeyError):
            async with admission.place():
                raise KeyError


class Unit:
    """A unit of work that notes how it ended, and where."""

    def __init__(self) -> None:
        self.ended: list[type[BaseException] | None] = []
        self.by_the_loop = False

    def __enter__(self) -> str:
        return "open"

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        time.sleep(0.05)  # As a commit waits for the disk.
        self.by_the_loop = threading.current_thread() is threading.main_thread()
        self.ended.append(kind)


async def test_a_unit_of_work_ends_beside_the_loop_and_learns_of_an_error() -> None:
    admission, good, bad = Admission(1), Unit(), Unit()
    async with admission.work(good) as opened:
        assert opened == "open"
    with pytest.raises(KeyError):
        async with admission.work(bad):
            raise KeyError
    assert (good.ended, bad.ended) == ([None], [KeyError])
    assert not good.by_the_loop


async def test_the_unit_of_work_of_somebody_who_hung_up_is_ended_and_her_place_is_free() -> None:
    admission, unit = Admission(1), Unit()

    async def serve() -> None:
        async with admission.work(unit):
            await asyncio.sleep(60)

    serving = asyncio.create_task(serve())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert unit.ended == [asyncio.CancelledError]
    async with asyncio.timeout(5), admission.place():
        pass


@pytest.mark.parametrize(
    ("connections", "let_in"), [(1, 1), (4, 1), (8, 5), (15, MOST), (200, MOST)]
)
def test_some_connections_are_left_for_what_is_done_apart(connections: int, let_in: int) -> None:
    assert admission_for(connections)._most == let_in


class FewConnections:
    """An installation with three connections, of which a request may hold one for long."""

    def __init__(self) -> None:
        self.admission = Admission(2)
        self._free = threading.Semaphore(3)

    @contextmanager
    def work(self) -> Iterator[object]:
        """Take a connection, or give up soon."""
        assert self._free.acquire(timeout=2), "no connection is free"
        try:
            yield object()
        finally:
            self._free.release()


@pytest.mark.parametrize("get_session", [session_of_a_call, session_of_a_page])
async def test_a_crowd_is_answered_with_few_connections_and_nobody_is_refused(
    get_session: Callable[..., Iterator[object]],
) -> None:
    app = FastAPI()
    few = FewConnections()
    app.state.installation = few

    @app.get("/", dependencies=[Depends(get_session, scope="function")])
    def page() -> str:
        with few.work():  # Apart, as some pages do.
            return "done"

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answers = await asyncio.gather(*(client.get("/") for _ in range(120)))
    assert {one.status_code for one in answers} == {200}
