"""What is measured of each person for a request; every value in [0, 1] or missing (NaN).

A feature is a pure function of the question, the people and the day, vectorised over everybody.
It is inactive where the request gives it nothing to measure: then it counts for nobody. It is
missing for a person of whom the thing is not known: then it counts like the feature's `neutral`
value, which is written beside it, and never like zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from matching.arrays import (
    DAYS_PER_YEAR,
    NO_DAY,
    Days,
    Floats,
    Ints,
    Shares,
    Vectors,
    floats,
    largest_by_row,
    recency,
    sum_by_row,
    weighted_sum,
)
from matching.blocks import Block, Column, Passages
from matching.gates import window_of
from matching.question import Question
from matching.readings import Part, Reading, Shown
from matching.vectors import Compact, cuts_between, even_cuts, products
from matching.wanted import Wanted

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

Measure = Callable[[Question, Block, int], Reading]


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
    parts = []
    for want in wanted:
        codes = tuple(want.near)
        entries, which = column.entries_of(codes)
        rows, last = column.rows[entries], column.last[entries]
        near = floats([want.near[code] for code in codes])[which] * column.weights[entries]
        worth = near * recency(last, today, half_life_years, unknown=0.6)
        values = largest_by_row(rows, worth, n)
        if duration_share:
            years = _years(column.first[entries], last, today)
            long = 1 - np.exp(-sum_by_row(rows, near * years, n) / 3)
            values *= 1 - duration_share + duration_share * long
        show = partial(_entries_shown, column, entries, worth, codes, which)
        parts.append(Part(want.label, want.weight, np.clip(values, 0, 1), show))
    return tuple(parts)


def _entries_shown(
    column: Column, entries: Ints, worth: Floats, codes: Sequence[str], which: Ints
) -> Shown:
    return Shown(column.rows[entries], worth, codes, which, column.places[entries])


def _years(first: Days, last: Days, today: int) -> Floats:
    """Return how long each entry lasted, 0 where a day is not known."""
    days = np.maximum(np.minimum(last, today) - first, 0)
    years: Floats = np.where((first != NO_DAY) & (last != NO_DAY), days, 0) / DAYS_PER_YEAR
    return years


def weighted_mean(parts: Sequence[Part], weights: Floats) -> Floats:
    """Return the mean of the parts' values with these weights, shape (n,)."""
    values: Floats = weighted_sum(weights, [part.values for part in parts]) / weights.sum()
    return values


def known_or_missing(values: Floats, block: Block) -> Floats:
    """Return the values, missing where nothing at all is known of what a person did."""
    return np.where((values > 0) | block.has_history, values, np.nan)


def topic(question: Question, block: Block, today: int) -> Reading:
    """Measure practice in the topics asked for; rare topics weigh more, near ones count in part."""
    if not question.topics:
        return inactive(len(block))
    parts = experience(
        block.topics, question.topics, len(block), today, half_life_years=10, duration_share=0.3
    )
    weights = floats([want.weight for want in question.topics])
    return Reading(known_or_missing(weighted_mean(parts, weights), block), parts)


def activity(question: Question, block: Block, today: int) -> Reading:
    """Measure whether the person did what is asked for: trained, drafted, assessed."""
    if not question.activities:
        return inactive(len(block))
    parts = experience(block.activities, question.activities, len(block), today, half_life_years=12)
    weights = floats([want.weight for want in question.activities])
    return Reading(known_or_missing(weighted_mean(parts, weights), block), parts)


def country(question: Question, block: Block, today: int) -> Reading:
    """Measure work in the country, else near it: sub-region, regional body, same language."""
    if not question.countries:
        return inactive(len(block))
    parts = experience(block.countries, question.countries, len(block), today, half_life_years=10)
    weights = floats([want.weight for want in question.countries])
    # Of many countries nobody knows all: the best counts half, the mean of all the other half.
    best = np.max(np.stack([part.values for part in parts]), axis=0)
    values = 0.5 * best + 0.5 * weighted_mean(parts, weights)
    return Reading(known_or_missing(values, block), parts)


def peer(question: Question, block: Block, today: int) -> Reading:
    """Measure service in an administration of the requesting authority's discipline."""
    if not question.administrations:
        return inactive(len(block))
    parts = experience(
        block.administrations, question.administrations, len(block), today, half_life_years=8
    )
    known = np.zeros(len(block), dtype=np.bool_)
    known[block.administrations.rows] = True
    return Reading(np.where(known, parts[0].values, np.nan), parts)


# --- Words and meaning ----------------------------------------------------------------------------


