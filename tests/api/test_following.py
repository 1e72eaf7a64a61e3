"""Who follows the database hears of each commit, whoever made it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from api.following import Follower
from roster.policy import system_actor
from roster.records import log_change
from tests.factories import Factory

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_commit_of_another_connection_is_told_within_seconds(
    engine: Engine, session: Session
) -> None:
    told = threading.Semaphore(0)
    follower = Follower(engine, told.release)
    make = Factory(session)
    expert = make.expert("Ana Prates")
    session.commit()
    follower.start()
    assert told.acquire(timeout=20), "what was there before is read at the start"
    while told.acquire(timeout=0.6):
        pass
    log_change(session, system_actor(make.home.id), expert, "changed", _NOW)
    session.flush()
    session.commit()
    assert told.acquire(timeout=20)
    follower.stop()


def test_what_fails_to_read_on_is_called_again_with_the_next_change(
    engine: Engine, session: Session
) -> None:
    calls: list[int] = []
    second = threading.Event()

    def read_on() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("a mistake of ours")
        second.set()

    follower = Follower(engine, read_on)
    make = Factory(session)
    session.commit()
    follower.start()
    for _ in range(40):
        log_change(session, system_actor(make.home.id), make.home, "changed", _NOW)
        session.commit()
        if second.wait(0.5):
            break
    follower.stop()
    assert second.is_set()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lost_connection_is_opened_again(engine: Engine, session: Session) -> None:
    told = threading.Semaphore(0)
    follower = Follower(engine, told.release)
    follower.start()
    assert told.acquire(timeout=20)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN %%' AND datname = current_database()"
        )
    assert told.acquire(timeout=20), "it listens again, and reads what it may have missed"
    follower.stop()
