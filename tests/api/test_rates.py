"""Whoever calls too often waits; others do not wait for her, and every process counts alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, make_url, text

from api.main import build_app
from api.rates import FileRates, SharedRates, name_of, neighbourhood
from roster.installation import Installation
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.fakes import FrozenClock

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_share_is_used_up_and_comes_back(tmp_path: Path) -> None:
    rates = FileRates(tmp_path)
    assert [rates.take("a", 3, 1000.0) for _ in range(4)] == [0, 0, 0, 20]
    assert rates.take("b", 3, 1000.0) == 0
    assert rates.take("a", 3, 1019.0) == 1
    assert [rates.take("a", 3, 1020.0), rates.take("a", 3, 1020.0)] == [0, 20]
    rates.close()


def test_a_clock_that_jumped_ahead_locks_nobody_out(tmp_path: Path) -> None:
    rates = FileRates(tmp_path)
    assert rates.take("a", 2, 1e9) == 0
    assert [rates.take("a", 2, 1000.0) for _ in range(3)] == [0, 0, 30]
    rates.close()


def test_processes_share_their_counters(tmp_path: Path) -> None:
    one, other = FileRates(tmp_path), FileRates(tmp_path)
    assert [one.take("a", 2, 5.0), other.take("a", 2, 5.0)] == [0, 0]
    assert one.take("a", 2, 5.0) == other.take("a", 2, 5.0) == 30
    one.close()
    other.close()


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 20))
def test_no_minute_sees_more_than_twice_the_share(gaps: list[float], share: int) -> None:
    import tempfile  # noqa: PLC0415 -- a folder per example.

    with tempfile.TemporaryDirectory() as folder:
        rates, now, served = FileRates(Path(folder)), 1e9, []
        for gap in gaps:
            now += gap
            if rates.take("a", share, now) == 0:
                served.append(now)
        rates.close()
    for start in served:
        assert sum(start <= one < start + 60 for one in served) <= 2 * share


def test_a_file_that_breaks_shuts_nobody_out(tmp_path: Path) -> None:
    rates = FileRates(tmp_path)
    rates.close()
    assert rates.take("a", 1, 0.0) == 0


def test_machines_share_their_counters_in_the_database(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("the embedded database has one machine")
    one, other = SharedRates(engine.url), SharedRates(engine.url)
    assert [one.take("a", 2, 5.0), other.take("a", 2, 5.0)] == [0, 0]
    assert one.take("a", 2, 5.0) == other.take("a", 2, 5.0) == 30
    assert one.take("a", 2, 35.0) == 0
    assert one.take("b", 2, 1e9) == other.take("b", 2, 1000.0) == 0
    other.close()
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT relpersistence FROM pg_class WHERE relname = 'rate_share'")
        )
        assert kept.scalar() in ("u", b"u")
    one.close()


def test_a_database_that_is_away_shuts_nobody_out() -> None:
    away = SharedRates(make_url("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert away.take("a", 1, 0.0) == 0
    away.close()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        pytest.param("192.0.2.7", "192.0.2.7", id="v4"),
        pytest.param("2001:db8::1", "2001:db8::/64", id="v6-network"),
        pytest.param("::ffff:192.0.2.7", "192.0.2.7", id="v4-in-v6"),
        pytest.param("testclient", "testclient", id="no-address"),
    ],
)
def test_an_address_is_counted_with_its_neighbours(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted
    assert counted not in name_of("address", counted)


@sqlite
@pytest.mark.anyio
async def test_whoever_calls_too_often_is_told_how_long_to_wait(
    callers: Callers, installation: Installation, clock: FrozenClock
) -> None:
    chosen = installation.settings.model_copy(update={"rate_per_minute": 2})
    limited = Installation(
        **{
            name: getattr(installation, name)
            for name in Installation.__slots__
            if name != "settings"
        },
        settings=chosen,
    )
    callers.app = build_app(limited)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answers = [await client.get("/api/v1/me") for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert answers[2].headers["Retry-After"] == "30"
        assert answers[2].headers["Content-Type"] == "application/problem+json"
        assert answers[2].json()["type"] == "/problems/too-many-attempts"
        # Another key of somebody else at the same address goes on.
        client.headers.update(callers.key(Role.PROJECT_OFFICER))
        callers.session.commit()
        assert (await client.get("/api/v1/me")).status_code == 200
        assert (await client.get("/healthz")).status_code == 200
        del client.headers["Authorization"]
        # An address has four times the share: six of eight are left here, and two more are taken.
        without = [(await client.get("/api/v1/meta/problems")).status_code for _ in range(6)]
        assert without.count(429) == 2
        clock.at = clock.at.replace(minute=clock.at.minute + 1)
        assert (await client.get("/api/v1/meta/problems")).status_code == 200
