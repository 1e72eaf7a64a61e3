"""What people's CVs say in words, without what is private or sensitive."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from roster.read import PRIVATE_KINDS
from roster.redaction import PrivateWords, without_private
from roster.tables import DocumentVersion, Fact, Source
from roster.vocabulary import FactKind, FactStatus

_STANDING = (FactStatus.PROPOSED, FactStatus.CONFIRMED)
_TEXT_LIMIT = 40_000


def texts_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the CV texts of people without what is private or sensitive, the newest first."""
    private = _private_words(session, ids)
    sensitive = _sensitive_words(session, ids)
    rows = session.exec(
        select(Fact.expert_id, DocumentVersion.id, DocumentVersion.text, DocumentVersion.created_at)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .join(DocumentVersion, col(DocumentVersion.id) == col(Source.document_version_id))
        .where(col(Fact.expert_id).in_(ids), col(Fact.status).in_(_STANDING))
        .distinct()
        .order_by(
            col(Fact.expert_id), col(DocumentVersion.created_at).desc(), col(DocumentVersion.id)
        )
    )
    texts: dict[UUID, str] = {}
    for expert_id, version_id, text, _ in rows:
        words = [*private.get((expert_id, version_id), ()), *sensitive.get(version_id, ())]
        cut = without_private(text, words, " ")
        texts[expert_id] = f"{texts[expert_id]}\n\n{cut}" if expert_id in texts else cut
    return {expert_id: text[:_TEXT_LIMIT] for expert_id, text in texts.items()}


def _private_words(
    session: Session, ids: Sequence[UUID]
) -> dict[tuple[UUID, UUID], list[PrivateWords]]:
    kinds = [*PRIVATE_KINDS, FactKind.NAME]
    rows = session.exec(
        select(Fact.expert_id, Source.document_version_id, Fact.span, Fact.quote)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .where(col(Fact.expert_id).in_(ids), col(Fact.kind).in_(kinds))
    )
    private: dict[tuple[UUID, UUID], list[PrivateWords]] = {}
    for expert_id, version_id, span, quote in rows:
        if version_id is not None and span is not None:
            words = PrivateWords(span["start"], span["end"], quote)
            private.setdefault((expert_id, version_id), []).append(words)
    return private


def _sensitive_words(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[PrivateWords]]:
    read_in = (
        select(Source.document_version_id)
        .join(Fact, col(Fact.source_id) == col(Source.id))
        .where(col(Fact.expert_id).in_(ids))
    )
    rows = session.exec(
        select(DocumentVersion.id, DocumentVersion.sensitive).where(
            col(DocumentVersion.id).in_(read_in)
        )
    )
    return {
        version_id: [PrivateWords(start, end) for start, end in stretches]
        for version_id, stretches in rows
    }
