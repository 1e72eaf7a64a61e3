"""The page on the ranking model, and the page that says why somebody is not on top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import AsyncClient
from sqlmodel import Session, select

from api.index import open_ranker
from matching.baseline import rule_model
from matching.learning.artefacts import tables_as_bytes
from roster import models
from roster.policy import system_actor
from roster.ports import Ranker
from roster.queries.models import version_in_use
from roster.read import ModelFigure, ModelManifest
from roster.settings import Settings
from roster.tables import AccessLog, RankingModel
from roster.vocabulary import ModelState, Origin, Role
from tests.api.decided import Decided, decide
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

WHY = {"reason": "better on what was decided"}


@pytest.fixture
def ranker(database_url: str, tmp_path: Path) -> Iterator[Ranker]:
    settings = Settings(data_dir=tmp_path, database_url=database_url, encoder=False)
    made = open_ranker(settings)
    yield made
    made.close()


def manifest(ranker: Ranker, **said: object) -> ModelManifest:
    good = ModelManifest(
        features=tuple(one.name for one in ranker.features),
        base=ranker.model,
        against=ranker.model,
        data_hash="abc",
        origin=Origin.REAL,
        requests=25,
        decisions=130,
        real_requests=25,
        real_decisions=130,
        held_out=15,
        figures={"learnt": {"ndcg@10": ModelFigure(0.9, 0.8, 1.0)}},
        gains={"ndcg@10": ModelFigure(0.05, 0.01, 0.09)},
    )
    return replace(good, **said)  # type: ignore[arg-type]


def keep(desk: Desk, version: str, made_from: ModelManifest) -> None:
    actor = system_actor(desk.make.home.id)
    tables = tables_as_bytes(rule_model())
    models.keep_candidate(desk.session, actor, version, made_from, tables, clock=desk.clock)
    desk.session.commit()


async def post(client: AsyncClient, act: str, version: str, **more: str) -> int:
    answer = await client.post(f"/model/{act}", data={"version": version, **WHY, **more})
    return answer.status_code


async def test_the_rule_ranks_until_something_is_promoted_and_the_page_says_so(
    desk: Desk, ranker: Ranker
) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        words = said((await client.get("/model")).text)
    assert f"{ranker.model} ranks." in words
    assert "100 real decisions over 20 requests" in words


async def test_a_coordinator_promotes_and_goes_back_and_others_do_not_get_in(
    desk: Desk, ranker: Ranker, session: Session
) -> None:
    keep(desk, "learnt-1", manifest(ranker))
    home = desk.make.home.id
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get("/model")).status_code == 403
        assert await post(client, "promote", "learnt-1") == 403
    async with desk.client(Role.ADMINISTRATOR) as client:
        assert "Let it rank" in said((await client.get("/model")).text)
        assert await post(client, "promote", "learnt-1") == 303
        session.expire_all()
        assert version_in_use(session, home) == "learnt-1"
        words = said((await client.get("/model?done=promoted")).text)
        assert "learnt-1 ranks." in words
        assert WHY["reason"] in words
        assert await post(client, "rollback", ranker.model) == 303
        session.expire_all()
        assert version_in_use(session, home) is None
        assert await post(client, "rollback", "learnt-1") == 303
    async with desk.client(Role.ADMINISTRATOR) as other:
        assert await post(other, "rollback", "learnt-1") == 409


async def test_what_keeps_a_candidate_back_is_told_and_no_button_offered(
    desk: Desk, ranker: Ranker, session: Session
) -> None:
    weak = manifest(ranker, origin=Origin.SYNTHETIC, real_decisions=0, real_requests=0)
    keep(desk, "learnt-2", weak)
    async with desk.client(Role.COORDINATOR) as client:
        words = said((await client.get("/model")).text)
        assert "invented decisions" in words
        assert "Let it rank" not in words
        assert await post(client, "promote", "learnt-2") == 409
    assert version_in_use(session, desk.make.home.id) is None


async def test_the_page_tells_what_the_rule_rests_on_and_whom_rankings_show(
    desk: Desk, made: Decided
) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        words = said((await client.get("/model")).text)
    assert "no figure here is evidence of quality in the field" in words
    assert "It was never tested on real requests and real people." in words
    assert "People decide" in words
    assert "The last ranking of 1 request" in words
    assert "Never deployed before" in words
    assert "Portugal" in words


async def test_nobody_shown_yet_is_said_in_words(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        assert "No ranking is recorded yet" in said((await client.get("/model")).text)


async def test_two_versions_are_compared_part_by_part_and_over_past_requests(
    desk: Desk, ranker: Ranker, made: Decided
) -> None:
    keep(desk, "learnt-1", manifest(ranker))
    path = f"/model/compare?one={ranker.model}&other=learnt-1"
    async with desk.client(Role.COORDINATOR) as client:
        parts = (await client.get(path)).text
        assert parts.count("<polyline") == 2 * len(ranker.features)
        assert "Every part counts the same in both." in said(parts)
        assert "Order past requests by both" in said(parts)
        ordered = said((await client.get(f"{path}&last=10")).text)
        assert "over the last 1 request." in ordered
        assert made.requests[0].code in ordered
        assert (await client.get(f"{path}x")).status_code == 404
        assert (await client.get(f"{path}&last=11")).status_code == 422
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get(path)).status_code == 403


async def test_a_version_of_another_facility_is_not_there_to_compare(
    desk: Desk, ranker: Ranker, session: Session
) -> None:
    actor = system_actor(desk.make.facility("elsewhere").id)
    tables = tables_as_bytes(rule_model())
    models.keep_candidate(session, actor, "learnt-9", manifest(ranker), tables, clock=desk.clock)
    async with desk.client(Role.COORDINATOR) as client:
        answer = await client.get(f"/model/compare?one={ranker.model}&other=learnt-9")
    assert answer.status_code == 404


async def test_a_change_without_a_reason_comes_back_with_the_field_named(
    desk: Desk, ranker: Ranker
) -> None:
    keep(desk, "learnt-1", manifest(ranker))
    async with desk.client(Role.COORDINATOR) as client:
        answer = await client.post("/model/promote", data={"version": "learnt-1", "reason": " "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert desk.session.exec(select(RankingModel.state)).one() == ModelState.CANDIDATE


@pytest.fixture
def made(desk: Desk, session: Session, ranker: Ranker) -> Decided:
    return decide(session, ranker, desk.clock, n_requests=1, make=desk.make)


async def test_a_name_leads_to_the_page_about_her_and_stands_in_no_address(
    desk: Desk, made: Decided
) -> None:
    path = f"/requests/{made.requests[0].id}"
    async with desk.client() as client:
        assert f'action="{path}/why"' in (await client.get(f"{path}/ranking")).text
        one = await client.post(f"{path}/why", data={"q": "Person 03", "run": "1"})
        assert one.status_code == 303
        assert one.headers["location"] == f"{path}/why/{made.people[3].id}?run=1"
        many = await client.post(f"{path}/why", data={"q": "Person", "run": "1"})
        assert "Whom do you mean?" in said(many.text)
        assert many.text.count(f"{path}/why/") >= 16
        none = await client.post(f"{path}/why", data={"q": "Nobody Such"})
        assert "Nobody on the roster is called so" in said(none.text)


async def test_the_page_tells_conditions_points_beside_the_tenth_and_what_would_help(
    desk: Desk, made: Decided, session: Session
) -> None:
    path = f"/requests/{made.requests[0].id}/why/{made.people[3].id}"
    async with desk.client() as client:
        words = said((await client.get(path)).text)
    assert "As in ranking 1" in words
    assert "Points beside the tenth" in words
    assert "What would help" in words
    assert "a word about the calendar" not in words, "the request names no dates"
    assert made.people[3].id in session.exec(select(AccessLog.expert_id)).all()
