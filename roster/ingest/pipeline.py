"""A stored CV becomes a draft record, in two steps that may each be run again.

The only module of ingestion that opens a session. Reading happens outside any transaction; a file
that cannot be read is marked as refused, with the reason that its uploader sees.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, select

from roster import records
from roster.db import unit_of_work
from roster.errors import Conflict, FileRefused
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.sandbox.apart import Limits
from roster.policy import system_actor
from roster.ports import Clock
from roster.queries.documents import newest_version, pages_of
from roster.queries.own_words import own_words_of
from roster.read import DocumentText, ExtractedProfile, LineBox
from roster.redaction import BLACK, without_stretches
from roster.serial import from_json, to_json
from roster.tables import Document, DocumentBlob, DocumentVersion, Expert, Source
from roster.vault import Vault
from roster.vocabulary import DocumentState, ExpertStatus, SourceKind

_DONE = (DocumentState.READ, DocumentState.CONFIRMED, DocumentState.REFUSED)


def read_text(
    engine: Engine,
    document_id: UUID,
    *,
    vault: Vault,
    clock: Clock,
    limits: Limits | None = None,
    most_bytes: int,
) -> None:
    """Read the text of a stored file, once; a file that cannot be read is marked as refused."""
    with unit_of_work(engine) as session:
        document = _document(session, document_id)
        if document.state in _DONE or newest_version(session, document_id) is not None:
            return
        document.state = DocumentState.READING
        session.add(document)
        name, content = document.file_name, vault.unlock(_blob(session, document_id).content)
    try:
        text = read_file(content, name=name, limit=most_bytes, limits=limits)
    except FileRefused as refusal:
        _refuse(engine, document_id, refusal, clock)
        return
    with unit_of_work(engine) as session:
        store_version(session, _document(session, document_id), text, clock.now())


def propose_profile(engine: Engine, document_id: UUID, *, clock: Clock) -> None:
    """Read the profile out of a text and propose it as a draft record, once."""
    with unit_of_work(engine) as session:
        document = _document(session, document_id)
        version = newest_version(session, document_id)
        if document.state in _DONE or version is None:
            return
        text = text_of(document, version)
        own = own_words_of(session, document.facility_id)
    profile = read_profile(text, today=clock.now().date(), own=own)
    with unit_of_work(engine) as session:
        propose(session, _document(session, document_id), version.id, profile, clock.now())


def _document(session: Session, document_id: UUID) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise Conflict("This document was removed while it was being read.")
    return document


def _blob(session: Session, document_id: UUID) -> DocumentBlob:
    blob = session.exec(select(DocumentBlob).where(DocumentBlob.document_id == document_id)).first()
    if blob is None:
        raise Conflict("The original of this document is no longer kept. Upload it again.")
    return blob


def _refuse(engine: Engine, document_id: UUID, refusal: FileRefused, clock: Clock) -> None:
    with unit_of_work(engine) as session:
        document = _document(session, document_id)
        document.state, document.problem = DocumentState.REFUSED, refusal.detail
        session.add(document)
        actor = system_actor(document.facility_id)
        records.log_change(session, actor, document, "refused", clock.now(), code=refusal.code)


def store_version(
    session: Session, document: Document, text: DocumentText, at: datetime
) -> DocumentVersion | None:
    """Keep the text of a document as its reading; None where somebody read it meanwhile."""
    if document.state in _DONE or newest_version(session, document.id) is not None:
        return None
    document.media_type = text.media_type
    version = DocumentVersion(
        facility_id=document.facility_id,
        origin=document.origin,
        created_at=at,
        document_id=document.id,
        reader=text.reader,
        language=text.language,
        text=text.text,
        pages=[to_json(page) for page in text.pages],
        lines=[to_json(line) for line in text.lines],
        notes=list(text.notes),
    )
    session.add_all([document, version])
    session.flush()
    return version


def text_of(document: Document, version: DocumentVersion) -> DocumentText:
    """Return what was read of a document."""
    return DocumentText(
        text=version.text,
        pages=pages_of(version),
        media_type=document.media_type,
        language=version.language,
        reader=version.reader,
        notes=tuple(version.notes),
        lines=tuple(from_json(LineBox, line) for line in version.lines),
    )


def propose(
    session: Session,
    document: Document,
    version_id: UUID,
    profile: ExtractedProfile,
    at: datetime,
) -> None:
    """Make what was read in a document a draft record, once."""
    version = session.get(DocumentVersion, version_id)
    if version is None or document.state in _DONE:
        return
    source = Source(
        facility_id=document.facility_id,
        origin=document.origin,
        kind=SourceKind.DOCUMENT,
        label=f"CV of {at.day} {at:%b %Y}",
        document_version_id=version.id,
    )
    draft = make_draft(session, document, version, source, profile, at)
    records.refresh(session, [draft], at)


def make_draft(
    session: Session,
    document: Document,
    version: DocumentVersion,
    source: Source,
    profile: ExtractedProfile,
    at: datetime,
) -> Expert:
    """Write what was read as facts of a draft; `records.refresh` has to follow."""
    version.form, version.sensitive = profile.form, [list(each) for each in profile.sensitive]
    draft = Expert(
        facility_id=document.facility_id,
        origin=document.origin,
        created_at=at,
        status=ExpertStatus.DRAFT,
        given_country=document.country,
    )
    session.add_all([version, draft, source])
    session.flush()
    text = without_stretches(version.text, profile.sensitive, BLACK)
    records.assert_facts(session, draft, source, profile.facts, text=text, at=at)
    document.expert_id, document.state = draft.id, DocumentState.READ
    session.add(document)
    actor = system_actor(document.facility_id)
    records.log_change(session, actor, document, "read", at, facts=len(profile.facts))
    return draft
