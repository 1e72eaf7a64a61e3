"""The team board: rules in the address, proposals with reasons, ways out, kept teams."""

from __future__ import annotations

import pytest
from httpx import AsyncClient
from sqlmodel import select

from roster.read import KindOfExpert
from roster.tables import Team
from roster.vocabulary import ExpertKind, LanguageLevel
from tests.web.officer import Desk, said
from tests.web.test_rankings import person, ranked

pytestmark = pytest.mark.anyio


async def board(desk: Desk, client: AsyncClient) -> str:
    for number, country in enumerate(("PT", "FR", "DE", "PL")):
        one = person(desk, f"Person {number}", LanguageLevel.C1, country=country)
        desk.make.fact(one, KindOfExpert(ExpertKind.EU_ADMINISTRATION))
        desk.make.view(one)
    desk.session.commit()
    return (await ranked(desk, client)).replace("/ranking", "/team")


async def test_composing_stores_nothing_and_keeping_stores_the_team(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "peer_to_peer", "size": "2", "per_country": ""}
        composed = await client.get(path, params=rules)
        assert composed.status_code == 200
        assert "Keep this team" in composed.text
        assert "at most 1 per country" in said(composed.text)
        assert not desk.session.exec(select(Team)).all()
        kept = await client.post(f"{path}s", data={**rules, "run": "1", "proposal": "0"})
        assert kept.status_code == 303
        assert "Peer-to-peer team of 2" in said((await client.get(kept.headers["location"])).text)
        assert len(desk.session.exec(select(Team)).all()) == 1


async def test_no_team_comes_with_its_reasons_and_ways_out(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        answer = await client.get(path, params={"mode": "triangular", "size": "3"})
        words = said(answer.text)
        assert "No team keeps every rule" in words
        assert "The cheapest ways out" in words
        assert "Keep this team" not in words


async def test_who_is_held_in_and_out_at_once_is_told(desk: Desk) -> None:
    one = person(desk, "Ana Both", LanguageLevel.C1)
    async with desk.client() as client:
        path = await board(desk, client)
        both = {"mode": "peer_to_peer", "in": str(one.id), "out": str(one.id)}
        answer = await client.get(path, params=both)
        assert answer.status_code == 422
        assert "Nobody can be asked in and out at once." in said(answer.text)


async def test_somebody_left_out_is_in_no_proposal_and_the_answer_says_why(desk: Desk) -> None:
    one = person(desk, "Ana Outside", LanguageLevel.C1)
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "custom", "size": "2", "out": str(one.id), "why": "ana outside"}
        answer = said((await client.get(path, params=rules)).text)
        assert "Left out by the rules of this team." in answer
        nobody = said((await client.get(path, params={**rules, "why": "Zz Zz"})).text)
        assert "Nobody of this name" in nobody


async def test_a_team_that_is_not_there_cannot_be_kept(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "triangular", "size": "3", "run": "1"}
        assert (await client.post(f"{path}s", data=rules)).status_code == 409
        assert (await client.post(f"{path}s", data={"size": "99"})).status_code == 422
