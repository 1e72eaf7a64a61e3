"""What was read in a CV, as far as somebody may see it, and who else it may be about."""

from __future__ import annotations

from sqlmodel import Session, col, select

from roster.naming import fold, is_same_person
from roster.policy import Actor, Permission, visible_documents, visible_experts
from roster.queries.documents import facts_where
from roster.queries.experts import sees_contact
from roster.read import PRIVATE_KINDS, FactView, Twin
from roster.redaction import PrivateWords, without_private
from roster.tables import Document, DocumentVersion, Expert, Source
from roster.vocabulary import DocumentState, ExpertStatus, FactStatus

_BLACK = "█"
_MOST_TWINS = 5


def shown(
    session: Session, actor: Actor, document: Document, version: DocumentVersion
) -> tuple[str, tuple[FactView, ...]]:
    """Return text and facts, whole for whoever confirms them or may see the contact data.

    For everybody else what is private is blackened; every span stays where it was.
    """
    facts = facts_where(session, col(Source.document_version_id) == version.id)
    standing = tuple(fact for fact in facts if fact.status is not FactStatus.SUPERSEDED)
    if _sees_whole(session, actor, document):
        return version.text, standing
    private = [
        PrivateWords(fact.span.start, fact.span.end, fact.quote)
        for fact in facts
        if fact.kind in PRIVATE_KINDS and fact.span is not None
    ]
    return (
        without_private(version.text, private, _BLACK),
        tuple(fact for fact in standing if fact.kind not in PRIVATE_KINDS),
    )


def _sees_whole(session: Session, actor: Actor, document: Document) -> bool:
    if document.expert_id is not None and sees_contact(session, actor, document.expert_id):
        return True
    to_confirm = select(Document.id).where(
        Document.id == document.id,
        Document.state != DocumentState.CONFIRMED,
        visible_documents(actor, Permission.WRITE_EXPERTS),
    )
    return session.exec(to_confirm).first() is not None


def twins_of(session: Session, actor: Actor, draft: Expert) -> tuple[Twin, ...]:
    """Return people whom the actor may know of and who may be the same; others are not looked at.

    Empty for whoever is no draft: her record stands already.
    """
    if draft.status is not ExpertStatus.DRAFT:
        return ()
    known = session.exec(
        select(Expert)
        .where(
            visible_experts(actor, Permission.WRITE_EXPERTS),
            Expert.status != ExpertStatus.DRAFT,
            Expert.id != draft.id,
        )
        .order_by(col(Expert.folded_name), col(Expert.id))
    )
    same = [other for other in known if is_same_person(other.display_name, draft.display_name)]
    return tuple(
        Twin(
            expert_id=other.id,
            display_name=other.display_name,
            reason=_why_twin(other, draft),
        )
        for other in same[:_MOST_TWINS]
    )


def _why_twin(other: Expert, draft: Expert) -> str:
    same_employer = fold(other.employer or "") == fold(draft.employer or "") != ""
    return "same name and same employer" if same_employer else "same name, another employer"
