"""What open requests ask for against the people of one state; pure, and it names no request.

A line is a topic in a language in a region: neither title, country nor authority is part of it, and
nothing is counted of anybody but the state's own people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from roster.counting.coverage import AskedOnce, HeldPerson, regions_of

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Who]):
    """What open requests ask for, and who of one's own could go."""

    topic: str
    language: str
    region: str
    requests: int
    able: tuple[Who, ...]
    """They know the topic, speak the language at B2 or better and worked in the region."""
    unsure: tuple[Who, ...]
    """The same, but the level of the language is not known."""


def wanted_of(own: Mapping[Who, HeldPerson], asked: Iterable[AskedOnce]) -> tuple[Wanted[Who], ...]:
    """Return what is asked for most first; of equals what more people could meet."""
    times: Counter[tuple[str, str, str]] = Counter()
    for one in asked:
        times.update(product(one.topics, one.languages, one.regions))
    lines = [_line(own, *key, times[key]) for key in times]
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                -one.requests,
                -len(one.able),
                -len(one.unsure),
                one.topic,
                one.language,
                one.region,
            ),
        )
    )


def _line(
    own: Mapping[Who, HeldPerson], topic: str, language: str, region: str, requests: int
) -> Wanted[Who]:
    knowing = [
        (who, one)
        for who, one in own.items()
        if topic in one.topics and region in regions_of(one.countries)
    ]
    return Wanted(
        topic,
        language,
        region,
        requests,
        able=tuple(who for who, one in knowing if language in one.speaks),
        unsure=tuple(
            who for who, one in knowing if language in one.names and language not in one.speaks
        ),
    )
