"""The plan for all open requests: asked for by its address, drawn, nothing kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from roster.read import KindOfExpert
from roster.tables import AccessLog, AssistanceRequest, Expert, Facility, Team
from roster.vocabulary import ExpertKind, LanguageLevel, TeamMode
from tests.web.officer import Desk, said
from tests.web.test_names_last import leaks, planted
from tests.web.test_rankings import person

pytestmark = pytest.mark.anyio
PLAN = {"go": "1", "size": "1", "trips": "2"}


def asked(desk: Desk, code: str, days: int | None = 5, wait: int = 30) -> AssistanceRequest:
    request = desk.make.request(code)
    first = desk.clock.now().date() + timedelta(days=wait)
    request.mode = TeamMode.CUSTOM.value
    if days is not None:
        request.starts, request.ends = first, first + timedelta(days=days)
    desk.make.keep(request)
    return request


def officials(desk: Desk) -> None:
    for number, country in enumerate(("PT", "FR")):
        one = person(desk, f"Person {number}", LanguageLevel.C1, country=country)
        one.availability_known_until = date(2030, 1, 1)
        desk.make.keep(one)
        desk.make.fact(one, KindOfExpert(ExpertKind.EU_ADMINISTRATION))
        desk.installation.ranker.update([desk.make.view(one)])
    desk.session.commit()


async def test_the_form_lists_what_is_open_and_plans_nothing(desk: Desk) -> None:
    asked(desk, "REQ-A")
    asked(desk, "REQ-B", None)
    desk.session.commit()
    async with desk.client() as client:
        words = said((await client.get("/portfolio")).text)
        assert "2 open requests fall into this period or have no dates." in words
        assert "dates open" in words
        assert "Who would be where when" not in words
        assert "Plan them together" in said((await client.get("/")).text)
        assert "Plan open requests together" in said((await client.get("/requests")).text)


async def test_a_plan_says_who_goes_where_and_keeps_nothing(desk: Desk) -> None:
    officials(desk)
    asked(desk, "REQ-A")
    asked(desk, "REQ-B")
    asked(desk, "REQ-C")
    desk.session.commit()
    async with desk.client() as client:
        answer = await client.get("/portfolio", params=PLAN)
        words = said(answer.text)
        assert answer.status_code == 200
        assert "2 of 3 requests get a team. No plan is better: this is proven." in words
        assert "Without a team" in words
        assert "Alone it would have a team" in words
        assert "1 × official of an EU Member State" in words
        assert answer.text.count('class="mission"') == 2
        assert not desk.session.exec(select(Team)).all()


async def test_a_high_request_is_staffed_first_and_one_left_out_is_not_planned(desk: Desk) -> None:
    officials(desk)
    rows = [asked(desk, f"REQ-{letter}") for letter in "ABC"]
    high, out = rows[2].id, rows[0].id
    desk.session.commit()
    wishes: list[str] = [f"high:{high}", f"out:{out}", "low:nobody", f"high:{UUID(int=9)}"]
    async with desk.client() as client:
        words = said((await client.get("/portfolio", params={**PLAN, "plan": wishes})).text)
        assert "2 of 2 requests get a team." in words


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        pytest.param({}, 200, "No request is open in this period", id="nothing open"),
        pytest.param(PLAN, 200, "No request is open in this period", id="nothing to plan"),
        pytest.param(
            {"starts": "2027-02-01", "ends": "2027-01-01"}, 422,
            "The last day lies before the first.", id="period the wrong way round",
        ),
    ],
)  # fmt: skip
async def test_what_cannot_be_planned_is_told(
    desk: Desk, query: dict[str, str], status: int, told: str
) -> None:
    async with desk.client() as client:
        answer = await client.get("/portfolio", params=query)
        assert (answer.status_code, told in said(answer.text)) == (status, True)


def sure(desk: Desk, number: int) -> Expert:
    one = planted(desk, number)
    one.availability_known_until = date(2030, 1, 1)
    desk.make.keep(one)
    desk.make.fact(one, KindOfExpert(ExpertKind.EU_ADMINISTRATION))
    desk.installation.ranker.update([desk.make.view(one)])
    return one


def begin_without_names(desk: Desk) -> None:
    facility = desk.session.exec(select(Facility)).one()
    facility.rules = {"names_last": True}
    desk.session.add(facility)
    desk.session.commit()


@pytest.mark.parametrize("by_rule", [True, False], ids=["by the rule", "by choice"])
async def test_a_plan_without_names_tells_nobody_and_says_so_in_the_log(
    desk: Desk, *, by_rule: bool
) -> None:
    people = {sure(desk, number).id for number in (1, 2)}
    asked(desk, "REQ-A")
    asked(desk, "REQ-B")
    desk.session.commit()
    if by_rule:
        begin_without_names(desk)
    async with desk.client() as client:
        told = (await client.get("/portfolio", params=PLAN)).text
        assert ("Zyxwvan" in told) is not by_rule
        hidden = {} if by_rule else {"names": "hidden"}
        html = (await client.get("/portfolio", params={**PLAN, **hidden})).text
        assert leaks(html) == []
        assert not re.search(r'href="/experts/[0-9a-f]{8}-', html)
        words = said(html)
        assert {"Person 1 of this list", "Person 2 of this list"} <= set(
            re.findall(r"Person \d of this list", words)
        )
        assert "REQ-A: Person" in words
    seen = desk.session.exec(select(AccessLog.what, AccessLog.expert_id)).all()
    assert {one for what, one in seen if what == "unnamed"} == people
    assert any(what == "team" for what, _ in seen) is not by_rule


async def test_a_name_opened_for_one_request_tells_no_number_of_another(desk: Desk) -> None:
    one = sure(desk, 1).id
    first, _ = asked(desk, "REQ-A").id, asked(desk, "REQ-C", wait=90)
    begin_without_names(desk)
    async with desk.client() as client:
        html = (await client.get("/portfolio", params=PLAN)).text
        assert f'action="/requests/{first}/names"' in html
        assert html.count('class="mission"') == 2
        assert "REQ-A: Person 1 of this list, REQ-C: Person 1 of this list" in said(html)
        opened = await client.post(
            f"/requests/{first}/names", data={"only": str(one), "back": "/portfolio?go=1&size=1"}
        )
        assert opened.headers["location"] == "/portfolio?go=1&size=1"
        html = (await client.get(opened.headers["location"])).text
        lines = re.findall(r'<th scope="row">.*?</th>', html.partition('id="cal-h"')[2])
        (named,) = [line for line in lines if "Zyxwvan" in line]
        assert "REQ-C" not in named
        assert any("REQ-C: Person 1 of this list" in said(line) for line in lines)
        assert f'action="/requests/{first}/names"' not in html
    seen = set(desk.session.exec(select(AccessLog.what, AccessLog.expert_id)).all())
    assert {("name", one), ("team", one), ("unnamed", one)} <= seen
