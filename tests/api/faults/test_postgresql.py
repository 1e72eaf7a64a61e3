"""PostgreSQL may be killed, or turn into one that only reads: it is said, and the work goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from roster.db import open_engine
from tests.api.faults.sending import Sending, some_files, wait_until_read
from tests.api.faults.servers import Server, own_server
from tests.api.hosts import Host, eventually, key_of, say, stopping

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as server:
        yield server


@pytest.fixture
def engine(server: Server) -> Iterator[Engine]:
    engine = open_engine(server.url)
    yield engine
    engine.dispose()


def _readies(host: Host) -> tuple[int, int]:
    """Return what a host says of itself: that it lives, and that it can serve."""
    return host.get("/healthz").status_code, host.get("/readyz").status_code


def test_a_killed_server_loses_nothing_acknowledged_and_the_work_goes_on(
    server: Server, engine: Engine, tmp_path: Path
) -> None:
    """Two hosts, each with a worker in it; four clients send without a pause."""
    hosts = [Host(tmp_path / f"host-{at}", server.url, f"127.0.0.{at}") for at in (1, 2)]
    with Session(engine) as session:
        key = key_of(session)
    with stopping(*hosts):
        for host in hosts:
            host.begin()
        for host in hosts:
            host.wait()
        with Sending([host.base for host in hosts], key, some_files(60)) as sending:
            sending.until(15)
            server.kill()
            eventually(lambda: sending.refused[503] > 0, "who sends is told")
            assert _readies(hosts[0]) == (200, 503)
            server.start()
            began, so_far = time.monotonic(), len(sending.acknowledged)
            sending.until(so_far + 1)
            again_s = time.monotonic() - began
        engine.dispose()
        sending.check(engine)
        assert len(sending.acknowledged) == 60
        assert any("database does not answer" in words for words in sending.words)
        read_s = wait_until_read(engine)
        sending.check(engine)
        assert [_readies(host) for host in hosts] == [(200, 200)] * 2
        assert "Traceback" not in "".join(host.words() for host in hosts)
    say(f"takes files in again after {again_s:.1f} s, all is read after {read_s:.1f} s more")


def test_a_server_that_only_reads_is_said_and_takes_in_again_afterwards(
    server: Server, engine: Engine, tmp_path: Path
) -> None:
    """As after a failover to one that is no master yet."""
    host = Host(tmp_path, server.url)
    with Session(engine) as session:
        key = key_of(session)

    def only_reads(is_so: bool) -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if is_so else 'off'}")
            )
            connection.execute(text("SELECT pg_reload_conf()"))

    with stopping(host):
        host.serve()
        with Sending([host.base], key, some_files(3, first=100)):
            pass
        wait_until_read(engine)
        only_reads(True)
        try:
            with Sending([host.base], key, some_files(3, first=103)) as sending:
                eventually(lambda: sending.refused[503] > 2, "who sends is told")
                only_reads(False)
        finally:
            only_reads(False)
        assert any("can only be read" in words for words in sending.words)
        sending.check(engine)
        wait_until_read(engine)
