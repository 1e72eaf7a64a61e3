"""From screening to the decision over the API: each answer says what stands, or what to do."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient

from roster.inputs import FacilityRules
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio

FICHE: dict[str, Any] = {
    "title": "Migration data",
    "objective": "Better data",
    "results": [{"constituent": "knowledge base", "title": "A data base"}],
    "activities": [{"type": "training", "title": "Training", "starts": "2027-03", "days": 4}],
    "expert_days": 6,
}
YES = {"checks": [{"item": item, "answer": "yes"} for item in FacilityRules().screening]}
DAY = "2026-03-02"


async def _screened(client: AsyncClient, path: str) -> None:
    answer = await client.put(f"{path}/screening", json=YES)
    assert answer.json()["open_items"] == []
    moved = await client.post(f"{path}/status", json={"status": "screened"})
    assert moved.status_code == 200


async def test_from_screening_to_approval(callers: Callers, make: Factory) -> None:
    path = f"/api/v1/requests/{make.request(countries=['CI']).id}"
    async with callers.client(Role.PROJECT_OFFICER) as client:
        asked = (await client.get(f"{path}/screening")).json()
        assert asked["open_items"] == list(FacilityRules().screening)
        assert asked["checks"][0]["finding"] == {"answer": "yes", "codes": []}
        early = await client.post(f"{path}/fiches", json=FICHE)
        assert (early.status_code, early.json()["detail"][:24]) == (409, "Screen the request first")
        await _screened(client, path)
        made = await client.post(f"{path}/fiches", json=FICHE)
        assert (made.status_code, made.json()["planned_days"], made.json()["expert_days"]) == (
            201,
            4,
            6,
        )
        fiche = f"/api/v1/fiches/{made.json()['id']}"
        guest = {"role": "committee_member", "label": "Commission"}
        link = await client.post(f"{path}/guests", json=guest)
        assert link.json()["path"].startswith("/guest/")
        again = await client.post(f"/api/v1/guests/{link.json()['guest_id']}/link")
        assert again.json() == link.json()
        assert (await client.post(f"{fiche}/submit")).json()["status"] == "submitted"
        fixed = await client.put(fiche, json=FICHE)
        assert (fixed.status_code, "new version" in fixed.json()["detail"]) == (409, True)
        ballot = (await client.get(f"{path}/votes")).json()
        assert (ballot["members"], ballot["votes"], ballot["version"]) == (1, [], 1)
        said = {"outcome": "approved", "decided_on": DAY}
        decided = await client.post(f"{path}/decisions", json=said)
        assert (decided.status_code, decided.json()["version"]) == (201, 1)
        row = (await client.get(path)).json()["row"]
        assert (row["status"], row["fiche_due"]) == ("approved", None)


async def test_two_versions_are_compared_part_by_part(callers: Callers, make: Factory) -> None:
    path = f"/api/v1/requests/{make.request().id}"
    training, visit = FICHE["activities"][0], {"type": "study_visit", "title": "Visit"}
    newer = {**FICHE, "objective": "Best data", "expert_days": 8, "activities": [training, visit]}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        await _screened(client, path)
        first = (await client.post(f"{path}/fiches", json=FICHE)).json()["id"]
        alone = await client.get(f"{path}/fiches/changes")
        assert (alone.status_code, alone.json()["type"]) == (404, "/problems/not-found")
        await client.post(f"/api/v1/fiches/{first}/share")
        await client.post(f"{path}/fiches", json=newer)
        found = (await client.get(f"{path}/fiches/changes")).json()
        named = (await client.get(f"{path}/fiches/changes?before=1&after=2")).json()
        back = (await client.get(f"{path}/fiches/changes?before=2&after=1")).json()
    assert found == named
    assert (found["before"], found["after"]) == (1, 2)
    changes = {one["part"]: one for one in found["changes"]}
    assert set(changes) == {"objective", "activities", "budget"}
    assert changes["objective"]["removed"] == ["Better data"]
    assert changes["budget"]["added"] == [8]
    assert [one["title"] for one in changes["activities"]["added"]] == ["Visit"]
    assert changes["activities"]["removed"] == []
    assert {one["part"]: one["added"] for one in back["changes"]}["objective"] == ["Better data"]


async def test_a_fiche_with_a_mistake_says_where(callers: Callers, make: Factory) -> None:
    path = f"/api/v1/requests/{make.request().id}"
    wrong = {**FICHE, "activities": [{"type": "training", "title": "T", "starts": "2027-02-31"}]}
    strange = {**FICHE, "expertise": [{"role": "Trainer", "topics": ["nonsense"]}]}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        await _screened(client, path)
        for body, pointer in (
            (wrong, "/activities/0/starts"),
            (strange, "/expertise/0/topics"),
        ):
            answer = await client.post(f"{path}/fiches", json=body)
            assert answer.status_code == 422, answer.text
            assert answer.json()["errors"][0]["pointer"] == pointer


async def test_requests_are_split_joined_and_forwarded(callers: Callers, make: Factory) -> None:
    other = make.facility("ddf")
    path = f"/api/v1/requests/{make.request(countries=['CI', 'ML']).id}"
    parts = {"parts": [{"countries": ["CI"]}, {"countries": ["ML"]}]}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        split = (await client.post(f"{path}/split", json=parts)).json()["items"]
        assert [one["status"] for one in split] == ["received", "received"]
        ids = [one["id"] for one in split]
        given = {"requests": ids, "title": "Both"}
        joined = await client.post("/api/v1/requests/join", json=given)
        assert joined.status_code == 201
        said = {
            "outcome": "forwarded",
            "decided_on": DAY,
            "reason": "Theirs",
            "to_facility": str(other.id),
        }
        away = await client.post(f"{joined.headers['Location']}/decisions", json=said)
        assert away.json()["forwarded_to"] == other.name
        detail = (await client.get(joined.headers["Location"])).json()
        assert detail["family"]["parts"][0]["facility"] == other.name
        nobody = await client.post(f"{path}/decisions", json={**said, "to_facility": None})
        assert nobody.json()["errors"][0]["pointer"] == "/to_body"


async def test_rounds_are_set_by_the_coordinator_and_read_by_officers(callers: Callers) -> None:
    given = {"name": "R1", "opens": "2026-01-01", "closes": "2026-01-31"}
    async with callers.client(Role.COORDINATOR) as client:
        made = await client.post("/api/v1/rounds", json=given)
        twice = await client.post("/api/v1/rounds", json={**given, "name": "R2"})
        assert (made.status_code, twice.status_code) == (201, 409)
        await client.post("/api/v1/guidelines", json={"title": "G"})
    async with callers.client(Role.PROJECT_OFFICER) as client:
        (row,) = (await client.get("/api/v1/rounds")).json()["items"]
        assert (row["name"], row["requests"]) == ("R1", 0)
        assert (await client.get("/api/v1/guidelines")).json()["items"][0]["version"] == 1
        assert (await client.post("/api/v1/rounds", json=given)).status_code == 403
