"""Whom to ask first for a request, and why."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.base import Out
from roster.read import Told


class OutreachReasonOut(Out):
    """One part of why a state stands where it stands."""

    told: Told
    points: float = Field(description="Above or below what the average state earns here")
    supplied: int | None = Field(
        description="Past Actions of this kind to which the state sent experts"
    )
    of: int | None = Field(description="Past Actions of this kind")
    latest: int | None = Field(description="Year in which the latest of these began")
    names: list[str] = Field(
        description="Countries, regions or languages that it speaks of, as codes or names"
    )
    reason: str = Field(
        examples=["supplied experts to 4 of 9 past Actions on a topic asked for"],
        description="In English; empty where there is nothing to tell",
    )


class StateAdviceOut(Out):
    """One state in the order in which to ask."""

    country: str = Field(examples=["PT"])
    place: int = Field(description="From 1; states with equal scores share a place")
    score: float = Field(description="The points added; 0 is the average state")
    chance: float | None = Field(
        description="How often states with such a score sent experts to past Actions; null where "
        "there are too few to say"
    )
    focal_points: int = Field(description="Accounts of this state's focal points")
    experts: int | None = Field(
        description="Active experts of this state who know a topic asked for; null without topics"
    )
    speakers: int | None = Field(
        description="Of these, those with a working language; null where none is asked for"
    )
    wants_topics: list[str] = Field(
        description="Topics of the request that the state says it wants to work on"
    )
    wants_places: list[str] = Field(
        description="Countries and sub-regions (UN M49) of the request where it wants to work"
    )
    uninterested_on: date | None = Field(
        description='When it last answered a call with "interest" as the reason for nobody'
    )
    reasons: list[OutreachReasonOut] = Field(description="The telling ones first")


class OutreachOut(Out):
    """In which order to ask the Member States for a request."""

    model: str = Field(description='"rule" where there is too little to learn from, else "learnt"')
    actions: int = Field(description="Past Actions that it is learnt from")
    missing: list[Told] = Field(
        description="What the request or the past says nothing about; it counts for nobody"
    )
    states: list[StateAdviceOut]
