"""Decisions on single facts that were read in a CV, taken later or taken back.

A decision is named by its version: whoever decides or undoes says which one she saw, so that two
people never overwrite each other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, NotFound
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.decided_facts import correction_of, read_fact, version_of
from roster.queries.experts import get_expert
from roster.tables import Expert, Fact
from roster.vocabulary import ExpertStatus, FactKind, FactStatus

_CHANGED = "Somebody decided on this since. Look at what stands there now."
_WAITS = frozenset({FactStatus.PROPOSED})


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
    for by in (fact, *([correction] if correction else [])):
        _raise_again(session, by, but=fact)
    if correction is not None:
        correction.status = FactStatus.REJECTED
        correction.confirmed_by, correction.confirmed_at = actor.account_id, clock.now()
        session.add(correction)
    fact.status, fact.superseded_by = FactStatus.PROPOSED, None
    fact.confirmed_by = fact.confirmed_at = None
    return _keep(session, actor, expert, fact, clock.now())


def _own(session: Session, actor: Actor, fact_id: UUID) -> tuple[Fact, Expert]:
    require(actor, Permission.WRITE_EXPERTS)
    fact = read_fact(session, fact_id)
    if fact is None:
        raise NotFound("There is no such fact that was read in a CV.")
    expert = get_expert(session, actor, fact.expert_id, Permission.WRITE_EXPERTS)
    if expert.status in {ExpertStatus.DRAFT, ExpertStatus.MERGED}:
        raise Conflict("Confirm the CV itself: single decisions are for records that stand.")
    return fact, expert


def _raise_again(session: Session, by: Fact, *, but: Fact) -> None:
    """Let facts stand again that gave way to one; which of them had been confirmed is known."""
    gone = session.exec(
        select(Fact).where(Fact.superseded_by == by.id, col(Fact.id) != but.id)
    ).all()
    for one in gone:
        was_confirmed = one.confirmed_at is not None
        one.status = FactStatus.CONFIRMED if was_confirmed else FactStatus.PROPOSED
        one.superseded_by = None
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
