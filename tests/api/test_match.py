"""Another system asks who fits and gets ranked people with reasons."""

from __future__ import annotations

import pytest
from sqlmodel import select

from api.schemas.rankings import MatchOut
from matching.features import NAMES
from roster.read import LanguageSkill, Post, TopicExperience
from roster.tables import Facility
from roster.vocabulary import Band, LanguageLevel, Role
from tests.api.conftest import Callers
from tests.factories import Factory

NEED = {
    "title": "Migration statistics",
    "countries": ["CI"],
    "topics": ["data_management"],
    "languages": [{"language": "fr", "minimum": "B2"}],
    "text": "Nous demandons un appui pour notre système de statistiques migratoires.",
}


def people(make: Factory) -> None:
    for name, country, level in (
        ("Ana Prates", "PT", LanguageLevel.C1),
        ("Boris Kahn", "DE", LanguageLevel.B1),
        ("Carla Nowak", "PL", None),
    ):
        expert = make.expert(name, country=country)
        make.fact(
            expert, Post(title="Head of migration statistics", employer="Statistics"), ongoing=True
        )
        make.fact(expert, TopicExperience(topic="data_management"))
        make.fact(expert, LanguageSkill(language="fr", level=level))
        make.view(expert)


@pytest.mark.anyio
async def test_equal_people_are_told_as_ties_and_weights_of_nought_are_told(
    callers: Callers, make: Factory
) -> None:
    people(make)
    weights = dict.fromkeys(NAMES, 0.0)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        asked = {**NEED, "languages": []}
        answer = await client.post("/api/v1/match", json={"request": asked, "weights": weights})
        below = await client.post(
            "/api/v1/match", json={"request": asked, "weights": {"topic": -1.0}}
        )
        long = await client.post(
            "/api/v1/match", json={"request": asked | {"text": "visa " * 200_000}}
        )
    found = MatchOut.model_validate_json(answer.content)
    assert [(one.score, one.tied) for one in found.people] == [(0, True)] * 3
    assert [one.person.id for one in found.people] == sorted(o.person.id for o in found.people)
    assert any("has the weight 0" in note for note in found.notes)
    assert any("names no" in note and "languages" in note for note in found.notes)
    assert below.status_code == long.status_code == 422
    assert below.json()["errors"][0]["pointer"].endswith("/weights/topic")
    assert long.json()["errors"][0]["pointer"].endswith("/text")


@pytest.mark.anyio
async def test_a_match_answers_ranked_people_with_reasons(callers: Callers, make: Factory) -> None:
    people(make)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/match", json={"request": NEED, "top": 10})
        first = await client.post("/api/v1/match", json={"request": NEED, "top": 1})
    assert answer.status_code == 200, answer.text
    assert first.json()["people"] == answer.json()["people"][:1]
    found = MatchOut.model_validate_json(answer.content)
    assert [one.person.display_name for one in found.people] == ["Ana Prates", "Carla Nowak"]
    best = found.people[0]
    assert best.score == pytest.approx(sum(part.points for part in best.contributions))
    assert found.counts.model_dump(by_alias=True) == {"fit": 1, "ask": 1, "not": 1}
    assert {(why.band, why.gate, why.people) for why in found.because} == {
        ("ask", "language", 1),
        ("not", "language", 1),
    }
    assert "rank;dur=" in answer.headers["Server-Timing"]


@pytest.mark.anyio
async def test_a_list_without_names_tells_structured_evidence_only(
    callers: Callers, make: Factory
) -> None:
    people(make)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        stored = (await client.post("/api/v1/requests", json=NEED)).json()["id"]
        asked = {"request_id": stored, "bands": ["fit", "ask", "not"], "blind": True, "keep": True}
        answer = await client.post("/api/v1/match", json=asked)
        kept = f"/api/v1/rankings/{answer.json()['run_id']}"
        page = await client.get(f"{kept}?blind=true")
        found = MatchOut.model_validate_json(answer.content)
        one = found.people[0].person
        why = await client.get(f"{kept}/experts/{one.id}?blind=true")
        for told in (answer, page, why):
            assert told.status_code == 200
            for name in ("Ana", "Boris", "Carla", "Head of migration", "PT", "PL"):
                assert name not in told.text
        assert found.blind
        assert {one.person.display_name for one in found.people} == {
            f"Person {number} of this list" for number in (1, 2, 3)
        }
        assert all(not part.evidence for one in found.people for part in one.contributions)
        names = await client.post(
            f"/api/v1/requests/{stored}/names", json={"experts": [str(one.id)]}
        )
        assert names.json() == {"experts": [str(one.id)]}
        opened = (await client.get(f"{kept}?blind=true")).json()["items"]
    shown = {one["person"]["id"]: one["person"]["display_name"] for one in opened}
    assert not shown.pop(str(one.id)).startswith("Person")
    assert all(name.startswith("Person") for name in shown.values())


@pytest.mark.anyio
async def test_the_rule_of_the_facility_keeps_names_back_whatever_is_asked(
    callers: Callers, make: Factory
) -> None:
    people(make)
    for facility in callers.session.exec(select(Facility)):
        facility.rules = {"names_last": True}
        callers.session.add(facility)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/match", json={"request": NEED, "blind": False})
        assert answer.json()["blind"]
        assert "Ana" not in answer.text
        stored = (await client.post("/api/v1/requests", json=NEED)).json()["id"]
        asked = {"request_id": stored, "keep": True}
        assert "Ana" not in (await client.post("/api/v1/match", json=asked)).text
        await client.post(f"/api/v1/requests/{stored}/names", json={})
        assert "Ana" in (await client.post("/api/v1/match", json=asked)).text


@pytest.mark.anyio
@pytest.mark.parametrize("size", [1, 6], ids=["team", "no-team"])
async def test_a_team_out_of_a_list_without_names_names_nobody(
    callers: Callers, make: Factory, size: int
) -> None:
    people(make)
    team = {"mode": "custom", "size": size}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        named = await client.post("/api/v1/teams", json={"request": NEED, "team": team})
        seen = await client.post("/api/v1/match", json={"request": NEED, "bands": [*Band]})
        everybody = [one["person"]["id"] for one in seen.json()["people"]]
        inline = {"request": NEED, "team": team, "why_not": everybody, "blind": True}
        bodies = [await client.post("/api/v1/teams", json=inline)]
        href = (await client.post("/api/v1/requests", json=NEED)).json()["href"]
        made = await client.post(f"{href}/rankings", json={})
        wanted = {"ranking_id": made.json()["ranking"]["id"], "team": team}
        for facility in callers.session.exec(select(Facility)):
            facility.rules = {"names_last": True}
            callers.session.add(facility)
        callers.session.commit()
        bodies.append(await client.post(f"{href}/teams/compose", json=wanted))
        asked = {**wanted, "expert_id": everybody[0]}
        bodies.append(await client.post(f"{href}/teams/why-not", json=asked))
        opened = [
            await client.post(f"{href}/names", json={"experts": [one]}) for one in everybody[:1]
        ]
        told = await client.post(f"{href}/teams/why-not", json=asked)
    assert any(name in named.text for name in ("Ana", "Boris", "Carla"))
    for answer in bodies:
        assert answer.status_code == 200, answer.text
        planted = ("Ana", "Boris", "Carla", "Head of", "Prates")
        assert [word for word in planted if word in answer.text] == [], answer.text
        assert "of this list" in answer.text
    assert opened[0].status_code == 200
    assert any(name in told.text for name in ("Ana", "Boris", "Carla"))
