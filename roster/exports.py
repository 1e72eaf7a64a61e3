"""Whole lists for other systems, some rows at a time, in the order of ids; every look is recorded.

For coordinators: whoever may hand records to another system. People leave as the ranker reads
them, without contact data, and only those whom the actor may know of.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.policy import Actor, Permission, require, visible_actions, visible_experts
from roster.queries.actions import views_of_actions
from roster.queries.requests import need_of
from roster.read import ActionView, ExpertView, RequestView
from roster.serial import expert_view
from roster.tables import Action, AssistanceRequest, Expert, ExpertProfile, Facility
from roster.vocabulary import OFF_ROSTER

AT_ONCE = 200


def note_export(session: Session, actor: Actor, what: str, *, at: datetime) -> None:
    """Write down that somebody takes a list away.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    facility = session.get_one(Facility, actor.facility_id)
    records.log_change(session, actor, facility, "exported", at, what=what)


def people_after(
    session: Session, actor: Actor, last: UUID | None, *, at: datetime
) -> tuple[ExpertView, ...]:
    """Return the people that follow an id; that each was seen is written down.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    query = (
        select(ExpertProfile.view)
        .join(Expert, col(Expert.id) == col(ExpertProfile.expert_id))
        .where(visible_experts(actor), col(Expert.status).not_in(OFF_ROSTER))
        .order_by(col(Expert.id))
        .limit(AT_ONCE)
    )
    if last is not None:
        query = query.where(col(Expert.id) > last)
    found = tuple(expert_view(dict(view)) for view in session.exec(query))
    ids = [one.id for one in found]
    records.log_views(session, actor, ids, what="export", purpose="export", at=at)
    return found


def requests_after(session: Session, actor: Actor, last: UUID | None) -> tuple[RequestView, ...]:
    """Return the requests that follow an id, as the ranker reads them.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    query = (
        select(AssistanceRequest)
        .where(AssistanceRequest.facility_id == actor.facility_id)
        .order_by(col(AssistanceRequest.id))
        .limit(AT_ONCE)
    )
    if last is not None:
        query = query.where(col(AssistanceRequest.id) > last)
    return tuple(need_of(one) for one in session.exec(query))


def actions_after(session: Session, actor: Actor, last: UUID | None) -> tuple[ActionView, ...]:
    """Return the Actions that follow an id, with their present plans.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    query = select(Action).where(visible_actions(actor)).order_by(col(Action.id)).limit(AT_ONCE)
    if last is not None:
        query = query.where(col(Action.id) > last)
    return views_of_actions(session, session.exec(query).all())
