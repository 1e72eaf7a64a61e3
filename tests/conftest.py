"""Fixtures for every test: an empty database of both kinds, time, a browser, a served product.

A test that takes `session`, `engine` or `database_url` runs twice, on SQLite and on PostgreSQL;
those of the ways in, `api` and `web`, on PostgreSQL in the long part only.
One that is about one of them says so::

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

A piece missing on the machine fails the tests that need it, with the words of `roster doctor`;
nothing is ever skipped for it.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlmodel import Session

from api import doctor
from roster import db, passwords
from roster.db import open_engine
from roster.migrations import upgrade
from tests import postgres
from tests.factories import CHEAP
from tests.fakes import FrozenClock
from tests.lent import Lender
from tests.refill import Refill

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

pytest_plugins = ["tests.browser"]

settings.register_profile(
    "default",
    deadline=None,  # Two workers share two cores: the time of one example says nothing.
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    database=None,
)
settings.register_profile(
    "long", settings.get_profile("default"), max_examples=2_000, derandomize=False, print_blob=True
)
settings.load_profile("default")


_THIN = ("tests/web/", "tests/api/", "tests/fixtures/")
"""Ways in: they hold no query of their own, so the second database is left to the long part."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hold ways in to PostgreSQL in the long part only; use cases are held to it every time."""
    for item in items:
        if item.nodeid.startswith(_THIN) and "[postgresql" in item.nodeid:
            item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Leave out of each garbage collection what was loaded and collected: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash at the least cost: a hash says its own, so that the product verifies both alike."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", CHEAP)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """Wait for no disk at commits: no test of one process cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "DURABILITY", "OFF")
        yield


@pytest.fixture(scope="session")
def postgres_url(testrun_uid: str) -> Iterator[URL]:
    """Serve the PostgreSQL of this run, shared by all workers."""
    doctor.require(doctor.postgresql(os.environ))
    with postgres.server(testrun_uid) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_url: URL) -> Iterator[postgres.WorkerDatabase]:
    """Keep one database for this worker, at head."""
    made = postgres.WorkerDatabase(postgres_url, postgres.migrated_template(postgres_url))
    yield made
    made.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the migrated, empty SQLite file that is copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # Closing the last connection folds the write-ahead log into the file.
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a migrated, empty database that nobody else uses."""
    if request.param == "sqlite":
        copy = tmp_path / "roster.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    database: postgres.WorkerDatabase = request.getfixturevalue("postgres_database")
    yield database.url
    database.empty()


@pytest.fixture(scope="session")
def lender() -> Lender:
    """Keep the engines of this worker."""
    return Lender()


@pytest.fixture
def engine(database_url: str, lender: Lender) -> Iterator[Engine]:
    """Give the worker's engine, over an empty database."""
    engine = lender.lend(database_url)
    yield engine
    lender.take_back(engine)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Open a session on an empty database: no test inherits rows from another."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="session")
def refill(tmp_path_factory: pytest.TempPathFactory) -> Refill:
    """Fill a database as another test of this worker filled its own, by a copy."""
    return Refill(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def clock() -> FrozenClock:
    """Give a clock that stands still until told otherwise."""
    return FrozenClock()
