"""Another system asks who fits and gets ranked people with reasons."""

from __future__ import annotations

import pytest

from api.schemas.rankings import MatchOut
from matching.features import NAMES
from roster.read import LanguageSkill, Post, TopicExperience
from roster.vocabulary import LanguageLevel, Role
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
    assert answer.status_code == 200, answer.text
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
