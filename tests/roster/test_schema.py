"""The schema: what every table carries, and that migrations and tables say the same."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select, update

import roster.migrations
import roster.tables
from roster.dates import PartialDate
from roster.db import open_engine, unit_of_work
from roster.errors import Conflict
from roster.migrations import current_revision, head_revision, upgrade
from roster.tables import Action, Expert, Facility, RankingRun, ShortlistEntry
from roster.vocabulary import ActionStatus, ExpertStatus
from tests.factories import Factory

TABLES = SQLModel.metadata.sorted_tables
MIGRATIONS = sorted((Path(roster.migrations.__file__).parent / "versions").glob("[0-9]*.py"))

BELONGS_TO_NO_FACILITY = {
    "facility": "is the facility",
    "sign_in_attempt": "counts tries for an address of which nobody knows whose it is",
    "rate_share": "counts calls of which nobody knows whose they are",
    "request_reading": "is part of a request that says it",
}
HAS_NO_ORIGIN = {
    "sign_in_attempt": "says nothing about the world",
    "rate_share": "says nothing about the world",
    "search_term": "repeats the words of a record that says it",
    "request_reading": "what was read of a request that says it",
}


def test_head_equals_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, SQLModel.metadata)
            if not _is_only_spelling(difference)
        ]
    assert differences == []


def _is_only_spelling(difference: object) -> bool:
    """Whether two types differ in name only: words of closed lists are stored as plain text."""
    if not (isinstance(difference, list) and difference[0][0] == "modify_type"):
        return False
    return all(str(one[5]).startswith("VARCHAR") for one in difference) and all(
        str(one[6]).startswith("VARCHAR") for one in difference
    )


def test_the_database_stands_at_head(engine: Engine) -> None:
    assert current_revision(engine) == head_revision()


def test_an_empty_database_is_brought_to_head_and_again_without_change(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert current_revision(engine) is None
    for _ in range(2):
        upgrade(engine)
        assert current_revision(engine) == head_revision()
    assert {table.name for table in TABLES} <= set(inspect(engine).get_table_names())
    engine.dispose()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_belongs_to_a_facility_and_says_where_it_comes_from(table: object) -> None:
    columns = {column.name for column in table.columns}  # type: ignore[attr-defined]
    name = table.name  # type: ignore[attr-defined]
    assert ("facility_id" in columns) is (name not in BELONGS_TO_NO_FACILITY)
    assert ("origin" in columns) is (name not in HAS_NO_ORIGIN)


def test_every_constraint_and_index_has_a_name(engine: Engine) -> None:
    found = inspect(engine)
    for table in TABLES:
        named = [
            *found.get_foreign_keys(table.name),
            *found.get_unique_constraints(table.name),
            *found.get_indexes(table.name),
            found.get_pk_constraint(table.name),
        ]
        assert all(one["name"] for one in named), table.name


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_imports_nothing_of_ours(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    assert not {name for name in imported if name.split(".")[0] in {"roster", "sqlmodel"}}


def test_a_foreign_key_must_point_at_something(session: Session) -> None:
    make = Factory(session)
    person = make.expert()
    entry = ShortlistEntry(facility_id=make.home.id, expert_id=person.id, request_id=person.id)
    session.add(entry)
    with pytest.raises(IntegrityError):
        session.flush()


def _run(make: Factory) -> RankingRun:
    run = RankingRun(
        facility_id=make.home.id, number=1, model="m", request={}, content=b"as it was shown"
    )
    make.keep(run)
    return run


def test_a_stored_ranking_is_not_rewritten_by_its_object(session: Session) -> None:
    run = _run(Factory(session))
    run.content = b"prettier"
    session.add(run)
    with pytest.raises(Conflict, match="rank again"):
        session.flush()


def test_a_stored_ranking_is_not_rewritten_by_a_statement(session: Session) -> None:
    _run(Factory(session))
    with pytest.raises(Conflict, match="rank again"):
        session.exec(update(RankingRun).values(content=b"prettier"))
    assert session.exec(select(RankingRun.content)).one() == b"as it was shown"


def test_another_row_is_rewritten_by_a_statement(session: Session) -> None:
    Factory(session).expert()
    session.exec(update(Expert).values(headline="Judge"))
    assert session.exec(select(Expert.headline)).one() == "Judge"


def test_a_moment_comes_back_in_utc(session: Session) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    facility = Factory(session).facility("f", created_at=datetime(2026, 3, 2, 1, 0, tzinfo=there))
    session.commit()
    session.expire_all()
    found = session.exec(select(Facility.created_at).where(Facility.id == facility.id)).one()
    assert found == datetime(2026, 3, 1, 19, 30, tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="time zone"):
        Factory(session).facility("f", created_at=datetime(2026, 3, 2))  # noqa: DTZ001 -- the point of the test


@pytest.mark.parametrize("text_of_date", ["2016", "2016-04", "2016-04-03"])
def test_a_date_keeps_its_precision(session: Session, text_of_date: str) -> None:

    make = Factory(session)
    action = Action(
        facility_id=make.home.id,
        code="a",
        name="A",
        status=ActionStatus.ONGOING,
        starts=PartialDate.parse(text_of_date),
    )
    make.keep(action)
    session.expire_all()
    assert session.exec(select(Action)).one().starts == PartialDate.parse(text_of_date)
    assert session.connection().execute(text("SELECT starts FROM action")).scalar() == text_of_date


def test_what_is_no_date_is_not_stored_as_one(session: Session) -> None:
    make = Factory(session)
    action = Action(facility_id=make.home.id, code="a", name="A", status=ActionStatus.ONGOING)
    action.starts = "soon"  # type: ignore[assignment]
    with pytest.raises(StatementError, match="not a partial date"):
        make.keep(action)


def test_words_of_closed_lists_are_stored_as_plain_text(session: Session) -> None:
    make = Factory(session)
    make.expert(status=ExpertStatus.PAUSED)
    stored = session.connection().execute(text("SELECT status, origin FROM expert")).one()
    assert tuple(stored) == ("paused", "real")
    assert session.exec(select(Expert.status)).one() is ExpertStatus.PAUSED


def test_a_word_of_another_list_is_refused(session: Session) -> None:
    make = Factory(session)
    with pytest.raises(StatementError):
        session.connection().execute(
            insert(Expert).values(facility_id=make.home.id, status="retired")
        )


def test_a_unit_of_work_keeps_everything_or_nothing(engine: Engine) -> None:
    def fail() -> None:
        with unit_of_work(engine) as session:
            Factory(session).expert()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with unit_of_work(engine) as session:
        assert session.exec(select(Facility)).all() == []
        Factory(session).expert()
    with unit_of_work(engine) as session:
        assert len(session.exec(select(Expert)).all()) == 1
