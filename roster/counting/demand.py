"""What open requests ask for against the people of one state; pure, and it names no request.

A line is a topic in a language in a region: neither title, country nor authority is part of it, and
nothing is counted of anybody but the state's own people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Generic, TypeVar

from roster.counting.coverage import AskedOnce
from roster.counting.crowd import Crowd, People, people_at, places_of

Who = TypeVar("Who")
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Who]):
    """What open requests ask for, and who of one's own could go."""

    topic: str
    language: str
    region: str
    requests: int
    able: int
    """How many know the topic, speak the language at B2 or better and worked in the region."""
    unsure: int
    """The same, but the level of the language is not known."""
    first: tuple[Who, ...]
    """At most six of those able, whoever has been here longest."""


def wanted_of(
    own: Crowd, asked: Iterable[AskedOnce], those: Callable[[People], Sequence[Who]]
) -> tuple[Wanted[Who], ...]:
    """Return what is asked for most first; of equals what more people could meet.

    Parameters
    ----------
    those : tells who somebody is of `own`
    """
    times: Counter[tuple[str, str, str]] = Counter()
    for one in asked:
        times.update(product(one.topics, one.languages, one.regions))
    there = own.by_region()
    lines = []
    for (topic, language, region), requests in times.items():
        knowing = own.topics.get(topic, 0) & there[region]
        speaks = own.speaks.get(language, 0)
        able, unsure = knowing & speaks, knowing & own.names.get(language, 0) & ~speaks
        counts = requests, able.bit_count(), unsure.bit_count()
        first = tuple(those(people_at(islice(places_of(able), _MOST_NAMED))))
        lines.append(Wanted(topic, language, region, *counts, first))
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                -one.requests,
                -one.able,
                -one.unsure,
                one.topic,
                one.language,
                one.region,
            ),
        )
    )
