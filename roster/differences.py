"""What a new CV says against the record of a known person: the same, new, changed, or silent."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from roster.read import Difference, FactView
from roster.sameness import parts_that_differ, sameness, says_the_same
from roster.vocabulary import DifferenceKind, FactStatus


def differences(read: Sequence[FactView], held: Sequence[FactView]) -> tuple[Difference, ...]:
    """Set what was read against what is held.

    Parameters
    ----------
    read : facts of one CV
    held : facts that stand on the record: proposed or confirmed

    Returns
    -------
    differences : one for each fact read, in its order, then one for each thing held of which the
        CV says nothing. What is held of one thing is in the order of trust: confirmed, newest.
    """
    trusted = sorted(held, key=_trust, reverse=True)
    partners = _partners(read, trusted)
    spoken_of: set[UUID] = set()
    found = []
    for fact in read:
        same = [other for other in trusted if sameness(fact, other) > 0]
        spoken_of.update(other.id for other in same)
        found.append(_against(fact, partners.get(fact.id, same[0] if same else None), trusted))
    return (*found, *_silent(trusted, spoken_of))


def _trust(fact: FactView) -> tuple[bool, object]:
    return (fact.status is FactStatus.CONFIRMED, fact.asserted_at)


def _partners(read: Sequence[FactView], held: Sequence[FactView]) -> dict[UUID, FactView]:
    """Give each fact read the one held that it fits best, no held one twice; surest pairs first."""
    pairs = sorted(
        (
            (-likeness, place, other_place)
            for place, fact in enumerate(read)
            for other_place, other in enumerate(held)
            if (likeness := sameness(fact, other)) > 0
        ),
    )
    partners: dict[UUID, FactView] = {}
    taken: set[UUID] = set()
    for _, place, other_place in pairs:
        fact, other = read[place], held[other_place]
        if fact.id not in partners and other.id not in taken:
            partners[fact.id] = other
            taken.update(each.id for each in held if _repeats(other, each))
    return partners


def _repeats(one: FactView, other: FactView) -> bool:
    """Whether two sources said the same, so that the two stand for one thing."""
    return one.id == other.id or (one.kind is other.kind and says_the_same(one, other))


def _against(fact: FactView, partner: FactView | None, held: Sequence[FactView]) -> Difference:
    if partner is None:
        return Difference(DifferenceKind.NEW, fact.id)
    parts = parts_that_differ(partner, fact)
    kind = DifferenceKind.CHANGED if parts else DifferenceKind.SAME
    others = (each for each in held if each.id != partner.id and _repeats(partner, each))
    return Difference(kind, fact.id, (partner, *others), parts)


def _silent(held: Sequence[FactView], spoken_of: set[UUID]) -> list[Difference]:
    found: list[Difference] = []
    told: set[UUID] = set(spoken_of)
    for fact in held:
        if fact.id not in told:
            same = tuple(each for each in held if each.id not in told and _repeats(fact, each))
            told.update(each.id for each in same)
            found.append(Difference(DifferenceKind.NOT_MENTIONED, None, same))
    return found
