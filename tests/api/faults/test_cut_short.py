"""A file of the index that is cut short while processes have it mapped costs them, and nobody else.

Index files are written once and never changed; only a foreign hand or a disk that fails cuts them.
"""

from __future__ import annotations

import os
import signal
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from roster.read import LanguageSkill, TopicExperience
from roster.vocabulary import LanguageLevel
from tests.api.faults.sending import Sending, some_files
from tests.api.hosts import Host, eventually, key_of, say, stopping
from tests.api.test_match import NEED
from tests.factories import Factory

pytestmark = [
    pytest.mark.long,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

_NUMBERS = count()


def _fit(client: httpx.Client) -> int:
    """Rank for something nobody asked before, and return how many people are fit."""
    need = {**NEED, "title": f"Migration statistics {next(_NUMBERS)}"}
    answer = client.post("/api/v1/match", json={"request": need})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["counts"]["fit"])


def _index(session: Session, host: Host) -> str:
    """Keep an index of one fit person; return a key to rank with."""
    make = Factory(session)
    expert = make.expert("Ana Prates", country="PT")
    make.fact(expert, TopicExperience(topic="data_management"))
    make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
    make.view(expert)
    session.commit()
    host.run("index")
    assert host.process is not None
    assert host.process.wait(timeout=120) == 0, host.words()
    return key_of(session)


def _is_mapped(pid: int) -> bool:
    return f"{os.sep}index{os.sep}block-" in Path(f"/proc/{pid}/maps").read_text()


def _cut(folder: Path) -> None:
    for path in (folder / "index").rglob("*.npy"):
        os.truncate(path, 0)


def _is_whole(folder: Path) -> bool:
    """Whether the index was made anew, and those before are gone."""
    return all(path.stat().st_size for path in (folder / "index").rglob("*.npy"))


def _has_ranked(key: str, host: Host) -> bool:
    try:
        with host.client(key) as client:
            return _fit(client) == 1
    except httpx.TransportError:
        return False


def test_each_process_under_which_the_index_is_cut_is_begun_anew_and_makes_it_anew(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    """Each loses the ranking it made, and what else it was answering; files are sent meanwhile."""
    host = Host(tmp_path)
    key = _index(session, host)
    with stopping(host):
        host.serve("--workers", "2")
        before = set(host.children())
        eventually(lambda: all(map(_is_mapped, before)), "both map the index")
        lost = 0
        with Sending([host.base], key, some_files(10)) as sending:
            sending.until(2)
            _cut(tmp_path)

            def are_others() -> bool:
                nonlocal lost
                lost += not _has_ranked(key, host)
                return len(host.children()) == 2 and not before & set(host.children())

            took_s = eventually(are_others, "both ended and others are begun")
        say(f"{lost} rankings were cut off, others answer {took_s:.1f} s after")
        eventually(lambda: _is_whole(tmp_path), "the index is made anew")
        after = set(host.children())
        assert all(_has_ranked(key, host) for _ in range(10))
        assert set(host.children()) == after
        sending.check(engine)
        assert len(sending.acknowledged) == 10
    assert host.words().count("Fatal Python error: Bus error") == 2
    assert "index_not_opened" in host.words()


def test_one_process_under_which_the_index_is_cut_says_so_and_makes_it_anew_when_begun(
    session: Session, tmp_path: Path
) -> None:
    host = Host(tmp_path)
    key = _index(session, host)
    with stopping(host):
        host.serve()
        assert host.process is not None
        eventually(lambda: _is_mapped(host.process.pid), "it maps the index")  # type: ignore[union-attr]
        _cut(tmp_path)
        assert not _has_ranked(key, host)
        assert host.process.wait(timeout=60) == -signal.SIGBUS
        assert "Fatal Python error: Bus error" in host.words()
        host.serve()
        assert _has_ranked(key, host)
        assert "index_not_opened" in host.words()
        eventually(lambda: _is_whole(tmp_path), "the index is made anew")
