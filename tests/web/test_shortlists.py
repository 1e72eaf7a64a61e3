"""The shortlist as a page: picked with a note, moved with a reason, nobody's move lost."""

from __future__ import annotations

import re

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


async def test_a_card_moved_by_somebody_else_meanwhile_asks_again_and_keeps_what_was_typed(
    desk: Desk,
) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        move = f"/shortlist-entries/{entry}/stage"
        desk.clock.advance(minutes=1)
        await client.post(move, data={"stage": "proposed", "version": "1"})
        mine = {"stage": "declined", "reason": "declined:no_time", "note": "Busy", "version": "1"}
        late = await client.post(move, data=mine)
        assert late.status_code == 409
        assert "it stands under “Proposed” now" in said(late.text)
        assert 'value="Busy"' in late.text
        assert '<option class="exit" value="declined" selected>' in late.text
        assert '<option value="declined:no_time" selected>' in late.text
        assert "Declined: Somebody" not in said((await client.get(board)).text)


async def test_a_second_press_of_move_is_the_first_one(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        _, (entry,) = await picked(client, await ranked(desk, client))
        desk.clock.advance(minutes=1)
        press = {"stage": "proposed", "version": "1"}
        first = await client.post(f"/shortlist-entries/{entry}/stage", data=press)
        again = await client.post(f"/shortlist-entries/{entry}/stage", data=press)
        assert (first.status_code, again.status_code) == (303, 303)
        assert first.headers["location"] == again.headers["location"]


async def test_a_move_is_taken_back_from_the_notice_and_twice_is_once(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        desk.clock.advance(minutes=1)
        press = {"stage": "proposed", "version": "1"}
        moved = await client.post(f"/shortlist-entries/{entry}/stage", data=press)
        shown = await client.get(moved.headers["location"])
        assert "Ana Fits: Proposed." in said(shown.text)
        assert 'data-key="u"' in shown.text
        desk.clock.advance(minutes=1)
        undo = {"entry": entry, "version": "2"}
        back = [await client.post(f"{board}/undo", data=undo) for _ in range(2)]
        assert {one.headers["location"] for one in back} == {
            f"{board}?done={entry}&version=3#card-{entry}"
        }
        assert "Ana Fits: Shortlisted." in said(
            (await client.get(back[0].headers["location"])).text
        )
        # The notice of a move that others moved on from is gone with it.
        assert 'data-key="u"' not in (await client.get(moved.headers["location"])).text


async def test_who_was_added_by_mistake_is_taken_off_again(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        for _ in range(2):
            off = await client.post(f"{board}/undo", data={"entry": entry, "version": "1"})
            assert off.headers["location"] == board
        assert "Nobody is on the shortlist" in said((await client.get(board)).text)


async def test_the_ranking_offers_to_undo_a_press_there(desk: Desk) -> None:
    ana = person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        ranking = await ranked(desk, client)
        board = ranking.replace("ranking", "shortlist")
        await client.post(board, data={"only": str(ana.id), "run": "1", "back": ranking})
        page = (await client.get(ranking)).text
        undo = page.split('name="undo" value="')[1].split('"')[0]
        for _ in range(2):
            off = await client.post(board, data={"undo": undo, "back": ranking})
            assert off.headers["location"] == ranking
        page = (await client.get(ranking)).text
        assert ('name="undo"' in page, 'name="only"' in page) == (False, True)
        assert "Nobody is on the shortlist" in said((await client.get(board)).text)


async def test_a_note_that_somebody_rewrote_meanwhile_is_not_lost(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        _, (entry,) = await picked(client, await ranked(desk, client), note="First")
        path = f"/shortlist-entries/{entry}/note"
        assert (await client.post(path, data={"note": "Theirs", "before": "First"})).is_redirect
        late = await client.post(path, data={"note": "Mine", "before": "First"})
        assert late.status_code == 409
        assert "Theirs" in said(late.text)
        assert 'value="Mine"' in late.text
        # A second press of the same button finds its note there.
        assert (await client.post(path, data={"note": "Theirs", "before": "First"})).is_redirect


async def test_a_page_hears_that_the_list_was_changed_since(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, (entry,) = await picked(client, await ranked(desk, client))
        watch = re.search(r'data-watch="([^"]+)"', (await client.get(board)).text)
        assert watch is not None
        path = watch.group(1).replace("&amp;", "&")
        assert (await client.get(path)).status_code == 204
        desk.clock.advance(minutes=3)
        await client.post(f"/shortlist-entries/{entry}/note", data={"note": "New"})
        told = await client.get(path)
        assert told.status_code == 200
        assert told.text.startswith("The shortlist was changed at ")


async def test_a_card_says_points_release_load_and_who_moved_her(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        board, _ = await picked(client, await ranked(desk, client))
        html = (await client.get(board)).text
        words = said(html)
        assert re.search(r"Score \d+\.\d", words)
        assert "release not asked" in words
        assert f"Not deployed in {desk.clock.now().year}" in words
        assert re.search(r'class="meta by"><bdi>Somebody Invented, ', html)
        assert "1 person is on the shortlist, no release asked for" in words


async def test_those_who_came_furthest_stand_side_by_side_and_others_by_choice(desk: Desk) -> None:
    people = [person(desk, f"Person {n}", LanguageLevel.C1) for n in range(5)]
    async with desk.client() as client:
        path = await ranked(desk, client)
        board = path.replace("/ranking", "/shortlist")
        await client.post(board, data={"expert": [str(one.id) for one in people], "run": "1"})
        html = (await client.get(board)).text
        assert "4 people side by side" in said(html)
        two = [str(one.id) for one in people[3:]]
        chosen = await client.get(board, params={"expert": two})
        assert "2 people side by side" in said(chosen.text)


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
