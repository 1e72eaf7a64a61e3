"""A world of somebody else's records: one row in each table, of another facility or country."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, Engine, Table, event, insert
from sqlalchemy import Enum as SqlEnum
from sqlmodel import SQLModel

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster.columns import PartialDateType, UtcDateTime
from roster.dates import PartialDate
from roster.tables import Facility
from tests.factories import Factory
from tests.fakes import A_MONDAY

COUNTRY = "ES"
TABLE_OF = {
    "account_id": "account", "batch_id": "batch", "call_id": "call", "deployment_id": "deployment",
    "delivery_id": "webhook_delivery", "document_id": "document", "entry_id": "shortlist_entry",
    "expert_id": "expert", "fact_id": "fact", "fiche_id": "fiche", "finding_id": "finding",
    "follow_up_id": "action_follow_up", "grant_id": "role_grant", "guest_id": "guest",
    "inquiry_id": "inquiry", "key_id": "api_key", "lesson_id": "lesson", "merge_id": "merge",
    "message_id": "message", "nomination_id": "nomination", "notice_id": "notice",
    "group_id": "working_group", "guidelines_id": "guidelines", "other_id": "expert",
    "proposal_id": "merge_proposal", "ranking_id": "ranking_run", "result_id": "action_result",
    "release_id": "release", "request_id": "assistance_request", "round_id": "application_round",
    "seat_id": "seat", "session_id": "login_session", "team_id": "team",
    "webhook_id": "webhook",
}  # fmt: skip
"""The table that a part of an address names a row of; what is not here is no id of a record."""


def make_strangers(make: Factory, home: Facility) -> dict[str, UUID]:
    """Write one row into each table that people's ids lead to; return their ids by table.

    Parameters
    ----------
    home : the facility that all of them belong to; their country is `COUNTRY`
    """
    person = make.expert("Inés Otra", facility=home, country=COUNTRY)
    make.view(person)
    document = make.document(country=COUNTRY, facility=home, expert=person)
    request = make.request(facility=home)
    made: dict[str, Any] = {
        "facility": home.id,
        "expert": person.id,
        "document": document.id,
        "assistance_request": request.id,
    }
    make.session.flush()
    for table in SQLModel.metadata.sorted_tables:
        if table.name in {*made, "expert_profile"} or not isinstance(
            _value(table.columns.get("id")), UUID
        ):
            continue
        row = {column.name: value for column, value in _values(table, made)}
        make.session.execute(insert(table), [row])
        made[table.name] = row["id"]
    make.session.flush()
    return made


def _values(table: Table, made: dict[str, Any]) -> Iterator[tuple[Column[Any], Any]]:
    for column in table.columns:
        target = next(iter(column.foreign_keys), None)
        if column.name in {"country", "home_country"}:
            yield column, COUNTRY
        elif column.name == "seq" or (column.primary_key and column.autoincrement is True):
            yield column, 900_000 + len(made)
        elif target is not None:
            name = target.column.table.name
            if name != table.name and (name in made or not column.nullable):
                yield column, made.get(name)
        elif not column.nullable:
            yield column, _value(column)


def _value(column: Column[Any] | None) -> Any:
    if column is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return A_MONDAY
    if isinstance(column.type, JSON):
        return {}
    if isinstance(column.type, PartialDateType):
        return PartialDate(2026)
    if isinstance(column.type, SqlEnum):
        return next(iter(column.type.enum_class or column.type.enums))
    try:
        kind = column.type.python_type
    except NotImplementedError:
        kind = dict
    plain: dict[type, Any] = {
        UUID: uuid4(), str: f"x{uuid4().hex[:8]}", datetime: A_MONDAY, date: A_MONDAY.date(),
        bool: False, int: 1, float: 1.0, bytes: b"x", list: [], dict: {},
    }  # fmt: skip
    return plain.get(kind, f"x{uuid4().hex[:8]}")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect what is asked of the database meanwhile: as much work, as much time."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
