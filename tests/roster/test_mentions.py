"""Whoever is erased stands in no text of any table: whatever column it is, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    text,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from roster.columns import PartialDateType, UtcDateTime
from roster.db import wipe
from roster.erasure import erase_expert
from roster.naming import fold
from roster.read import Contact
from roster.tables import Account, Expert, Fact, LoginSession, RoleGrant, SearchTerm
from roster.vocabulary import ErasureReason, FactKind, Role, TermField
from tests.factories import Factory
from tests.fakes import A_MONDAY

NAME, EMAIL = "Quirina Zwölfaxinger", "q.zwoelfaxinger@ministerium.example"
SAID = f"From {NAME}, also ZWÖLFAXINGER, Quirina <{EMAIL.upper()}> or Quirina\n  Zwölfaxinger."
TRACES = ("zwölfaxinger", "zwolfaxinger", "zwoelfaxinger", "zw\\u00f6lfaxinger")
_NOT_FREE = {"account", "audit_entry", "audit_payload", "change", "erasure", "rate_share"}
"""Hold ids, codes and digests; accounts are emptied, not searched."""
_BY_CODE = {"ranking_run", "facility", "ranking_model"}
"""Made by the program only; their texts are those of other tables."""


@pytest.fixture
def person(make: Factory) -> Expert:
    expert = make.expert(NAME, country="DE")
    make.fact(expert, Contact(EMAIL), kind=FactKind.EMAIL)
    return expert


def _value(column: Column[Any], first: dict[str, Any]) -> Any:
    """Return what a column of an invented row holds: the sentence wherever a text may stand."""
    for key in column.foreign_keys:
        return None if column.nullable else first[key.column.table.name]
    kind = column.type
    if isinstance(kind, SqlEnum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, String):
        return "x" if kind.length else f"{SAID} {uuid4()}"
    for of, made in _MADE:
        if isinstance(kind, of):
            return made()
    # A text of our own types.
    return f"{SAID} {uuid4()}"


_MADE: tuple[tuple[type[Any], Any], ...] = (
    (JSON, lambda: [SAID]),
    (PartialDateType, lambda: None),
    (Uuid, uuid4),
    (Boolean, lambda: False),
    (Integer, lambda: 1),
    (Float, lambda: 0.0),
    (LargeBinary, lambda: b""),
    (UtcDateTime, lambda: datetime(2026, 3, 2, tzinfo=UTC)),
    (Date, lambda: date(2026, 3, 2)),
)


def _plant_everywhere(session: Session, facility_id: UUID) -> set[str]:
    """Put one row into each table, with the sentence in each of its texts; return the tables."""
    first: dict[str, Any] = {"facility": facility_id}
    planted = set()
    for table in SQLModel.metadata.sorted_tables:
        key = next(iter(table.primary_key.columns))
        if table.name not in _NOT_FREE | _BY_CODE:
            row = {
                one.name: _value(one, first)
                for one in table.columns
                if not (one is key and isinstance(key.type, Integer))
            }
            row |= {"facility_id": facility_id} if "facility_id" in table.c else {}
            session.connection().execute(table.insert().values(row))
            planted.add(table.name)
            # What follows hangs on it: on somebody else, not on her whose rows go anyway.
            first[table.name] = row.get(key.name)
        found = session.connection().execute(select_columns(key)).first()
        if first.get(table.name) is None:
            first[table.name] = found[0] if found else None
    return planted


def _told(session: Session) -> set[str]:
    """Return which columns of the database hold a trace."""
    held = MetaData()
    held.reflect(session.connection())
    found = set()
    for table in held.sorted_tables:
        for row in session.connection().execute(table.select()).mappings():
            for name, value in row.items():
                said = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                if any(trace in said.lower() for trace in TRACES):
                    found.add(f"{table.name}.{name}")
    return found


def _erase(session: Session, make: Factory, person: Expert) -> None:
    erase_expert(
        session,
        make.actor(Role.COORDINATOR),
        person.id,
        reason=ErasureReason.ASKED,
        at=A_MONDAY,
    )
    session.flush()


def _free_texts(table: Table) -> set[str]:
    return {
        f"{table.name}.{one.name}"
        for one in table.columns
        if isinstance(one.type, String | JSON)
        and not isinstance(one.type, SqlEnum)
        and not one.foreign_keys
        and not getattr(one.type, "length", None)
    }


def test_no_text_of_any_table_names_whoever_was_erased(
    make: Factory, session: Session, person: Expert
) -> None:
    make.actor(Role.AUDITOR)
    planted = _plant_everywhere(session, make.home.id)
    told = _told(session)
    texts = set().union(*(_free_texts(SQLModel.metadata.tables[name]) for name in planted))
    assert not texts - told, "planted wherever a text may stand"
    _erase(session, make, person)
    assert _told(session) == set()


def test_a_namesake_keeps_her_record_and_loses_only_what_is_of_the_other(
    make: Factory, session: Session, person: Expert
) -> None:
    other = make.expert(NAME.upper(), country="AT")
    other.folded_name = fold(NAME)
    document = make.document(expert=other, country="AT")
    version = make.version(document, f"{NAME}\nVienna")
    colleague = make.expert("Ana Prates", country="PT")
    page = make.version(make.document(expert=colleague, country="PT"), f"Worked with {NAME}.")
    _erase(session, make, person)
    session.expire_all()
    assert session.get_one(Expert, other.id).display_name == NAME.upper()
    name = session.exec(select(Fact.value).where(Fact.expert_id == other.id)).one()
    assert name["display"] == NAME.upper()
    assert version.text == f"{NAME}\nVienna"
    assert page.text == "Worked with [erased]."


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Li Wu", "Li Wu, not Lili Wuhan", "[erased], not Lili Wuhan"),
        ("Suharto", "Suharto met the suharto-era staff of Suhartono",
         "[erased] met the suharto-era staff of Suhartono"),
        ("Ana Maria Cruz", "CRUZ, Ana Maria and Ana Cruz", "[erased] and Ana Cruz"),
        ("نور بن يوسف", "السيدة نور بن يوسف هنا", "السيدة [erased] هنا"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_a_name_and_not_inside_other_words(
    make: Factory, session: Session, name: str, before: str, after: str
) -> None:
    person = make.expert(name, country="DE")
    request = make.request(counterpart=before)
    _erase(session, make, person)
    session.refresh(request)
    assert request.counterpart == after


def test_the_words_of_a_letter_are_not_found_by_her_name(
    make: Factory, session: Session, person: Expert
) -> None:
    request = make.request()
    request.text = f"Please send {NAME}."
    session.add(
        SearchTerm(
            facility_id=request.facility_id,
            request_id=request.id,
            field=TermField.TEXT,
            term="zwolfaxinger",
            length=12,
        )
    )
    session.flush()
    _erase(session, make, person)
    terms = session.exec(select(SearchTerm.term).where(SearchTerm.request_id == request.id)).all()
    assert terms
    assert "zwolfaxinger" not in terms


def test_her_own_account_is_emptied_and_that_of_a_colleague_stays(
    make: Factory, session: Session
) -> None:
    people = [make.expert(f"{NAME} {one}") for one in ("One", "Two", "Three")]
    accounts = []
    for person in people:
        account = Account(
            facility_id=make.home.id, email=f"{person.id}@x.example", name=person.display_name
        )
        session.add(account)
        session.flush()
        home = make.home.id
        session.add(
            RoleGrant(
                facility_id=home, account_id=account.id, role=Role.EXPERT, expert_id=person.id
            )
        )
        session.add(
            LoginSession(
                facility_id=home,
                account_id=account.id,
                token_hash=str(person.id),
                expires_at=A_MONDAY,
                device="Phone",
            )
        )
        accounts.append(account)
    session.add(
        RoleGrant(
            facility_id=make.home.id,
            account_id=accounts[2].id,
            role=Role.FOCAL_POINT,
            country="DE",
        )
    )
    session.flush()
    for person in people:
        _erase(session, make, person)
    session.expire_all()
    assert [(one.name, one.is_active) for one in accounts] == [
        ("[erased]", False),
        ("[erased]", False),
        (f"{NAME} Three", True),
    ]
    left = session.exec(
        select(LoginSession.account_id).where(
            col(LoginSession.account_id).in_([one.id for one in accounts])
        )
    ).all()
    assert left == [accounts[2].id]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_files_of_postgresql_hold_nothing_after_what_the_guide_says(
    make: Factory, session: Session, person: Expert
) -> None:
    """docs/privacy.md tells operators to run VACUUM FULL; without it freed bytes may stay."""
    make.request(counterpart=NAME)
    session.commit()
    bind = session.get_bind()
    where = session.connection().execute(text("SELECT current_setting('data_directory')")).scalar()
    number = (
        session.connection()
        .execute(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        .scalar()
    )
    session.commit()
    folder = Path(str(where)) / "base" / str(number)
    if not folder.is_dir():
        pytest.skip("the server of these tests runs elsewhere")

    def written() -> bool:
        with bind.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # type: ignore[union-attr]
            connection.exec_driver_sql("CHECKPOINT")
        trace = NAME.encode()
        return any(trace in path.read_bytes() for path in folder.iterdir() if path.is_file())

    assert written()
    _erase(session, make, person)
    session.commit()
    wipe(bind)  # type: ignore[arg-type]
    with bind.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql("VACUUM FULL")
    assert not written()
