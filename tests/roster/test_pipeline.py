"""A stored file becomes a draft, in steps that may each break off and be run again.

Beside the tests of the readers, which stand in `tests/roster/ingest`: here a whole CV goes through.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, func, select

from roster.confirmations import confirm_cv
from roster.db import unit_of_work
from roster.documents import Upload, get_reading, store_cv
from roster.errors import Conflict
from roster.ingest.pipeline import propose_profile, read_text
from roster.inputs import Confirmation
from roster.policy import Actor
from roster.queries.experts import get_record
from roster.queries.index import changes_since
from roster.tables import Change, Document, DocumentVersion, Expert, Fact, Source
from roster.vault import Vault
from roster.vocabulary import DocumentState, ExpertStatus, FactKind, FactStatus, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

VAULT = Vault([Fernet.generate_key()])
MOST = 100_000
CV = """CURRICULUM VITAE

Name: Graça Antunes Vilarinho
E-mail: graca.vilarinho@interior.example
Nationality: Portuguese

LANGUAGES
Portuguese: mother tongue
French: C1
English: B2

WORK EXPERIENCE
2016 - present    Head of the Migration Statistics Unit, Immigration and Borders Service, Lisbon
Design of the data collection on residence permits; training of trainers in Cabo Verde.
2009 - 2015    Senior analyst, National Statistics Institute, Lisbon

EDUCATION
2004    Master in Demography, University of Lisbon
""".encode()


@pytest.fixture
def focal_point(engine: Engine) -> Actor:
    with unit_of_work(engine) as session:
        return Factory(session).actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def store(engine: Engine, focal_point: Actor, clock: FrozenClock) -> Callable[[bytes, str], UUID]:
    def store(content: bytes, name: str) -> UUID:
        with unit_of_work(engine) as session:
            upload = Upload(name, content)
            return store_cv(
                session, focal_point, upload, vault=VAULT, clock=clock, most_bytes=MOST
            ).id

    return store


def _read(engine: Engine, document_id: UUID, clock: FrozenClock) -> None:
    read_text(engine, document_id, vault=VAULT, clock=clock, most_bytes=MOST)


def _count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def test_a_cv_becomes_a_draft_and_a_confirmed_person(
    engine: Engine, focal_point: Actor, store: Callable[[bytes, str], UUID], clock: FrozenClock
) -> None:
    document_id = store(CV, "graca.txt")
    _read(engine, document_id, clock)
    propose_profile(engine, document_id, clock=clock)
    with unit_of_work(engine) as session:
        document = session.get_one(Document, document_id)
        assert (document.state, document.media_type) == (DocumentState.READ, "text/plain")
        reading = get_reading(session, focal_point, document_id, clock=clock)
        kinds = {fact.kind for fact in reading.facts}
        assert {FactKind.NAME, FactKind.EMAIL, FactKind.POST, FactKind.LANGUAGE} <= kinds
        assert {fact.status for fact in reading.facts} == {FactStatus.PROPOSED}
        for fact in reading.facts:
            assert fact.span is not None
            assert reading.text[fact.span.start : fact.span.end] == fact.quote
        draft = session.get_one(Expert, document.expert_id)
        assert (draft.status, draft.home_country) == (ExpertStatus.DRAFT, "PT")
        assert changes_since(session, 0).updated == ()
    with unit_of_work(engine) as session:
        confirm_cv(session, focal_point, document_id, Confirmation(), clock=clock)
    with unit_of_work(engine) as session:
        (view,) = changes_since(session, 0).updated
        assert view.display_name == "Graça Antunes Vilarinho"
        assert {skill.value.language for skill in view.languages} >= {"pt", "fr", "en"}
        assert "@" not in view.text
        record = get_record(session, focal_point, view.id)
        assert {fact.status for fact in record.facts} == {FactStatus.CONFIRMED}


def test_steps_that_broke_off_are_run_again_and_propose_once(
    engine: Engine, store: Callable[[bytes, str], UUID], clock: FrozenClock
) -> None:
    document_id = store(CV, "graca.txt")
    propose_profile(engine, document_id, clock=clock)  # Too early: there is no text yet.
    with unit_of_work(engine) as session:
        # Killed while reading: the state says so, and there is no text.
        document = session.get_one(Document, document_id)
        assert document.state is DocumentState.RECEIVED
        document.state = DocumentState.READING
        session.add(document)
    for step in (_read, _read):
        step(engine, document_id, clock)
    for _ in range(3):
        propose_profile(engine, document_id, clock=clock)
        _read(engine, document_id, clock)
    with unit_of_work(engine) as session:
        for table in (DocumentVersion, Expert, Source):
            assert _count(session, table) == 1
        facts = session.exec(select(Fact.kind, Fact.quote, Fact.value)).all()
        assert sum(kind is FactKind.NAME for kind, _, _ in facts) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"\x00\x01\x02\x03" * 50, "cv.bin", id="no-format"),
        pytest.param(b"%PDF-1.4\nbroken", "cv.pdf", id="broken-pdf"),
    ],
)
def test_a_refused_file_keeps_the_words_for_its_uploader(
    engine: Engine,
    focal_point: Actor,
    store: Callable[[bytes, str], UUID],
    clock: FrozenClock,
    content: bytes,
    name: str,
) -> None:
    document_id = store(content, name)
    _read(engine, document_id, clock)
    propose_profile(engine, document_id, clock=clock)
    with unit_of_work(engine) as session:
        reading = get_reading(session, focal_point, document_id, clock=clock)
        assert reading.document.state is DocumentState.REFUSED
        assert reading.document.problem
        assert reading.document.problem.endswith(".")
        assert _count(session, Expert) == _count(session, Fact) == 0
        assert "refused" in session.exec(select(Change.act)).all()
        with pytest.raises(Conflict, match="refused"):
            confirm_cv(session, focal_point, document_id, Confirmation(), clock=clock)


def test_another_key_or_a_removed_file_stops_the_reading_with_a_reason(
    engine: Engine, store: Callable[[bytes, str], UUID], clock: FrozenClock
) -> None:
    document_id = store(CV, "graca.txt")
    other = Vault([Fernet.generate_key()])
    with pytest.raises(Conflict, match="another key"):
        read_text(engine, document_id, vault=other, clock=clock, most_bytes=MOST)
    with unit_of_work(engine) as session:
        assert session.get_one(Document, document_id).state is DocumentState.RECEIVED
        session.delete(session.get_one(Document, document_id))
    with pytest.raises(Conflict, match="removed"):
        _read(engine, document_id, clock)


def test_what_is_sensitive_in_a_cv_is_neither_quoted_nor_indexed(
    engine: Engine, focal_point: Actor, store: Callable[[bytes, str], UUID], clock: FrozenClock
) -> None:
    private = b"\nFAMILY\nthe asylum choir of Lagos\nReligion: Lutheran\nPassport No. N1234567\n"
    cv = CV.replace(b"Nationality:", b"Marital status: widowed; Nationality:") + private
    document_id = store(cv, "graca.txt")
    _read(engine, document_id, clock)
    propose_profile(engine, document_id, clock=clock)
    with unit_of_work(engine) as session:
        confirm_cv(session, focal_point, document_id, Confirmation(), clock=clock)
    with unit_of_work(engine) as session:
        (view,) = changes_since(session, 0).updated
        quotes = " ".join(session.exec(select(Fact.quote)).all())
        for secret in ("Lutheran", "widowed", "N1234567", "choir"):
            assert secret not in view.text
            assert secret not in quotes
        assert "data collection on residence permits" in view.text
