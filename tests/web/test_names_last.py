"""A list without names: reasons first, and each name by a step that is written down."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient
from sqlmodel import select

from roster.read import (
    CountryExperience,
    LanguageSkill,
    Mission,
    Post,
    TopicExperience,
)
from roster.tables import AccessLog, Change, Expert, Facility
from roster.vocabulary import LanguageLevel
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

FORM = {
    "title": "Registers",
    "topics": "data_management",
    "countries": "GH",
    "language_1": "English",
    "level_1": "B2",
}
PLANTED = ("Zyxwvan", "Quorblatt", "Vintersorg", "flimmerquasten", "Estonia")
"""Of the name, the employer, the title, a sentence of the CV, the country."""


def planted(desk: Desk, number: int, level: LanguageLevel = LanguageLevel.C1) -> Expert:
    made = desk.make.expert(f"Zyxwvan Quorblatt {number}", country="EE")
    desk.make.fact(
        made,
        Post(title=f"Vintersorg {number}", employer="Quorblatt Institute", country="GH"),
        ongoing=True,
        quote="the flimmerquasten of Ghana",
    )
    desk.make.fact(made, LanguageSkill("en", level), quote="flimmerquasten, fluently")
    desk.make.fact(made, TopicExperience("data_management"), quote="flimmerquasten registers")
    desk.make.fact(made, CountryExperience("GH", "Vintersorg"), quote="flimmerquasten in Accra")
    desk.make.fact(made, Mission(what="Vintersorg registers", countries=("GH",)))
    desk.make.view(made)
    return made


async def ranked(desk: Desk, client: AsyncClient, *, by_rule: bool) -> str:
    facility = desk.session.exec(select(Facility)).one()
    facility.rules = {"names_last": by_rule}
    desk.session.add(facility)
    desk.session.commit()
    made = await client.post("/requests", data={**FORM, "then": "rank"})
    return made.headers["location"].partition("?")[0]


def leaks(html: str) -> list[str]:
    """Return what was planted and stands in the bytes of a page, links and comments included."""
    return [word for word in PLANTED if word in html]


def where(path: str, *, by_rule: bool) -> str:
    return path if by_rule else f"{path}{'&' if '?' in path else '?'}names=hidden"


@pytest.mark.parametrize("by_rule", [True, False], ids=["by the rule", "by choice"])
async def test_no_page_of_a_list_without_names_tells_whose_it_is(
    desk: Desk, *, by_rule: bool
) -> None:
    people = [planted(desk, number) for number in range(3)]
    out = planted(desk, 9, LanguageLevel.A1)
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=by_rule)
        request = path.removesuffix("/ranking")
        told = (await client.get(f"{request}/ranking?names=")).text
        assert by_rule or set(leaks(told)) == set(PLANTED)  # The words are there to be kept back.
        two = f"{request}/compare?expert={people[0].id}&expert={people[1].id}&all=1"
        pages = [
            path,
            f"{path}?band=not",
            f"{path}?country=EE",
            two,
            f"{request}/why/{out.id}",
            f"{request}/replay",
        ]
        for page in pages:
            answer = await client.get(where(page, by_rule=by_rule))
            assert answer.status_code == 200
            assert leaks(answer.text) == [], page
            assert not re.search(r'href="/experts/[0-9a-f]{8}-', answer.text), page
        words = said((await client.get(where(path, by_rule=by_rule))).text)
        assert "Person 1 of this list" in words
        assert "Sentences and titles are shown with the name" in words
        assert "Ghana" in words
        assert "English C1" in words
        last = said((await client.get(where(f"{path}?band=not", by_rule=by_rule))).text)
        assert "Person 4 of this list" in last


async def test_a_name_is_opened_for_one_person_and_written_down(desk: Desk) -> None:
    first, second = planted(desk, 1), planted(desk, 2)
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=True)
        opened = await client.post(
            f"{path.removesuffix('/ranking')}/names", data={"only": str(first.id), "back": path}
        )
        assert opened.headers["location"] == f"{path}#p-{first.id}"
        html = (await client.get(path)).text
        assert "Zyxwvan Quorblatt 1" in html
        assert "Zyxwvan Quorblatt 2" not in html
        assert f'id="p-{second.id}"' in html
    seen = desk.session.exec(select(AccessLog.what, AccessLog.expert_id)).all()
    assert ("name", first.id) in seen
    assert ("ranking", first.id) in seen
    assert ("unnamed", second.id) in seen
    assert ("ranking", second.id) not in seen
    assert [one.detail for one in desk.session.exec(select(Change)) if one.act == "names_opened"]


async def test_the_whole_list_is_opened_for_its_reader_and_for_nobody_else(desk: Desk) -> None:
    planted(desk, 1)
    async with desk.client() as client, desk.client() as other:
        path = await ranked(desk, client, by_rule=True)
        await client.post(f"{path.removesuffix('/ranking')}/names", data={"back": "//evil.example"})
        assert "Zyxwvan" in (await client.get(path)).text
        assert "Zyxwvan" not in (await client.get(f"{path}?names=hidden")).text
        assert leaks((await other.get(path)).text) == []


async def test_who_is_shortlisted_has_a_name_and_who_was_turned_down_has_none(desk: Desk) -> None:
    first, second = planted(desk, 1), planted(desk, 2)
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=True)
        board = f"{path.removesuffix('/ranking')}/shortlist"
        await client.post(board, data={"only": str(first.id), "back": path})
        await client.post(board, data={"unsuitable": str(second.id), "reason": "other_profile"})
        html = (await client.get(path)).text
        assert "Zyxwvan Quorblatt 1" in html
        assert "Zyxwvan Quorblatt 2" not in html


@pytest.mark.parametrize("by_rule", [True, False], ids=["by the rule", "by choice"])
async def test_people_of_a_list_without_names_are_looked_up_by_number(
    desk: Desk, *, by_rule: bool
) -> None:
    planted(desk, 1)
    asked = {} if by_rule else {"names": "hidden"}
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=by_rule)
        why = f"{path.removesuffix('/ranking')}/why"
        found = await client.post(why, data={"q": "1", **asked})
        page = (await client.get(found.headers["location"])).text
        assert "Person 1 of this list" in page
        assert leaks(page) == []
        for nobody in ("Zyxwvan", "0", "2", "999999999"):
            answer = await client.post(why, data={"q": nobody, **asked})
            assert answer.status_code == 200
            assert "Nobody in this list has that number" in answer.text


COMPOSED = {"mode": "custom", "size": "2", "officials": "0", "per_country": "8", "per_office": "8"}


async def composed(client: AsyncClient, request: str, **asked: str) -> str:
    answer = await client.get(f"{request}/team", params={**COMPOSED, **asked})
    assert answer.status_code in {200, 422}
    return answer.text


@pytest.mark.parametrize("by_rule", [True, False], ids=["by the rule", "by choice"])
@pytest.mark.parametrize("size", ["2", "6"], ids=["team", "no team"])
async def test_a_team_out_of_a_list_without_names_names_nobody(
    desk: Desk, size: str, *, by_rule: bool
) -> None:
    people = [planted(desk, number) for number in range(3)]
    out = planted(desk, 9, LanguageLevel.A1)
    asked = {"size": size, "out": str(people[0].id), "run": "1"}
    asked |= {} if by_rule else {"names": "hidden"}
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=by_rule)
        request = path.removesuffix("/ranking")
        plain = {name: value for name, value in asked.items() if name != "names"}
        told = await composed(client, request, **plain)
        assert by_rule or "Zyxwvan" in told  # There is a name to be kept back.
        for more in (
            {},
            {"why": str(out.id)},
            {"why": str(people[0].id)},
            {"in": str(out.id)},
            {"in": str(people[0].id)},  # In and out at once: refused, with the form.
        ):
            html = await composed(client, request, **{**asked, **more})
            assert leaks(html) == [], more
            assert not re.search(r'href="/experts/[0-9a-f]{8}-', html), more
            assert "of this list" in said(html)
    seen = set(desk.session.exec(select(AccessLog.what)).all())
    assert "unnamed" in seen
    assert ("team" in seen) is not by_rule


async def test_names_of_a_team_are_opened_one_by_one_or_all(desk: Desk) -> None:
    first, second = planted(desk, 1), planted(desk, 2)
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=True)
        request = path.removesuffix("/ranking")
        html = await composed(client, request)
        assert f'name="only" value="{first.id}"' in html
        back = f"{request}/team?run=1&mode=custom"
        opened = await client.post(f"{request}/names", data={"only": str(first.id), "back": back})
        assert opened.headers["location"].startswith(f"{request}/team?")
        html = await composed(client, request)
        assert "Zyxwvan Quorblatt 1" in html
        assert "Zyxwvan Quorblatt 2" not in html
        await client.post(f"{request}/names", data={"back": back})
        assert "Zyxwvan Quorblatt 2" in await composed(client, request)
    seen = desk.session.exec(select(AccessLog.what, AccessLog.expert_id)).all()
    assert {("name", first.id), ("team", first.id), ("unnamed", second.id)} <= set(seen)
    assert ("name", second.id) not in seen


async def test_people_of_a_team_without_names_are_named_by_number(desk: Desk) -> None:
    planted(desk, 1), planted(desk, 2)
    last = planted(desk, 3, LanguageLevel.B2)
    async with desk.client() as client:
        path = await ranked(desk, client, by_rule=True)
        request = path.removesuffix("/ranking")
        why = f"{request}/team/why"
        found = await client.post(why, data={**COMPOSED, "run": "1", "name": "3"})
        assert f"why={last.id}" in found.headers["location"]
        rules = {**COMPOSED, "run": "1", "wish": "in", "do": "compose"}
        held = await client.post(
            f"{request}/team/rules", data={**rules, "who": "Person 3 of this list"}
        )
        assert f"in={last.id}" in held.headers["location"]
        for nobody in ("Zyxwvan Quorblatt", "4", "0"):
            answer = await client.post(why, data={**COMPOSED, "run": "1", "name": nobody})
            assert "Nobody in this list has that number" in said(answer.text)
            assert [word for word in leaks(answer.text) if word not in nobody] == []
