"""What was read in a CV, as far as somebody may see it, and who else it may be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import case, or_
from sqlmodel import Session, col, select

from roster.differences import differences
from roster.identity import KnownPerson, likely_same
from roster.policy import Actor, Permission, visible_documents, visible_experts
from roster.queries.documents import facts_where
from roster.queries.experts import sees_contact
from roster.read import PRIVATE_KINDS, Comparison, FactView, Twin
from roster.redaction import BLACK, PrivateWords, without_private
from roster.tables import Document, DocumentVersion, Expert, Fact, Source
from roster.vocabulary import OFF_ROSTER, DocumentState, ExpertStatus, FactKind, FactStatus

_MOST_TWINS = 5


def shown(
    session: Session, actor: Actor, document: Document, version: DocumentVersion
) -> tuple[str, tuple[FactView, ...]]:
    """Return text and facts, whole for whoever confirms them or may see the contact data.

    For everybody else what is private is blackened; every span stays where it was.
    """
    facts = facts_where(session, col(Source.document_version_id) == version.id)
    standing = tuple(fact for fact in facts if fact.status is not FactStatus.SUPERSEDED)
    if sees_whole(session, actor, document):
        return version.text, standing
    private = [
        PrivateWords(fact.span.start, fact.span.end, fact.quote)
        for fact in facts
        if fact.kind in PRIVATE_KINDS and fact.span is not None
    ]
    private += [PrivateWords(start, end) for start, end in version.sensitive]
    return (
        without_private(version.text, private, BLACK),
        tuple(fact for fact in standing if fact.kind not in PRIVATE_KINDS),
    )


def sees_whole(session: Session, actor: Actor, document: Document) -> bool:
    """Whether somebody who may open a CV sees all of it, contact data and the file's own pages."""
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
    people = {other.id: other for other in _on_the_roster(session, actor) if other.id != draft.id}
    held = _identifying_facts(session, [draft.id, *people])
    own = held.get(draft.id, _Identifying())
    likely = likely_same(
        draft.display_name,
        own.birth_year,
        next(iter(own.emails), None),
        draft.employer,
        (_known_person(other, held.get(other.id, _Identifying())) for other in people.values()),
    )
    return tuple(
        Twin(expert_id=one.id, display_name=people[one.id].display_name, reason=one.reason)
        for one in likely[:_MOST_TWINS]
    )


def known_people(session: Session, actor: Actor) -> tuple[KnownPerson, ...]:
    """Return what tells the people apart whom an actor may know of; drafts are nobody yet."""
    people = _on_the_roster(session, actor)
    held = _identifying_facts(session, [person.id for person in people])
    return tuple(_known_person(one, held.get(one.id, _Identifying())) for one in people)


def people_compared(session: Session, ids: list[UUID]) -> dict[UUID, KnownPerson]:
    """Return what tells people apart, by id; whoever asks decided before who may be compared."""
    held = _identifying_facts(session, ids)
    people = session.exec(select(Expert).where(col(Expert.id).in_(ids)))
    return {one.id: _known_person(one, held.get(one.id, _Identifying())) for one in people}


def people_unseen(session: Session, actor: Actor, facility_id: UUID) -> tuple[KnownPerson, ...]:
    """Return what tells the people of a facility apart whom an actor may not know of.

    For a proposal to a coordinator, never for the actor. The service itself looked at nobody, so
    for it these are all.
    """
    seen = visible_experts(actor, Permission.WRITE_EXPERTS)
    rows = session.exec(
        select(Expert, case((seen, 1), else_=0)).where(
            Expert.facility_id == facility_id,
            or_(
                col(Expert.status).not_in(OFF_ROSTER),
                # Whoever objected is not to come back by a new CV: a coordinator is asked.
                col(Expert.status) == ExpertStatus.RESTRICTED,
            ),
        )
    ).all()
    held = _identifying_facts(session, [person.id for person, _ in rows])
    return tuple(
        _known_person(person, held.get(person.id, _Identifying()))
        for person, is_seen in rows
        if actor.is_system or not is_seen or person.status is ExpertStatus.RESTRICTED
    )


def _on_the_roster(session: Session, actor: Actor) -> Sequence[Expert]:
    return session.exec(
        select(Expert)
        .where(
            visible_experts(actor, Permission.WRITE_EXPERTS), col(Expert.status).not_in(OFF_ROSTER)
        )
        .order_by(col(Expert.folded_name), col(Expert.id))
    ).all()


def waiting_facts(session: Session, version_id: UUID) -> tuple[FactView, ...]:
    """Return the facts of one reading on which nobody has decided."""
    return facts_where(
        session,
        col(Source.document_version_id) == version_id,
        col(Fact.status) == FactStatus.PROPOSED,
    )


def standing_facts(session: Session, expert_id: UUID) -> tuple[FactView, ...]:
    """Return what a person's record holds; for people whose visibility was decided before."""
    return facts_where(
        session,
        col(Fact.expert_id) == expert_id,
        col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
    )


def comparisons(
    session: Session, version: DocumentVersion, twins: Sequence[Twin]
) -> tuple[Comparison, ...]:
    """Set a reading against the record of each person who may be the same."""
    if not twins:
        return ()
    read = waiting_facts(session, version.id)
    return tuple(
        Comparison(twin.expert_id, differences(read, standing_facts(session, twin.expert_id)))
        for twin in twins
    )


@dataclass
class _Identifying:
    """What tells one person from another beside the name."""

    birth_year: int | None = None
    emails: list[str] = field(default_factory=list)


def _identifying_facts(session: Session, ids: list[UUID]) -> dict[UUID, _Identifying]:
    rows = session.exec(
        select(Fact.expert_id, Fact.kind, Fact.value).where(
            col(Fact.expert_id).in_(ids),
            col(Fact.kind).in_([FactKind.EMAIL, FactKind.BIRTH_YEAR]),
            col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
        )
    )
    found: dict[UUID, _Identifying] = {}
    for expert_id, kind, value in rows:
        held = found.setdefault(expert_id, _Identifying())
        if kind is FactKind.EMAIL:
            held.emails.append(value["value"])
        else:
            held.birth_year = value["year"]
    return found


def _known_person(expert: Expert, held: _Identifying) -> KnownPerson:
    return KnownPerson(
        id=expert.id,
        name=expert.display_name,
        birth_year=held.birth_year,
        emails=tuple(held.emails),
        employer=expert.employer,
    )
