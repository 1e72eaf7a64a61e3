"""What a facility says about data protection, read from its configuration."""

from __future__ import annotations

from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from roster.errors import InvalidInput
from roster.inputs.privacy import PrivacyRules
from roster.tables import Facility


def privacy_rules(facility: Facility) -> PrivacyRules:
    """Return what a facility says about data protection.

    Raises
    ------
    InvalidInput
        What is stored cannot be read: nothing is made up in its place.
    """
    try:
        return PrivacyRules.model_validate(facility.legal_regime)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'all'}: {one['msg']}" for one in error.errors()
        )
        raise InvalidInput(
            f"What {facility.name} says about data protection cannot be read: {wrong}. "
            "Set it anew with 'roster privacy set'."
        ) from error


def privacy_of(session: Session, facility_id: UUID) -> PrivacyRules:
    """Return what a facility says about data protection, by its id.

    Raises
    ------
    InvalidInput
        As in `privacy_rules`.
    """
    return privacy_rules(session.get_one(Facility, facility_id))
