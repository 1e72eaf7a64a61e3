"""Mentions of a person who is erased, in what others wrote: taken out wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    String,
    Table,
    cast,
    delete,
    func,
    or_,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.sqltypes import AutoString

from roster.naming import fold
from roster.personal import tables_reaching_expert
from roster.request_readings import forget_readings
from roster.search_terms import make_actions_findable, make_requests_findable
from roster.tables import (
    Action,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    DocumentBlob,
    Expert,
)
from roster.traces import Traces

_AS_IT_IS = frozenset(
    {"account", "audit_entry", "audit_payload", "change", "erasure", "request_reading"}
)
"""Tables that hold ids and codes only; accounts, which `_forget_accounts` empties; and readings
of letters, which all go."""


def forget_mentions(session: Session, traces: Traces) -> Counter[str]:
    """Search every text and every JSON of the database; return the rows changed, by table.

    What stands in the records of others who bear the same name is about them, and stays.
    """
    rows: Counter[str] = Counter()
    changed: dict[str, list[UUID]] = {}
    others = _namesakes(session, traces)
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in _AS_IT_IS:
            changed[table.name] = _clear(session, table, traces, others)
            rows[table.name] += len(changed[table.name])
    session.expire_all()
    forget_readings(session)
    _forget_letters(session, changed[str(AssistanceRequest.__tablename__)])
    _find_anew(session, changed)
    return rows


def _namesakes(session: Session, traces: Traces) -> frozenset[UUID]:
    """Return others who bear her name: what stands in their records is about them."""
    folded = {fold(name) for name in traces.words}
    found = select(Expert.id).where(
        col(Expert.folded_name).in_(folded), col(Expert.id).not_in(traces.ids)
    )
    return frozenset(session.exec(found))


def _clear(session: Session, table: Table, traces: Traces, namesakes: frozenset[UUID]) -> list[Any]:
    """Clear the texts of one table; return the keys of the rows that were changed."""
    columns = [one for one in table.columns if _holds_text(one)]
    keys = list(table.primary_key.columns)
    if not columns:
        return []
    hit = or_(
        *(
            form.contains(needle, autoescape=True)
            for one in columns
            for form in (cast(one, String), func.lower(cast(one, String)))
            for needle in traces.needles
        )
    )
    changed = []
    wanted = select_columns(*keys, *columns).where(hit, *_not_about(table, namesakes))
    for row in session.connection().execute(wanted).all():
        held = row._mapping
        new = {one.name: traces.cleared(held[one]) for one in columns}
        new = {name: value for name, value in new.items() if value != held[table.c[name]]}
        if new:
            where = [key == held[key] for key in keys]
            session.connection().execute(table.update().where(*where).values(new))
            changed.append(held[keys[0]])
    return changed


def _not_about(table: Table, people: frozenset[UUID]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions by which a row is about none of some people."""
    if not people:
        return
    tables = SQLModel.metadata.tables
    for way in tables_reaching_expert():
        if way.table != table.name:
            continue
        if not way.links:
            yield table.c.id.not_in(people)
            continue
        if way.links[0].table != table.name:
            continue
        within: Any = people
        for link in reversed(way.links):
            of = tables[link.table]
            condition = of.c[link.column].in_(within)
            key = next(iter(of.primary_key.columns))
            if link.table == table.name:
                yield or_(of.c[link.column].is_(None), ~condition)
                break
            within = select_columns(key).where(condition)


def _forget_letters(session: Session, requests: Sequence[UUID]) -> None:
    """Delete the files of letters that named her: their text stays, without her."""
    letters = select(AssistanceRequest.letter_id).where(
        col(AssistanceRequest.id).in_(requests), col(AssistanceRequest.letter_id).is_not(None)
    )
    session.execute(delete(DocumentBlob).where(col(DocumentBlob.document_id).in_(letters)))


def _find_anew(session: Session, changed: Mapping[str, Sequence[UUID]]) -> None:
    """Keep the words of requests and Actions anew, without those of her name."""
    requests = changed[str(AssistanceRequest.__tablename__)]
    plans = select(Activity.plan_id).where(
        col(Activity.id).in_(changed[str(Activity.__tablename__)])
    )
    of_plans = select(ActivityPlan.action_id).where(col(ActivityPlan.id).in_(plans))
    actions = col(Action.id).in_(changed[str(Action.__tablename__)])
    wanted = select(AssistanceRequest).where(col(AssistanceRequest.id).in_(requests))
    make_requests_findable(session, session.exec(wanted).all())
    found = session.exec(select(Action).where(or_(actions, col(Action.id).in_(of_plans))))
    make_actions_findable(session, found.all())


def _holds_text(column: Column[Any]) -> bool:
    if column.primary_key or column.foreign_keys or isinstance(column.type, (SqlEnum, LargeBinary)):
        return False
    return isinstance(column.type, (String, AutoString, JSON))
