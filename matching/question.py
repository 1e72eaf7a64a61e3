"""A request prepared once for everybody: its letter, and how near each code comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import relations
from matching.arrays import Floats, Ints, Vectors
from matching.index import Index
from matching.letters import LetterReading
from matching.profile import Profile
from matching.text import words
from matching.vectors import Compact
from matching.wanted import Wanted
from roster.errors import FieldError, RequestIncomplete
from roster.read import RequestView

MOST_TERMS = 96
READ_IN_LETTER = 0.4
"""What a topic or activity counts for that stands in the letter but not in the fields."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the features read of a request."""

    request: RequestView
    on: date
    """The day on which memberships of bodies are read."""
    language: str | None
    topics: tuple[Wanted, ...]
    activities: tuple[Wanted, ...]
    countries: tuple[Wanted, ...]
    administrations: tuple[Wanted, ...]
    term_ids: NDArray[np.uint32]
    term_counts: Floats
    term_words: tuple[str, ...]
    """A word of the letter behind each term, for the reason."""
    traces: NDArray[np.uint32]
    """Shingles of the letter, sorted."""
    term_weights: Floats
    """What each term says, once `settle` has seen who writes what; before, its count."""
    telling: Ints
    """Places of the terms that say something, the most telling first."""
    vectors: Compact | None
    """(k + 1, dimensions): the letter's sentences, and last the whole letter, what every letter
    says taken off, of length 1; None without an encoder or without text."""
    shares: Vectors
    """(k,): what each sentence counts, together 1; courtesies count next to nothing."""
    notes: tuple[str, ...]


def ask(request: RequestView, reading: LetterReading, today: date) -> Question:
    """Prepare a request; without dates, memberships of bodies are those of today.

    Raises
    ------
    roster.errors.RequestIncomplete
        The request names neither topic, activity type nor text.
    """
    if not (request.topics or request.activities or words(request.text)):
        detail = "Name a topic or a type of activity, or add the letter: nothing to rank by yet."
        raise RequestIncomplete(detail, (FieldError("/topics", "Choose at least one topic."),))
    on = request.starts or request.ends or today
    return Question(
        request=request,
        on=on,
        language=reading.language,
        topics=_topics(request, reading),
        activities=_activities(request, reading),
        countries=relations.wanted_countries(request, on),
        administrations=_administrations(request),
        term_ids=reading.term_ids,
        term_counts=reading.term_counts,
        term_weights=reading.term_counts,
        telling=np.argsort(-reading.term_counts, kind="stable"),
        term_words=reading.term_words,
        traces=reading.traces,
        vectors=reading.vectors,
        shares=reading.shares,
        notes=reading.notes,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people there are, and how many have what a question asks for.

    Tallies of parts of a roster that share nobody add up to the tally of the whole.
    """

    people: int
    topics: Mapping[str, int]
    """Topic of the question → how many have it."""
    words: Ints
    """(n_terms,): in how many people's words each term of the question stands."""

    def __add__(self, other: Tally) -> Tally:
        held = {code: count + other.topics[code] for code, count in self.topics.items()}
        return Tally(self.people + other.people, held, self.words + other.words)


def tally(question: Question, index: Index, instead: Mapping[int, Profile]) -> Tally:
    """Count what a question asks for.

    Parameters
    ----------
    instead : profiles that count in place of those of the index, by row
    """
    rows = np.fromiter(instead, dtype=np.int64, count=len(instead))
    held = index.topic_holders([want.code for want in question.topics], without=rows)
    for profile in instead.values():
        for code in {entry.code for entry in profile.topics} & held.keys():
            held[code] += 1
    counts = index.word_counts(question.term_ids, without=rows)
    for profile in instead.values():
        counts += np.isin(question.term_ids, profile.term_ids)
    return Tally(len(index), held, counts)


def settle(question: Question, whole: Tally) -> Question:
    """Weigh terms and topics by how rare they are in the whole roster.

    Done once per request, so that any part of the roster is then measured by the same weights.
    """
    topics = tuple(
        replace(want, weight=want.weight * _rarity(whole.people, whole.topics[want.code]))
        for want in question.topics
    )
    weights = _term_weights(question, whole.words, whole.people)
    order = np.argsort(-weights, kind="stable")
    telling = order[weights[order] > 0]
    return replace(question, topics=topics, term_weights=weights, telling=telling)


def _rarity(n: int, held: int) -> float:
    """Return the weight of a topic that so many of n people have: 1 of all, 2 of nobody."""
    return float(1 + np.log((1 + n) / (1 + held)) / np.log(2 + n))


def _term_weights(question: Question, held: Ints, n: int) -> Floats:
    """Return how much each term of the letter says: the rarer the more, 0 if nobody writes it."""
    rarity = np.log1p((n - held + 0.5) / (held + 0.5))
    weights = np.where(held > 0, rarity * question.term_counts, 0.0)
    if len(weights) > MOST_TERMS:
        weights[weights < np.partition(weights, -MOST_TERMS)[-MOST_TERMS]] = 0.0
    return weights


def _topics(request: RequestView, reading: LetterReading) -> tuple[Wanted, ...]:
    weights = {code: READ_IN_LETTER * sure for code, sure in reading.topics}
    weights |= dict.fromkeys(request.topics, 1.0)
    return tuple(
        Wanted(code, relations.topic_label(code), weight, relations.topics_near(code))
        for code, weight in sorted(weights.items())
    )


def _activities(request: RequestView, reading: LetterReading) -> tuple[Wanted, ...]:
    weights = dict.fromkeys(reading.activities, READ_IN_LETTER)
    if request.activities:
        weights = {kind.value: 1.0 for kind in request.activities}
    return tuple(
        Wanted(code, relations.activity_label(code), weight, relations.activities_near(code))
        for code, weight in sorted(weights.items())
    )


def _administrations(request: RequestView) -> tuple[Wanted, ...]:
    if request.administration is None:
        return ()
    kind = request.administration.value
    near = relations.administrations_near(kind)
    return (Wanted(kind, relations.administration_label(kind), 1.0, near),)