def text(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the letter's words in the record (BM25 over weighted parts), saturating."""
    weights = question.term_weights
    if not weights.any():
        return inactive(len(block))
    share = block.words.sums(question.term_ids, weights, len(block)) / weights.sum()
    values = 1 - np.exp(-share / 0.15)
    return Reading(np.where(block.has_words, np.clip(values, 0, 1), np.nan))


def nearness(cosines: Floats, far: float, more: float) -> Floats:
    """Return cosines as [0, 1]: 0 up to `far`, two thirds at `more` above, never quite 1."""
    return 1 - np.exp(-np.maximum(cosines - far, 0) / more)


def semantic(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure how near the whole record comes to the whole letter in meaning."""
    if question.vectors is None or block.passages is None:
        return inactive(len(block))
    wholes = block.passages.wholes
    cosines = np.zeros(len(block))
    for rows, found in products(
        wholes, question.vectors.at(slice(-1, None)), even_cuts(len(block))
    ):
        cosines[rows] = found[0]
    return Reading(np.where(wholes.steps > 0, nearness(cosines, *WHOLE_NEARNESS), np.nan))


def passage(question: Question, block: Block, today: int) -> Reading:
    """Measure how near sentences and whole of the letter come to what was done, long ago less."""
    held = block.passages
    if question.vectors is None or held is None:
        return inactive(len(block))
    ages = recency(held.last, today, PASSAGE_HALF_LIFE, unknown=UNDATED_PASSAGE).astype(np.float32)
    starts = np.flatnonzero(np.diff(held.rows, prepend=-1))
    firsts = held.rows[starts]
    near = np.zeros((len(question.vectors), len(firsts)), dtype=np.float32)
    cuts, at = cuts_between(starts, len(held.rows)), 0
    for rows, dated in _dated(question.vectors, held, ages, cuts):
        end = int(np.searchsorted(starts, rows.stop))
        np.maximum.reduceat(dated, starts[at:end] - rows.start, axis=1, out=near[:, at:end])
        at = end
    shares = question.shares.astype(np.float64)
    by_sentence = nearness(weighted_sum(shares, near[:-1]), *PASSAGE_NEARNESS)
    as_one = nearness(near[-1].astype(np.float64), *LETTER_NEARNESS)
    values = np.full(len(block), np.nan)
    values[firsts] = (1 - LETTER_PART) * by_sentence + LETTER_PART * as_one
    show = partial(_passages_shown, question, held, ages)
    return Reading(values, (Part("nearest in meaning", 1.0, values, show),))


def _dated(
    wanted: Compact, held: Passages, ages: Shares, cuts: Ints
) -> Iterator[tuple[slice, Vectors]]:
    """Yield the cosines of passages, stretch by stretch, those of long ago nearer to unlike."""
    kept = np.float32(PASSAGE_NEARNESS[0]) * (1 - ages)
    for rows, cosines in products(held.vectors, wanted, cuts):
        # Age draws what is nearer than unlike towards unlike, and nothing else.
        aged = cosines * ages[rows]
        aged += kept[rows]
        yield rows, np.minimum(cosines, aged, out=aged)


def _passages_shown(question: Question, held: Passages, ages: Shares) -> Shown:
    shows = np.zeros(len(held.rows))
    if question.vectors is not None:
        for rows, near in _dated(question.vectors, held, ages, even_cuts(len(held.rows))):
            shows[rows] = question.shares @ near[:-1]
    return Shown(held.rows, np.clip(shows, 0, 1))


# --- Languages, standing, time --------------------------------------------------------------------


def language(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the level above the minimum; the gate itself is no matter of points."""
    needs = question.request.languages
    if not needs:
        return inactive(len(block))
    parts = []
    for need in needs:
        ranks = block.level(need.language).astype(np.float64)
        low = need.minimum.rank
        above = 0.4 + 0.6 * (ranks - low) / max(7 - low, 1)
        values = np.where(ranks >= low, above, 0.4 * np.maximum(ranks, 0) / low)
        values = np.where(ranks < 0, np.nan, np.clip(values, 0, 1))
        parts.append(Part(need.language, 1.0, values))
    stacked = np.stack([part.values for part in parts])
    known = ~np.isnan(stacked)
    total = np.where(known, stacked, 0).sum(axis=0)
    mean = np.divide(total, known.sum(axis=0), out=np.full(len(block), np.nan), where=known.any(0))
    return Reading(np.where(block.lists_languages, mean, np.nan), tuple(parts))


def seniority(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure years of public service, half of the value at six years, nearly all at twenty."""
    years = block.service.years(today, len(block))
    return Reading(1 - np.exp2(-years / 6), amounts=years)


def record(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure deployments and their feedback, drawn to the mean while they are few."""
    deployments, mean, count = block.track.T
    usual, worth = 3.9, 4.0
    heard = np.where(count > 0, np.nan_to_num(mean, nan=usual), usual)
    quality = ((heard * count + usual * worth) / (count + worth) - 1) / 4
    values = 0.8 * quality + 0.2 * (1 - np.exp(-deployments / 3))
    never = (deployments == 0) & (count == 0)
    return Reading(np.where(never, np.nan, np.clip(values, 0, 1)))


def free(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure the free days around the window: who is free a month around it can be moved."""
    window = window_of(question.request)
    if window is None:
        return inactive(len(block))
    days = block.calendars.without(question.request.action_id).margin(*window)
    return Reading(np.clip(days / 30, 0, 1), amounts=days)


def fresh(question: Question, block: Block, today: int) -> Reading:  # noqa: ARG001 -- a Measure
    """Measure how lately somebody confirmed the record: half after two years."""
    values = recency(block.confirmed, today, 2.0, unknown=0.0)
    return Reading(np.where(block.confirmed == NO_DAY, np.nan, values))


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


def measure_all(question: Question, block: Block, today: int) -> dict[str, Reading]:
    """Measure every feature, by name."""
    return {feature.name: feature.measure(question, block, today) for feature in FEATURES}


_IN_PARTS = frozenset({"topic", "passage", "activity", "country", "peer", "seniority", "free"})
"""Features whose clauses tell of parts or amounts; of all others the record and the value do."""


def measure_to_tell(question: Question, block: Block, today: int) -> dict[str, Reading]:
    """Measure what clauses are made of, over a block that was laid out to tell of people."""
    told = (feature for feature in FEATURES if feature.name in _IN_PARTS)
    return {feature.name: feature.measure(question, block, today) for feature in told}


def as_matrix(readings: dict[str, Reading]) -> Floats:
    """Return the values as an array of shape (n, n_features), NaN missing, columns as `NAMES`."""
    # Laid out feature by feature: what follows takes one feature after the other.
    return np.stack([readings[name].values for name in NAMES]).T
