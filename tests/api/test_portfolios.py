"""A plan for all open requests by the API and on the command line."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import select

from matching.teams.plan_words import lack_words, reasons, recruit_words
from roster.read import Lack, LanguageNeed, Recruit, RequestPlan, SeatNeed, TeamRules
from roster.tables import AccessLog, Facility
from roster.vocabulary import ExpertKind, Priority, Role, SeatRole, TeamMode
from tests.api.conftest import Callers
from tests.api.test_requests import NEED, officials
from tests.factories import Factory

pytestmark = pytest.mark.anyio
SOUTH = Recruit(ExpertKind.NON_EU_ADMINISTRATION, (LanguageNeed("fr"),), ("data_management",), 2)
YEAR = {"starts": "2026-01-01", "ends": "2030-12-31"}


def plan(**said: object) -> RequestPlan:
    given: dict[str, object] = {
        "request_id": UUID(int=1),
        "priority": Priority.NORMAL,
        "starts": None,
        "ends": None,
        "rules": TeamRules(TeamMode.CUSTOM, (SeatNeed(SeatRole.LEAD),)),
        "fit": 3,
        "ask": 2,
        "free": 1,
    }
    return RequestPlan(**{**given, **said})  # type: ignore[arg-type]


def test_whom_the_roster_lacks_is_named_by_kind_language_topic_and_region() -> None:
    lack = Lack(SOUTH.kind, SOUTH.languages, SOUTH.topics, ("011",), (), 2)
    said = lack_words(lack)
    assert said.startswith("official of a country outside the EU; French B2; ")
    assert said.endswith("; for Western Africa")
    assert recruit_words(SOUTH).startswith("2 × official of a country outside the EU")


def test_why_a_request_has_no_team_is_told_and_nothing_of_the_best() -> None:
    assert reasons(plan(score=9.0, alone=9.0), {}) == []
    assert reasons(plan(score=9.0, alone=12.5), {}) == ["3.5 points below its best team alone."]
    first, *others = reasons(plan(alone=9.0, recruits=(SOUTH,)), {})
    assert first == "3 people fit, 2 must be asked something first."
    assert others[0] == "Alone it would have a team; 1 people are left for it."
    assert others[1].startswith("Missing: 2 × ")
    assert reasons(plan(), {})[-1].startswith("No newcomer would help")


async def test_a_plan_tells_its_solver_and_what_could_not_be_staffed(
    callers: Callers, make: Factory
) -> None:
    make.request("REQ-2026-001")
    make.session.commit()
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/portfolios", json=YEAR)
        assert answer.status_code == 200
        told = answer.json()
        assert told["solver"] == {
            "status": "optimal", "gap": 0.0, "staffed_at_most": 0.0, "seed": None,
        }  # fmt: skip
        (one,) = told["plans"]
        assert (one["code"], one["dates_open"], one["seats"]) == ("REQ-2026-001", True, [])
        assert one["recruits"][0]["kind"] == "eu_administration"
        assert told["lacks"][0]["request_ids"] == [one["request_id"]]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no period"),
        pytest.param({"starts": "2027-02-01", "ends": "2027-01-01"}, id="the wrong way round"),
        pytest.param({**YEAR, "margin_days": -1}, id="a negative margin"),
        pytest.param(
            {**YEAR, "requests": [{"request_id": "00000000-0000-0000-0000-000000000009"}]},
            id="a request nobody knows",
        ),
    ],
)
async def test_what_cannot_be_planned_names_its_field(
    callers: Callers, body: dict[str, object]
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/portfolios", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"]


async def test_a_plan_without_names_names_whom_the_list_of_each_request_names(
    callers: Callers, make: Factory
) -> None:
    officials(make, "PT", "FR")
    planned = {**YEAR, "size": 2}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href = (await client.post("/api/v1/requests", json=NEED)).json()["href"]
        named = await client.post("/api/v1/portfolios", json=planned)
        blind = await client.post("/api/v1/portfolios", json={**planned, "blind": True})
        for facility in callers.session.exec(select(Facility)):
            facility.rules = {"names_last": True}
            callers.session.add(facility)
        callers.session.commit()
        ruled = await client.post("/api/v1/portfolios", json=planned)
        seats = ruled.json()["plans"][0]["seats"]
        one, other = (seat["person"]["id"] for seat in seats)
        await client.post(f"{href}/names", json={"experts": [one]})
        opened = (await client.post("/api/v1/portfolios", json=planned)).json()
    told = [seat["person"]["display_name"] for seat in named.json()["plans"][0]["seats"]]
    assert sorted(told) == ["Person 00", "Person 01"]
    for answer in (blind, ruled):
        assert [word for word in (*told, "Head of", "PT") if word in answer.text] == []
        assert {seat["person"]["display_name"] for seat in answer.json()["plans"][0]["seats"]} == {
            "Person 1 of this list", "Person 2 of this list",
        }  # fmt: skip
    shown = {
        seat["person"]["id"]: seat["person"]["display_name"] for seat in opened["plans"][0]["seats"]
    }
    assert shown[one] in told
    assert shown[other].endswith("of this list")
    seen = set(callers.session.exec(select(AccessLog.what, AccessLog.expert_id)).all())
    assert {("unnamed", UUID(other)), ("name", UUID(one))} <= seen
