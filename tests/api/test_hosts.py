"""Several processes are one service: what one is told, the others know; who ends is begun anew."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from os import kill
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session

from roster.queries.index import newest_expert_change
from roster.read import LanguageSkill, TopicExperience
from roster.tables import Expert
from roster.vocabulary import LanguageLevel, Role
from tests.api.hosts import Host, eventually, key_of, say, stopping
from tests.api.test_match import NEED
from tests.factories import Factory

pytestmark = pytest.mark.long

_SHARE = 120
"""Calls a minute that each may make in these tests."""
_PASSWORD = "a long password of a test"


def _person(session: Session) -> Expert:
    make = Factory(session)
    expert = make.expert("Ana Prates", country="PT")
    make.fact(expert, TopicExperience(topic="data_management"))
    make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
    make.view(expert)
    session.commit()
    return expert


def _fit(client: httpx.Client) -> int:
    """Rank, and return how many people are fit."""
    answer = client.post("/api/v1/match", json={"request": NEED})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["counts"]["fit"])


def _changes_are_seen(clients: Sequence[httpx.Client], expert: Expert) -> float:
    """Change a person through each in turn; return the longest time until all had seen it."""
    assert [_fit(one) for one in clients] == [1] * 3
    longest = 0.0
    for at, status in enumerate(("paused", "active", "paused")):
        changed = clients[at].post(f"/api/v1/experts/{expert.id}/status", json={"status": status})
        assert changed.status_code in {200, 204}, changed.text
        began = time.monotonic()
        seen = [_fit(one) for one in clients]
        assert seen == [int(status == "active")] * 3, f"all see {status} in their next ranking"
        longest = max(longest, time.monotonic() - began)
    return longest


def _changes_are_followed(
    clients: Sequence[httpx.Client], hosts: Sequence[Host], expert: Expert, session: Session
) -> float:
    """Change a person, and let nobody rank; return when the last host had read it by itself."""
    clients[0].post(f"/api/v1/experts/{expert.id}/status", json={"status": "active"})
    began = time.monotonic()
    session.rollback()
    newest = newest_expert_change(session)
    for host in hosts[1:]:
        eventually(lambda at=host: _change_held(at) == newest, "it follows")  # type: ignore[misc]
    return time.monotonic() - began


def _change_held(host: Host) -> float:
    figures = host.get("/metrics").text
    found = re.search(r"^roster_index_change(?:{[^}]*})? (\S+)$", figures, re.MULTILINE)
    assert found, figures[:2000]
    return float(found[1])


def _sessions_are_shared(hosts: Sequence[Host], email: str) -> None:
    """Sign in at one, work at another, sign out at the third."""
    opened = hosts[0].post("/signin", email=email, password=_PASSWORD)
    ((name, value),) = opened.cookies.items()

    def signed_in(host: Host) -> bool:
        return host.get("/experts", f"{name}={value}").status_code == 200

    assert all(map(signed_in, hosts))
    hosts[2].post("/signout", f"{name}={value}")
    assert not any(map(signed_in, hosts))


def _throttle_is_shared(hosts: Sequence[Host], email: str) -> None:
    """Guess a password here and there: no host gives more tries than one would."""
    answers = [
        host.post("/signin", email=email, password="wrong") for host in islice(cycle(hosts), 12)
    ]
    said = [one.status_code for one in answers]
    assert said[0] == 401
    assert said[-3:] == [429] * 3, f"each host refuses: {said}"


def _share_is_one(clients: Sequence[httpx.Client]) -> None:
    """Call too often, spread over all: the share is that of one host."""
    began = time.monotonic()
    said = [one.get("/api/v1/experts").status_code for one in islice(cycle(clients), 3 * _SHARE)]
    come_back = (time.monotonic() - began) * _SHARE / 60
    assert set(said) == {200, 429}
    assert said.count(200) <= _SHARE + come_back + 1
    for at in range(3):
        assert 429 in said[at::3], "each host refuses"


def test_three_processes_on_three_addresses_are_one_service(
    database_url: str, session: Session, tmp_path: Path
) -> None:
    """With PostgreSQL each has a data folder of its own, as on three machines."""
    is_embedded = database_url.startswith("sqlite")
    url = "" if is_embedded else database_url
    hosts = [
        Host(
            tmp_path if is_embedded else tmp_path / f"host-{at}",
            url,
            f"127.0.0.{at}",
            ROSTER_RATE_PER_MINUTE=str(_SHARE),
        )
        for at in (1, 2, 3)
    ]
    expert, make = _person(session), Factory(session)
    officer = make.account(password=_PASSWORD)
    make.grant(officer, Role.COORDINATOR)
    guessed = make.account(password=_PASSWORD)
    session.commit()
    key, other = key_of(session), key_of(session)
    with stopping(*hosts), ExitStack() as opened:
        for host in hosts:
            host.begin()
        for host in hosts:
            host.wait()
        clients = [opened.enter_context(host.client(key)) for host in hosts]
        seen_s = _changes_are_seen(clients, expert)
        followed_s = _changes_are_followed(clients, hosts, expert, session)
        say(f"in the rankings of all after {seen_s:.2f} s, read unasked after {followed_s:.2f} s")
        _sessions_are_shared(hosts, officer.email)
        _throttle_is_shared(hosts, guessed.email)
        _share_is_one([opened.enter_context(host.client(other)) for host in hosts])
        for host in hosts:
            assert host.kill(signal.SIGTERM) in {0, -signal.SIGTERM}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_process_of_several_that_is_killed_is_begun_anew(
    session: Session, tmp_path: Path
) -> None:
    host = Host(tmp_path)
    key = key_of(session)
    with stopping(host), host.client(key) as client:
        host.serve("--workers", "2")
        eventually(lambda: len(host.children()) == 2, "two processes serve")
        first, second = host.children()
        kill(first, signal.SIGKILL)
        eventually(
            lambda: len(host.children()) == 2 and first not in host.children(),
            "another one is begun in its place",
        )
        assert second in host.children()
        assert client.get("/api/v1/experts").status_code == 200
        figures = host.get("/metrics").text
        assert re.search(r'roster_request_seconds_count{.*route="/api/v1/experts".*} 1.0', figures)
        assert host.kill(signal.SIGTERM) in {0, -signal.SIGTERM}
    assert not [pid for pid in (second,) if Path(f"/proc/{pid}").exists()]
