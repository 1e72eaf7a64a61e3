"""A letter becomes a request, a ranking, a shortlist and a team, and each step is kept."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlmodel import select

from api.schemas.rankings import RankingPageOut
from roster.inputs import FacilityRules
from roster.read import LanguageSkill, Post, TopicExperience
from roster.tables import AccessLog
from roster.vocabulary import ExpertKind, LanguageLevel, Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio

NEED = {
    "title": "Migration statistics",
    "countries": ["CI"],
    "topics": ["data_management"],
    "languages": [{"language": "fr"}],
    "text": "Nous demandons un appui.",
}
LETTER = """Institut National de la Statistique
Abidjan, Côte d'Ivoire

Objet : appui aux statistiques migratoires

Nous sollicitons un appui technique pour les données migratoires de la Côte d'Ivoire.
"""


def officials(make: Factory, *countries: str) -> None:
    for number, country in enumerate(countries):
        expert = make.expert(f"Person {number:02d}", country=country)
        post = Post(
            title="Head of migration statistics",
            employer=f"Statistics office of {country}",
            employer_kind=ExpertKind.EU_ADMINISTRATION,
            country=country,
        )
        make.fact(expert, post, ongoing=True, start="2015")
        make.fact(expert, TopicExperience(topic="data_management"))
        make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
        make.view(expert)


TEAMS = "/api/v1/teams"


async def test_from_request_to_team(callers: Callers, make: Factory) -> None:
    officials(make, "PT", "FR", "BE", "PL")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        made = await client.post("/api/v1/requests", json=NEED)
        assert made.status_code == 201, made.text
        href = made.json()["href"]
        ranking = await client.post(f"{href}/rankings?per_page=3", json={"weights": {"country": 2}})
        assert ranking.status_code == 201, ranking.text
        page = RankingPageOut.model_validate_json(ranking.content)
        assert (len(page.items), page.total, page.ranking.number) == (3, 4, 1)
        again = await client.get(ranking.headers["Location"], params={"page": 2, "per_page": 3})
        rest = RankingPageOut.model_validate_json(again.content)
        assert len({one.person.id for one in [*page.items, *rest.items]}) == 4
        ranking_id, first = str(page.ranking.id), str(page.items[0].person.id)
        entry = await client.post(
            f"{href}/shortlist", json={"expert_id": first, "ranking_id": ranking_id}
        )
        assert entry.json()["entry"]["place"] == 1
        entry_path = f"/api/v1/shortlist-entries/{entry.json()['entry']['id']}"
        without = await client.post(f"{entry_path}/stage", json={"stage": "declined"})
        assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/reason")
        moved = await client.post(
            f"{entry_path}/stage", json={"stage": "declined", "reason": "no_time"}
        )
        assert moved.json()["entry"]["stage"] == "declined"
        noted = await client.put(f"{entry_path}/note", json={"note": "In autumn"})
        assert noted.json()["entry"]["note"] == "In autumn"
        wanted = {"ranking_id": ranking_id, "team": {"size": 2}}
        composed = await client.post(f"{href}/teams/compose", json=wanted)
        assert composed.status_code == 200, composed.text
        assert len(composed.json()["proposals"][0]["seats"]) == 2
        kept = await client.post(f"{href}/teams", json={**wanted, "note": "agreed"})
        assert kept.status_code == 201, kept.text
        seated = {one["person"]["id"] for one in kept.json()["seats"]}
        left_out = next(
            str(one.person.id) for one in page.items if str(one.person.id) not in seated
        )
        why = await client.post(f"{href}/teams/why-not", json={**wanted, "expert_id": left_out})
        assert why.json()["words"]
        teams = (await client.get(f"{href}/teams")).json()["items"]
        assert [one["note"] for one in teams] == ["agreed"]
        detail = (await client.get(href)).json()
        assert len(detail["rankings"]) == 1
        assert detail["row"]["shortlisted"] == 0


async def test_views_of_people_are_written_down(callers: Callers, make: Factory) -> None:
    officials(make, "PT", "FR")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        await client.post("/api/v1/match", json={"request": NEED, "top": 1})
    seen = callers.session.exec(select(AccessLog)).all()
    assert [(one.what, one.purpose) for one in seen] == [("ranking", "match")]


async def test_an_empty_roster_ranks_nobody_and_says_so(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        found = await client.post("/api/v1/match", json={"request": NEED})
        team = await client.post("/api/v1/teams/compose", json={"request": NEED})
    assert found.json()["counts"] == {"fit": 0, "ask": 0, "not": 0}
    assert (team.status_code, team.json()["proposals"]) == (200, [])
    assert team.json()["reasons"]


async def test_teams_come_with_coverage_status_and_why_not(callers: Callers, make: Factory) -> None:
    officials(make, "PT", "FR", "ES")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        first = await client.post(TEAMS, json={"request": NEED, "team": {"size": 2}})
        answer = first.json()
        seated = [seat["person"]["id"] for seat in answer["proposals"][0]["seats"]]
        again = await client.post(
            TEAMS, json={"request": NEED, "team": {"size": 2}, "why_not": [seated[0]]}
        )
        wide = {"request": NEED, "team": {"size": 6}}
        none = (await client.post(TEAMS, json=wide)).json()
        way = next(one for one in none["relaxations"] if one["team"])
        taken = await client.post(TEAMS, json={"request": NEED, "team": way["team"]})
    assert (answer["status"], answer["gap"], answer["seed"]) == ("optimal", 0.0, None)
    covered = {one["code"]: one["by"] for one in answer["proposals"][0]["coverage"]}
    assert set(covered["data_management"]) <= set(seated)
    assert again.json()["proposals"] == answer["proposals"]
    assert [one["person"]["id"] for one in again.json()["why_not"]] == [seated[0]]
    assert none["status"] == "infeasible"
    assert way["parts"]
    assert taken.json()["proposals"], taken.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({}, 422, id="neither"),
        pytest.param({"request": NEED, "request_id": str(uuid4())}, 422, id="both"),
        pytest.param({"request": NEED, "ranking_id": str(uuid4())}, 422, id="ranking-of-none"),
        pytest.param({"request_id": str(uuid4())}, 404, id="no-such-request"),
        pytest.param({"request": NEED, "why_not": [str(uuid4())]}, 404, id="no-such-person"),
    ],
)
async def test_teams_for_nothing_are_refused_in_words(
    callers: Callers, body: dict[str, object], status: int
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post(TEAMS, json=body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)


async def test_teams_of_a_stored_request_come_out_of_its_newest_ranking(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        made = await client.post("/api/v1/requests", json=NEED)
        href = made.headers["Location"]
        body = {"request_id": href.rsplit("/", 1)[1]}
        before = await client.post(TEAMS, json=body)
        await client.post(f"{href}/rankings", json={})
        after = await client.post(TEAMS, json=body)
    assert (before.status_code, after.status_code) == (409, 200)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="neither"),
        pytest.param({"request": NEED, "request_id": str(uuid4())}, id="both"),
        pytest.param({"request": NEED, "top": 0}, id="nobody-wanted"),
        pytest.param({"request": NEED, "weights": {"country": 4}}, id="weight-too-large"),
        pytest.param({"request": NEED, "weights": {"charm": 1}}, id="unknown-feature"),
        pytest.param({"request": {"title": "T"}}, id="says-too-little"),
    ],
)
async def test_a_match_that_cannot_be_made_is_explained(
    callers: Callers, body: dict[str, object]
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/match", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_a_stored_request_can_be_matched(callers: Callers, make: Factory) -> None:
    officials(make, "PT")
    request = make.request(topics=["data_management"])
    async with callers.client(Role.PROJECT_OFFICER) as client:
        found = await client.post("/api/v1/match", json={"request_id": str(request.id)})
        gone = await client.post("/api/v1/match", json={"request_id": str(uuid4())})
    assert found.json()["counts"]["fit"] == 1
    assert gone.status_code == 404


@pytest.mark.parametrize("as_file", [False, True], ids=["pasted", "file"])
async def test_a_letter_is_read_into_fields_with_their_sentences(
    callers: Callers, as_file: bool
) -> None:
    sent: dict[str, object] = (
        {"files": {"file": ("letter.txt", LETTER.encode(), "text/plain")}}
        if as_file
        else {"data": {"text": LETTER}}
    )
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/requests/read-letter", **sent)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    found = {one["field"]: one for one in answer.json()["fields"]}
    assert found["countries"]["value"] == ["CI"]
    assert found["countries"]["sentence"]


async def test_a_letter_in_an_unknown_language_is_said_to_be_one(callers: Callers) -> None:
    letter = "Кыргыз Республикасынын миграция кызматы. Биз мыйзам боюнча жардам сурайбыз."
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/requests/read-letter", data={"text": letter})
        nothing = await client.post("/api/v1/requests/read-letter", data={"text": " "})
    assert answer.status_code == 200
    assert answer.json()["fields"] == []
    assert answer.json()["notes"]
    assert nothing.status_code == 422


async def test_a_request_goes_its_way_step_by_step(callers: Callers, make: Factory) -> None:
    request = make.request()
    path = f"/api/v1/requests/{request.id}"
    async with callers.client(Role.PROJECT_OFFICER) as client:
        leap = await client.post(f"{path}/status", json={"status": "approved"})
        checks = [{"item": item, "answer": "yes"} for item in FacilityRules().screening]
        await client.put(f"{path}/screening", json={"checks": checks})
        step = await client.post(f"{path}/status", json={"status": "screened"})
        changed = await client.put(path, json={**NEED, "title": "Another title"})
        listed = (await client.get("/api/v1/requests", params={"status": "screened"})).json()
    assert (leap.status_code, step.json()["status"], changed.status_code) == (409, "screened", 200)
    assert [one["title"] for one in listed["items"]] == ["Another title"]
