"""Whom to ask first for a request, and why."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.base import Out
from roster.read import Told
from roster.vocabulary import RefusalReason


class OutreachReasonOut(Out):
    """One part of why a state stands where it stands."""

    told: Told
    points: float = Field(
        description="Above or below what the average state earns here; in `interest`, `calls` and "
        "`releases` what a state earns of which nothing is known, which is 0"
    )
    supplied: int | None = Field(
        description="Past Actions of this kind to which the state sent experts"
    )
    of: int | None = Field(description="Past Actions of this kind")
    latest: int | None = Field(description="Year in which the latest of these began")
    names: list[str] = Field(
        description="Countries, regions, languages or topics that it speaks of, as codes or names"
    )
    on: date | None = Field(
        description="In `interest`, the day on which the state stated its interests; null: none"
    )
    agreed: int | None = Field(
        description="In `calls` and `releases`, how often it said yes, of what says something of "
        "this request in the last five years; null elsewhere"
    )
    declined: int | None = Field(description="How often it said no, counted in the same way")
    silent: int | None = Field(description="Calls whose deadline passed without an answer")
    why: list[RefusalReason] = Field(description="Why it said no, the most frequent reason first")
    answered_on: date | None = Field(description="Day of the latest of these answers")
    reason: str = Field(
        examples=["supplied experts to 4 of 9 past Actions on a topic asked for"],
        description="In the language asked for; empty where there is nothing to tell",
    )


class StateAdviceOut(Out):
    """One state in the order in which to ask."""

    country: str = Field(examples=["PT"])
    place: int = Field(description="From 1; states with equal scores share a place")
    score: float = Field(description="The points of its reasons added")
    chance: float | None = Field(
        description="How often states with such a history sent experts to past Actions; null where "
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
        description="What the request, the past or the states say nothing about; it counts for "
        "nobody"
    )
    states: list[StateAdviceOut]
