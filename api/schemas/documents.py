"""Files and what was read in them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from roster.vocabulary import DocumentKind, DocumentState


class DocumentRowOut(Out):
    """A file in a list."""

    id: UUID
    kind: DocumentKind
    state: DocumentState
    file_name: str
    media_type: str = Field(description="By content; empty until it was read")
    size_bytes: int
    uploaded_at: datetime
    expert_id: UUID | None
    country: str | None
    problem: str | None = Field(description="For people: why it could not be read")
    display_name: str | None


class UploadOut(Out):
    """A file that was taken in; ask for its reading at `href` until the state is `read`."""

    id: UUID
    state: DocumentState
    href: str = Field(description="Where its reading will stand")


class TwinOut(Out):
    """Somebody on the roster who may be the person of a CV."""

    expert_id: UUID
    display_name: str
    reason: str
