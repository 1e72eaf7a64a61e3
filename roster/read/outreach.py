"""Which states to ask first for a request, and why, as others may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from roster.dates import PartialDate
from roster.read.calls import InterestView
from roster.vocabulary import RefusalReason


class Told(StrEnum):
    """What a reason for asking a state speaks of."""

    TOPIC = "topic"
    PLACE = "place"
    REGION = "region"
    LANGUAGE = "language"
    SHARE = "share"
    INTEREST = "interest"
    CALLS = "calls"
    RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """What a state once said to a call, or its authority to a question for a release."""

    country: str
    topics: tuple[str, ...]
    """Of the request that it was asked for."""
    on: date
    """Day of the answer; of silence the deadline."""
    agreed: bool | None
    """None: the deadline passed in silence."""
    reason: RefusalReason | None = None
    """Of a refusal, where one was given."""


@dataclass(frozen=True, slots=True)
class Stances:
    """What states say themselves: their interests and their answers, in any order."""

    interests: tuple[InterestView, ...] = ()
    """One at most for each state."""
    calls: tuple[StateAnswer, ...] = ()
    releases: tuple[StateAnswer, ...] = ()


NOTHING_SAID = Stances()


@dataclass(frozen=True, slots=True)
class Heard:
    """The answers of one state that say something of a request, counted whole."""

    agreed: int = 0
    declined: int = 0
    silent: int = 0
    why: tuple[RefusalReason, ...] = ()
    """Of the refusals, the most frequent first."""
    latest: date | None = None
    """Day of the latest; None where there is none."""

    @property
    def asked(self) -> int:
        """Answers and silences together."""
        return self.agreed + self.declined + self.silent


@dataclass(frozen=True, slots=True)
class PastAction:
    """An Action with the states whose experts took part, whoever employed them."""

    code: str
    countries: tuple[str, ...]
    """Beneficiaries; empty where a regional body asked."""
    regional_body: str | None
    topics: tuple[str, ...]
    further_topics: tuple[str, ...]
    """Seen in its objective or activities, not in its heading."""
    starts: PartialDate | None
    states: frozenset[str]
    """States named as sending experts; empty says that none is named, not that none did."""


@dataclass(frozen=True, slots=True)
class OutreachReason:
    """One part of why a state stands where it stands; the points add up to its score."""

    told: Told
    points: float
    """Above (positive) or below what the average state earns here; in `INTEREST`, `CALLS` and
    `RELEASES` what a state earns of which nothing is known, which is 0."""
    supplied: int | None = None
    """Past Actions of this kind to which the state sent experts; None where none is counted."""
    of: int | None = None
    """Past Actions of this kind."""
    latest: int | None = None
    """Year of the latest Action to which the state sent experts."""
    names: tuple[str, ...] = ()
    """Codes of beneficiaries in `PLACE`, regions in `REGION`, codes of languages in `LANGUAGE`; in
    `INTEREST` codes of topics, countries and sub-regions (UN M49) of the request."""
    on: date | None = None
    """Day on which the state stated its interests; None: it stated none."""
    heard: Heard | None = None
    """In `CALLS` and `RELEASES` what it answered."""


@dataclass(frozen=True, slots=True)
class StateAdvice:
    """One state in the order in which to ask."""

    country: str
    place: int
    """From 1; states with equal scores share a place."""
    score: float
    """0 is the average state of which nothing more is known; comparable inside one request only."""
    chance: float | None
    """How often states with such a history sent experts to past Actions; None: too few to say. What
    a state says itself is not in it."""
    reasons: tuple[OutreachReason, ...]
    """The telling ones first."""
    focal_points: int = 0
    """Accounts of focal points of this state in the facility."""
    experts: int | None = None
    """Active experts of this state on the roster who know a topic of the request; None where the
    request names no topic."""
    speakers: int | None = None
    """Of these, those who have a working language of the request; None where it names none."""
    wants_topics: tuple[str, ...] = ()
    """Topics of the request that the state says it wants to work on."""
    wants_places: tuple[str, ...] = ()
    """Countries and sub-regions (UN M49) of the request where it says it wants to work."""
    uninterested_on: date | None = None
    """When it last answered a call with "not interested", in the last two years."""


@dataclass(frozen=True, slots=True)
class OutreachAdvice:
    """In which order to ask the states for a request."""

    states: tuple[StateAdvice, ...]
    actions: int
    """Past Actions that it is learnt from: those that name a state."""
    model: str
    """"rule" where there is too little to learn from, else "learnt"."""
    missing: tuple[Told, ...] = ()
    """What the request, the past or the states say nothing about, and so counts for nobody."""


@dataclass(frozen=True, slots=True)
class TeamToRelease:
    """A team kept for a request, and where those of it live who are not released yet."""

    team_id: UUID
    homes: Mapping[str, int]
    """Country → people of the team whose release is neither asked for nor granted."""
