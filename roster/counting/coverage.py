"""Counts what was asked against who is there; pure, people and Actions are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from roster.counting.crowd import Crowd
from roster.read.coverage import CoveredCell, CoveredTopic, Ground
from roster.reference import languages, regions

WORKING = ("en", "fr", "es", "pt", "ar", "ru")
"""Languages that a mission is held in where the request does not say which."""
MOST_GROUNDS = 12


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
    people: Crowd, asked: Sequence[AskedOnce], grounds: Sequence[Ground]
) -> tuple[CoveredTopic, ...]:
    """Count each topic on each ground; what was asked most comes first, then who knows it most."""
    there = people.by_region()
    speaking = [there[one.region] & people.speaks.get(one.language, 0) for one in grounds]
    naming = [
        there[one.region] & people.names.get(one.language, 0) & ~people.speaks.get(one.language, 0)
        for one in grounds
    ]
    times: Counter[tuple[str, Ground]] = Counter()
    wanted: Counter[str] = Counter()
    for one in asked:
        wanted.update(one.topics)
        met = [g for g in grounds if g.language in one.languages and g.region in one.regions]
        times.update(product(one.topics, met))
    known = Counter({topic: held.bit_count() for topic, held in people.topics.items()})
    order = sorted({*known, *wanted}, key=lambda topic: (-wanted[topic], -known[topic], topic))

    def line(topic: str) -> CoveredTopic:
        having = people.topics.get(topic, 0)
        cells = (
            CoveredCell((able & having).bit_count(), (unsure & having).bit_count(), times[topic, g])
            for g, able, unsure in zip(grounds, speaking, naming, strict=True)
        )
        return CoveredTopic(topic, tuple(cells))

    return tuple(map(line, order))


def by_country(people: Crowd) -> Mapping[str, int]:
    """Count the people of each country that they worked in or come from, most first."""
    counts = ((country, held.bit_count()) for country, held in people.countries.items())
    return dict(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
