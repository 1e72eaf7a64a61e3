"""Counts what was asked against who is there; pure, people and Actions are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from roster.read.coverage import CoveredCell, CoveredTopic, Ground
from roster.reference import languages, regions

WORKING = ("en", "fr", "es", "pt", "ar", "ru")
"""Languages that a mission is held in where the request does not say which."""
MOST_GROUNDS = 12


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
class AskedOnce:
    """What one Action or open request asks for."""

    topics: frozenset[str]
    languages: frozenset[str]
    regions: frozenset[str]


def languages_asked(said: Iterable[str], countries: Iterable[str]) -> frozenset[str]:
    """Return the languages of work: those said, else the official ones of the countries.

    Of these only the ones of `WORKING` count; where there is none, English.
    """
    given = frozenset(said)
    if given:
        return given
    official = {one for country in countries for one in languages.official_in(country)}
    return frozenset(official & set(WORKING)) or frozenset({"en"})


def regions_of(countries: Iterable[str]) -> frozenset[str]:
    """Return the facility's regions of some countries; those outside of all are left out."""
    found = (regions.facility_region_of(one) for one in countries)
    return frozenset(one for one in found if one)


def grounds_of(asked: Iterable[AskedOnce], most: int = MOST_GROUNDS) -> tuple[Ground, ...]:
    """Return the grounds that were asked for most, those of a language together."""
    times: Counter[Ground] = Counter()
    for one in asked:
        pairs = product(sorted(one.languages), sorted(one.regions))
        times.update(Ground(language, region) for language, region in pairs)
    kept = sorted(times, key=lambda ground: (-times[ground], ground.language, ground.region))
    kept = kept[:most]
    whole: Counter[str] = Counter()
    for ground in kept:
        whole[ground.language] += times[ground]
    order = {region: at for at, region in enumerate(regions.FACILITY_REGIONS)}
    return tuple(
        sorted(kept, key=lambda one: (-whole[one.language], one.language, order[one.region]))
    )


def covered(
    people: Iterable[HeldPerson], asked: Sequence[AskedOnce], grounds: Sequence[Ground]
) -> tuple[CoveredTopic, ...]:
    """Count each topic on each ground; what was asked most comes first, then who knows it most."""
    able: Counter[tuple[str, Ground]] = Counter()
    unsure: Counter[tuple[str, Ground]] = Counter()
    known: Counter[str] = Counter()
    for person in people:
        known.update(person.topics)
        within = regions_of(person.countries)
        for ground in grounds:
            if ground.region in within and ground.language in person.speaks | person.names:
                counts = able if ground.language in person.speaks else unsure
                counts.update((topic, ground) for topic in person.topics)
    times: Counter[tuple[str, Ground]] = Counter()
    wanted: Counter[str] = Counter()
    for one in asked:
        wanted.update(one.topics)
        met = [g for g in grounds if g.language in one.languages and g.region in one.regions]
        times.update(product(one.topics, met))
    order = sorted({*known, *wanted}, key=lambda topic: (-wanted[topic], -known[topic], topic))
    return tuple(
        CoveredTopic(
            topic,
            tuple(CoveredCell(able[topic, g], unsure[topic, g], times[topic, g]) for g in grounds),
        )
        for topic in order
    )


def by_country(people: Iterable[HeldPerson]) -> Mapping[str, int]:
    """Count the people of each country that they worked in or come from, most first."""
    counts: Counter[str] = Counter()
    for person in people:
        counts.update(person.countries)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
