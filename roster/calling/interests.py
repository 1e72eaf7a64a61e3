"""What a state says it wants to work on; whoever asks states first reads it."""

from __future__ import annotations

from sqlmodel import Session, select

from roster import records
from roster.errors import NotFound
from roster.inputs import InterestInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.calls import countries_of
from roster.tables import StateInterest
from roster.terms import check_interest


def state_interest(
    session: Session, actor: Actor, country: str, given: InterestInput, *, clock: Clock
) -> StateInterest:
    """Write down what a state wants to work on, in place of what it said before.

    Raises
    ------
    NotFound
        The actor is no focal point of that country.
    NotAllowed
    UnknownTerm
        A topic, region or country is in no list.
    """
    require(actor, Permission.ANSWER_CALLS)
    if country not in countries_of(actor):
        raise NotFound("You are no focal point of this country.")
    check_interest(given)
    found = session.exec(
        select(StateInterest).where(
            StateInterest.facility_id == actor.facility_id, StateInterest.country == country
        )
    ).first()
    interest = found or StateInterest(
        facility_id=actor.facility_id, origin=actor.origin, country=country
    )
    interest.topics = list(dict.fromkeys(given.topics))
    interest.regions = list(dict.fromkeys(given.regions))
    interest.note, interest.by, interest.updated_at = given.note, actor.account_id, clock.now()
    session.add(interest)
    session.flush()
    records.log_change(session, actor, interest, "changed", clock.now(), country=country)
    return interest
