"""How much of a person somebody sees whom she may know of: one rule, for pages and API alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roster.policy import Actor, Permission


class Tier(StrEnum):
    """How much of a person somebody sees, each step with what the one before it shows."""

    RANKING = "ranking"
    """What ranking needs: posts, missions, languages, topics, and the sentences that show them."""
    CONTACT = "contact"
    """Addresses and the year of birth: from the shortlist on."""
    DOCUMENTS = "documents"
    """The CV itself: for a purpose that was written down."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What somebody has to do with one person, as far as tiers go by it."""

    feeds: bool = False
    """Keeps the record: the person herself, or her focal point."""
    shortlisted: bool = False
    """The person stands on a shortlist of the actor's facility, and has not left it."""
    has_purpose: bool = False
    """The actor wrote down lately what she opens the documents for."""
    awaits: bool = False
    """A CV waits to be confirmed by the actor."""


def tiers(actor: Actor, near: Nearness) -> frozenset[Tier]:
    """Return how much an actor sees of a person whom she may know of: the one rule for it."""
    if actor.is_system or near.feeds:
        return frozenset(Tier)
    seen = {Tier.RANKING}
    if near.shortlisted and actor.may(Permission.WRITE_SHORTLIST):
        seen.add(Tier.CONTACT)
    if near.has_purpose or (near.awaits and actor.may(Permission.WRITE_EXPERTS)):
        seen.add(Tier.DOCUMENTS)
    return frozenset(seen)
