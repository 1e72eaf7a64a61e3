"""What a facility says about data protection is set as a whole, checked, and written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.privacy import PrivacyRules
from roster.policy import Actor, Permission, require
from roster.queries.facilities import settings_version
from roster.queries.privacy import PRIVACY_SET, privacy_of
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
    errors = tuple(_unknown_countries(rules))
    if errors:
        raise InvalidInput("A country here has no code. Nothing was changed.", errors=errors)
    return rules


def set_rules(
    session: Session,
    actor: Actor,
    rules: PrivacyRules,
    *,
    at: datetime,
    seen: int | None = None,
) -> Facility:
    """Set what the actor's facility says about data protection; what changed is written down.

    Parameters
    ----------
    seen : the version that it was read at, None where it does not matter

    Raises
    ------
    NotAllowed
    InvalidInput
        A country is not known.
    Conflict
        Somebody changed it since it was read.
    """
    require(actor, Permission.SET_RULES)
    facility = session.get_one(Facility, actor.facility_id, with_for_update=True)
    if seen is not None and seen != settings_version(session, facility.id, PRIVACY_SET):
        raise Conflict("Somebody changed this since you opened it. Read it again first.")
    errors = tuple(_unknown_countries(rules))
    if errors:
        raise InvalidInput("Nothing was changed.", errors=errors)
    before, after = facility.legal_regime, rules.model_dump(mode="json", exclude_none=True)
    changed = sorted(
        name
        for name in before.keys() | after.keys()
        if (before.get(name) or None) != (after.get(name) or None)
    )
    if changed:
        facility.legal_regime = after
        session.add(facility)
        records.log_change(
            session, actor, facility, PRIVACY_SET, at, missing=len(rules.missing), rules=changed
        )
        session.flush()
    return facility


def _unknown_countries(rules: PrivacyRules) -> Iterator[FieldError]:
    """Yield each country that is none, at the place where it stands."""
    known = set(countries.codes())
    for name, outside in (("processors", rules.processors), ("recipients", rules.recipients)):
        for number, one in enumerate(outside):
            if one.country is not None and one.country not in known:
                words = (
                    f"No country has the code {one.country}. Give the two letters of ISO 3166-1."
                )
                yield FieldError(f"/{name}/{number}/country", words)


def rules_here(session: Session, actor: Actor) -> PrivacyRules:
    """Return what the actor's facility says about data protection.

    Raises
    ------
    InvalidInput
    """
    return privacy_of(session, actor.facility_id)
