"""Who reads lets others write; that she read is written with her commit, and never lost."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, func, select

from roster import records
from roster.db import open_engine, unit_of_work
from roster.tables import AccessLog, Expert
from roster.vocabulary import Role
from tests.factories import Factory
from tests.fakes import A_MONDAY


def test_a_reader_keeps_nobody_from_writing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'roster.db'}")
    SQLModel.metadata.create_all(engine)
    with unit_of_work(engine) as session:
        make = Factory(session)
        expert, actor = make.expert(), make.actor(Role.PROJECT_OFFICER)
    with unit_of_work(engine) as reading:
        records.log_views(reading, actor, [expert.id], what="record", purpose="", at=A_MONDAY)
        with unit_of_work(engine) as writing:
            writing.exec(select(AccessLog)).all()
            Factory(writing, home=make.home).expert("Rui Couto")
    with unit_of_work(engine) as session:
        assert [one.expert_id for one in session.exec(select(AccessLog))] == [expert.id]
    engine.dispose()


def test_it_is_found_before_the_commit_and_goes_with_a_rollback(session: Session) -> None:
    make = Factory(session)
    expert, actor = make.expert(), make.actor(Role.PROJECT_OFFICER)
    session.commit()
    records.log_views(session, actor, [expert.id], what="record", purpose="", at=A_MONDAY)
    assert len(session.exec(select(AccessLog)).all()) == 1
    records.log_views(session, actor, [expert.id], what="record", purpose="", at=A_MONDAY)
    session.rollback()
    session.commit()
    assert not session.exec(select(AccessLog)).all()


def test_it_waits_for_whoever_asks_for_something_else_and_for_nobody_who_asks_for_it(
    session: Session,
) -> None:
    make = Factory(session)
    expert, actor = make.expert(), make.actor(Role.PROJECT_OFFICER)
    session.commit()

    def note() -> None:
        records.log_views(session, actor, [expert.id], what="record", purpose="", at=A_MONDAY)

    def waits() -> bool:
        return bool(session.info.get("late_writes"))

    note()
    session.exec(select(func.count()).select_from(Expert)).one()
    session.exec(select(Expert.id).where(col(Expert.id) == expert.id)).all()
    assert waits()
    seen = select(AccessLog.id).where(AccessLog.expert_id == Expert.id).exists()
    assert session.exec(select(Expert.id).where(seen)).all() == [expert.id]
    assert not waits()
    note()
    assert session.exec(select(func.count()).select_from(AccessLog)).one() == 2
    note()
    assert len(session.exec(text("SELECT id FROM access_log")).all()) == 3  # type: ignore[call-overload]
