"""The team board: rules in the address, proposals with reasons, ways out, kept teams."""

from __future__ import annotations

import pytest
from httpx import AsyncClient
from lxml import html as parsed
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
        assert "Save as a proposal" in composed.text
        assert "At most 1 per country" in said(composed.text)
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
        assert "Save as a proposal" not in words


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
        rules = {"mode": "custom", "size": "2", "out": str(one.id)}
        asked = await client.post(f"{path}/why", data={**rules, "name": "ana outside"})
        assert asked.status_code == 303
        # The address says whom by id: names stand in no log.
        assert "outside" not in asked.headers["location"].lower().replace("out=", "")
        answer = said((await client.get(asked.headers["location"])).text)
        assert "Left out by the rules of this team." in answer
        nobody = said((await client.post(f"{path}/why", data={**rules, "name": "Zz Zz"})).text)
        assert "Nobody of this name" in nobody


async def test_a_team_that_is_not_there_cannot_be_kept(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "triangular", "size": "3", "run": "1"}
        assert (await client.post(f"{path}s", data=rules)).status_code == 409
        assert (await client.post(f"{path}s", data={"size": "99"})).status_code == 422


# --- The editor -----------------------------------------------------------------------------------


def form_of(html: str) -> dict[str, list[str]]:
    """Return the fields of the form of the rules as a browser would send them."""
    form = parsed.fromstring(html).get_element_by_id("rules-form")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


