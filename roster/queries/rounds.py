"""Application rounds and the versions of the guidelines for applicants."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.read.screening import GuidelinesView, RoundView
from roster.tables import ApplicationRound, AssistanceRequest, Guidelines


def rounds_of(session: Session, actor: Actor) -> tuple[RoundView, ...]:
    """Return the rounds of a facility, the newest first, each with its number of requests."""
    return _rounds(session, actor.facility_id)


def round_view(session: Session, round_id: UUID, facility_id: UUID) -> RoundView | None:
    """Return one round of a facility; None where there is none."""
    return next((one for one in _rounds(session, facility_id) if one.id == round_id), None)


def get_round(session: Session, actor: Actor, round_id: UUID) -> ApplicationRound:
    """Return the row of a round of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.get(ApplicationRound, round_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such application round in this facility.")
    return found


def round_on(session: Session, facility_id: UUID, day: date) -> ApplicationRound | None:
    """Return the round into which a day of receipt falls; None: outside every round."""
    return session.exec(
        select(ApplicationRound)
        .where(
            ApplicationRound.facility_id == facility_id,
            col(ApplicationRound.opens) <= day,
            col(ApplicationRound.closes) >= day,
        )
        .order_by(col(ApplicationRound.opens))
    ).first()


def guidelines_of(session: Session, actor: Actor) -> tuple[GuidelinesView, ...]:
    """Return every version of a facility's guidelines, the newest first."""
    rows = session.exec(
        select(Guidelines)
        .where(Guidelines.facility_id == actor.facility_id)
        .order_by(col(Guidelines.version).desc())
    )
    return tuple(
        GuidelinesView(row.id, row.version, row.title, row.text, row.approved_on) for row in rows
    )


def _rounds(session: Session, facility_id: UUID) -> tuple[RoundView, ...]:
    rows = session.exec(
        select(ApplicationRound, Guidelines.version, func.count(col(AssistanceRequest.id)))
        .join(Guidelines, col(Guidelines.id) == col(ApplicationRound.guidelines_id), isouter=True)
        .join(
            AssistanceRequest,
            col(AssistanceRequest.round_id) == col(ApplicationRound.id),
            isouter=True,
        )
        .where(ApplicationRound.facility_id == facility_id)
        .group_by(col(ApplicationRound.id), col(Guidelines.version))
        .order_by(col(ApplicationRound.opens).desc(), col(ApplicationRound.name))
    )
    return tuple(
        RoundView(
            id=row.id,
            name=row.name,
            opens=row.opens,
            closes=row.closes,
            guidelines_id=row.guidelines_id,
            guidelines=version,
            requests=count,
        )
        for row, version, count in rows
    )
