"""People: lists, records, and the views that ranking reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.naming import fold
from roster.policy import Actor, Permission, fed_experts, visible_experts
from roster.queries.documents import document_rows, facts_where
from roster.queries.everybody import ids_where
from roster.queries.gaps import lacks
from roster.queries.paging import page_of
from roster.read import (
    PRIVATE_KINDS,
    ExpertRecord,
    ExpertRow,
    ExpertView,
    PageOf,
    Paging,
    RecordView,
)
from roster.serial import expert_view
from roster.tables import (
    AccessLog,
    Account,
    AssistanceRequest,
    Document,
    Expert,
    ExpertProfile,
    Fact,
    ShortlistEntry,
)
from roster.tiers import Nearness, Tier, tiers
from roster.vocabulary import (
    OFF_ROSTER,
    DocumentState,
    ExpertKind,
    ExpertStatus,
    FactStatus,
    RecordGap,
    Stage,
)

PURPOSE = "purpose"
"""Kind of view by which somebody says what she opens the documents of a person for."""
PURPOSE_HOLDS = timedelta(hours=12)
_CONTACT_STAGES = (Stage.SHORTLISTED, Stage.PROPOSED, Stage.AGREED, Stage.DEPLOYED)


@dataclass(frozen=True, slots=True)
class ExpertFilter:
    """What to list; None is everything."""

    name: str | None = None
    country: str | None = None
    kind: ExpertKind | None = None
    status: ExpertStatus | None = None
    countries: frozenset[str] = frozenset()
    kinds: frozenset[ExpertKind] = frozenset()
    statuses: frozenset[ExpertStatus] = frozenset()
    gaps: frozenset[RecordGap] = frozenset()
    """Records with each of these gaps, as they are on the day `today`."""
    today: date = date.max


def expert_row(expert: Expert) -> ExpertRow:
    """Return a person as she stands in lists; of a restricted record nothing but that."""
    if expert.status is ExpertStatus.RESTRICTED:
        return ExpertRow(expert.id, expert.origin, "", expert.status, None, None, None, None)
    return full_row(expert)


def full_row(expert: Expert) -> ExpertRow:
    """Return a person for her own record, restricted or not."""
    return ExpertRow(
        id=expert.id,
        origin=expert.origin,
        display_name=expert.display_name,
        status=expert.status,
        kind=expert.kind,
        home_country=expert.home_country,
        headline=expert.headline,
        confirmed_on=expert.confirmed_on,
    )


def rows_by_id(session: Session, expert_ids: Iterable[UUID]) -> dict[UUID, ExpertRow]:
    """Return people by id, for lists whose visibility was decided before."""
    ids = list(expert_ids)
    found = session.exec(select(Expert).where(col(Expert.id).in_(ids)))
    return {expert.id: expert_row(expert) for expert in found}


NOBODY = "Nobody with this id is on the part of the roster that you can see."
"""Told of whoever is not there and of whoever is somebody else's alike."""


def get_expert(
    session: Session,
    actor: Actor,
    expert_id: UUID,
    permission: Permission = Permission.READ_EXPERTS,
) -> Expert:
    """Return the row of a person that the actor may know of.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Expert).where(Expert.id == expert_id, visible_experts(actor, permission))
    ).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


def list_experts(
    session: Session,
    actor: Actor,
    wanted: ExpertFilter,
    paging: Paging,
    *,
    total: int | None = None,
) -> PageOf[ExpertRow]:
    """Return one page of the people that the actor may know of, by name.

    Parameters
    ----------
    total : how many there are, where it is known
    """
    conditions = [visible_experts(actor), *conditions_of(wanted)]
    query = select(Expert).where(*conditions).order_by(col(Expert.folded_name), col(Expert.id))
    rows, total = page_of(session, query, paging, total)
    items = tuple(expert_row(expert) for expert in rows)
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def conditions_of(wanted: ExpertFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on `Expert` of a list; who may know of whom is another."""
    # A record that went into another is met under that one only; a restricted one in no list.
    found: list[ColumnElement[bool]] = [
        col(Expert.status).not_in((ExpertStatus.MERGED, ExpertStatus.RESTRICTED))
    ]
    statuses = wanted.statuses | ({wanted.status} if wanted.status else set())
    if statuses:
        found.append(col(Expert.status).in_(statuses))
    else:
        found.append(col(Expert.status).not_in(OFF_ROSTER))
    if wanted.name:
        found += [
            col(Expert.folded_name).contains(token, autoescape=True)
            for token in fold(wanted.name).split()
        ]
    countries = wanted.countries | ({wanted.country} if wanted.country else set())
    if countries:
        found.append(col(Expert.home_country).in_(countries))
    kinds = wanted.kinds | ({wanted.kind} if wanted.kind else set())
    if kinds:
        found.append(col(Expert.kind).in_(kinds))
    return [*found, *(lacks(gap, wanted.today) for gap in sorted(wanted.gaps))]


def ids_of(
    session: Session, actor: Actor, wanted: ExpertFilter, permission: Permission
) -> tuple[UUID, ...]:
    """Return the ids of the people of a list for whom the actor has a permission.

    Those come first whose record was confirmed longest ago, or never.
    """
    confirmed = col(Expert.confirmed_on)
    query = (
        select(Expert.id)
        .where(visible_experts(actor, permission), *conditions_of(wanted))
        .order_by(confirmed.is_not(None), confirmed, col(Expert.id))
    )
    return tuple(session.exec(query))


