"""Actions by the API: who may see and change them, and what plans and people look like."""

from __future__ import annotations

from datetime import date

import pytest

from roster.tables import Action, Activity, ActivityPlan, Deployment
from roster.vocabulary import ActionStatus, ActivityType, PlanStatus, Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio
PLACES = (("borders", ["CV"], "Africa"), ("elsewhere", ["MD"], "Eastern Europe"))


@pytest.fixture
def two(make: Factory) -> list[Action]:
    """Give two Actions, one of Cabo Verde with a plan and somebody who is sent."""
    made = [
        Action(
            facility_id=make.home.id,
            code=code,
            name=code.title(),
            status=ActionStatus.ONGOING,
            countries=countries,
            region=region,
        )
        for code, countries, region in PLACES
    ]
    make.keep(*made)
    plan = ActivityPlan(
        facility_id=make.home.id, action_id=made[0].id, version=1, status=PlanStatus.APPROVED
    )
    make.keep(plan)
    activity = Activity(
        facility_id=make.home.id,
        plan_id=plan.id,
        number=1,
        type=ActivityType.TRAINING,
        title="Training",
    )
    ana = make.expert("Ana Prates")
    make.view(ana)
    make.keep(activity)
    make.keep(
        Deployment(
            facility_id=make.home.id,
            action_id=made[0].id,
            expert_id=ana.id,
            lineage=activity.lineage,
            activity_id=activity.id,
            role="trainer",
            starts=date(2026, 5, 4),
            ends=date(2026, 5, 8),
        )
    )
    make.session.commit()
    return made


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("region=Africa", ["borders"]),
        ("activity=training", ["borders"]),
        ("status=ongoing", ["borders", "elsewhere"]),
        ("officer=5f0c0d0e-5f0c-4d0e-8f0c-0d0e5f0c4d0e", []),
    ],
    ids=["region", "activity", "status", "officer"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_filter_keeps_the_actions_that_hold(
    callers: Callers, two: list[Action], query: str, codes: list[str]
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        found = (await client.get(f"/api/v1/actions?{query}")).json()
    assert [one["code"] for one in found["items"]] == codes


async def test_a_liaison_officer_reads_the_actions_of_her_country_only(
    callers: Callers, two: list[Action]
) -> None:
    async with callers.client(Role.LIAISON_OFFICER, "CV") as client:
        listed = (await client.get("/api/v1/actions")).json()
        assert [one["code"] for one in listed["items"]] == ["borders"]
        sent = (await client.get("/api/v1/actions/borders/deployments")).json()["items"]
        assert [(one["name"], one["expert_id"]) for one in sent] == [("Ana Prates", None)]
        for path in ("", "/plans", "/deployments", "/history", "/follow-ups"):
            foreign = await client.get(f"/api/v1/actions/elsewhere{path}")
            nothing = await client.get(f"/api/v1/actions/nothing{path}")
            assert foreign.status_code == nothing.status_code == 404, path
            assert foreign.json()["detail"] == nothing.json()["detail"]
        assert (await client.post("/api/v1/actions/borders/plans")).status_code == 403


async def test_a_difference_is_told_in_plain_values(callers: Callers, two: list[Action]) -> None:
    path = "/api/v1/actions/borders"
    async with callers.client(Role.PROJECT_OFFICER) as client:
        book = (await client.post(f"{path}/plans")).json()
        (one,) = book["versions"][1]["activities"]
        given = {
            "type": "training",
            "also": ["study_visit"],
            "title": "Training",
            "starts": "2026-05",
            "deliverables": [{"title": "Manual", "due": "2026-06-01"}],
        }
        draft = f"{path}/plans/draft"
        wrong = await client.put(
            f"{draft}/activities/{one['lineage']}", json={**given, "starts": "2026-13"}
        )
        assert wrong.status_code == 422
        assert "for example 2027-03" in wrong.json()["errors"][0]["detail"]
        await client.put(f"{draft}/activities/{one['lineage']}", json=given)
        refused = await client.post(f"{draft}/approval", json={"reason": " "})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
        await client.post(f"{draft}/approval", json={"reason": "agreed"})
        told = (await client.get(f"{path}/plans/difference?before=1&after=2")).json()
    (change,) = told["changes"]
    assert {one["field"]: one["after"] for one in change["fields"]} == {
        "also": ["study_visit"],
        "starts": "2026-05",
        "deliverables": [{"title": "Manual", "due": "2026-06-01", "done": None}],
        "intervention": "information, practices and know-how sharing",
    }


async def test_an_action_closes_and_is_asked_after(callers: Callers, two: list[Action]) -> None:
    path = "/api/v1/actions/elsewhere"
    async with callers.client(Role.COORDINATOR) as client:
        early = await client.post(f"{path}/status", json={"status": "in_preparation"})
        assert early.status_code == 409
        closed = (await client.post(f"{path}/status", json={"status": "completed"})).json()
        assert closed["closed_on"] is not None
        asked = (await client.get(f"{path}/follow-ups")).json()["items"]
        assert [one["occasion"] for one in asked] == ["6_months", "12_months"]
        url = f"/api/v1/follow-ups/{asked[0]['id']}"
        assert (await client.put(url, json={"adopted": "yes"})).status_code == 422
        said = await client.put(url, json={"adopted": "no", "text": "A new ministry"})
        assert (said.status_code, said.json()["adopted"]) == (200, "no")
