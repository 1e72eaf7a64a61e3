"""Past Actions and the needs of a request as arrays, and how near a need comes to each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

import numpy as np

from matching.arrays import DAYS_PER_YEAR, Bools, Floats
from matching.relations import (
    SAME_BODY,
    countries_near,
    is_eu_member,
    official_languages,
    topics_near,
)
from roster.read import PastAction, RequestView
from roster.reference import bodies, languages, regions

FURTHER = 0.5
"""What a topic counts that stands in the text only."""
SPOKEN = 0.5
"""What a language counts that is widely spoken in a state without being official there."""
ENGLISH = 0.25
"""What English in common counts: nearly everybody who is sent works in it."""
HALF_LIFE_YEARS = 4.0
UNKNOWN_AGE = 0.5
"""What an Action counts whose beginning is not known."""


@dataclass(frozen=True, slots=True)
class Need:
    """What of a request or of an Action says whom to ask."""

    countries: tuple[str, ...]
    """Beneficiaries, or the members of the body that asks."""
    topics: Mapping[str, float]
    """Topic → what it counts, in (0, 1]."""
    languages: frozenset[str]
    """Working languages that were named."""
    day: date | None

    @classmethod
    def of_action(cls, action: PastAction, on: date) -> Self:
        """Return the need that an Action answered; bodies have the members of the day `on`."""
        further = dict.fromkeys(action.further_topics, FURTHER)
        return cls(
            countries=_beneficiaries(action.countries, action.regional_body, on),
            topics={**further, **dict.fromkeys(action.topics, 1.0)},
            languages=frozenset(),
            day=action.starts.first_day if action.starts else None,
        )

    @classmethod
    def of_request(cls, need: RequestView, further_topics: Sequence[str], on: date) -> Self:
        """Return the need of a request on a day, with topics that its letter names besides."""
        further = dict.fromkeys(further_topics, FURTHER)
        return cls(
            countries=_beneficiaries(need.countries, need.regional_body, on),
            topics={**further, **dict.fromkeys(need.topics, 1.0)},
            languages=frozenset(one.language for one in need.languages),
            day=on,
        )


def _beneficiaries(countries: Sequence[str], body: str | None, on: date) -> tuple[str, ...]:
    if countries or body is None:
        return tuple(sorted(set(countries)))
    try:
        return bodies.members(body, on)
    except KeyError:
        return ()


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near each of k needs comes to each of n Actions; arrays of shape (k, n) in [0, 1]."""

    topic: Floats
    place: Floats
    region: Floats
    recency: Floats
    """Halves every `HALF_LIFE_YEARS` between the two."""


def nearness(needs: Sequence[Need], past: Sequence[Need], on: date) -> Nearness:
    """Measure needs against past ones.

    Parameters
    ----------
    on : the day on which memberships of regional bodies are looked up
    """
    return Nearness(
        topic=topic_overlap(needs, past),
        place=_places(needs, past, on),
        region=_regions(needs, past),
        recency=_recency(needs, past),
    )


def _shares(rows: Sequence[Mapping[str, float]], columns: Sequence[str]) -> Floats:
    """Return weights as rows that add up to 1, or to 0 where nothing is named."""
    table = np.array([[row.get(one, 0.0) for one in columns] for row in rows], dtype=np.float64)
    table = table.reshape(len(rows), len(columns))
    total = table.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(table, total, out=np.zeros_like(table), where=total > 0)
    return shares


def _largest(
    rows: Sequence[Mapping[str, float]], columns: Sequence[str], near: Mapping[str, Floats]
) -> Floats:
    """Return how near the nearest thing of each row comes to each column, (rows, columns)."""
    found = np.zeros((len(rows), len(columns)))
    for at, row in enumerate(rows):
        for one, weight in row.items():
            np.maximum(found[at], weight * near[one], out=found[at])
    return found


def topic_overlap(needs: Sequence[Need], past: Sequence[Need]) -> Floats:
    """Return the overlap of topics, near ones in part, squared: half the topics say a quarter."""
    asked, held = [one.topics for one in needs], [one.topics for one in past]
    columns = sorted({code for row in (*asked, *held) for code in row})
    near = {
        code: np.array([topics_near(other).get(code, 0.0) for other in columns]) for code in columns
    }
    there = _shares(asked, columns) @ _largest(held, columns, near).T
    back = (_shares(held, columns) @ _largest(asked, columns, near).T).T
    overlap: Floats = ((there + back) / 2) ** 2
    return overlap


