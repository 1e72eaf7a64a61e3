"""Files, their texts and who says what; written by `roster.documents` and `roster.ingest`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import DocumentKind, DocumentState, SourceKind


class Document(Record, table=True):
    """A file that somebody gave us: what it is and how far its reading has come."""

    kind: DocumentKind = Field(sa_type=words(DocumentKind))
    state: DocumentState = Field(default=DocumentState.RECEIVED, sa_type=words(DocumentState))
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", index=True, ondelete="CASCADE"
    )
    country: str | None = Field(default=None, index=True, description="Of who uploaded: its scope")
    uploaded_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    file_name: str = Field(description="As given; shown to its uploader only, never in a URL")
    media_type: str = Field(default="", description="By content, never by name")
    size_bytes: int
    sha256: str = Field(index=True)
    problem: str | None = Field(default=None, description="For people: why it was refused")
    delete_after: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="When the original goes, set on confirmation"
    )


class DocumentBlob(Record, table=True):
    """The original, encrypted; apart from `Document` so that lists never load it."""

    __tablename__ = "document_blob"

    document_id: UUID = Field(foreign_key="document.id", unique=True, ondelete="CASCADE")
    content: bytes = Field(sa_type=LargeBinary, description="Fernet token of the file's bytes")


class DocumentVersion(Record, table=True):
    """One reading of a document: its text; spans of facts point here, so it never changes."""

    __tablename__ = "document_version"

    document_id: UUID = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    reader: str = Field(description="Name and version of the reader")
    language: str | None = None
    text: str
    pages: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="See roster.read.PageText"
    )
    lines: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, description="See roster.read.LineBox"
    )
    notes: list[str] = Field(default_factory=list, sa_type=Json, description="For people")
    form: str = Field(default="", description="Form recognised, for a CV")
    sensitive: list[list[int]] = Field(
        default_factory=list,
        sa_type=Json,
        sa_column_kwargs={"server_default": "[]"},
        description="Stretches never indexed; see roster.read.ExtractedProfile",
    )


class Source(Record, table=True):
    """Who or what says so: one reading of a document, a person, a deployment, an import."""

    kind: SourceKind = Field(sa_type=words(SourceKind))
    label: str = Field(description="For people: CV of 14 Jul 2026; never a file name")
    document_version_id: UUID | None = Field(
        default=None, foreign_key="document_version.id", ondelete="CASCADE"
    )
    account_id: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    deployment_id: UUID | None = Field(
        default=None, foreign_key="deployment.id", ondelete="SET NULL"
    )
