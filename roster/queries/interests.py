"""What states say they want to work on, and why they lately said no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.read import InterestView, RequestView
from roster.reference import regions
from roster.tables import CallRecipient, StateInterest
from roster.vocabulary import CallAnswer, RefusalReason

_RECENT = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Declared:
    """What of a request a state says it wants to work on."""

    topics: tuple[str, ...]
    places: tuple[str, ...]
    """Countries of the request, and sub-regions (UN M49) that hold some of them."""


def interests_of(
    session: Session, actor: Actor, countries: frozenset[str] | None = None
) -> tuple[InterestView, ...]:
    """Return what states said, by country.

    Parameters
    ----------
    countries : only these; None is all
    """
    query = select(StateInterest).where(StateInterest.facility_id == actor.facility_id)
    if countries is not None:
        query = query.where(col(StateInterest.country).in_(sorted(countries)))
    return tuple(
        InterestView(
            country=one.country,
            topics=tuple(one.topics),
            regions=tuple(one.regions),
            note=one.note,
            updated_at=one.updated_at,
        )
        for one in session.exec(query.order_by(col(StateInterest.country)))
    )


def declared_for(session: Session, actor: Actor, need: RequestView) -> Mapping[str, Declared]:
    """Return by state what of a request it says it wants to work on; others are left out."""
    within = {sub for one in need.countries if (sub := regions.subregion_of(one))}
    found = {}
    for one in interests_of(session, actor):
        topics = tuple(code for code in need.topics if code in one.topics)
        places = tuple(code for code in one.regions if code in within or code in need.countries)
        if topics or places:
            found[one.country] = Declared(topics, places)
    return found


def uninterested_since(session: Session, actor: Actor, now: datetime) -> Mapping[str, date]:
    """Return by state the latest day, of the last two years, on which it was not interested."""
    rows = session.exec(
        select(CallRecipient.country, CallRecipient.answered_at)
        .where(
            CallRecipient.facility_id == actor.facility_id,
            CallRecipient.answer == CallAnswer.NOBODY,
            CallRecipient.reason == RefusalReason.INTEREST,
            col(CallRecipient.answered_at) >= now - _RECENT,
        )
        .order_by(col(CallRecipient.answered_at))
    )
    return {country: at.date() for country, at in rows if at is not None}
