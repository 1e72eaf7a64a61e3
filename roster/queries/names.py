"""Whose names an actor reads in the lists of a request: the facility's rule, and her steps."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.queries.facilities import rules_of
from roster.read.names import Names
from roster.tables import AssistanceRequest, Change, ShortlistEntry
from roster.vocabulary import LEFT_STAGES

OPENED = "names_opened"
"""The step by which somebody reads names that a list keeps back."""


def names_shown(
    session: Session, actor: Actor, request_id: UUID | None, *, hide: bool = False
) -> Names:
    """Return whose names the lists of a request show to the actor.

    Parameters
    ----------
    request_id : None for a need that is not stored, of which nobody's name was ever opened
    hide : whether the actor asked for a list without names; else the facility's rule decides
    """
    if not hide and not rules_of(session, actor.facility_id).names_last:
        return Names()
    if request_id is None:
        return Names(hidden=True)
    opened = _opened(session, actor, request_id)
    if None in opened and not hide:
        return Names()
    shortlisted = session.exec(
        select(ShortlistEntry.expert_id).where(
            ShortlistEntry.request_id == request_id,
            ShortlistEntry.facility_id == actor.facility_id,
            col(ShortlistEntry.stage).not_in(LEFT_STAGES),
        )
    )
    return Names(hidden=True, known=frozenset(one for one in opened if one) | set(shortlisted))


def _opened(session: Session, actor: Actor, request_id: UUID) -> frozenset[UUID | None]:
    """Return whose names the actor opened; None among them is the whole list."""
    details = session.exec(
        select(Change.detail).where(
            Change.record == AssistanceRequest.__tablename__,
            Change.record_id == request_id,
            Change.act == OPENED,
            Change.by == actor.account_id,
        )
    )
    return frozenset(UUID(one["expert"]) if one["expert"] else None for one in details)
