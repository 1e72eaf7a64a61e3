"""The facts of a document that say one thing, however many places they were read in, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.dates import Period
from roster.read import FactView
from roster.vocabulary import FactKind, FactStatus
from web.presenters.fact_editors import DATED
from web.presenters.fact_words import value_words
from web.tongues import Tongue

SURE_FROM = 0.9
"""A reading less sure than this counts only once somebody says so."""
ORDER = (
    FactKind.NAME,
    FactKind.EMAIL,
    FactKind.TELEPHONE,
    FactKind.BIRTH_YEAR,
    FactKind.NATIONALITY,
    FactKind.LANGUAGE,
    FactKind.POST,
    FactKind.MISSION,
    FactKind.COUNTRY,
    FactKind.EDUCATION,
    FactKind.TOPIC,
    FactKind.ACTIVITY,
    FactKind.TRAINING,
    FactKind.PUBLICATION,
    FactKind.HEADLINE,
    FactKind.EXPERT_KIND,
    FactKind.UNAVAILABILITY,
)
"""Kinds in the order in which somebody confirms them: who it is, what she speaks, what she did."""
NEWEST_FIRST = frozenset({FactKind.POST, FactKind.MISSION})
"""Kinds whose dates are told even where they are unknown."""


def needs_check(fact: FactView) -> bool:
    """Whether a fact counts only once somebody says that it is right."""
    return bool(fact.doubt) or (fact.confidence is not None and fact.confidence < SURE_FROM)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a document says; what is decided on it holds for each of its facts."""

    facts: tuple[FactView, ...]
    """At least one."""

    @property
    def lead(self) -> FactView:
        """The fact that the claim is shown as, and whose id its fields carry."""
        return self.facts[0]

    @property
    def needs_check(self) -> bool:
        """Whether none of its places tells surely."""
        return all(map(needs_check, self.facts))

    @property
    def period(self) -> Period:
        """When it was so; nothing where its places say different dates."""
        first = self.lead.period
        return first if all(fact.period == first for fact in self.facts) else Period()

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it should be looked at, each reason once."""
        return tuple(dict.fromkeys(fact.doubt for fact in self.facts if fact.doubt))

    def has_any(self, ids: Iterable[UUID | str]) -> bool:
        """Whether one of its facts is among these."""
        wanted = {str(one) for one in ids}
        return any(str(fact.id) in wanted for fact in self.facts)


def claims_of(tongue: Tongue, facts: Iterable[FactView]) -> tuple[Claim, ...]:
    """Put facts together that a reader could not tell apart, in the order of their first."""
    found: dict[object, list[FactView]] = {}
    for fact in facts:
        found.setdefault(_key(tongue, fact), []).append(fact)
    return tuple(Claim(tuple(group)) for group in found.values())


def _key(tongue: Tongue, fact: FactView) -> object:
    words = " ".join(value_words(tongue, fact.value).casefold().split())
    # The dates of a topic are those of the post in which it stands: one more place, no other claim.
    period = fact.period if fact.kind in DATED else Period()
    return (fact.kind, words, period, fact.status is FactStatus.PROPOSED)


def in_order(facts: Iterable[FactView]) -> list[FactView]:
    """Return facts as somebody goes through them: by kind, work the newest first, then by place."""
    return sorted(facts, key=_order)


def _order(fact: FactView) -> tuple[int, int, int, str]:
    newest = 0
    if fact.kind in NEWEST_FIRST:
        last = date.max if fact.period.ongoing else _last_day(fact.period)
        newest = -last.toordinal()
    return (ORDER.index(fact.kind), newest, fact.span.start if fact.span else 0, str(fact.id))


def _last_day(period: Period) -> date:
    last = period.end or period.start
    return last.last_day if last else date.min
