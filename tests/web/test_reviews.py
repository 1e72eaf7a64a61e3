"""Looking back: from a person to her place, and a stored list made again."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from matching.engine import Engine as Matching
from roster.vocabulary import ExpertStatus, LanguageLevel, Role
from tests.api.conftest import FreshRanker
from tests.web.officer import Desk, said
from tests.web.test_rankings import FORM, person, ranked

pytestmark = pytest.mark.anyio


async def test_a_person_is_looked_up_for_a_request_from_her_own_page(desk: Desk) -> None:
    ana = person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        assert f'href="/experts/{ana.id}/requests"' in (await client.get(f"/experts/{ana.id}")).text
        nothing = said((await client.get(f"/experts/{ana.id}/requests")).text)
        assert "Nobody was ranked for any request yet" in nothing
        await client.post("/requests", data=FORM | {"title": "Never ranked"})
        path = (await ranked(desk, client)).removesuffix("/ranking")
        chosen = await client.get(f"/experts/{ana.id}/requests")
        assert "Never ranked" not in chosen.text
        assert f'href="{path}/why/{ana.id}"' in chosen.text
        assert "stands at place 1" in said((await client.get(f"{path}/why/{ana.id}")).text)


async def test_who_may_not_rank_is_not_sent_there(desk: Desk) -> None:
    ana = person(desk, "Ana Fits", LanguageLevel.C1, country="PT")
    async with desk.client(Role.FOCAL_POINT) as client:
        assert "/requests" not in (await client.get(f"/experts/{ana.id}")).text.split("<main")[1]
        found = await client.post("/search", data={"q": "Fits"})
        assert "Ana Fits" in found.text
        assert f"/experts/{ana.id}/requests" not in found.text
        assert (await client.get(f"/experts/{ana.id}/requests")).status_code == 403


@pytest.fixture
def ranker(engine: Engine) -> FreshRanker:
    """Give a ranker that knows the version it stores, so that a list can be made again."""
    made = FreshRanker(engine)
    made.model = Matching().model
    return made


async def test_a_list_made_again_comes_out_as_it_was(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        assert f"{path.removesuffix('/ranking')}/replay?run=1" in (await client.get(path)).text
        again = said((await client.get(f"{path.removesuffix('/ranking')}/replay?run=1")).text)
        assert "It comes out as it was." in again
        assert "1 person, with the same score" in again


async def test_a_list_made_again_names_who_differs_and_why(desk: Desk) -> None:
    ana, bo = (person(desk, name, LanguageLevel.C1) for name in ("Ana Fits", "Bo Leaves"))
    async with desk.client() as client:
        path = await ranked(desk, client)
        bo.status = ExpertStatus.PAUSED
        desk.session.add(bo)
        desk.make.view(bo)
        desk.session.commit()
        again = said((await client.get(f"{path.removesuffix('/ranking')}/replay")).text)
        assert "1 of 2 people comes out otherwise today." in again
        assert "Bo Leaves" in again
        assert "Does not fit, place 1" in again
        assert ana.display_name not in again
        wrong = await client.get(f"{path.removesuffix('/ranking')}/replay?run=9")
        assert wrong.status_code == 404
