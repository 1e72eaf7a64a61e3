"""Figures for machines: each one promised is there, labels are few, and nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from api import metrics
from roster.installation import Installation
from roster.read import IndexStanding, JobCount, JobsNow
from roster.vocabulary import JobKind, JobState, Role
from tests.api.conftest import Callers, RememberingJobs

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = [pytest.mark.anyio, sqlite]

PROMISED = {
    "roster_request_seconds": {"method", "route", "status"},
    "roster_ranking_stage_seconds": {"stage"},
    "roster_job_steps": {"step", "outcome"},
    "roster_jobs": {"kind", "state"},
    "roster_jobs_oldest_seconds": {"kind", "state"},
    "roster_info": {"version", "model"},
    "roster_index_people": set(),
    "roster_index_bytes": set(),
    "roster_index_age_seconds": set(),
    "roster_index_kept_seconds": set(),
    "roster_index_waiting": set(),
    "roster_index_change": set(),
    "roster_database_up": set(),
    "roster_database_bytes": set(),
    "roster_outbox_waiting": set(),
    "roster_outbox_failed": set(),
    "roster_disk_free_bytes": set(),
}
"""What operations count on, with the labels of each; a bucket has its bound besides."""

NOW = datetime.now(UTC)
STANDING = IndexStanding(
    people=7, waiting=2, seq=31, read_at=NOW, kept_at=NOW - timedelta(hours=1), size_bytes=4096
)


@pytest.fixture
def told(
    installation: Installation, jobs: RememberingJobs, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """Give an installation with an index, a queue, and something counted of each kind."""
    waiting = JobsNow(
        counts=(JobCount(JobKind.READING, JobState.WAITING, 3, NOW - timedelta(minutes=5)),)
    )
    monkeypatch.setattr(jobs, "now", lambda: waiting)
    monkeypatch.setattr(
        type(installation.ranker), "standing", lambda _self: STANDING, raising=False
    )
    metrics.count_ranking([("letter", 1.0), ("features", 2.0), ("total", 3.0)])
    metrics.count_step("read", "done")
    metrics.count_step("read", "failed")
    return installation


def families(text: str) -> dict[str, Metric]:
    return {one.name: one for one in text_string_to_metric_families(text)}


async def figures(client: AsyncClient) -> str:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == metrics.CONTENT_TYPE
    return answer.text


async def test_every_figure_promised_is_there_and_says_what_it_is(
    told: Installation, callers: Callers
) -> None:
    async with callers.client() as client:
        await client.get("/healthz")
        text = await figures(client)
    found = families(text)
    assert not set(PROMISED) - set(found)
    said = {one for one in found if one.startswith("roster_") and not one.endswith("_created")}
    assert said == set(PROMISED), "told, unsaid"
    for name, labels in PROMISED.items():
        assert found[name].documentation
        held = [set(one.labels) - {"le"} for one in found[name].samples]
        assert held, name
        assert all(one == labels for one in held), name
    assert told.ranker.model in {one.labels["model"] for one in found["roster_info"].samples}


async def test_figures_are_those_of_the_index_and_the_queue(
    told: Installation, callers: Callers
) -> None:
    async with callers.client() as client:
        found = families(await figures(client))

    def value(name: str, **labels: str) -> float:
        return next(one.value for one in found[name].samples if one.labels == labels)

    assert value("roster_index_people") == STANDING.people
    assert value("roster_index_bytes") == STANDING.size_bytes
    assert 3600 <= value("roster_index_kept_seconds") < 7200
    assert value("roster_jobs", kind=JobKind.READING.value, state=JobState.WAITING.value) == 3
    assert (
        value(
            "roster_jobs_oldest_seconds", kind=JobKind.READING.value, state=JobState.WAITING.value
        )
        >= 300
    )
    outcomes = {one.labels["outcome"] for one in found["roster_job_steps"].samples}
    assert {"done", "failed"} <= outcomes
    stages = {one.labels["stage"] for one in found["roster_ranking_stage_seconds"].samples}
    assert {"letter", "features", "total"} <= stages


async def test_a_route_is_counted_by_its_template_whatever_is_called(
    told: Installation, callers: Callers
) -> None:
    secrets = ["Ana-Prates", "ana@example.org", "11111111-2222-3333-4444-555555555555"]
    async with callers.client(Role.COORDINATOR) as client:
        for secret in secrets:
            await client.get(f"/api/v1/experts/{secret}?q={secret}")
            await client.get(f"/nowhere/{secret}")
            await client.request("BREW" + secret[:3].upper(), f"/{secret}")
        text = await figures(client)
    for secret in secrets:
        assert secret not in text
    requests = families(text)["roster_request_seconds"].samples
    assert {one.labels["method"] for one in requests} <= {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other",
    }  # fmt: skip
    experts = {one.labels["route"] for one in requests if "/experts" in one.labels["route"]}
    assert "/api/v1/experts/{expert_id}" in experts
    assert all(one.labels["status"].isdigit() for one in requests)


async def test_a_hundred_addresses_that_nobody_has_are_one_line(
    told: Installation, callers: Callers
) -> None:
    async with callers.client() as client:
        await client.get("/nowhere/first")
        before = {tuple(one.labels.items()) for one in _requests(await figures(client))}
        for n in range(100):
            await client.get(f"/nowhere/{n}")
        after = {tuple(one.labels.items()) for one in _requests(await figures(client))}
    new = {dict(labels)["route"] for labels in after - before}
    assert new <= {"/metrics", "unmatched"}


def _requests(text: str) -> list[Sample]:
    return list(families(text)["roster_request_seconds"].samples)


async def test_a_database_that_is_away_is_told_and_hides_nothing_else(
    told: Installation, callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_installation: Installation) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(metrics, "database_now", away)
    async with callers.client() as client:
        found = families(await figures(client))
    assert found["roster_database_up"].samples[0].value == 0
    assert found["roster_index_people"].samples[0].value == STANDING.people
    assert "roster_database_bytes" not in found


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        pytest.param("", {}, 200, id="this-machine"),
        pytest.param("", {"X-Forwarded-For": "203.0.113.9"}, 404, id="through-a-proxy"),
        pytest.param("t0k", {}, 404, id="without-the-token"),
        pytest.param("t0k", {"Authorization": "Bearer other"}, 404, id="another-token"),
        pytest.param("t0k", {"Authorization": "Bearer t0k"}, 200, id="with-the-token"),
    ],
)
async def test_figures_are_for_the_machine_or_who_has_the_token(
    told: Installation, callers: Callers, token: str, sent: dict[str, str], status: int
) -> None:
    settings = told.settings.model_copy(update={"metrics_token": SecretStr(token)})
    callers.app.state.installation = replace(told, settings=settings)
    async with callers.client() as client:
        assert (await client.get("/metrics", headers=sent)).status_code == status
