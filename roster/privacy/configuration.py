"""What a facility says about data protection is set as a whole, checked, and written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from roster import records
from roster.errors import FieldError, InvalidInput
from roster.inputs.privacy import PrivacyRules
from roster.policy import Actor, Permission, require
from roster.queries.privacy import privacy_of
from roster.reference import countries
from roster.tables import Facility


def read_rules(given: Mapping[str, object]) -> PrivacyRules:
    """Return what was handed in as checked rules.

    Raises
    ------
    InvalidInput
        It names each field that cannot be.
    """
    try:
        rules = PrivacyRules.model_validate(dict(given))
    except ValidationError as error:
        raise InvalidInput(
            "What was given about data protection cannot be read. Nothing was changed.",
            errors=tuple(
                FieldError("/" + "/".join(map(str, one["loc"])), one["msg"])
                for one in error.errors()
            ),
        ) from error
    named = [*rules.processors, *rules.recipients]
    unknown = sorted({one.country for one in named if one.country} - set(countries.codes()))
    if unknown:
        raise InvalidInput(
            f"No country has the code {', '.join(unknown)}. Give the two letters of ISO 3166-1."
        )
    return rules


def set_rules(session: Session, actor: Actor, rules: PrivacyRules, *, at: datetime) -> Facility:
    """Set what the actor's facility says about data protection; that it changed is written down.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.SET_RULES)
    facility = session.get_one(Facility, actor.facility_id)
    facility.legal_regime = rules.model_dump(mode="json", exclude_none=True)
    session.add(facility)
    records.log_change(session, actor, facility, "privacy_set", at, missing=len(rules.missing))
    return facility


def rules_here(session: Session, actor: Actor) -> PrivacyRules:
    """Return what the actor's facility says about data protection.

    Raises
    ------
    InvalidInput
    """
    return privacy_of(session, actor.facility_id)
