"""Several processes are one service: what one is told, the others know; who ends is begun anew."""

from __future__ import annotations

import os
import re
import signal
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session

from roster.administration import issue_key
from roster.policy import GRANTED, system_actor
from roster.read import LanguageSkill, TopicExperience
from roster.tables import Expert
from roster.vocabulary import LanguageLevel, Role
from tests.api.hosts import Host, eventually, stopping
from tests.api.test_match import NEED
from tests.factories import Factory

pytestmark = pytest.mark.long


def _key(session: Session, role: Role) -> str:
    make = Factory(session)
    account = make.account()
    make.grant(account, role)
    _, token = issue_key(
        session,
        system_actor(make.home.id),
        account.id,
        label="other system",
        scopes=GRANTED[role],
        now=datetime.now(UTC),
    )
    session.commit()
    return token


def _person(session: Session) -> Expert:
    make = Factory(session)
    expert = make.expert("Ana Prates", country="PT")
    make.fact(expert, TopicExperience(topic="data_management"))
    make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
    make.view(expert)
    session.commit()
    return expert


def _counts(client: httpx.Client) -> dict[str, int]:
    """Rank, and return how many people are fit, to be asked, and neither."""
    answer = client.post("/api/v1/match", json={"request": NEED})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["counts"])


def test_a_change_through_one_host_is_in_the_next_ranking_of_every_other(
    database_url: str, session: Session, tmp_path: Path
) -> None:
    """Three processes on three addresses; with PostgreSQL each has a data folder of its own."""
    is_embedded = database_url.startswith("sqlite")
    url = "" if is_embedded else database_url
    hosts = [
        Host(tmp_path if is_embedded else tmp_path / f"host-{at}", url, f"127.0.0.{at}")
        for at in (1, 2, 3)
    ]
    expert = _person(session)
    key = _key(session, Role.COORDINATOR)
    with stopping(*hosts):
        for host in hosts:
            host.serve()
        clients = [host.client(key) for host in hosts]
        assert [_counts(one)["fit"] for one in clients] == [1] * 3
        for at, status in enumerate(("paused", "active", "paused")):
            changed = clients[at].post(
                f"/api/v1/experts/{expert.id}/status", json={"status": status}
            )
            assert changed.status_code in {200, 204}, changed.text
            seen = [_counts(one)["fit"] for one in clients]
            assert seen == [int(status == "active")] * 3, f"all see {status}"
        for host in hosts:
            assert host.kill(signal.SIGTERM) in {0, -signal.SIGTERM}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_process_of_several_that_is_killed_is_begun_anew(
    session: Session, tmp_path: Path
) -> None:
    host = Host(tmp_path, "")
    key = _key(session, Role.COORDINATOR)
    with stopping(host), host.client(key) as client:
        host.serve("--workers", "2")
        eventually(lambda: len(host.children()) == 2, "two processes serve")
        first, second = host.children()
        os.kill(first, signal.SIGKILL)
        eventually(
            lambda: len(host.children()) == 2 and first not in host.children(),
            "another one is begun in its place",
        )
        assert second in host.children()
        assert client.get("/api/v1/experts").status_code == 200
        figures = httpx.get(f"{host.base}/metrics", timeout=60).text
        assert re.search(r'roster_request_seconds_count{.*route="/api/v1/experts".*} 1.0', figures)
        assert host.kill(signal.SIGTERM) in {0, -signal.SIGTERM}
    assert not [pid for pid in (second,) if Path(f"/proc/{pid}").exists()]
