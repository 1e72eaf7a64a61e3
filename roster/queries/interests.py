"""What states say they want to work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.read import InterestView, RequestView
from roster.reference import regions
from roster.tables import StateInterest


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


def declared_for(interests: Iterable[InterestView], need: RequestView) -> Mapping[str, Declared]:
    """Return by state what of a request it says it wants to work on; others are left out."""
    within = {sub for one in need.countries if (sub := regions.subregion_of(one))}
    found = {}
    for one in interests:
        topics = tuple(code for code in need.topics if code in one.topics)
        places = tuple(code for code in one.regions if code in within or code in need.countries)
        if topics or places:
            found[one.country] = Declared(topics, places)
    return found