def _places(needs: Sequence[Need], past: Sequence[Need], on: date) -> Floats:
    """Return how near the beneficiaries come on average to the nearest of an Action."""
    asked = [dict.fromkeys(one.countries, 1.0) for one in needs]
    held = [dict.fromkeys(one.countries, 1.0) for one in past]
    columns = sorted({code for row in asked for code in row})
    near = {
        code: np.array([_country_near(other, code, on) for other in columns])
        for code in {code for row in held for code in row}
    }
    places: Floats = _shares(asked, columns) @ _largest(held, columns, near).T
    return places


def _country_near(country: str, other: str, on: date) -> float:
    # A language in common is measured by itself: counted here too, it would count twice.
    value = countries_near(country, on).get(other, 0.0)
    return value if value >= SAME_BODY else 0.0


def _regions(needs: Sequence[Need], past: Sequence[Need]) -> Floats:
    """Return the regions in common out of those of either."""
    asked, held = ([regions_of(one.countries) for one in rows] for rows in (needs, past))
    return np.array(
        [[len(a & b) / len(a | b) if a | b else 0.0 for b in held] for a in asked],
        dtype=np.float64,
    ).reshape(len(needs), len(past))


@lru_cache(maxsize=4096)
def regions_of(countries: tuple[str, ...]) -> frozenset[str]:
    """Return the facility's regions of some countries."""
    return frozenset(found for one in countries if (found := regions.facility_region_of(one)))


def _recency(needs: Sequence[Need], past: Sequence[Need]) -> Floats:
    asked, held = (
        np.array([one.day.toordinal() if one.day else np.nan for one in rows], dtype=np.float64)
        for rows in (needs, past)
    )
    years = np.abs(asked[:, None] - held[None, :]) / DAYS_PER_YEAR
    # A facility whose records end long ago is judged by its last years, not by none.
    known = ~np.isnan(years)
    least = np.where(known, years, np.inf).min(axis=1, initial=np.inf, keepdims=True)
    weights: Floats = np.where(known, 0.5 ** ((years - least) / HALF_LIFE_YEARS), UNKNOWN_AGE)
    return weights


# --- States ---------------------------------------------------------------------------------------


def member_states(on: date) -> tuple[str, ...]:
    """Return the Member States of the Union on a day: those that can be asked."""
    return bodies.members(bodies.EU, on)


def members_at(needs: Sequence[Need], states: Sequence[str], on: date) -> Bools:
    """Return which states were members when each need arose, shape (needs, states)."""
    return np.array(
        [[is_eu_member(state, need.day or on) for state in states] for need in needs], dtype=bool
    ).reshape(len(needs), len(states))


def supplied(actions: Sequence[PastAction], states: Sequence[str]) -> Floats:
    """Return 1 where a state sent experts to an Action, shape (actions, states)."""
    return np.array(
        [[float(state in action.states) for state in states] for action in actions],
        dtype=np.float64,
    ).reshape(len(actions), len(states))


def languages_in_common(needs: Sequence[Need], states: Sequence[str]) -> Floats:
    """Return how well each state speaks to each need, shape (needs, states) in [0, 1].

    A working language that was named counts fully, an official one of the beneficiaries by their
    share; of the languages in common the best counts.
    """
    spoken = [_spoken(state) for state in states]
    rows = [
        [max((share * held.get(code, 0.0) for code, share in asked.items()), default=0.0)
         for held in spoken]
        for asked in map(asked_languages, needs)
    ]  # fmt: skip
    return np.array(rows, dtype=np.float64).reshape(len(needs), len(states))


def asked_languages(need: Need) -> dict[str, float]:
    """Return the languages of a need: named ones count 1, official ones by share of countries."""
    found: dict[str, float] = {}
    for country in need.countries:
        for code in official_languages(country):
            found[code] = found.get(code, 0.0) + 1 / len(need.countries)
    return {**found, **dict.fromkeys(need.languages, 1.0)}


def shared_languages(need: Need, state: str) -> tuple[str, ...]:
    """Return the languages in common, the most telling first."""
    asked, held = asked_languages(need), _spoken(state)
    both = [(asked[code] * value, code) for code, value in held.items() if code in asked]
    return tuple(code for _, code in sorted(both, key=lambda pair: (-pair[0], pair[1])))


def _spoken(state: str) -> dict[str, float]:
    """Return what each language counts that a state's officials may be expected to have."""
    official = official_languages(state)
    # English is widely spoken everywhere; it tells only where it is the state's own.
    wide = dict.fromkeys(set(languages.spoken_in(state)) - {"en"}, SPOKEN)
    return {**wide, **{code: ENGLISH if code == "en" else 1.0 for code in official}}
