"""What a plan for many requests begins with: those open in a period, and who is bound already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.queries.declined import declined_for
from roster.queries.requests import is_open, need_of
from roster.read import Declined, Engagement, OpenRequest, RequestView
from roster.tables import AssistanceRequest, Deployment, ShortlistEntry
from roster.vocabulary import Stage, TeamMode

_BOUND = (Stage.AGREED, Stage.DEPLOYED)


def open_requests(
    session: Session, actor: Actor, starts: date, ends: date
) -> tuple[OpenRequest, ...]:
    """Return the open requests of a facility whose dates fall into a period, the oldest first.

    Those without dates are always among them; a single date given is both.
    """
    first = func.coalesce(col(AssistanceRequest.starts), col(AssistanceRequest.ends))
    last = func.coalesce(col(AssistanceRequest.ends), col(AssistanceRequest.starts))
    rows = session.exec(
        select(AssistanceRequest)
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            is_open(),
            or_(first.is_(None), and_(first <= ends, last >= starts)),
        )
        .order_by(
            col(AssistanceRequest.received_on).is_(None),
            col(AssistanceRequest.received_on),
            col(AssistanceRequest.code),
            col(AssistanceRequest.id),
        )
    )
    found = rows.all()
    gone = declined_for(session, [row.id for row in found])
    return tuple(_open(row, gone.get(row.id, ())) for row in found)


def needs_now(
    session: Session, actor: Actor, named: Sequence[str] = ()
) -> tuple[tuple[str, RequestView], ...]:
    """Return requests of a facility as the ranker reads them, by their codes, the oldest first.

    Parameters
    ----------
    named : codes or ids; none asks for all that wait for a decision
    """
    query = (
        select(AssistanceRequest)
        .where(AssistanceRequest.facility_id == actor.facility_id)
        .order_by(col(AssistanceRequest.received_on), col(AssistanceRequest.code))
    )
    rows = session.exec(query if named else query.where(is_open())).all()
    found = [row for row in rows if not named or {row.code, str(row.id)} & set(named)]
    gone = declined_for(session, [row.id for row in found])
    return tuple(
        (row.code or str(row.id), replace(need_of(row), declined=gone.get(row.id, ())))
        for row in found
    )


def _open(row: AssistanceRequest, declined: tuple[Declined, ...]) -> OpenRequest:
    return OpenRequest(
        id=row.id,
        code=row.code,
        title=row.title,
        urgency=row.urgency,
        mode=TeamMode(row.mode) if row.mode else None,
        need=replace(need_of(row), declined=declined),
        received_on=row.received_on,
    )


def engagements(session: Session, actor: Actor) -> tuple[Engagement, ...]:
    """Return what people are bound to in a facility: deployments, and places agreed to.

    Deployments without a first day bind nobody to any date; cancelled ones never did. Who agreed
    to come for a request without dates is bound to none either.
    """
    sent = session.exec(
        select(Deployment)
        .where(
            Deployment.facility_id == actor.facility_id,
            Deployment.status != "cancelled",
            col(Deployment.starts).is_not(None),
        )
        .order_by(col(Deployment.id))
    )
    found = [
        Engagement(one.expert_id, one.starts, max(one.ends or one.starts, one.starts), one.days)
        for one in sent
        if one.starts is not None
    ]
    agreed = session.exec(
        select(ShortlistEntry.expert_id, AssistanceRequest)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(ShortlistEntry.request_id))
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            is_open(),
            col(ShortlistEntry.stage).in_(_BOUND),
        )
        .order_by(col(ShortlistEntry.id))
    )
    for expert_id, request in agreed:
        first, last = request.starts or request.ends, request.ends or request.starts
        if first and last:
            found.append(Engagement(expert_id, first, last, request_id=request.id))
    return tuple(found)
