"""What is written with the commit of a unit of work and not before, as who looked at whom.

The embedded database has one writer at a time. Whoever reads, and has it noted that she did, would
keep all others from writing from her first note to the end of her page; so she notes it at once
with the commit, which comes before the page leaves. Whoever asks for such notes before finds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Executable, Table, TextClause, event
from sqlalchemy.orm import ORMExecuteState, SessionTransaction
from sqlalchemy.sql import visitors
from sqlmodel import Session, SQLModel

_WAITING = "late_writes"

Waiting = list[tuple[type[SQLModel], Executable, Sequence[Mapping[str, Any]] | None]]


def write_late(
    session: Session,
    table: type[SQLModel],
    statement: Executable,
    rows: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Let a statement that writes to a table wait for the commit; a rollback drops it."""
    session.info.setdefault(_WAITING, []).append((table, statement, rows))


def write_now(session: Session) -> None:
    """Write what waits, for whoever goes on past the ORM, or begins what may be undone alone."""
    waiting: Waiting = session.info.pop(_WAITING, [])
    for _, statement, rows in waiting:
        session.execute(statement, rows)


@event.listens_for(Session, "before_commit")
def _write_with_the_commit(session: Session) -> None:
    write_now(session)


@event.listens_for(Session, "after_soft_rollback")
def _drop(session: Session, _ended: SessionTransaction) -> None:
    session.info.pop(_WAITING, None)


@event.listens_for(Session, "do_orm_execute")
def _write_before_it_is_asked_for(state: ORMExecuteState) -> None:
    waiting: Waiting = state.session.info.get(_WAITING, [])
    if waiting and not state.is_insert:
        tables = {str(table.__tablename__) for table, _, _ in waiting}
        if _asks_for(state.statement, tables):
            write_now(state.session)  # type: ignore[arg-type]  # all sessions here are of SQLModel


def _asks_for(statement: Executable, tables: Set[str]) -> bool:
    """Whether a statement names one of some tables, or is so written that nobody can tell."""
    return any(
        isinstance(one, TextClause) or (isinstance(one, Table) and one.name in tables)
        for one in visitors.iterate(statement)  # type: ignore[arg-type]  # each is a tree of parts
    )
