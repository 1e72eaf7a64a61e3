"""What another system needs beside single records: lists read on, many at once, lists, CVs."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from roster.read import Contact, LanguageSkill, Post, TopicExperience
from roster.tables import AccessLog, Change
from roster.vocabulary import LanguageLevel, Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
NEED = {"title": "Migration statistics", "topics": ["data_management"], "countries": ["CI"]}


def official(make: Factory, name: str, country: str = "PT") -> UUID:
    expert = make.expert(name, country=country)
    make.fact(expert, Post(title="Head of unit", employer="Service", country=country), ongoing=True)
    make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
    make.fact(expert, TopicExperience(topic="data_management"))
    make.fact(expert, Contact(value="someone@invented.example"))
    make.view(expert)
    return expert.id


async def test_a_list_is_read_to_its_end(callers: Callers, make: Factory) -> None:
    people = {str(official(make, f"Person {number}")) for number in range(3)}
    async with callers.client(Role.COORDINATOR) as client:
        read: list[str] = []
        after = ""
        while after is not None:
            asked = {"per_page": "2", **({"after": after} if after else {})}
            page = (await client.get("/api/v1/experts", params=asked)).json()
            read += [one["id"] for one in page["items"]]
            after = page["next"]
        gone = await client.get("/api/v1/experts", params={"after": str(uuid4())})
    assert (len(read), set(read)) == (3, people)
    assert (gone.status_code, gone.json()["errors"][0]["pointer"]) == (422, "/after")


async def test_many_requests_are_each_answered_for_themselves(callers: Callers) -> None:
    items = [NEED, {**NEED, "topics": ["nonsense"]}, {"topic": "x"}, {**NEED, "title": "Second"}]
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = (await client.post("/api/v1/requests/bulk", json={"items": items})).json()
        listed = (await client.get("/api/v1/requests")).json()
        empty = await client.post("/api/v1/requests/bulk", json={"items": []})
    assert (answer["done"], answer["refused"], listed["total"]) == (2, 2, 2)
    assert [one["status"] for one in answer["items"]] == [201, 422, 422, 201]
    assert answer["items"][1]["problem"]["type"] == "/problems/unknown-term"
    pointers = {one["pointer"] for one in answer["items"][2]["problem"]["errors"]}
    assert {"/title", "/topic"} <= pointers
    assert answer["items"][3]["href"].endswith(answer["items"][3]["id"])
    assert empty.status_code == 422


async def test_people_of_others_are_refused_among_many(callers: Callers, make: Factory) -> None:
    mine, theirs = official(make, "Ana Mine"), official(make, "Inés Theirs", "ES")
    items = [{"expert_id": str(one), "status": "paused"} for one in (mine, theirs)]
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = (await client.post("/api/v1/experts/bulk/status", json={"items": items})).json()
    assert [one["status"] for one in answer["items"]] == [200, 404]


async def test_many_are_shortlisted_at_once(callers: Callers, make: Factory) -> None:
    people = [official(make, f"Person {number}") for number in range(2)]
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href = (await client.post("/api/v1/requests", json=NEED)).json()["href"]
        items = [{"expert_id": str(one)} for one in (*people, uuid4())]
        answer = (await client.post(f"{href}/shortlist/bulk", json={"items": items})).json()
        held = (await client.get(f"{href}/shortlist")).json()["items"]
    assert (answer["done"], answer["refused"], len(held)) == (2, 1, 2)


@pytest.mark.parametrize("what", ["experts", "requests", "actions"])
async def test_a_whole_list_leaves_line_by_line_and_is_recorded(
    callers: Callers, make: Factory, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.exports.AT_ONCE", 2)
    people = {str(official(make, f"Person {number}")) for number in range(3)}
    async with callers.client(Role.COORDINATOR) as client:
        await client.post("/api/v1/requests", json=NEED)
        answer = await client.get(f"/api/v1/exports/{what}")
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert "someone@" not in answer.text
    session = callers.session
    exported = session.exec(select(Change).where(Change.act == "exported")).one()
    assert exported.detail == {"what": what}
    if what == "experts":
        assert {one["id"] for one in lines} == people
        seen = session.exec(select(AccessLog.expert_id).where(AccessLog.what == "export")).all()
        assert {str(one) for one in seen} == people
    if what == "requests":
        assert [one["title"] for one in lines] == [NEED["title"]]


async def test_only_coordinators_take_whole_lists_away(callers: Callers) -> None:
    for role in (Role.PROJECT_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        async with callers.client(role) as client:
            assert (await client.get("/api/v1/exports/experts")).status_code == 403


async def test_facts_and_cv_show_what_the_reader_may_see(callers: Callers, make: Factory) -> None:
    expert_id = official(make, "Ana Prates")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        path = f"/api/v1/experts/{expert_id}"
        languages = (await client.get(f"{path}/facts", params={"kind": "language"})).json()
        assert [one["value"]["language"] for one in languages["items"]] == ["fr"]
        mails = (await client.get(f"{path}/facts", params={"kind": "email"})).json()
        assert mails["total"] == 0
        xml = await client.get(f"{path}/cv")
        assert xml.headers["Content-Type"].startswith("application/xml")
        assert "SkillsPassport" in xml.text
        assert "@" not in xml.text
        resume = await client.get(f"{path}/cv", params={"form": "json-resume"})
        assert resume.json()["work"][0]["position"] == "Head of unit"
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        assert "someone@invented.example" in (await client.get(f"{path}/cv")).text
    async with callers.client(Role.FOCAL_POINT, "ES") as client:
        assert (await client.get(f"{path}/cv")).status_code == 404


async def test_topics_are_known_to_the_rest_of_the_world(callers: Callers) -> None:
    async with callers.client() as client:
        french = await client.get("/api/v1/taxonomy", headers={"Accept-Language": "de, fr;q=0.8"})
        told = french.json()
        one = await client.get("/api/v1/taxonomy/topics/data_management?locale=es")
        nothing = await client.get("/api/v1/taxonomy/topics/nonsense")
    assert (told["locale"], french.headers["Content-Language"]) == ("fr", "fr")
    uris = [each["uri"] for topic in told["topics"] for each in topic["concepts"]]
    assert uris
    assert all(uri.startswith("http://eurovoc.europa.eu/") for uri in uris)
    groups = [each["uri"] for topic in told["topics"] for each in topic["occupations"]]
    assert all(uri.startswith("http://data.europa.eu/esco/isco/C") for uri in groups)
    states = {each["code"] for each in told["countries"] if each["is_member_state"]}
    assert (len(states), "PT" in states, "GB" in states) == (27, True, False)
    assert one.json()["code"] == "data_management"
    assert nothing.status_code == 404
