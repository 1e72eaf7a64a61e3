"""What becomes of one file or row: known already, somebody known, to look at, or read.

Pure, so that a trial says what a real run then does. Reasons are phrases joined by "; ", which the
pages translate one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from roster.identity import KnownPerson, likely_same
from roster.read import BirthYear, Contact, ExtractedProfile, Name, Post
from roster.vocabulary import BatchOutcome, FactKind

SURE_FROM = 0.9
NO_NAME = "no name was read"
NO_EMAIL = "no e-mail address was read"
TO_CHECK = "to check: "
PHRASES = "; "


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of one file or row."""

    outcome: BatchOutcome
    reason: str | None = None
    expert_id: UUID | None = None
    """Whom it may be about."""


def judge(
    profile: ExtractedProfile, known: Sequence[KnownPerson], more: Sequence[str] = ()
) -> Judgement:
    """Say what becomes of a reading.

    Parameters
    ----------
    known : people whom the sender may know of
    more : further things to look at, in words
    """
    same = likely_same(
        name_in(profile), _birth_year(profile), email_in(profile), _employer(profile), known
    )
    if same:
        return Judgement(BatchOutcome.KNOWN_PERSON, same[0].reason, same[0].id)
    doubts = (*_doubts(profile), *more)
    if doubts:
        return Judgement(BatchOutcome.NEEDS_LOOK, PHRASES.join(doubts))
    return Judgement(BatchOutcome.READ)


def name_in(profile: ExtractedProfile) -> str | None:
    """Return the name that was read, as people call the person."""
    values = (fact.value for fact in profile.of(FactKind.NAME))
    return next((value.display for value in values if isinstance(value, Name)), None)


def email_in(profile: ExtractedProfile) -> str | None:
    """Return the first e-mail address that was read."""
    values = (fact.value for fact in profile.of(FactKind.EMAIL))
    return next((value.value for value in values if isinstance(value, Contact)), None)


def _birth_year(profile: ExtractedProfile) -> int | None:
    values = (fact.value for fact in profile.of(FactKind.BIRTH_YEAR))
    return next((value.year for value in values if isinstance(value, BirthYear)), None)


def _employer(profile: ExtractedProfile) -> str | None:
    ongoing = (fact.value for fact in profile.of(FactKind.POST) if fact.period.ongoing)
    return next((value.employer for value in ongoing if isinstance(value, Post)), None)


def _doubts(profile: ExtractedProfile) -> list[str]:
    found = []
    if name_in(profile) is None:
        found.append(NO_NAME)
    if email_in(profile) is None:
        found.append(NO_EMAIL)
    unsure = {fact.kind for fact in profile.facts if fact.doubt or fact.confidence < SURE_FROM}
    if unsure:
        found.append(TO_CHECK + ", ".join(kind.value for kind in FactKind if kind in unsure))
    return found
