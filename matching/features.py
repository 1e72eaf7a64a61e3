"""What is measured of each person for a request; every value in [0, 1] or missing (NaN).

A feature is a pure function of the question, the index and the day, vectorised over everybody.
It is inactive where the request gives it nothing to measure: then it counts for nobody. It is
missing for a person of whom the thing is not known: then it counts like the feature's `neutral`
value, which is written beside it, and never like zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import (
    DAYS_PER_YEAR,
    NO_DAY,
    Floats,
    Ints,
    floats,
    integers,
    largest_by_row,
    recency,
    sum_by_row,
)
from matching.conditions import margins
from matching.gates import window_of
from matching.index import Column, Index
from matching.question import Question
from matching.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for, measured: each person's value and the entry that shows it."""

    label: str
    weight: float
    values: Floats
    entries: Ints
    """Into the column (or the passages); -1 where nothing shows it."""
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A feature of everybody."""

    values: Floats
    """Shape (n,), in [0, 1], NaN missing."""
    parts: tuple[Part, ...] = ()
    active: bool = True
    amounts: Floats | None = None
    """Shape (n,), in the feature's unit, where that says more than the value: years, days."""


WHOLE_NEARNESS = (-0.05, 0.25)
PASSAGE_NEARNESS = (0.12, 0.12)
"""The cosine that counts 0, where unlike texts stand, and how much more counts two thirds."""
PASSAGE_HALF_LIFE = 30
UNDATED_PASSAGE = 0.9
"""After so many years a passage comes half as near; one that nothing dates counts so much."""
LETTER_NEARNESS = (0.1, 0.3)
LETTER_PART = 0.5
"""How near one passage comes to the whole letter, and what part of `passage` that is: who did the
thing in one post of several is else thinned out by the others."""

Measure = Callable[[Question, Index, int], Reading]


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the explanation: its name, what it means and how it is measured."""

    name: str
    label: str
    group: str
    unit: str
    direction: int
    """1: more is never worse; 0: not said. Learnt weights keep to it."""
    neutral: float
    """What it counts where it is not known of a person."""
    measure: Measure


def inactive(n: int) -> Reading:
    """Return the reading of a feature that the request does not ask for."""
    return Reading(np.full(n, np.nan), active=False)


# --- Experience: topics, activities, countries, administrations -----------------------------------


def experience(
    column: Column,
    wanted: Sequence[Wanted],
    n: int,
    today: int,
    *,
    half_life_years: float,
    duration_share: float = 0.0,
) -> tuple[Part, ...]:
    """Measure each wanted thing by its best entry, and by how long it was done.

    Parameters
    ----------
    half_life_years : after so many years an entry counts half
    duration_share : part of the value that only years of practice give, in [0, 1)

    Returns
    -------
    one `Part` per wanted thing, values in [0, 1]
    """
    fresh = recency(column.last, today, half_life_years, unknown=0.6)
    lengths = np.minimum(column.last, today) - column.first
    dated = (column.first != NO_DAY) & (column.last != NO_DAY)
    years = np.where(dated, np.maximum(lengths, 0) / DAYS_PER_YEAR, 0.0)
    parts = []
    for want in wanted:
        near = column.values_of(dict(want.near)) * column.weights
        best, entries = largest_by_row(column.rows, near * fresh, n)
        long = 1 - np.exp(-sum_by_row(column.rows, near * years, n) / 3)
        values = best * (1 - duration_share + duration_share * long)
        parts.append(Part(want.label, want.weight, np.clip(values, 0, 1), entries, column))
    return tuple(parts)


def weighted_mean(parts: Sequence[Part], weights: Floats) -> Floats:
    """Return the mean of the parts' values with these weights, shape (n,)."""
    values: Floats = weights @ np.stack([part.values for part in parts]) / weights.sum()
    return values


def known_or_missing(values: Floats, index: Index) -> Floats:
    """Return the values, missing where nothing at all is known of what a person did."""
    return np.where((values > 0) | index.has_history, values, np.nan)


def topic(question: Question, index: Index, today: int) -> Reading:
    """Measure practice in the topics asked for; rare topics weigh more, near ones count in part."""
    if not question.topics:
        return inactive(len(index))
    parts = experience(
        index.topics, question.topics, len(index), today, half_life_years=10, duration_share=0.3
    )
    weights = floats([want.weight for want in question.topics])
    return Reading(known_or_missing(weighted_mean(parts, weights), index), parts)


