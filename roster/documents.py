"""CVs: taken in as files, shown beside what was read in them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from roster import records
from roster.errors import (
    FieldError,
    FileRefused,
    FileTooLarge,
    InvalidInput,
    NotAllowed,
    NotFound,
)
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.documents import (
    document_row,
    get_document,
    newest_version,
    pages_of,
)
from roster.queries.experts import PURPOSE, sees_documents
from roster.queries.readings import comparisons, sees_whole, shown, twins_of
from roster.queries.uploads import country_of_upload, known_document
from roster.read import DocumentReading
from roster.tables import (
    Document,
    DocumentBlob,
    Expert,
)
from roster.vault import Vault
from roster.vocabulary import (
    DocumentKind,
)

_PURPOSE = re.compile(r"[\w-]{1,80}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in."""

    file_name: str
    content: bytes
    country: str | None = None
    """Whose people it is about; None: the one country of the uploader."""


def store_cv(
    session: Session,
    actor: Actor,
    upload: Upload,
    *,
    vault: Vault,
    clock: Clock,
    most_bytes: int,
) -> Document:
    """Take a CV in: kept encrypted, waiting to be read. The same file twice is one document.

    Raises
    ------
    NotAllowed
    UnknownTerm
        The country is none.
    InvalidInput
        The country is not the actor's, or is not named by somebody who answers for several.
    FileRefused, FileTooLarge
    """
    require(actor, Permission.UPLOAD_CVS)
    _check_size(upload, most_bytes)
    country = country_of_upload(actor, upload.country)
    digest = hashlib.sha256(upload.content).hexdigest()
    known = known_document(session, actor.facility_id, digest, country)
    if known is not None:
        return known
    document = Document(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        kind=DocumentKind.CV,
        country=country,
        uploaded_by=actor.account_id,
        file_name=upload.file_name[:255],
        size_bytes=len(upload.content),
        sha256=digest,
    )
    session.add(document)
    session.flush()
    session.add(_blob_of(document, vault.lock(upload.content)))
    records.log_change(session, actor, document, "created", clock.now())
    session.flush()
    return document


def _blob_of(document: Document, locked: bytes) -> DocumentBlob:
    return DocumentBlob(
        facility_id=document.facility_id,
        origin=document.origin,
        document_id=document.id,
        content=locked,
    )


def _check_size(upload: Upload, most_bytes: int) -> None:
    if not upload.content:
        raise FileRefused("This file is empty. Save it again and upload the new copy.")
    if len(upload.content) > most_bytes:
        raise FileTooLarge(
            f"This file has {len(upload.content) / 1e6:.0f} MB; at most {most_bytes / 1e6:.0f} MB "
            "are read. A CV without pictures is far smaller: save it without them and upload again."
        )


def get_reading(
    session: Session, actor: Actor, document_id: UUID, *, clock: Clock
) -> DocumentReading:
    """Return a CV's text beside the facts read in it; that it was looked at is recorded.

    Raises
    ------
    NotFound
    NotAllowed
        Nobody wrote down what it is opened for: see `state_purpose`.
    """
    document = get_document(session, actor, document_id)
    _require_purpose(session, actor, document, clock)
    version = newest_version(session, document.id)
    expert = session.get(Expert, document.expert_id) if document.expert_id else None
    if expert is not None:
        records.log_views(
            session, actor, [expert.id], what="cv", purpose="confirmation", at=clock.now()
        )
    text, facts = shown(session, actor, document, version) if version else ("", ())
    twins = twins_of(session, actor, expert) if expert else ()
    return DocumentReading(
        document=document_row(document, actor, expert.display_name if expert else None),
        text=text,
        pages=pages_of(version) if version else (),
        language=version.language if version else None,
        form=version.form if version else "",
        notes=tuple(version.notes) if version else (),
        facts=facts,
        twins=twins,
        comparisons=comparisons(session, version, twins) if version else (),
        has_original=_blob_to_show(session, actor, document) is not None,
    )


def needs_purpose(session: Session, actor: Actor, document_id: UUID, *, clock: Clock) -> bool:
    """Whether an actor has to say what for before a CV opens.

    Raises
    ------
    NotFound
    """
    document = get_document(session, actor, document_id)
    return not sees_documents(session, actor, document, now=clock.now())


def state_purpose(
    session: Session, actor: Actor, document_id: UUID, purpose: str, *, clock: Clock
) -> None:
    """Write down what an actor opens the documents of a person for; it holds for the day.

    Raises
    ------
    NotFound
    InvalidInput
        Nothing was said, or more than a code or an id.
    """
    document = get_document(session, actor, document_id)
    if not _PURPOSE.fullmatch(purpose):
        raise InvalidInput(
            "Say what for: a code or the id of a request.",
            errors=(FieldError("/purpose", "Choose what you open it for."),),
        )
    if document.expert_id is not None:
        ids = [document.expert_id]
        records.log_views(session, actor, ids, what=PURPOSE, purpose=purpose, at=clock.now())
        session.flush()


def _require_purpose(session: Session, actor: Actor, document: Document, clock: Clock) -> None:
    if not sees_documents(session, actor, document, now=clock.now()):
        raise NotAllowed("Say first what you open this document for: it is written down.")


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was given."""

    content: bytes
    media_type: str
    """By content; empty where it was not read yet."""


def open_original(
    session: Session, actor: Actor, document_id: UUID, *, vault: Vault, clock: Clock
) -> Original:
    """Return the file of a CV for whoever sees all of it; that it was opened is recorded.

    Raises
    ------
    NotFound
        No such document, one that the actor sees in part only, or an original no longer kept.
    """
    document = get_document(session, actor, document_id)
    blob_id = _blob_to_show(session, actor, document)
    if blob_id is None:
        raise NotFound("The file itself is not kept any more, or is not yours to open.")
    _require_purpose(session, actor, document, clock)
    if document.expert_id is not None:
        records.log_views(
            session,
            actor,
            [document.expert_id],
            what="cv page",
            purpose="confirmation",
            at=clock.now(),
        )
    blob = session.get_one(DocumentBlob, blob_id)
    return Original(vault.unlock(blob.content), document.media_type)


def _blob_to_show(session: Session, actor: Actor, document: Document) -> UUID | None:
    """Return which blob an actor may see; only its id, so that a page loads no file."""
    kept = session.exec(
        select(DocumentBlob.id).where(DocumentBlob.document_id == document.id)
    ).first()
    return kept if kept is not None and sees_whole(session, actor, document) else None