async def test_seats_are_added_moved_and_described(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        fields = form_of((await client.get(path, params={"mode": "custom", "size": "2"})).text)
        assert fields["seat_1_role"] == ["thematic_expert"]
        fields |= {"seat_1_role": ["trainer"], "seat_1_days": ["4"], "seat_1_one": ["1"]}
        fields |= {"seat_1_language_0": ["French"], "seat_1_language_1": ["es"]}
        fields |= {"seat_1_kinds": ["eu_administration", "academia"], "do": ["up:1"]}
        led = await client.post(f"{path}/rules", data=fields)
        assert led.status_code == 303
        page = await client.get(led.headers["location"])
        fields = form_of(page.text)
        assert fields["seat_0_role"] == ["trainer"]
        assert fields["seat_0_days"] == ["4"]
        assert fields["seat_0_language_1"] == ["Spanish"]
        assert "one of French B2 and Spanish B2" in said(page.text)
        more = await client.post(f"{path}/rules", data={**fields, "do": "add"})
        assert "seat_2_role" in form_of((await client.get(more.headers["location"])).text)
        less = await client.post(f"{path}/rules", data={**fields, "do": "remove:0"})
        fields = form_of((await client.get(less.headers["location"])).text)
        assert fields["seat_0_role"] == ["lead"]
        assert "seat_1_role" not in fields


async def test_another_mode_lays_out_its_own_seats(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        shown = await client.get(path, params={"mode": "peer_to_peer", "size": "2"})
        led = await client.post(f"{path}/rules", data={**form_of(shown.text), "mode": "triangular"})
        fields = form_of((await client.get(led.headers["location"])).text)
        assert fields["seat_1_role"] == ["southern_peer"]


async def test_people_are_named_in_the_form_and_by_id_in_the_address(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        shown = await client.get(path, params={"mode": "peer_to_peer", "size": "2"})
        fields = {**form_of(shown.text), "who": "Person 0", "whom": "Person 1", "wish": "apart"}
        led = await client.post(f"{path}/rules", data=fields)
        assert "erson" not in led.headers["location"]
        page = said((await client.get(led.headers["location"])).text)
        assert "One at most of those kept apart" in page
        assert "Person 0 and Person 1" in page
        unknown = await client.post(f"{path}/rules", data={**fields, "who": "Nobody Such"})
        assert unknown.status_code == 422
        assert "Nobody of this name" in said(unknown.text)


NEXT = {"starts": "2028-01-03", "ends": "2028-01-07"}
IMPOSSIBLE: dict[str, dict[str, str | list[str]]] = {
    "at most 8": {"size": "100"},
    "12 seats at most": {"seat": ["lead"] * 100},
    "compose the team again": {"seat": ["pilot"]},
    "compose the team": {"at": ["x", "y", "z"]},
    "do not fit into 3 seats": {"newcomers": "2", "returning": "2"},
    "These days are over": {"starts": "2020-01-01", "ends": "2020-01-05"},
    "before the first": {"starts": "2028-01-05", "ends": "2028-01-01"},
    "0 to 100": {"officials": "many"},
    "needs 99 days, of 5": {"seat": ["lead~d.99"], **NEXT},
    "takes 5 days, more than 4 a year": {"year_days": "4", **NEXT},
}


async def test_rules_that_cannot_be_are_answered_in_words(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        for words, rules in IMPOSSIBLE.items():
            answer = await client.get(path, params={"mode": "custom", **rules})
            assert (answer.status_code, words in said(answer.text)) == (422, True), words


async def test_the_days_of_an_activity_that_are_over_are_told(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
    desk.clock.advance(days=4000)
    async with desk.client() as client:
        answer = await client.get(path, params={"mode": "custom", "size": "2", **NEXT})
        assert "The days of this activity are over: 7 Jan 2028." in said(answer.text)


# --- The board ------------------------------------------------------------------------------------


def mover_of(html: str) -> dict[str, list[str]]:
    """Return the fields of the one form that moves people."""
    fields: dict[str, list[str]] = {}
    for name, value in parsed.fromstring(html).get_element_by_id("mover").form_values():
        fields.setdefault(name, []).append(value)
    return fields


def moves_in(html: str, what: str) -> list[str]:
    found = parsed.fromstring(html).xpath(f"//button[@form='mover'][starts-with(@value, '{what}')]")
    return [button.get("value") for button in found]


async def moved(client: AsyncClient, path: str, html: str, do: str) -> str:
    led = await client.get(f"{path}/move", params={**mover_of(html), "do": do})
    assert led.status_code == 303
    shown = await client.get(led.headers["location"])
    assert shown.status_code == 200
    return shown.text


async def test_people_are_swapped_and_the_swap_undone(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        first = (await client.get(path, params={"mode": "peer_to_peer", "size": "2"})).text
        before = mover_of(first)["now"]
        offer = moves_in(first, "seat:0:")[0]
        then = await moved(client, path, first, offer)
        assert "Your team keeps every rule" in said(then)
        assert mover_of(then)["now"] == [offer.rpartition(":")[2], before[1]]
        both = await moved(client, path, then, f"seat:0:{before[1]}")
        assert mover_of(both)["now"] == [before[1], offer.rpartition(":")[2]]
        back = await moved(client, path, await moved(client, path, both, "undo"), "undo")
        assert mover_of(back)["now"] == before
        assert not moves_in(back, "undo")


async def test_an_open_seat_breaks_a_rule_and_needs_words_to_be_kept(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        first = (await client.get(path, params={"mode": "peer_to_peer", "size": "2"})).text
        then = await moved(client, path, first, "open:1")
        assert "Your team breaks 3 rules" in said(then)
        assert "Nobody sits here yet" in said(then)
        fields: dict[str, list[str]] = {}
        for name, value in parsed.fromstring(then).get_element_by_id("keep").form_values():
            fields.setdefault(name, []).append(value)
        refused = await client.post(f"{path}s", data=fields)
        assert refused.status_code == 422
        assert "Say why" in said(refused.text)
        kept = await client.post(f"{path}s", data={**fields, "note": "Two will do for May."})
        page = said((await client.get(kept.headers["location"])).text)
        assert "Two will do for May." in page
        assert "Every seat is filled" in page


async def test_who_declines_is_replaced_and_the_others_stay(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        first = (await client.get(path, params={"mode": "peer_to_peer", "size": "3"})).text
        before = mover_of(first)["now"]
        then = await moved(client, path, first, "declined:1")
        after = mover_of(then)["now"]
        assert (after[0], after[2]) == (before[0], before[2])
        assert after[1] not in before
        assert mover_of(then)["out"] == [before[1]]
        # Nobody is left for the seat: told, with ways out, and the others still stand in the rules.
        last = said(await moved(client, path, then, "declined:1"))
        assert "No team keeps every rule" in last


async def test_a_way_out_is_applied_with_one_click(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        shown = await client.get(path, params={"mode": "peer_to_peer", "size": "6"})
        ways = parsed.fromstring(shown.text).xpath(
            "//ol[@class='ways']//a[contains(@class, 'main')]"
        )
        assert ways
        for way in ways:
            answer = await client.get(way.get("href"))
            assert "keep every rule" in said(answer.text) or "keeps every rule" in said(answer.text)


async def test_counterparts_are_named_with_the_team_and_later(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "peer_to_peer", "size": "2", "run": "1", "counterpart_2": "Dr Kone"}
        kept = (await client.post(f"{path}s", data=rules)).headers["location"]
        page = await client.get(kept)
        form = parsed.fromstring(page.text).get_element_by_id("counterparts")
        assert 'value="Dr Kone"' in page.text
        led = await client.post(form.get("action"), data={"counterpart_2": "Ms Ba"})
        assert 'value="Ms Ba"' in (await client.get(led.headers["location"])).text
        elsewhere = form.get("action").replace("/teams/", "/teams/0")[:-1]
        assert (await client.post(elsewhere, data={})).status_code in {404, 422}
