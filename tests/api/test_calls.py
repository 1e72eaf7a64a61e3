"""Calls, releases, interests and messages over HTTP: from the officer to the focal point."""

from __future__ import annotations

import pytest
from sqlmodel import select

from roster.tables import RoleGrant
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = [
    pytest.mark.anyio,
    # The rules are held on both databases by tests/roster/test_releases.py.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_a_call_is_answered_a_release_granted_and_the_officer_told(
    callers: Callers, make: Factory
) -> None:
    ana, eva = make.expert("Ana Prates"), make.expert("Eva Sousa")
    other = make.expert("Léa Brun", country="FR")
    for person in (ana, eva, other):
        make.view(person)
    request = make.request(topics=["data_management"])
    lisbon, paris = callers.key(Role.FOCAL_POINT, "PT"), callers.key(Role.FOCAL_POINT, "FR")
    async with callers.client(Role.PROJECT_OFFICER) as officer:
        body = {"countries": ["PT", "FR"], "text": "Two weeks on site."}
        call = (await officer.post(f"/api/v1/requests/{request.id}/calls", json=body)).json()
        path = f"/api/v1/calls/{call['id']}"
        seen = (await officer.get("/api/v1/calls", headers=paris)).json()["items"]
        assert [one["country"] for one in seen[0]["recipients"]] == ["FR"]
        people = (await officer.get(f"{path}/people", headers=lisbon)).json()["items"]
        assert {one["person"]["display_name"] for one in people} == {"Ana Prates", "Eva Sousa"}
        put = {"expert_id": str(ana.id), "note": "statistician"}
        named = await officer.post(f"{path}/nominations", json=put, headers=lisbon)
        assert named.json()["nominations"][0]["note"] == "statistician"
        foreign = await officer.post(f"{path}/nominations", json=put, headers=paris)
        assert foreign.status_code == 404
        nobody = {"reason": "interest"}
        assert (await officer.post(f"{path}/nobody", json=nobody, headers=paris)).is_success
        asked = await officer.post(
            f"/api/v1/requests/{request.id}/releases", json={"expert_id": str(ana.id)}
        )
        release = f"/api/v1/releases/{asked.json()['release']['id']}"
        told = (await officer.get("/api/v1/messages", headers=lisbon)).json()
        assert {one["kind"] for one in told["items"]} == {"release_asked", "call_opened"}
        valid = {"valid_from": "2026-03-02", "valid_to": "2026-05-01", "days": 10}
        granted = await officer.post(f"{release}/grant", json=valid, headers=lisbon)
        assert granted.json()["release"]["outcome"] == "granted"
        again = await officer.post(f"{release}/refuse", json=nobody, headers=lisbon)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
        advice = (await officer.get(f"/api/v1/requests/{request.id}/outreach")).json()
        france = next(one for one in advice["states"] if one["country"] == "FR")
        assert france["uninterested_on"] == "2026-03-02"
        answered = {one["told"]: one for one in france["reasons"]}["calls"]
        assert (answered["declined"], answered["why"]) == (1, ["interest"])
        assert answered["points"] < 0
        closed = (await officer.post(f"{path}/close")).json()
        assert [one["answer"] for one in closed["recipients"]] == ["nobody", "nominated"]


async def test_a_state_says_what_it_wants_and_outreach_tells_the_officer(
    callers: Callers, make: Factory
) -> None:
    request = make.request(topics=["data_management"], countries=["SN"])
    lisbon = callers.key(Role.FOCAL_POINT, "PT")
    async with callers.client(Role.PROJECT_OFFICER) as officer:
        wish = {"topics": ["data_management", "remittances"], "regions": ["011", "BR"]}
        said = await officer.put("/api/v1/interests/PT", json=wish, headers=lisbon)
        assert said.json()["regions"] == ["011", "BR"]
        foreign = await officer.put("/api/v1/interests/FR", json=wish, headers=lisbon)
        assert foreign.status_code == 404
        wrong = await officer.put(
            "/api/v1/interests/PT", json={"topics": ["no_such"]}, headers=lisbon
        )
        assert wrong.json()["errors"][0]["pointer"] == "/topics/0"
        advice = (await officer.get(f"/api/v1/requests/{request.id}/outreach")).json()
        state = next(one for one in advice["states"] if one["country"] == "PT")
        assert (state["wants_topics"], state["wants_places"]) == (["data_management"], ["011"])
        assert (state["reasons"][0]["told"], state["reasons"][0]["points"]) == ("interest", 1.0)
        told = "declared an interest in Migration data and statistics, Western Africa on 2 Mar 2026"
        assert state["reasons"][0]["reason"] == told
        assert len((await officer.get("/api/v1/interests")).json()["items"]) == 1


async def test_messages_are_read_one_by_one_or_all_and_are_nobody_elses(
    callers: Callers, make: Factory
) -> None:
    make.request()
    lisbon, paris = callers.key(Role.FOCAL_POINT, "PT"), callers.key(Role.FOCAL_POINT, "FR")
    request = make.request("REQ-2026-002")
    async with callers.client(Role.PROJECT_OFFICER) as officer:
        assert callers.session.exec(select(RoleGrant)).all()
        path = f"/api/v1/requests/{request.id}/calls"
        await officer.post(path, json={"countries": ["PT"]})
        (one,) = (await officer.get("/api/v1/messages?unread=true", headers=lisbon)).json()["items"]
        assert one["said"].startswith("REQ-2026-002")
        assert one["href"].startswith("/calls/")
        foreign = await officer.post(f"/api/v1/messages/{one['id']}/read", headers=paris)
        assert foreign.status_code == 404
        assert (await officer.post(f"/api/v1/messages/{one['id']}/read", headers=lisbon)).is_success
        left = (await officer.get("/api/v1/messages?unread=true", headers=lisbon)).json()
        assert left["total"] == 0
        assert (await officer.post("/api/v1/messages/read", headers=lisbon)).json() == {"read": 0}
