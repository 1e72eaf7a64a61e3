"""Connections are slow and get lost; nothing half sent is kept, and the others are served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from roster.tables import Batch, Document
from tests.api.faults.sending import Sending, some_files
from tests.api.hosts import Host, eventually, key_of, stopping
from tests.roster.ingest.uploads import archive, cv

_SLOW = 40
"""At once: as many as the threads that serve."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def host(database_url: str, tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    with stopping(host):
        host.serve()
        yield host


def _call(host: Host, key: str, path: str, name: str, content: bytes) -> bytes:
    """Return an upload as it goes over the wire."""
    made = httpx.Request(
        "POST",
        f"{host.base}/api/v1/{path}",
        files={name: ("cv.txt", content)},
        data={"country": "PT"},
        headers={"Authorization": f"Bearer {key}"},
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in made.headers.items())
    return f"POST {made.url.path} HTTP/1.1\r\n{head}\r\n".encode() + made.read()


def _opened(host: Host) -> socket.socket:
    return socket.create_connection((host.address, host.port), timeout=120)


def _kept(engine: Engine) -> tuple[int, int]:
    with Session(engine) as session:
        counted = [session.exec(select(func.count()).select_from(one)) for one in (Document, Batch)]
        return counted[0].one(), counted[1].one()


def test_what_is_sent_by_half_is_not_kept_and_what_is_sent_again_is_there_once(
    host: Host, engine: Engine, session: Session
) -> None:
    key, (content,) = key_of(session), some_files(1)
    one = _call(host, key, "documents", "file", content)
    many = _call(host, key, "batches", "files", archive({f"{n}.txt": cv(n) for n in range(9)}))
    for whole in (one, many):
        for share in (0.3, 0.9, 0.999):
            with _opened(host) as line:
                line.sendall(whole[: int(len(whole) * share)])
    with _opened(host) as line:  # Who hangs up before the answer does not know, and sends again.
        line.sendall(one)
    eventually(lambda: _kept(engine)[0] == 1, "it was kept all the same")
    with Sending([host.base], key, [content]) as sending:
        pass
    sending.check(engine)
    assert _kept(engine) == (1, 0)
    assert "Traceback" not in host.words()
    assert '"status": 500' not in host.words()


def test_who_sends_slowly_holds_nobody_up_and_is_told_in_the_end(
    host: Host, engine: Engine, session: Session
) -> None:
    key, (content,) = key_of(session), some_files(1)
    whole = _call(host, key, "documents", "file", content)
    with ExitStack() as opened:
        lines = [opened.enter_context(_opened(host)) for _ in range(_SLOW)]
        for line in lines:
            line.sendall(whole[: len(whole) // 2])
        with Sending([host.base], key, some_files(5, first=1)) as sending:
            pass
        assert not sending.refused
        for line in lines:
            said = line.recv(65_536)
            assert said.startswith(b"HTTP/1.1 408 "), said
    assert _kept(engine) == (5, 0)
