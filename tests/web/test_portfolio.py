"""The plan for all open requests: asked for by its address, drawn, nothing kept."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from roster.read import KindOfExpert
from roster.tables import AssistanceRequest, Team
from roster.vocabulary import ExpertKind, LanguageLevel, TeamMode
from tests.web.officer import Desk, said
from tests.web.test_rankings import person

pytestmark = pytest.mark.anyio
PLAN = {"go": "1", "size": "1", "trips": "2"}


def asked(desk: Desk, code: str, days: int | None = 5) -> AssistanceRequest:
    request = desk.make.request(code)
    first = desk.clock.now().date() + timedelta(days=30)
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
        assert "1 × EU Member State administration" in words
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
