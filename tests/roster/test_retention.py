"""What is kept for a time only is deleted when the time is over, and not before."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from roster.retention import KEEP_WAITING_DAYS, Deleted, delete_what_is_due
from roster.tables import Batch, BatchBlob, Change, Document, DocumentBlob, DocumentVersion
from roster.vocabulary import BatchKind, DocumentKind, DocumentState
from tests.factories import Factory
from tests.fakes import A_MONDAY

DAY = timedelta(days=1)


def _document(make: Factory, session: Session, **said: object) -> Document:
    facility_id = make.facility().id
    document = Document(
        facility_id=facility_id,
        created_at=A_MONDAY,
        kind=DocumentKind.CV,
        file_name="cv.pdf",
        size_bytes=4,
        sha256="0",
    )
    for name, value in said.items():
        setattr(document, name, value)
    session.add(document)
    session.flush()
    session.add_all(
        [
            DocumentBlob(facility_id=facility_id, document_id=document.id, content=b"blob"),
            DocumentVersion(
                facility_id=facility_id, document_id=document.id, reader="r", text="words"
            ),
        ]
    )
    session.flush()
    return document


def test_an_original_goes_on_its_day_and_its_text_stays(make: Factory, session: Session) -> None:
    document = _document(make, session, delete_after=A_MONDAY)
    assert delete_what_is_due(session, now=A_MONDAY - DAY) == Deleted()
    assert delete_what_is_due(session, now=A_MONDAY) == Deleted(originals=1)
    assert delete_what_is_due(session, now=A_MONDAY) == Deleted()
    assert session.exec(select(DocumentBlob)).all() == []
    assert session.exec(select(DocumentVersion.text)).one() == "words"
    logged = session.exec(select(Change).where(Change.act == "original_deleted")).one()
    assert logged.record_id == document.id


def test_an_original_that_waits_for_its_confirmation_is_kept(
    make: Factory, session: Session
) -> None:
    _document(make, session, state=DocumentState.READ)
    assert delete_what_is_due(session, now=A_MONDAY + 400 * DAY) == Deleted()


def test_a_refused_file_is_kept_a_month(make: Factory, session: Session) -> None:
    _document(make, session, state=DocumentState.REFUSED)
    last = A_MONDAY + KEEP_WAITING_DAYS * DAY
    assert delete_what_is_due(session, now=last - DAY) == Deleted()
    assert delete_what_is_due(session, now=last) == Deleted(originals=1)


def test_files_that_nobody_took_in_are_kept_a_month(make: Factory, session: Session) -> None:
    facility_id = make.facility().id
    batch = Batch(facility_id=facility_id, created_at=A_MONDAY, kind=BatchKind.LIST)
    session.add(batch)
    session.flush()
    session.add(BatchBlob(facility_id=facility_id, batch_id=batch.id, content=b"list"))
    session.flush()
    last = A_MONDAY + KEEP_WAITING_DAYS * DAY
    assert delete_what_is_due(session, now=last - DAY) == Deleted()
    assert delete_what_is_due(session, now=last) == Deleted(waiting=1)
    assert session.exec(select(BatchBlob)).all() == []
