"""Records that may be one person, and those that became one, as far as somebody may see both."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from roster.errors import NotFound
from roster.identity import Likeness, compare, likely_same, proposed
from roster.policy import Actor, Permission, visible_experts
from roster.queries.experts import expert_row, get_expert, rows_by_id
from roster.queries.paging import page_of
from roster.queries.readings import known_people, people_compared
from roster.read import ExpertRow, MergeProposalRow, MergeRow, PageOf, Paging, RecordPair
from roster.tables import Account, Expert, Merge, MergeProposal
from roster.vocabulary import OFF_ROSTER

_MOST_LIKELY = 5
_WRITE = Permission.WRITE_EXPERTS


def took_in(session: Session, absorbed_id: UUID) -> UUID | None:
    """Return the record that took this one in, followed to the last; None where none did."""
    seen: set[UUID] = set()
    at = absorbed_id
    while at not in seen:
        seen.add(at)
        following = session.exec(
            select(Merge.expert_id).where(Merge.absorbed_id == at, col(Merge.undone_at).is_(None))
        ).first()
        if following is None:
            break
        at = following
    return at if at != absorbed_id else None


def pair_of(session: Session, actor: Actor, first_id: UUID, second_id: UUID) -> RecordPair:
    """Set two records side by side that the actor may both change.

    Raises
    ------
    NotFound
    """
    rows = [expert_row(get_expert(session, actor, one, _WRITE)) for one in (first_id, second_id)]
    return _pairs(session, [(rows[0], rows[1])])[0]


def likely_pairs(session: Session, actor: Actor, expert_id: UUID) -> tuple[RecordPair, ...]:
    """Return people who may be the same as one, the likeliest first, whom the actor may change.

    Raises
    ------
    NotFound
    """
    expert = get_expert(session, actor, expert_id, _WRITE)
    (own,) = people_compared(session, [expert.id]).values()
    others = [one for one in known_people(session, actor) if one.id != expert_id]
    email = next(iter(own.emails), None)
    found = likely_same(own.name, own.birth_year, email, own.employer, others)[:_MOST_LIKELY]
    rows = rows_by_id(session, [one.id for one in found])
    return tuple(_pairs(session, [(expert_row(expert), rows[one.id]) for one in found]))


def _pairs(session: Session, rows: Sequence[tuple[ExpertRow, ExpertRow]]) -> list[RecordPair]:
    known = people_compared(session, [one.id for pair in rows for one in pair])
    found = []
    for first, second in rows:
        common = compare(known[first.id], known[second.id])
        found.append(_pair(first, second, common))
    return found


def _pair(first: ExpertRow, second: ExpertRow, common: Likeness) -> RecordPair:
    likely = proposed(common, second.id)
    return RecordPair(
        first=first,
        second=second,
        score=likely.score if likely else None,
        reason=likely.reason if likely else "",
        same_birth_year=common.birth_year,
        same_email=common.email,
        same_employer=common.employer,
    )


def get_proposal(session: Session, actor: Actor, proposal_id: UUID) -> MergeProposal:
    """Return a question about two records that the actor may both change.

    Raises
    ------
    NotFound
    """
    mine = select(Expert.id).where(visible_experts(actor, _WRITE))
    # In one question: whether the proposal is not there or not hers takes the same time.
    found = session.exec(
        select(MergeProposal).where(
            MergeProposal.id == proposal_id,
            col(MergeProposal.expert_id).in_(mine),
            col(MergeProposal.twin_id).in_(mine),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such proposal among those that you can decide.")
    return found


def get_merge(session: Session, actor: Actor, merge_id: UUID) -> tuple[Merge, Expert]:
    """Return a merge and the record that stayed, of those that the actor may change.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Merge, Expert)
        .join(Expert, col(Expert.id) == col(Merge.expert_id))
        .where(Merge.id == merge_id, visible_experts(actor, _WRITE))
    ).first()
    if found is None:
        raise NotFound("There is no such merge.")
    return found


def proposal_rows(session: Session, actor: Actor, paging: Paging) -> PageOf[MergeProposalRow]:
    """Return the questions that wait, the likeliest first, of records that the actor may change."""
    mine = select(Expert.id).where(
        visible_experts(actor, _WRITE), col(Expert.status).not_in(OFF_ROSTER)
    )
    query = (
        select(MergeProposal)
        .where(
            col(MergeProposal.decided_at).is_(None),
            MergeProposal.facility_id == actor.facility_id,
            col(MergeProposal.expert_id).in_(mine),
            col(MergeProposal.twin_id).in_(mine),
        )
        .order_by(col(MergeProposal.score).desc(), col(MergeProposal.id))
    )
    rows, total = page_of(session, query, paging)
    people = rows_by_id(session, {one for row in rows for one in (row.expert_id, row.twin_id)})
    pairs = _pairs(session, [(people[row.expert_id], people[row.twin_id]) for row in rows])
    items = tuple(
        MergeProposalRow(row.id, row.created_at, pair)
        for row, pair in zip(rows, pairs, strict=True)
    )
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def proposal_row(session: Session, actor: Actor, proposal_id: UUID) -> MergeProposalRow:
    """Return one question about two records that the actor may both change, decided or not.

    Raises
    ------
    NotFound
    """
    row = get_proposal(session, actor, proposal_id)
    people = rows_by_id(session, (row.expert_id, row.twin_id))
    (pair,) = _pairs(session, [(people[row.expert_id], people[row.twin_id])])
    return MergeProposalRow(row.id, row.created_at, pair)


def merge_rows(
    session: Session, actor: Actor, paging: Paging, *, expert_id: UUID | None = None
) -> PageOf[MergeRow]:
    """Return the merges into records that the actor may change, the latest first.

    Parameters
    ----------
    expert_id : only those into or out of this record, and only those that stand
    """
    mine = select(Expert.id).where(visible_experts(actor, _WRITE))
    conditions: list[ColumnElement[bool]] = [
        col(Merge.facility_id) == actor.facility_id,
        col(Merge.expert_id).in_(mine),
    ]
    if expert_id is not None:
        conditions += [
            or_(col(Merge.expert_id) == expert_id, col(Merge.absorbed_id) == expert_id),
            col(Merge.undone_at).is_(None),
        ]
    query = select(Merge).where(*conditions).order_by(col(Merge.created_at).desc(), col(Merge.id))
    rows, total = page_of(session, query, paging)
    people = rows_by_id(session, {one for row in rows for one in (row.expert_id, row.absorbed_id)})
    names = {
        account.id: account.name
        for account in session.exec(
            select(Account).where(col(Account.id).in_([row.by for row in rows if row.by]))
        )
    }
    items = tuple(
        MergeRow(
            id=row.id,
            at=row.created_at,
            by=names.get(row.by) if row.by else None,
            reason=row.reason,
            kept=people[row.expert_id],
            absorbed=people[row.absorbed_id],
            undone_at=row.undone_at,
        )
        for row in rows
    )
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)