def activity(question: Question, index: Index, today: int) -> Reading:
    """Measure whether the person did what is asked for: trained, drafted, assessed."""
    if not question.activities:
        return inactive(len(index))
    parts = experience(index.activities, question.activities, len(index), today, half_life_years=12)
    weights = floats([want.weight for want in question.activities])
    return Reading(known_or_missing(weighted_mean(parts, weights), index), parts)


def country(question: Question, index: Index, today: int) -> Reading:
    """Measure work in the country, else near it: sub-region, regional body, same language."""
    if not question.countries:
        return inactive(len(index))
    parts = experience(index.countries, question.countries, len(index), today, half_life_years=10)
    weights = floats([want.weight for want in question.countries])
    # Of many countries nobody knows all: the best counts half, the mean of all the other half.
    best = np.max(np.stack([part.values for part in parts]), axis=0)
    values = 0.5 * best + 0.5 * weighted_mean(parts, weights)
    return Reading(known_or_missing(values, index), parts)


def peer(question: Question, index: Index, today: int) -> Reading:
    """Measure service in an administration of the requesting authority's discipline."""
    if not question.administrations:
        return inactive(len(index))
    parts = experience(
        index.administrations, question.administrations, len(index), today, half_life_years=8
    )
    known = sum_by_row(index.administrations.rows, index.administrations.weights, len(index)) > 0
    return Reading(np.where(known, parts[0].values, np.nan), parts)


# --- Words and meaning ----------------------------------------------------------------------------


