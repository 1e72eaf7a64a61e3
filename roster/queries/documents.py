"""Files, their texts and the facts read in them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from roster.dates import Period
from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_documents
from roster.queries.paging import page_of
from roster.read import DocumentRow, FactView, PageOf, PageText, Paging, Span
from roster.serial import fact_value, from_json
from roster.tables import Account, Document, DocumentVersion, Expert, Fact, Source
from roster.vocabulary import DocumentKind, DocumentState


def get_document(
    session: Session,
    actor: Actor,
    document_id: UUID,
    permission: Permission = Permission.READ_EXPERTS,
) -> Document:
    """Return the row of a CV that the actor may open.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Document).where(
            Document.id == document_id,
            Document.kind == DocumentKind.CV,
            visible_documents(actor, permission),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such document on the part of the roster that you can see.")
    return found


def document_rows(
    session: Session,
    actor: Actor,
    *conditions: ColumnElement[bool],
    most: int = 200,
    skip: int = 0,
) -> tuple[DocumentRow, ...]:
    """Return CVs that the actor may open, the newest first."""
    rows = session.exec(
        select(Document, Expert.display_name)
        .join(Expert, col(Expert.id) == col(Document.expert_id), isouter=True)
        .where(Document.kind == DocumentKind.CV, visible_documents(actor), *conditions)
        .order_by(col(Document.created_at).desc(), col(Document.id))
        .offset(skip)
        .limit(most)
    )
    return tuple(document_row(document, actor, name) for document, name in rows)


def documents_page(
    session: Session,
    actor: Actor,
    paging: Paging,
    *,
    state: DocumentState | None = None,
    country: str | None = None,
) -> PageOf[DocumentRow]:
    """Return one page of the CVs that the actor may open, the newest first."""
    query = (
        select(Document)
        .where(Document.kind == DocumentKind.CV, visible_documents(actor))
        .order_by(col(Document.created_at).desc(), col(Document.id))
    )
    if state is not None:
        query = query.where(Document.state == state)
    if country is not None:
        query = query.where(Document.country == country)
    found, total = page_of(session, query, paging)
    ids = {one.expert_id for one in found if one.expert_id is not None}
    people = session.exec(select(Expert).where(col(Expert.id).in_(ids)))
    names: dict[UUID | None, str] = {one.id: one.display_name for one in people}
    rows = tuple(document_row(one, actor, names.get(one.expert_id)) for one in found)
    return PageOf(items=rows, page=paging.page, per_page=paging.per_page, total=total)


def document_counts(
    session: Session, actor: Actor, permission: Permission = Permission.READ_EXPERTS
) -> dict[DocumentState, int]:
    """Count the CVs that the actor may open by how far they have come."""
    rows = session.exec(
        select(Document.state, func.count())
        .where(Document.kind == DocumentKind.CV, visible_documents(actor, permission))
        .group_by(col(Document.state))
    )
    return {DocumentState(state): count for state, count in rows}


def waiting_ids(session: Session, actor: Actor) -> tuple[UUID, ...]:
    """Return the CVs that wait for the actor's confirmation, the oldest first."""
    return tuple(
        session.exec(
            select(Document.id)
            .where(
                Document.kind == DocumentKind.CV,
                Document.state == DocumentState.READ,
                visible_documents(actor, Permission.WRITE_EXPERTS),
            )
            .order_by(col(Document.created_at), col(Document.id))
        )
    )


def reading_sizes(session: Session, document_ids: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """Return the form recognised in each document and the number of facts read in it.

    For documents whose visibility was decided before; those that were not read are left out.
    """
    rows = session.exec(
        select(DocumentVersion.document_id, DocumentVersion.form, func.count(col(Fact.id)))
        .join(Source, col(Source.document_version_id) == col(DocumentVersion.id), isouter=True)
        .join(Fact, col(Fact.source_id) == col(Source.id), isouter=True)
        .where(col(DocumentVersion.document_id).in_(list(document_ids)))
        .group_by(
            col(DocumentVersion.id), col(DocumentVersion.document_id), col(DocumentVersion.form)
        )
        .order_by(col(DocumentVersion.created_at), col(DocumentVersion.id))
    )
    return {document_id: (form, facts) for document_id, form, facts in rows}


def document_row(document: Document, actor: Actor, display_name: str | None = None) -> DocumentRow:
    """Return a file as it stands in lists; the name that its uploader gave it is hers to see."""
    is_uploader = actor.account_id is not None and document.uploaded_by == actor.account_id
    return DocumentRow(
        id=document.id,
        kind=document.kind,
        state=document.state,
        file_name=document.file_name if is_uploader else "",
        media_type=document.media_type,
        size_bytes=document.size_bytes,
        uploaded_at=document.created_at,
        expert_id=document.expert_id,
        country=document.country,
        problem=document.problem,
        display_name=display_name,
    )


def newest_version(session: Session, document_id: UUID) -> DocumentVersion | None:
    """Return the last reading of a document; None where it was not read yet."""
    return session.exec(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document_id)
        .order_by(col(DocumentVersion.created_at).desc(), col(DocumentVersion.id))
    ).first()


def pages_of(version: DocumentVersion) -> tuple[PageText, ...]:
    """Return the pages of a reading."""
    return tuple(from_json(PageText, page) for page in version.pages)


def facts_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[FactView, ...]:
    """Return facts with their sources, in the order of their documents."""
    rows = session.exec(
        select(Fact, Source, Account.name)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .join(Account, col(Account.id) == col(Fact.confirmed_by), isouter=True)
        .where(*conditions)
    )
    views = [_fact_view(fact, source, name) for fact, source, name in rows]
    return tuple(sorted(views, key=_place))


def _place(fact: FactView) -> tuple[str, int, str]:
    return (fact.kind.value, fact.span.start if fact.span else 0, str(fact.id))


def _fact_view(fact: Fact, source: Source, confirmed_by: str | None) -> FactView:
    return FactView(
        id=fact.id,
        kind=fact.kind,
        value=fact_value(fact.kind, fact.value),
        period=Period(fact.valid_from, fact.valid_to, fact.ongoing),
        status=fact.status,
        confidence=fact.confidence,
        source=source.label,
        span=None if fact.span is None else from_json(Span, fact.span),
        quote=fact.quote,
        doubt=fact.doubt,
        confirmed_by=confirmed_by,
        asserted_at=fact.asserted_at,
    )
