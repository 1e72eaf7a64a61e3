"""The fixtures keep what they promise: both databases, empty, at head."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select, text
from sqlmodel import Session, SQLModel

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster.migrations import current_revision, head_revision
from roster.tables import Facility
from tests.fakes import FrozenClock

_SEEN: set[str] = set()


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_finds_an_empty_database_at_head(engine: Engine, time: str) -> None:
    assert current_revision(engine) == head_revision()
    with Session(engine) as session:
        for table in SQLModel.metadata.sorted_tables:
            assert session.scalar(select(func.count()).select_from(table)) == 0, table.name
        session.execute(text("CREATE TABLE left_behind (id INTEGER)"))
        session.commit()


def test_the_session_speaks_to_the_database_of_its_name(
    session: Session, request: pytest.FixtureRequest
) -> None:
    named = request.node.callspec.params["database_url"]
    assert session.get_bind().dialect.name == named


def test_time_stands_still_until_told(clock: FrozenClock) -> None:
    before = clock.now()
    assert clock.now() == before
    assert (clock.advance(days=1) - before).days == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_rows_of_one_test_are_gone_in_the_next(session: Session, time: str) -> None:
    assert session.scalars(select(Facility)).all() == []
    session.add(Facility(code=f"left-behind-{time}", name="Left behind"))
    session.commit()
