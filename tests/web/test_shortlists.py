"""The shortlist as a page: picked with a note, moved with a reason, nobody's move lost."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from roster.vocabulary import LanguageLevel
from tests.web.officer import Desk, ids_in, said
from tests.web.test_rankings import person, ranked

pytestmark = pytest.mark.anyio


async def picked(client: AsyncClient, path: str, **said: object) -> tuple[str, list[str]]:
    """Shortlist whoever stands first; return the board's path and the entries' ids."""
    first = ids_in((await client.get(path)).text, 'id="p-')[0]
    board = path.replace("/ranking", "/shortlist")
    back = {"run": "1", "back": path, **said}
    done = await client.post(board, data={"only": str(first), **back})
    assert done.headers["location"] == f"{path}#p-{first}"
    return board, [str(one) for one in ids_in((await client.get(board)).text, 'id="card-')]


async def test_a_person_is_picked_with_a_note_and_the_row_says_so(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        board, entries = await picked(client, path, note="Knows registers")
        assert len(entries) == 1
        words = said((await client.get(board)).text)
        assert "Knows registers" in words
        assert "Somebody Invented" in words
        assert "Shortlisted</span>" in (await client.get(path)).text


async def test_several_are_picked_at_once_and_nobody_is_an_error(desk: Desk) -> None:
    people = [person(desk, f"Person {n}", LanguageLevel.C1) for n in range(3)]
    async with desk.client() as client:
        path = await ranked(desk, client)
        board = path.replace("/ranking", "/shortlist")
        chosen = {"selected": "1", "expert": [str(one.id) for one in people[:2]], "run": "1"}
        assert (await client.post(board, data=chosen)).headers["location"] == board
        assert len(ids_in((await client.get(board)).text, 'id="card-')) == 2
        nobody = await client.post(board, data={"selected": "1", "run": "1"})
        assert nobody.status_code == 422
        assert "Nobody is selected" in nobody.text


async def test_who_leaves_leaves_with_a_reason_of_that_way(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        move = f"/shortlist-entries/{entry}/stage"
        for reason in ("", "not_selected:balance", "declined:nonsense"):
            answer = await client.post(
                move, data={"stage": "declined", "reason": reason, "version": "1"}
            )
            assert answer.status_code == 422
            assert "Choose a reason" in said(answer.text)
        left = {"stage": "declined", "reason": "declined:no_time", "note": "Until May"}
        assert (await client.post(move, data={**left, "version": "1"})).status_code == 303
        words = said((await client.get(board)).text)
        assert "Declined: No time, “Until May”" in words


async def test_a_card_moved_by_somebody_else_meanwhile_asks_again(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        move = f"/shortlist-entries/{entry}/stage"
        await client.post(move, data={"stage": "proposed", "version": "1"})
        late = await client.post(move, data={"stage": "agreed", "version": "1"})
        assert late.status_code == 409
        assert "moved this card" in said(late.text)
        assert "Agreed: Somebody" not in said((await client.get(board)).text)


async def test_a_reason_why_somebody_is_not_suitable_is_kept_from_the_list(desk: Desk) -> None:
    one = person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        board = path.replace("/ranking", "/shortlist")
        said_why = {
            "unsuitable": str(one.id),
            "reason": "balance",
            "note": "Too many of one office",
        }
        assert (await client.post(board, data={**said_why, "run": "1"})).status_code == 303
        words = said((await client.get(board)).text)
        assert "Not selected: Balance of the team, “Too many of one office”" in words


async def test_the_way_back_never_leaves_the_site(desk: Desk) -> None:
    one = person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board = (await ranked(desk, client)).replace("/ranking", "/shortlist")
        for back in ("https://evil.example/", "//evil.example", "/requests/../../x"):
            answer = await client.post(board, data={"only": str(one.id), "run": "1", "back": back})
            assert answer.headers["location"] == board
