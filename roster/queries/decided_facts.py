"""Facts that were read in CVs, with what was decided on each, for whoever keeps the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_experts
from roster.queries.experts import NOBODY, get_expert
from roster.read import ReadFact
from roster.serial import fact_value
from roster.tables import Account, Expert, Fact, Source
from roster.vocabulary import FactStatus, SourceKind


def version_of(fact: Fact) -> str:
    """Return what names the decision that stands on a fact."""
    at = fact.confirmed_at
    return f"{fact.status.value}.{at.isoformat() if at else ''}"


_TO_DECIDE = or_(
    col(Source.document_version_id).is_not(None), col(Source.kind) == SourceKind.EXPERT
)
"""What was read in a CV, and what people say of their own records."""


def read_fact(session: Session, actor: Actor, fact_id: UUID) -> tuple[Fact, Expert]:
    """Return a fact on which the actor may decide: read in a CV, or said by the person; and her.

    Raises
    ------
    NotFound
        There is no such fact, or it is somebody else's: both are one question and one answer.
    """
    found = session.exec(
        select(Fact, Expert)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .join(Expert, col(Expert.id) == col(Fact.expert_id))
        .where(
            Fact.id == fact_id,
            _TO_DECIDE,
            visible_experts(actor, Permission.WRITE_EXPERTS),
        )
    ).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


def decided_fact(session: Session, fact: Fact) -> ReadFact:
    """Return a fact with the decision that stands on it, for whoever may decide on it."""
    by = session.get(Account, fact.confirmed_by) if fact.confirmed_by else None
    source = session.get_one(Source, fact.source_id)
    return _seen(session, fact, source, by.name if by else None)


def is_own(session: Session, fact: Fact) -> bool:
    """Whether the person said a fact herself."""
    return session.get_one(Source, fact.source_id).kind is SourceKind.EXPERT


def gives_way(session: Session, to: Fact) -> Sequence[Fact]:
    """Return the facts that give way to one, or would once it is said to be right."""
    return session.exec(select(Fact).where(Fact.superseded_by == to.id)).all()


def own_statements(session: Session, expert_id: UUID) -> tuple[ReadFact, ...]:
    """Return what a person said of her own record and can take back: it waits, or is denied."""
    rows = session.exec(
        select(Fact, Source)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .where(
            Fact.expert_id == expert_id,
            Source.kind == SourceKind.EXPERT,
            col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.REJECTED]),
        )
        .order_by(col(Fact.asserted_at), col(Fact.id))
    ).all()
    return tuple(
        _seen(session, fact, source, None)
        for fact, source in rows
        if fact.status is FactStatus.PROPOSED or is_denial(session, fact)
    )


def is_denial(session: Session, fact: Fact) -> bool:
    """Whether something gave way to what a person said of her own record: she denied it."""
    return any(one.status is FactStatus.SUPERSEDED for one in gives_way(session, fact))


def correction_of(session: Session, fact: Fact) -> Fact | None:
    """Return what a fact was corrected to, as long as nobody decided on that since."""
    if fact.superseded_by is None or fact.confirmed_at is None:
        return None
    found = session.get_one(Fact, fact.superseded_by)
    untouched = found.status is FactStatus.CONFIRMED and found.confirmed_at == fact.confirmed_at
    return found if untouched and found.asserted_at == fact.confirmed_at else None


def read_facts(session: Session, actor: Actor, expert_id: UUID) -> tuple[ReadFact, ...]:
    """Return the facts of a person on which somebody may decide, or whose decision can be undone.

    Those that wait stand first, then the newest decisions.

    Raises
    ------
    NotFound
    """
    get_expert(session, actor, expert_id, Permission.WRITE_EXPERTS)
    rows: Sequence[tuple[Fact, Source, str | None]] = session.exec(
        select(Fact, Source, Account.name)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .join(Account, col(Account.id) == col(Fact.confirmed_by), isouter=True)
        .where(Fact.expert_id == expert_id, _TO_DECIDE)
    ).all()
    shown = [one for one in rows if _can_be_decided(session, one[0])]
    found = [_seen(session, *one) for one in shown]
    return tuple(sorted(found, key=_order))


def _seen(session: Session, fact: Fact, source: Source, decided_by: str | None) -> ReadFact:
    is_hers = source.kind is SourceKind.EXPERT
    before = next(iter(gives_way(session, fact)), None) if is_hers else None
    return ReadFact(
        id=fact.id,
        kind=fact.kind,
        value=fact_value(fact.kind, fact.value),
        status=fact.status,
        source=source.label,
        version=version_of(fact),
        decided_by=decided_by,
        decided_at=fact.confirmed_at,
        said_on=fact.asserted_at.date() if is_hers else None,
        instead_of=fact_value(before.kind, before.value) if before else None,
    )


def _can_be_decided(session: Session, fact: Fact) -> bool:
    return fact.status is not FactStatus.SUPERSEDED or correction_of(session, fact) is not None


def _order(one: ReadFact) -> tuple[bool, float, str, str]:
    at: datetime | None = one.decided_at
    return (at is not None, -at.timestamp() if at else 0.0, one.kind.value, str(one.id))
