"""The rules of a facility, read from its configuration."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from roster.inputs import FacilityRules
from roster.tables import Facility


def rules_of(session: Session, facility_id: UUID) -> FacilityRules:
    """Return what a facility decides for itself; what it leaves out has the usual value."""
    facility = session.get_one(Facility, facility_id)
    return FacilityRules.model_validate(facility.rules)
