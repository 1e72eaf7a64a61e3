"""What a facility says about data protection, read from its configuration."""

from __future__ import annotations

from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from roster.errors import InvalidInput
from roster.inputs.privacy import PrivacyRules
from roster.policy import Actor, Permission, fed_experts, visible_experts
from roster.read.privacy import DisclosureRow
from roster.tables import AccessLog, Disclosure, Expert, Facility

PRIVACY_SET = "privacy_set"
"""What the change sequence calls a change of what a facility says."""


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


def disclosures_of(
    session: Session, actor: Actor, expert_id: UUID, *, most: int = 50
) -> tuple[DisclosureRow, ...]:
    """Return to whom data on a person was handed, the latest first; for who keeps the record.

    Empty for everybody else.
    """
    seen = select(Expert.id).where(
        Expert.id == expert_id,
        or_(fed_experts(actor), visible_experts(actor, Permission.RESTRICT_EXPERTS)),
    )
    if session.exec(seen).first() is None:
        return ()
    rows = session.exec(
        select(Disclosure)
        .where(Disclosure.expert_id == expert_id)
        .order_by(col(Disclosure.created_at).desc(), col(Disclosure.id))
        .limit(most)
    )
    return tuple(
        DisclosureRow(one.created_at, one.what, one.recipient, one.country, one.basis, one.means)
        for one in rows
    )


def shown_in_rankings(session: Session, expert_id: UUID) -> tuple[int, int]:
    """Return how often a person was shown in a ranking, and to how many people."""
    times, people = session.exec(
        select(func.count(), func.count(func.distinct(AccessLog.account_id))).where(
            AccessLog.expert_id == expert_id, AccessLog.what == "ranking"
        )
    ).one()
    return times, people


def privacy_of(session: Session, facility_id: UUID) -> PrivacyRules:
    """Return what a facility says about data protection, by its id.

    Raises
    ------
    InvalidInput
        As in `privacy_rules`.
    """
    return privacy_rules(session.get_one(Facility, facility_id))
