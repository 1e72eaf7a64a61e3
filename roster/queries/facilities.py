"""The rules of a facility, read from its configuration, and who changed them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.inputs import FacilityRules
from roster.policy import Actor
from roster.read.facilities import RulesChange
from roster.tables import Account, Change, Facility

_MOST_CHANGES = 20


def rules_of(session: Session, facility_id: UUID) -> FacilityRules:
    """Return what a facility decides for itself; what it leaves out has the usual value."""
    facility = session.get_one(Facility, facility_id)
    return FacilityRules.model_validate(facility.rules)


def version_of(session: Session, facility_id: UUID) -> int:
    """Return the number of the last change of the rules; 0 where nobody changed them."""
    query = select(func.max(Change.seq)).where(
        Change.record == Facility.__tablename__,
        Change.record_id == facility_id,
        Change.act == "rules_set",
    )
    return session.exec(query).one() or 0


def rules_changes(session: Session, actor: Actor) -> tuple[RulesChange, ...]:
    """Return who changed which rules of the actor's facility, the latest first."""
    rows = session.exec(
        select(Change, Account.name)
        .join(Account, col(Account.id) == col(Change.by), isouter=True)
        .where(
            Change.record == Facility.__tablename__,
            Change.record_id == actor.facility_id,
            Change.act == "rules_set",
        )
        .order_by(col(Change.seq).desc())
        .limit(_MOST_CHANGES)
    )
    return tuple(RulesChange(row.at, name, tuple(row.detail["rules"])) for row, name in rows)
