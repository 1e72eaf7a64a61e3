"""A record that is kept and used for nothing: the person objected, or something is contested.

Articles 18 and 21 of the GDPR, 20 and 23 of Regulation (EU) 2018/1725. She writes it herself on
her page, or a coordinator writes it down for her; either takes it back. Index, lists, rankings and
exports follow, for the standing of the record says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.policy import Actor, Permission, require
from roster.queries.experts import get_expert
from roster.tables import Change, Expert, Restriction
from roster.telling.messages import News, tell, with_role
from roster.vocabulary import ExpertStatus, MessageKind, RestrictionGround, Role

_NOT_HERE = (
    ExpertStatus.DRAFT,
    ExpertStatus.MERGED,
    ExpertStatus.ERASED,
)
_MOST_NOTE = 2_000


def restrict(
    session: Session,
    actor: Actor,
    expert_id: UUID,
    *,
    ground: RestrictionGround,
    note: str,
    at: datetime,
) -> Restriction:
    """Keep a person's record and use it for nothing, as a coordinator or as the person herself.

    Restricting twice changes nothing.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The record is a draft, or went into another one.
    InvalidInput
        A coordinator gave no reason, or it is too long.
    """
    expert = _expert(session, actor, expert_id)
    found = standing_restriction(session, expert.id)
    if found is not None:
        return found
    if expert.status in _NOT_HERE:
        raise Conflict("This record is on no roster: there is nothing to restrict.")
    made = Restriction(
        facility_id=expert.facility_id,
        origin=expert.origin,
        created_at=at,
        expert_id=expert.id,
        ground=ground,
        note=_said(note, must=not _is_herself(actor, expert)),
        before=expert.status,
        by=actor.account_id,
    )
    expert.status = ExpertStatus.RESTRICTED
    session.add_all([made, expert])
    records.refresh(session, [expert], at)
    own = _is_herself(actor, expert)
    records.log_change(session, actor, expert, "restricted", at, ground=ground.value, own=own)
    if own:
        _tell_coordinators(session, actor, expert, at)
    return made


def lift(session: Session, actor: Actor, expert_id: UUID, *, note: str, at: datetime) -> Expert:
    """Let a record be used again, with the standing that it had.

    Whoever restricted it is asked: what the person wrote herself, only she takes back.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is not restricted, or the person restricted it herself.
    InvalidInput
        A coordinator gave no reason.
    """
    expert = _expert(session, actor, expert_id)
    found = standing_restriction(session, expert.id)
    if found is None:
        raise Conflict("This record is not restricted.")
    herself = _is_herself(actor, expert)
    objected = found.ground is RestrictionGround.OBJECTION
    if objected and not herself and _was_herself(session, found):
        raise Conflict(
            "The person objected herself: only she takes it back, on her page. If an overriding "
            "ground was found, tell her first and write the objection down in your own name."
        )
    found.lifted_note = _said(note, must=not herself)
    found.lifted_at, found.lifted_by = at, actor.account_id
    expert.status = found.before
    session.add_all([found, expert])
    records.refresh(session, [expert], at)
    records.log_change(session, actor, expert, "restriction_lifted", at)
    return expert


def follow_twins(
    session: Session, actor: Actor, expert: Expert, twins: Iterable[UUID], *, at: datetime
) -> bool:
    """Do not use a new record that seems to be of somebody whose record is not used.

    A coordinator is told, and decides: else a newer CV would undo an objection.
    """
    found = session.exec(
        select(Expert.id).where(
            col(Expert.id).in_(list(twins)), Expert.status == ExpertStatus.RESTRICTED
        )
    ).first()
    if found is None or expert.status in (*_NOT_HERE, ExpertStatus.RESTRICTED):
        return False
    made = Restriction(
        facility_id=expert.facility_id,
        origin=expert.origin,
        created_at=at,
        expert_id=expert.id,
        ground=RestrictionGround.CONTESTED,
        note="It may be of somebody whose record is not used.",
        before=expert.status,
    )
    expert.status = ExpertStatus.RESTRICTED
    session.add_all([made, expert])
    records.refresh(session, [expert], at)
    records.log_change(session, actor, expert, "restricted", at, ground=made.ground.value)
    _tell_coordinators(session, actor, expert, at)
    return True


def standing_restriction(session: Session, expert_id: UUID) -> Restriction | None:
    """Return why a record is kept and not used; None where it is used."""
    return session.exec(
        select(Restriction)
        .where(Restriction.expert_id == expert_id, col(Restriction.lifted_at).is_(None))
        .order_by(col(Restriction.created_at).desc(), col(Restriction.id))
    ).first()


def _expert(session: Session, actor: Actor, expert_id: UUID) -> Expert:
    """Return the person whom an actor may restrict: herself, or of her facility."""
    own = actor.grants_for(Permission.READ_EXPERTS)
    if any(grant.role is Role.EXPERT and grant.expert_id == expert_id for grant in own):
        return get_expert(session, actor, expert_id)
    require(actor, Permission.RESTRICT_EXPERTS)
    return get_expert(session, actor, expert_id, Permission.RESTRICT_EXPERTS)


def _is_herself(actor: Actor, expert: Expert) -> bool:
    return any(grant.role is Role.EXPERT and grant.expert_id == expert.id for grant in actor.grants)


def _was_herself(session: Session, found: Restriction) -> bool:
    """Whether the person restricted the record, by her link or her account."""
    said = session.exec(
        select(Change.detail)
        .where(Change.record_id == found.expert_id, Change.act == "restricted")
        .order_by(col(Change.seq).desc())
    ).first()
    # What was written before did not say: only she came without an account.
    return bool((said or {}).get("own", found.by is None))


def _said(note: str, *, must: bool) -> str:
    said = " ".join(note.split())
    if must and not said:
        raise InvalidInput(
            "Say why: the person, and whoever looks later, reads it.",
            errors=(FieldError("/note", "Say why."),),
        )
    if len(said) > _MOST_NOTE:
        raise InvalidInput(
            "This is too long.",
            errors=(FieldError("/note", f"At most {_MOST_NOTE} characters."),),
        )
    return said


def _tell_coordinators(session: Session, actor: Actor, expert: Expert, at: datetime) -> None:
    news = News(MessageKind.OBJECTION, expert, detail={"path": f"/experts/{expert.id}"})
    to = with_role(session, expert.facility_id, Role.COORDINATOR)
    tell(session, actor, news, at=at, accounts=to)
