"""The rules of a facility, read from its configuration, and who changed them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.inputs import FacilityRules
from roster.policy import Actor
from roster.read.facilities import RulesChange
from roster.tables import Account, Change, Facility

RULES_SET = "rules_set"
"""What the change sequence calls a change of the rules."""
_MOST_CHANGES = 20


def rules_of(session: Session, facility_id: UUID) -> FacilityRules:
    """Return what a facility decides for itself; what it leaves out has the usual value."""
    facility = session.get_one(Facility, facility_id)
    return FacilityRules.model_validate(facility.rules)


def settings_version(session: Session, facility_id: UUID, act: str) -> int:
    """Return the number of the last change of settings; 0 where nobody changed them.

    Parameters
    ----------
    act : what the change sequence calls a change of these settings
    """
    query = select(func.max(Change.seq)).where(
        Change.record == Facility.__tablename__,
        Change.record_id == facility_id,
        Change.act == act,
    )
    return session.exec(query).one() or 0


def settings_changes(session: Session, actor: Actor, act: str) -> tuple[RulesChange, ...]:
    """Return who changed which settings of the actor's facility, the latest first.

    Names of settings only; a change that names none is told without.

    Parameters
    ----------
    act : what the change sequence calls a change of these settings
    """
    rows = session.exec(
        select(Change, Account.name)
        .join(Account, col(Account.id) == col(Change.by), isouter=True)
        .where(
            Change.record == Facility.__tablename__,
            Change.record_id == actor.facility_id,
            Change.act == act,
        )
        .order_by(col(Change.seq).desc())
        .limit(_MOST_CHANGES)
    )
    return tuple(
        RulesChange(one.at, name, tuple(one.detail.get("rules", ()))) for one, name in rows
    )
