"""Two records of one person become one, with a reason, and can be parted again.

What hangs on the absorbed record moves to the one that stays; nothing is deleted or rewritten, so
that undoing a merge is moving the same rows back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Session, col, or_, select

from roster import records
from roster.errors import Conflict, InvalidInput
from roster.identity import likely_same
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert
from roster.queries.merges import get_merge, get_proposal
from roster.queries.readings import people_compared, people_unseen
from roster.read import SINGLE_KINDS
from roster.tables import (
    AssistanceRequest,
    BatchItem,
    Deployment,
    Disclosure,
    Document,
    Expert,
    Fact,
    Membership,
    Merge,
    MergeProposal,
    Nomination,
    Notice,
    Record,
    Release,
    Restriction,
    RoleGrant,
    Seat,
    ShortlistEntry,
)
from roster.vocabulary import ExpertStatus, FactStatus

_MOST_TWINS = 5
_Rows = Any
"""A table with a column `expert_id`."""

MOVING: tuple[type[_Rows], ...] = (
    Fact,
    Document,
    Deployment,
    Nomination,
    Release,
    Seat,
    ShortlistEntry,
    Membership,
    RoleGrant,
    Notice,
    BatchItem,
    Restriction,
    Disclosure,
)
"""What belongs to the person; who looked at a record stays with that record."""

_EXCLUDED, _CONFLICTS, _EXPERT = "request.excluded", "request.conflicts", "expert"
_GAVE_WAY = "fact.status"


def merge_records(
    session: Session, actor: Actor, keep_id: UUID, absorb_id: UUID, *, reason: str, clock: Clock
) -> Merge:
    """Let one record take in another of the same person.

    Parameters
    ----------
    keep_id, absorb_id : the record that stays, and the one that goes out of every list
    reason : for people, without any value of either record

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Both are one record, or one of them went into another already.
    """
    require(actor, Permission.WRITE_EXPERTS)
    kept = get_expert(session, actor, keep_id, Permission.WRITE_EXPERTS)
    absorbed = get_expert(session, actor, absorb_id, Permission.WRITE_EXPERTS)
    merge = absorb(session, actor, kept, absorbed, reason=reason, at=clock.now())
    records.refresh(session, [kept], clock.now())
    return merge


def absorb(
    session: Session, actor: Actor, kept: Expert, absorbed: Expert, *, reason: str, at: datetime
) -> Merge:
    """Move everything to the record that stays; the caller decided who may, and refreshes it.

    Raises
    ------
    Conflict
        As in `merge_records`.
    """
    if kept.id == absorbed.id:
        raise Conflict("These are one record already.")
    if ExpertStatus.MERGED in (kept.status, absorbed.status):
        raise Conflict("One of the two went into another record already. Undo that merge first.")
    if ExpertStatus.RESTRICTED in (kept.status, absorbed.status):
        raise Conflict("One of the two is restricted: kept and not used. Lift that first.")
    merge = Merge(
        facility_id=kept.facility_id,
        origin=kept.origin,
        created_at=at,
        expert_id=kept.id,
        absorbed_id=absorbed.id,
        reason=reason,
        absorbed_status=absorbed.status,
        by=actor.account_id,
    )
    moved: dict[str, Any] = {
        str(table.__tablename__): _move(session, table, kept, absorbed) for table in MOVING
    }
    moved |= _exclude_alike(session, kept.facility_id, kept.id, absorbed.id)
    moved[_EXPERT] = _carry_standing(kept, absorbed)
    moved[_GAVE_WAY] = _keep_what_there_is_one_of(session, kept, moved[str(Fact.__tablename__)])
    merge.moved = {name: rows for name, rows in moved.items() if rows}
    absorbed.status = ExpertStatus.MERGED
    session.add_all([merge, kept, absorbed])
    _close_proposals(session, actor, kept.id, absorbed.id, at)
    session.flush()
    records.log_change(session, actor, merge, "merged", at, kept=kept.id, absorbed=absorbed.id)
    # Takes the record out of every index; its last projection stays, to be told by.
    records.log_change(session, actor, absorbed, "merged", at)
    return merge


def _move(session: Session, table: type[_Rows], kept: Expert, absorbed: Expert) -> list[str]:
    """Hand the rows of one table over; where the kept record has its like, a row stays."""
    rows = session.exec(select(table).where(table.expert_id == absorbed.id)).all()
    beside = _unique_beside(table)
    taken = {
        _values(row, beside)
        for row in session.exec(select(table).where(table.expert_id == kept.id))
        if beside
    }
    moving = [row for row in rows if not beside or _values(row, beside) not in taken]
    for row in moving:
        row.expert_id = kept.id
        session.add(row)
    return [str(row.id) for row in moving]


def _unique_beside(table: type[_Rows]) -> tuple[str, ...]:
    """Return the columns that, with `expert_id`, may stand in a table only once."""
    for constraint in table.__table__.constraints:
        names = tuple(column.name for column in constraint.columns)
        if isinstance(constraint, UniqueConstraint) and "expert_id" in names:
            return tuple(name for name in names if name != "expert_id")
    return ()


def _values(row: Record, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def _exclude_alike(
    session: Session, facility_id: UUID, kept: UUID, absorbed: UUID
) -> dict[str, list[str]]:
    """Let what keeps the absorbed record from a request keep the other one from it too."""
    found: dict[str, list[str]] = {_EXCLUDED: [], _CONFLICTS: []}
    here = AssistanceRequest.facility_id == facility_id
    for request in session.exec(select(AssistanceRequest).where(here)):
        for name, column in ((_EXCLUDED, "excluded"), (_CONFLICTS, "conflicts")):
            named = list(getattr(request, column))
            if str(absorbed) in named and str(kept) not in named:
                setattr(request, column, [*named, str(kept)])
                session.add(request)
                found[name].append(str(request.id))
    return found


def _carry_standing(kept: Expert, absorbed: Expert) -> dict[str, Any]:
    """Let the kept record know what was known of either; return what it held before."""
    before = {
        "deployments": kept.deployments,
        "informed_at": kept.informed_at.isoformat() if kept.informed_at else None,
        "given_country": kept.given_country,
    }
    # Counted twice by two lists, most likely: the larger number, not the sum.
    kept.deployments = max(kept.deployments, absorbed.deployments)
    told = [at for at in (kept.informed_at, absorbed.informed_at) if at is not None]
    kept.informed_at = min(told, default=None)
    kept.given_country = kept.given_country or absorbed.given_country
    return before


def _keep_what_there_is_one_of(session: Session, kept: Expert, moved: list[str]) -> dict[str, str]:
    """Let the name (and whatever a person has one of) of the kept record stand before the other.

    Returns
    -------
    statuses : of the facts that gave way, as they were, by id
    """
    session.flush()
    standing = session.exec(
        select(Fact).where(
            Fact.expert_id == kept.id,
            col(Fact.kind).in_(SINGLE_KINDS),
            col(Fact.status).in_((FactStatus.PROPOSED, FactStatus.CONFIRMED)),
        )
    ).all()
    own = {fact.kind: fact for fact in standing if str(fact.id) not in moved}
    before = {}
    for fact in standing:
        if fact.kind in own and own[fact.kind] is not fact and str(fact.id) in moved:
            before[str(fact.id)] = fact.status.value
            fact.status, fact.superseded_by = FactStatus.SUPERSEDED, own[fact.kind].id
            session.add(fact)
    return before


def _close_proposals(
    session: Session, actor: Actor, kept: UUID, absorbed: UUID, at: datetime
) -> None:
    pair = (kept, absorbed)
    for proposal in session.exec(
        select(MergeProposal).where(
            col(MergeProposal.expert_id).in_(pair),
            col(MergeProposal.twin_id).in_(pair),
            col(MergeProposal.decided_at).is_(None),
        )
    ):
        proposal.decision, proposal.decided_at = "same", at
        proposal.decided_by = actor.account_id
        session.add(proposal)


def undo_merge(session: Session, actor: Actor, merge_id: UUID, *, clock: Clock) -> Expert:
    """Part two records again: every row that moved, and is still there, moves back.

    Returns
    -------
    expert : the record that comes back, with the standing it had

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It was undone already, or the record that stayed went into a third one since.
    """
    require(actor, Permission.WRITE_EXPERTS)
    merge, kept = get_merge(session, actor, merge_id)
    absorbed = session.get_one(Expert, merge.absorbed_id)
    if merge.undone_at is not None:
        raise Conflict("This merge was undone already.")
    if kept.status is ExpertStatus.MERGED:
        raise Conflict("The record went into a third one since. Undo that merge first.")
    for table in MOVING:
        ids = [UUID(one) for one in merge.moved.get(str(table.__tablename__), ())]
        session.execute(
            update(table)
            .where(table.id.in_(ids), table.expert_id == kept.id)
            .values(expert_id=absorbed.id)
        )
    _restore_words(session, kept.id, merge)
    _include_again(session, kept.id, merge)
    _restore_standing(kept, merge.moved.get(_EXPERT, {}))
    absorbed.status = merge.absorbed_status
    merge.undone_at, merge.undone_by = clock.now(), actor.account_id
    session.add_all([merge, kept, absorbed])
    session.flush()
    session.expire_all()
    records.log_change(session, actor, merge, "merge_undone", clock.now())
    records.refresh(session, [kept, absorbed], clock.now())
    return absorbed


def _restore_words(session: Session, kept: UUID, merge: Merge) -> None:
    """Let facts stand again that gave way to a fact of the other record."""
    moved = [UUID(one) for one in merge.moved.get(str(Fact.__tablename__), ())]
    here = select(Fact.id).where(Fact.expert_id == kept)
    gave_way = or_(
        col(Fact.superseded_by).in_(moved) & (col(Fact.expert_id) == kept),
        col(Fact.superseded_by).in_(here) & col(Fact.id).in_(moved),
    )
    before = merge.moved.get(_GAVE_WAY, {})
    for fact in session.exec(select(Fact).where(gave_way)):
        fact.status = FactStatus(before.get(str(fact.id), FactStatus.CONFIRMED))
        fact.superseded_by = None
        session.add(fact)
    session.flush()


def _include_again(session: Session, kept: UUID, merge: Merge) -> None:
    for name, column in ((_EXCLUDED, "excluded"), (_CONFLICTS, "conflicts")):
        for request_id in merge.moved.get(name, ()):
            request = session.get(AssistanceRequest, UUID(request_id))
            if request is not None:
                named = [one for one in getattr(request, column) if one != str(kept)]
                setattr(request, column, named)
                session.add(request)


def _restore_standing(kept: Expert, before: dict[str, Any]) -> None:
    if before:
        told = before["informed_at"]
        kept.deployments = before["deployments"]
        kept.informed_at = datetime.fromisoformat(told) if told else None
        kept.given_country = before["given_country"]


def propose_twins(
    session: Session, actor: Actor, expert: Expert, *, at: datetime
) -> tuple[UUID, ...]:
    """Ask a coordinator about people like this one whom whoever confirmed her may not know of.

    Nothing that the actor sees tells whether there are any; the comparison is made in any case.
    Returns those who are asked about for the first time.
    """
    (own,) = people_compared(session, [expert.id]).values()
    unseen = [
        one for one in people_unseen(session, actor, expert.facility_id) if one.id != expert.id
    ]
    email = next(iter(own.emails), None)
    found = likely_same(own.name, own.birth_year, email, own.employer, unseen)[:_MOST_TWINS]
    asked = _asked_before(session, expert.id)
    found = tuple(one for one in found if one.id not in asked)
    session.add_all(
        MergeProposal(
            facility_id=expert.facility_id,
            origin=expert.origin,
            created_at=at,
            expert_id=expert.id,
            twin_id=one.id,
            reason=one.reason,
            score=one.score,
            for_coordinator=True,
        )
        for one in found
    )
    session.flush()
    return tuple(one.id for one in found)


def _asked_before(session: Session, expert_id: UUID) -> set[UUID]:
    """Return whom a person was held beside already, whatever was decided."""
    rows = session.exec(
        select(MergeProposal.expert_id, MergeProposal.twin_id).where(
            or_(MergeProposal.expert_id == expert_id, MergeProposal.twin_id == expert_id)
        )
    )
    return {one for pair in rows for one in pair}


def decide_proposal(
    session: Session,
    actor: Actor,
    proposal_id: UUID,
    *,
    same: bool,
    keep_id: UUID | None = None,
    clock: Clock,
) -> MergeProposal:
    """Say whether two records are one person; if so, the records become one.

    Parameters
    ----------
    keep_id : the record that stays; None is the one that was there first

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It was decided already, or one of the two went into another record.
    InvalidInput
        The record to keep is neither of the two.
    """
    require(actor, Permission.WRITE_EXPERTS)
    proposal = get_proposal(session, actor, proposal_id)
    if proposal.decided_at is not None:
        raise Conflict("This was decided already.")
    pair = (proposal.expert_id, proposal.twin_id)
    keep = keep_id or proposal.twin_id
    if keep not in pair:
        raise InvalidInput("Keep one of the two records that are compared.")
    if same:
        other = pair[0] if keep == pair[1] else pair[1]
        merge_records(session, actor, keep, other, reason=proposal.reason, clock=clock)
        return proposal
    proposal.decision, proposal.decided_at = "different", clock.now()
    proposal.decided_by = actor.account_id
    session.add(proposal)
    records.log_change(session, actor, proposal, "told_apart", clock.now())
    return proposal
