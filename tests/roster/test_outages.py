"""A database that is away, slow or busy is said in words; a mistake of ours is not."""

from __future__ import annotations

import errno

import psycopg
import pytest
from dbos._utils import retriable_postgres_exception
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from roster.db import Pool, open_engine, outage_of
from roster.errors import TookTooLong, Unavailable

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def _fails(engine: Engine, *statements: str) -> DBAPIError:
    *before, last = statements
    with engine.connect() as connection:
        for one in before:
            connection.execute(text(one))
        with pytest.raises(DBAPIError) as failed:
            connection.execute(text(last))
    return failed.value


def test_a_server_that_is_not_there_is_away() -> None:
    engine = open_engine("postgresql+psycopg://nobody@127.0.0.1:9/none")
    with pytest.raises(DBAPIError) as failed:
        engine.connect()
    refusal = outage_of(failed.value)
    assert isinstance(refusal, Unavailable)
    assert refusal.status == 503
    assert refusal.retry_after_s > 0
    assert "Nothing was changed" in refusal.detail


@pytest.mark.parametrize(
    "words",
    [
        "connection failed: connection refused",
        "connection is bad: connection refused",
        "the connection is closed",
    ],
)
def test_a_lost_server_is_waited_for_by_the_engine_of_the_jobs_in_whatever_words(
    words: str,
) -> None:
    """By itself it waits for one of these, and gives a job up for the others."""

    def connect() -> psycopg.Connection:
        raise psycopg.OperationalError(words)

    engine = create_engine("postgresql+psycopg://", creator=connect)
    with pytest.raises(DBAPIError) as refused:
        engine.connect()
    assert retriable_postgres_exception(refused.value)


@ON_POSTGRESQL
def test_a_statement_that_takes_too_long_is_given_up(database_url: str) -> None:
    engine = open_engine(database_url, Pool(statement_s=1))
    assert isinstance(outage_of(_fails(engine, "SELECT pg_sleep(5)")), TookTooLong)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


@ON_POSTGRESQL
def test_a_connection_cut_in_the_middle_is_away_and_the_next_call_is_served(
    engine: Engine,
) -> None:
    cut = "SELECT pg_terminate_backend(pg_backend_pid())"
    assert type(outage_of(_fails(engine, cut))) is Unavailable
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


@ON_POSTGRESQL
def test_a_record_held_by_others_is_waited_for_so_long_and_no_longer(database_url: str) -> None:
    engine = open_engine(database_url, Pool(lock_s=1))
    with engine.connect() as first:
        first.execute(text("LOCK TABLE facility IN ACCESS EXCLUSIVE MODE"))
        refusal = outage_of(_fails(engine, "SELECT count(*) FROM facility"))
    engine.dispose()
    assert isinstance(refusal, Unavailable)
    assert "Somebody else" in refusal.detail


@ON_POSTGRESQL
def test_postgresql_is_told_who_asks(database_url: str) -> None:
    engine = open_engine(database_url, Pool(name="roster-web", statement_s=7, idle_s=60))
    with engine.connect() as connection:
        said = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in (
                "application_name",
                "statement_timeout",
                "idle_in_transaction_session_timeout",
            )
        ]
    engine.dispose()
    assert said == ["roster-web", "7s", "1min"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("limit", "words"),
    [
        pytest.param("PRAGMA max_page_count=1", "no room left", id="full"),
        pytest.param("PRAGMA query_only=ON", "only be read", id="read-only"),
    ],
)
def test_a_file_that_takes_nothing_more_is_said(engine: Engine, limit: str, words: str) -> None:
    large = "CREATE TABLE large AS SELECT randomblob(100000) AS content"
    refusal = outage_of(_fails(engine, limit, large))
    assert isinstance(refusal, Unavailable)
    assert words in refusal.detail


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("before", "statement", "words"),
    [
        pytest.param(
            "SET TRANSACTION READ ONLY", "DELETE FROM facility", "only be read", id="read-only"
        ),
        pytest.param(
            "SELECT 1",
            "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$",
            "no room left",
            id="full",
        ),
    ],
)
def test_a_server_that_takes_nothing_more_is_said(
    engine: Engine, before: str, statement: str, words: str
) -> None:
    refusal = outage_of(_fails(engine, before, statement))
    assert isinstance(refusal, Unavailable)
    assert words in refusal.detail


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(errno.ENOSPC, "no room left", id="full"),
        pytest.param(errno.EROFS, "only be read", id="read-only"),
    ],
)
def test_a_file_beside_the_database_is_told_alike(number: int, words: str) -> None:
    refusal = outage_of(OSError(number, "said by the system"))
    assert refusal is not None
    assert words in refusal.detail
    assert outage_of(FileNotFoundError(errno.ENOENT, "not there")) is None


def test_a_mistake_of_ours_is_no_outage(engine: Engine) -> None:
    assert outage_of(_fails(engine, "SELECT nothing FROM nowhere")) is None
    assert outage_of(ValueError("x")) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_another_process_writes_to_is_busy(database_url: str) -> None:
    writer, waiting = open_engine(database_url), open_engine(database_url)
    with writer.connect() as first:
        first.exec_driver_sql("BEGIN IMMEDIATE")
        refusal = outage_of(_fails(waiting, "PRAGMA busy_timeout=1", "DELETE FROM facility"))
    assert isinstance(refusal, Unavailable)
    writer.dispose()
    waiting.dispose()
