"""Decisions on single facts that were read in a CV, taken later or taken back.

A person says of her own record what is right instead of a fact, or that one is not so. What she
says is right waits for whoever keeps the record; what she denies counts at once. Both can be taken
back.

A decision is named by its version: whoever decides or undoes says which one she saw, so that two
people never overwrite each other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import FactInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.decided_facts import (
    correction_of,
    gives_way,
    is_denial,
    is_own,
    read_fact,
    version_of,
)
from roster.tables import Expert, Fact, Message
from roster.telling.messages import News, focal_points, tell, with_role
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, MessageKind, Role

_CHANGED = "Somebody decided on this since. Look at what stands there now."
_NOT_HERS = "There is no such fact on this record."
_WAITS = frozenset({FactStatus.PROPOSED})
_STANDS = frozenset({FactStatus.PROPOSED, FactStatus.CONFIRMED})
_PRESSES = timedelta(seconds=10)
"""Within which the same form is a second press."""
_SAID = {
    *("facility_id", "origin", "expert_id", "kind", "value"),
    *("valid_from", "valid_to", "ongoing"),
}


def decide_fact(
    session: Session,
    actor: Actor,
    fact_id: UUID,
    verdict: Literal["right", "wrong"],
    version: str,
    *,
    clock: Clock,
) -> Fact:
    """Say of one fact that waits whether it is right; pressed twice it does no more.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody decided on it meanwhile; or the record is a draft, whose CV is confirmed as a
        whole.
    """
    fact, expert = _own(session, actor, fact_id)
    to = FactStatus.CONFIRMED if verdict == "right" else FactStatus.REJECTED
    if fact.status is to:
        return fact
    if fact.status not in _WAITS or version_of(fact) != version:
        raise Conflict(_CHANGED)
    now = clock.now()
    fact.status, fact.confirmed_by, fact.confirmed_at = to, actor.account_id, now
    for corrected in gives_way(session, fact):
        corrected.status = FactStatus.SUPERSEDED if verdict == "right" else _before(corrected)
        session.add(corrected)
    return _keep(session, actor, expert, fact, now)


def undo_decision(
    session: Session, actor: Actor, fact_id: UUID, version: str, *, clock: Clock
) -> Fact:
    """Take back what was decided on one fact: it waits again, and what fell by it stands again.

    A correction made then is rejected. Pressed twice it does no more.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody decided on it, or on its correction, since; or the person would have no name.
    """
    fact, expert = _own(session, actor, fact_id)
    if fact.status is FactStatus.PROPOSED:
        return fact
    correction = correction_of(session, fact)
    if version_of(fact) != version or (fact.status is FactStatus.SUPERSEDED and not correction):
        raise Conflict(_CHANGED)
    if fact.status is FactStatus.REJECTED and is_own(session, fact) and is_denial(session, fact):
        return _take_back(session, actor, expert, fact, clock.now())
    for by in (fact, *([correction] if correction else [])):
        _raise_again(session, by, but=fact)
    if correction is not None:
        correction.status = FactStatus.REJECTED
        correction.confirmed_by, correction.confirmed_at = actor.account_id, clock.now()
        session.add(correction)
    fact.status, fact.superseded_by = FactStatus.PROPOSED, None
    fact.confirmed_by = fact.confirmed_at = None
    return _keep(session, actor, expert, fact, clock.now())


def correct_own(
    session: Session,
    actor: Actor,
    fact_id: UUID,
    given: FactInput | None,
    version: str,
    *,
    clock: Clock,
) -> Fact:
    """Say of a fact of one's own record what is right instead; pressed twice it does no more.

    Parameters
    ----------
    given : of the same kind; None: the fact is not so
    version : of the fact as it was seen

    Returns
    -------
    the statement: a proposal, or a denial, that can be taken back

    Raises
    ------
    NotFound, InvalidInput, UnknownTerm
    Conflict
        Somebody decided on the fact since; or the person would have no name.
    """
    fact, expert = _of_herself(session, actor, fact_id)
    said = session.get(Fact, fact.superseded_by) if fact.superseded_by else None
    if said is not None and is_own(session, said) and said.asserted_at > clock.now() - _PRESSES:
        return said
    if fact.status not in _STANDS or version_of(fact) != version:
        raise Conflict(_CHANGED)
    if given is not None and given.kind is not fact.kind:
        raise InvalidInput("A correction is of the kind of what it corrects.")
    now, alike = clock.now(), _alike(session, fact)
    if is_own(session, fact):
        alike = [*_released(session, fact), *(one for one in alike if one is not fact)]
        fact.status = FactStatus.SUPERSEDED
        session.add(fact)
    statement = _statement(session, actor, expert, fact, given, now)
    for one in alike:
        one.superseded_by = statement.id
        if given is None or one.status is FactStatus.PROPOSED:
            one.status = FactStatus.SUPERSEDED
        session.add(one)
    _keep(session, actor, expert, fact, now)
    _tell_keepers(session, actor, expert, now)
    return statement


def take_back_own(session: Session, actor: Actor, fact_id: UUID, *, clock: Clock) -> Fact:
    """Take back what one said of a fact of one's own record; pressed twice it does no more.

    Raises
    ------
    NotFound
    Conflict
        It was said to be right since.
    """
    fact, expert = _of_herself(session, actor, fact_id)
    if not is_own(session, fact):
        raise NotFound(_NOT_HERS)
    if fact.status is FactStatus.SUPERSEDED:
        return fact
    if fact.status is FactStatus.CONFIRMED:
        raise Conflict(_CHANGED)
    return _take_back(session, actor, expert, fact, clock.now())


def _of_herself(session: Session, actor: Actor, fact_id: UUID) -> tuple[Fact, Expert]:
    hers = {grant.expert_id for grant in actor.grants if grant.role is Role.EXPERT}
    # Asked for at once, so that a fact of somebody else takes as long as none.
    found = session.exec(
        select(Fact, Expert)
        .join(Expert, col(Expert.id) == col(Fact.expert_id))
        .where(Fact.id == fact_id, col(Expert.id).in_(hers))
    ).first()
    if found is None:
        raise NotFound(_NOT_HERS)
    fact, expert = found
    if expert.status not in {ExpertStatus.ACTIVE, ExpertStatus.PAUSED}:
        raise Conflict("This record is not active any more. Your focal point can enter you again.")
    return fact, expert


def _alike(session: Session, fact: Fact) -> list[Fact]:
    """Return the facts that stand and say the same: they are one line for whoever reads them."""
    same = (Fact.expert_id == fact.expert_id, Fact.kind == fact.kind)
    stands = session.exec(select(Fact).where(*same, col(Fact.status).in_(_STANDS))).all()
    return [one for one in stands if _says(one) == _says(fact)]


def _says(fact: Fact) -> tuple[object, ...]:
    return (fact.value, fact.valid_from, fact.valid_to, fact.ongoing)


def _statement(
    session: Session,
    actor: Actor,
    expert: Expert,
    fact: Fact,
    given: FactInput | None,
    at: datetime,
) -> Fact:
    source = records.source_of(session, actor, expert)
    if given is None:
        said = fact.model_dump(include=_SAID)
        status, by = FactStatus.REJECTED, actor.account_id
        statement = Fact(
            **said,
            source_id=source.id,
            status=status,
            asserted_at=at,
            confirmed_by=by,
            confirmed_at=at,
        )
    else:
        statement = records.typed_fact(actor, expert.id, source, given, at, FactStatus.PROPOSED)
    session.add(statement)
    session.flush()
    return statement


def _released(session: Session, statement: Fact) -> list[Fact]:
    """Let what gave way to a statement stand again; return it."""
    held = list(gives_way(session, statement))
    for one in held:
        one.status, one.superseded_by = _before(one), None
        session.add(one)
    return held


def _before(fact: Fact) -> FactStatus:
    """Return what a fact was before it gave way."""
    return FactStatus.PROPOSED if fact.confirmed_at is None else FactStatus.CONFIRMED


def _take_back(
    session: Session, actor: Actor, expert: Expert, statement: Fact, at: datetime
) -> Fact:
    _released(session, statement)
    statement.status = FactStatus.SUPERSEDED
    return _keep(session, actor, expert, statement, at)


def _tell_keepers(session: Session, actor: Actor, expert: Expert, at: datetime) -> None:
    """Tell once a day that the person says something of her record."""
    told = session.exec(
        select(Message.id).where(
            Message.kind == MessageKind.RECORD_CORRECTED,
            Message.record_id == expert.id,
            col(Message.created_at) > at - timedelta(days=1),
        )
    ).first()
    if told is not None:
        return
    country = expert.home_country or expert.given_country
    to = focal_points(session, expert.facility_id, [country] if country else [])
    detail = {"path": f"/experts/{expert.id}"}
    news = News(MessageKind.RECORD_CORRECTED, expert, detail=detail)
    keepers = to or with_role(session, expert.facility_id, Role.COORDINATOR)
    tell(session, actor, news, at=at, accounts=keepers)


def _own(session: Session, actor: Actor, fact_id: UUID) -> tuple[Fact, Expert]:
    require(actor, Permission.WRITE_EXPERTS)
    fact, expert = read_fact(session, actor, fact_id)
    if expert.status in {ExpertStatus.DRAFT, ExpertStatus.MERGED}:
        raise Conflict("Confirm the CV itself: single decisions are for records that stand.")
    return fact, expert


def _raise_again(session: Session, by: Fact, *, but: Fact) -> None:
    """Let facts stand again that gave way to one; which of them had been confirmed is known."""
    gone = session.exec(
        select(Fact).where(Fact.superseded_by == by.id, col(Fact.id) != but.id)
    ).all()
    for one in gone:
        one.status = _before(one)
        # What the person says of it waits again: it still says which fact it corrects.
        one.superseded_by = by.id if by is but and is_own(session, by) else None
        session.add(one)


def _keep(session: Session, actor: Actor, expert: Expert, fact: Fact, at: datetime) -> Fact:
    session.add(fact)
    session.flush()
    if fact.kind is FactKind.NAME and not _has_name(session, expert):
        raise Conflict("The person would have no name. Correct the name instead.")
    records.refresh(session, [expert], at)
    records.log_change(session, actor, expert, "fact_decided", at, fact=fact.id)
    return fact


def _has_name(session: Session, expert: Expert) -> bool:
    named = select(Fact.id).where(
        Fact.expert_id == expert.id,
        Fact.kind == FactKind.NAME,
        Fact.status == FactStatus.CONFIRMED,
    )
    return session.exec(named).first() is not None