def may_write(session: Session, actor: Actor, expert_id: UUID) -> bool:
    """Whether an actor may change the record of this very person."""
    found = select(Expert.id).where(
        Expert.id == expert_id, visible_experts(actor, Permission.WRITE_EXPERTS)
    )
    return session.exec(found).first() is not None


def record_views(
    session: Session, actor: Actor, expert_id: UUID, *, most: int = 20
) -> tuple[RecordView, ...]:
    """Return who looked at a person's record lately, for whoever feeds it; empty for others."""
    if not feeds(session, actor, expert_id):
        return ()
    rows = session.exec(
        select(AccessLog, Account.name)
        .join(Account, col(Account.id) == col(AccessLog.account_id), isouter=True)
        .where(AccessLog.expert_id == expert_id, AccessLog.what != "ranking")
        .order_by(col(AccessLog.at).desc(), col(AccessLog.id).desc())
        .limit(most)
    )
    return tuple(RecordView(name, log.what, log.at) for log, name in rows)


def visible_ids(session: Session, actor: Actor, permission: Permission) -> frozenset[UUID]:
    """Return the ids of everybody whom the actor may know of; asked anew each time."""
    return ids_where(session, visible_experts(actor, permission))


def views_of(
    session: Session, actor: Actor, expert_ids: Iterable[UUID], permission: Permission
) -> dict[UUID, ExpertView]:
    """Return the views of people by id, of those whom the actor may know of."""
    rows = session.exec(
        select(ExpertProfile)
        .join(Expert, col(Expert.id) == col(ExpertProfile.expert_id))
        .where(col(Expert.id).in_(list(expert_ids)), visible_experts(actor, permission))
    )
    return {row.expert_id: expert_view(row.view) for row in rows}


def get_record(session: Session, actor: Actor, expert_id: UUID) -> ExpertRecord:
    """Return all that is held on a person, as far as the actor may see it.

    Contact data is for those who feed the record, and for officers once the person is on a
    shortlist of theirs.

    Raises
    ------
    NotFound
    """
    expert = get_expert(session, actor, expert_id)
    profile = session.exec(
        select(ExpertProfile).where(ExpertProfile.expert_id == expert_id)
    ).first()
    if profile is None:
        raise NotFound("This record is being prepared. Try again in a moment.")
    facts = facts_where(
        session,
        col(Fact.expert_id) == expert_id,
        col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
    )
    if not sees_contact(session, actor, expert_id):
        facts = tuple(fact for fact in facts if fact.kind not in PRIVATE_KINDS)
    documents = document_rows(session, actor, col(Document.expert_id) == expert_id)
    return ExpertRecord(
        view=expert_view(profile.view),
        facts=facts,
        documents=documents,
        informed=expert.informed_at is not None,
        shortlisted_for=tuple(_shortlisted_for(session, actor, expert_id)),
    )


def sees_contact(session: Session, actor: Actor, expert_id: UUID) -> bool:
    """Whether an actor may see the contact data and the birth year of this very person."""
    near = Nearness(
        feeds=feeds(session, actor, expert_id),
        shortlisted=bool(_shortlisted_for(session, actor, expert_id)),
    )
    return Tier.CONTACT in tiers(actor, near)


def feeds(session: Session, actor: Actor, expert_id: UUID) -> bool:
    """Whether an actor keeps the record of this very person: herself, or her focal point."""
    found = select(Expert.id).where(Expert.id == expert_id, fed_experts(actor))
    return session.exec(found).first() is not None


def sees_documents(session: Session, actor: Actor, document: Document, *, now: datetime) -> bool:
    """Whether an actor may open a CV now, or has to say first what for."""
    expert_id = document.expert_id
    near = Nearness(
        feeds=document.uploaded_by == actor.account_id
        or (expert_id is not None and feeds(session, actor, expert_id)),
        has_purpose=expert_id is not None and _has_purpose(session, actor, expert_id, now),
        awaits=document.state is not DocumentState.CONFIRMED,
    )
    return Tier.DOCUMENTS in tiers(actor, near)


def _has_purpose(session: Session, actor: Actor, expert_id: UUID, now: datetime) -> bool:
    found = select(AccessLog.id).where(
        AccessLog.account_id == actor.account_id,
        AccessLog.expert_id == expert_id,
        AccessLog.what == PURPOSE,
        AccessLog.at > now - PURPOSE_HOLDS,
    )
    return session.exec(found.limit(1)).first() is not None


def _shortlisted_for(session: Session, actor: Actor, expert_id: UUID) -> Sequence[UUID]:
    return session.exec(
        select(ShortlistEntry.request_id)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(ShortlistEntry.request_id))
        .where(
            ShortlistEntry.expert_id == expert_id,
            col(ShortlistEntry.stage).in_(_CONTACT_STAGES),
            AssistanceRequest.facility_id == actor.facility_id,
        )
        .order_by(col(ShortlistEntry.created_at))
    ).all()