def text(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the letter's words in the record (BM25 over weighted parts), saturating."""
    weights = question.term_weights
    if not weights.any():
        return inactive(len(index))
    share = index.words.sums(question.term_ids, weights, len(index)) / weights.sum()
    values = 1 - np.exp(-share / 0.15)
    wrote = np.fromiter((len(p.term_ids) > 0 for p in index.profiles), bool, len(index))
    return Reading(np.where(wrote, np.clip(values, 0, 1), np.nan))


def nearness(cosines: Floats, far: float, more: float) -> Floats:
    """Return cosines as [0, 1]: 0 up to `far`, two thirds at `more` above, never quite 1."""
    return 1 - np.exp(-np.maximum(cosines - far, 0) / more)


def semantic(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure how near the whole record comes to the whole letter in meaning."""
    if question.vectors is None or index.passages is None:
        return inactive(len(index))
    cosines = (index.passages.wholes @ question.whole).astype(np.float64)
    known = index.passages.wholes.any(axis=1)
    return Reading(np.where(known, nearness(cosines, *WHOLE_NEARNESS), np.nan))


def passage(question: Question, index: Index, today: int) -> Reading:
    """Measure how near sentences and whole of the letter come to what was done, long ago less."""
    held = index.passages
    if question.vectors is None or held is None:
        return inactive(len(index))
    asked = np.vstack([question.vectors, question.whole])
    cosines = (held.vectors @ asked.T).astype(np.float64)
    ages = recency(held.last, today, PASSAGE_HALF_LIFE, unknown=UNDATED_PASSAGE)
    above = np.maximum(cosines - PASSAGE_NEARNESS[0], 0)
    cosines -= above * (1 - ages[:, None])
    nearest = np.zeros((len(index), cosines.shape[1]))
    firsts, starts = np.unique(held.rows, return_index=True)
    if firsts.size:
        nearest[firsts] = np.maximum.reduceat(cosines, starts, axis=0)
    by_sentence = nearness(nearest[:, :-1] @ question.shares, *PASSAGE_NEARNESS)
    as_one = nearness(nearest[:, -1], *LETTER_NEARNESS)
    values = (1 - LETTER_PART) * by_sentence + LETTER_PART * as_one
    known = np.zeros(len(index), bool)
    known[firsts] = True
    _, entries = largest_by_row(
        held.rows, np.clip(cosines[:, :-1] @ question.shares, 0, 1), len(index)
    )
    part = Part("nearest in meaning", 1.0, values, entries)
    return Reading(np.where(known, values, np.nan), (part,))


# --- Languages, standing, time --------------------------------------------------------------------


def language(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the level above the minimum; the gate itself is no matter of points."""
    needs = question.request.languages
    if not needs:
        return inactive(len(index))
    parts = []
    for need in needs:
        ranks = index.level(need.language).astype(np.float64)
        low = need.minimum.rank
        above = 0.4 + 0.6 * (ranks - low) / max(7 - low, 1)
        values = np.where(ranks >= low, above, 0.4 * np.maximum(ranks, 0) / low)
        values = np.where(ranks < 0, np.nan, np.clip(values, 0, 1))
        parts.append(Part(need.language, 1.0, values, integers([-1] * len(index))))
    stacked = np.stack([part.values for part in parts])
    known = ~np.isnan(stacked)
    total = np.where(known, stacked, 0).sum(axis=0)
    mean = np.divide(total, known.sum(axis=0), out=np.full(len(index), np.nan), where=known.any(0))
    named = (index.levels != 0).any(axis=1) if index.levels.size else np.zeros(len(index), bool)
    return Reading(np.where(named, mean, np.nan), tuple(parts))


def seniority(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure years of public service, half of the value at six years, nearly all at twenty."""
    years = index.service_years(today)
    return Reading(1 - np.exp2(-years / 6), amounts=years)


def record(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure deployments and their feedback, drawn to the mean while they are few."""
    deployments, mean, count = index.track.T
    usual, worth = 3.9, 4.0
    heard = np.where(count > 0, np.nan_to_num(mean, nan=usual), usual)
    quality = ((heard * count + usual * worth) / (count + worth) - 1) / 4
    values = 0.8 * quality + 0.2 * (1 - np.exp(-deployments / 3))
    never = (deployments == 0) & (count == 0)
    return Reading(np.where(never, np.nan, np.clip(values, 0, 1)))


def free(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the free days around the window: who is free a month around it can be moved."""
    window = window_of(question.request)
    if window is None:
        return inactive(len(index))
    days = margins(index, *window)
    return Reading(np.clip(days / 30, 0, 1), amounts=days)


def fresh(question: Question, index: Index, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure how lately somebody confirmed the record: half after two years."""
    values = recency(index.confirmed, today, 2.0, unknown=0.0)
    return Reading(np.where(index.confirmed == NO_DAY, np.nan, values))


GROUPS = ("topic", "activity", "language", "country", "peer", "record", "free", "fresh")
"""The bars that people see, in this order; each feature belongs to one."""

FEATURES = (
    Feature("topic", "Topics", "topic", "share of the topics asked for", 1, 0.25, topic),
    Feature("text", "Words of the letter", "topic", "share of the letter's words", 1, 0.25, text),
    Feature("semantic", "Meaning, whole record", "topic", "cosine", 1, 0.35, semantic),
    Feature("passage", "Meaning, nearest post", "topic", "cosine", 1, 0.35, passage),
    Feature("activity", "Types of activity", "activity", "share of those asked", 1, 0.3, activity),
    Feature("language", "Languages", "language", "levels above the minimum", 1, 0.4, language),
    Feature("country", "Country and region", "country", "nearness", 1, 0.15, country),
    Feature("peer", "Same kind of office", "peer", "nearness", 1, 0.3, peer),
    Feature("record", "Earlier deployments", "record", "feedback", 1, 0.6, record),
    Feature("seniority", "Years of service", "record", "years", 1, 0.5, seniority),
    Feature("free", "Availability", "free", "days of margin", 1, 0.3, free),
    Feature("fresh", "Record kept current", "fresh", "age of confirmation", 1, 0.3, fresh),
)
"""Every feature, in the order of telling; models name them in this order."""

NAMES = tuple(feature.name for feature in FEATURES)

MEASURES = {
    "topic": "practice in the topics asked for: rare topics weigh more, near ones count in part, "
    "half after ten years",
    "text": "words of the letter in the record (BM25, saturating)",
    "semantic": "nearness in meaning of the whole record to the whole letter, in any language",
    "passage": "how near each sentence of the letter, and all of it, come to a post, mission or "
    "sentence of the record, half as near after thirty years",
    "activity": "did what is asked for: trained, drafted, assessed",
    "language": "levels above the minimum",
    "country": "work in the country, else its sub-region, regional body, language",
    "peer": "service in an office of the same discipline",
    "record": "deployments and their feedback, drawn to the mean while few",
    "seniority": "years of public service",
    "free": "days of margin around the window",
    "fresh": "how lately the record was confirmed",
}
"""What each feature measures, one clause for people."""


def measure_all(question: Question, index: Index, today: int) -> dict[str, Reading]:
    """Measure every feature, by name."""
    return {feature.name: feature.measure(question, index, today) for feature in FEATURES}


def as_matrix(readings: dict[str, Reading]) -> Floats:
    """Return the values as an array of shape (n, n_features), NaN missing, columns as `NAMES`."""
    return np.column_stack([readings[name].values for name in NAMES])
