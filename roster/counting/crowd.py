"""What many people bring, each code with the set of those who have it; pure.

A set of people is a whole number: whoever belongs to it has the bit of her place set. Whom two
codes have in common is found so in microseconds among a hundred thousand, at a bit a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from roster.reference import regions

People = int
"""A set of places in a crowd."""


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """What one person brings."""

    topics: frozenset[str]
    speaks: frozenset[str]
    """At B2 or better."""
    names: frozenset[str]
    """Languages of which the level is not known."""
    countries: frozenset[str]
    """Where she worked, home included."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who brings what; the names of the four are those of `HeldPerson`."""

    topics: Mapping[str, People] = field(default_factory=dict)
    speaks: Mapping[str, People] = field(default_factory=dict)
    names: Mapping[str, People] = field(default_factory=dict)
    countries: Mapping[str, People] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[HeldPerson]) -> Crowd:
        """Return people as a crowd, each at the place at which she stands."""
        held = list(people)

        def of_all(sets: Iterable[frozenset[str]]) -> dict[str, People]:
            found: dict[str, list[int]] = {}
            for place, codes in enumerate(sets):
                for code in codes:
                    found.setdefault(code, []).append(place)
            return {code: people_at(places) for code, places in found.items()}

        return cls(
            of_all(one.topics for one in held),
            of_all(one.speaks for one in held),
            of_all(one.names for one in held),
            of_all(one.countries for one in held),
        )

    def among(self, those: People) -> Crowd:
        """Return what some people bring; codes that none of them has are left out."""
        return Crowd(*({code: had & those for code, had in one.items() if had & those}
                       for one in self._all))  # fmt: skip

    def without(self, gone: People) -> Crowd:
        """Return what the others bring."""
        return Crowd(*({code: had & ~gone for code, had in one.items()} for one in self._all))

    def and_of(self, other: Crowd) -> Crowd:
        """Return what both bring, who stand at places of the same crowd."""
        both = zip(self._all, other._all, strict=True)
        return Crowd(
            *(
                {code: one.get(code, 0) | more.get(code, 0) for code in {**one, **more}}
                for one, more in both
            )
        )

    @property
    def _all(self) -> tuple[Mapping[str, People], ...]:
        return self.topics, self.speaks, self.names, self.countries

    def by_region(self) -> Mapping[str, People]:
        """Return who worked in each region of the facility, or comes from it."""
        found = dict.fromkeys(regions.FACILITY_REGIONS, 0)
        for country, people in self.countries.items():
            region = regions.facility_region_of(country)
            if region:
                found[region] |= people
        return found


def people_at(places: Iterable[int]) -> People:
    """Return the set of the people at some places."""
    held = list(places)
    marks = bytearray(max(held, default=-1) // 8 + 1)
    for place in held:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def places_of(people: People) -> Iterator[int]:
    """Yield the places of a set of people, in order."""
    marks = people.to_bytes((people.bit_length() + 7) // 8, "little")
    for at, mark in enumerate(marks):
        if mark:
            yield from (at * 8 + bit for bit in range(8) if mark >> bit & 1)
