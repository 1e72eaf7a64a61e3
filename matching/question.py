"""A request prepared once for everybody: terms, vectors, and how near each code comes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import classify

from matching import relations
from matching.arrays import Floats, Ints, Vectors, floats
from matching.commonplaces import letter_apart, sentence_weights
from matching.encoder import Encoder
from matching.index import Index
from matching.profile import Profile
from matching.text import clip, distinct, sentences, shingles, terms, words
from matching.vectors import Compact
from matching.wanted import Wanted
from roster.errors import FieldError, RequestIncomplete
from roster.read import RequestView

MOST_SENTENCES = 24
SENTENCE_WORDS = 48
WHOLE_WORDS = 400
"""Words of a letter that are compared as one."""
LEAST_WORDS = 4
"""Shorter lines of a letter are salutations and dates."""
MOST_TERMS = 96
MOST_WORDS = 20_000
"""A letter is read so far: forty pages, more than any has."""
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


def ask(request: RequestView, encoder: Encoder | None, today: date) -> Question:
    """Prepare a request; without dates, memberships of bodies are those of today.

    Raises
    ------
    roster.errors.RequestIncomplete
        The request names neither topic, activity type nor text.
    """
    text, was_cut = _readable("\n".join(filter(None, (request.title, request.text))))
    if not (request.topics or request.activities or words(request.text)):
        detail = "Name a topic or a type of activity, or add the letter: nothing to rank by yet."
        raise RequestIncomplete(detail, (FieldError("/topics", "Choose at least one topic."),))
    language, notes = _language(request, text)
    notes = (*notes, *was_cut)
    ids, counts, spoken = _terms(text, language)
    traces = shingles(text)
    on = request.starts or request.ends or today
    if encoder is None:
        notes = (*notes, "No sentence encoder is installed: meaning is not compared, words are.")
    meaning = _meaning(encoder, text, language) if encoder else _NO_MEANING
    return Question(
        request=request,
        on=on,
        language=language,
        topics=_topics(request, text, language),
        activities=_activities(request, text),
        countries=relations.wanted_countries(request, on),
        administrations=_administrations(request),
        term_ids=ids,
        term_counts=counts,
        term_weights=counts,
        telling=np.argsort(-counts, kind="stable"),
        term_words=spoken,
        traces=np.fromiter(sorted(traces), dtype=np.uint32, count=len(traces)),
        vectors=meaning.vectors,
        shares=meaning.shares,
        notes=notes,
    )


def _readable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return as much of a letter as is read, and a note where that is not all."""
    parts = text.split(maxsplit=MOST_WORDS)
    if len(parts) <= MOST_WORDS:
        return text, ()
    read = text[: len(text) - len(parts[-1])]
    return read, (f"The letter is very long: its first {MOST_WORDS:,} words were read.",)


def settle(question: Question, index: Index, instead: Mapping[int, Profile]) -> Question:
    """Weigh terms and topics by how rare they are in the whole roster.

    Done once per request, so that any part of the roster is then measured by the same weights.

    Parameters
    ----------
    instead : profiles that count in place of those of the index, by row
    """
    rows = np.fromiter(instead, dtype=np.int64, count=len(instead))
    held = index.topic_holders([want.code for want in question.topics], without=rows)
    for profile in instead.values():
        for code in {entry.code for entry in profile.topics} & held.keys():
            held[code] += 1
    topics = tuple(
        replace(want, weight=want.weight * _rarity(len(index), held[want.code]))
        for want in question.topics
    )
    counts = index.word_counts(question.term_ids, without=rows)
    for profile in instead.values():
        counts += np.isin(question.term_ids, profile.term_ids)
    weights = _term_weights(question, counts, len(index))
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


def _language(request: RequestView, text: str) -> tuple[str | None, tuple[str, ...]]:
    if request.text_language:
        return request.text_language, ()
    if len(words(text)) < LEAST_WORDS:
        return None, ()
    return str(classify(text[:2000])[0]), ()


def _terms(text: str, language: str | None) -> tuple[NDArray[np.uint32], Floats, tuple[str, ...]]:
    """Return each term of the text once, with 1 + log of its count and a word that gives it."""
    spoken: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for word in words(text):
        for term in terms(word, language):
            counts[term] += 1
            spoken.setdefault(term, word)
    ids = np.fromiter(sorted(counts), dtype=np.uint32, count=len(counts))
    weights = 1 + np.log(floats([counts[term] for term in sorted(counts)]))
    return ids, weights, tuple(spoken[term] for term in sorted(counts))


class _Meaning(NamedTuple):
    """The sentences of a letter and the whole of it as vectors."""

    vectors: Compact | None
    shares: Vectors


_NO_MEANING = _Meaning(None, np.zeros(0, np.float32))


@lru_cache(maxsize=256)
def _meaning(encoder: Encoder, text: str, language: str | None) -> _Meaning:
    """Encode the first sentences that say something, and the whole; a request is encoded once."""
    parts = [part for part in distinct(sentences(text)) if len(part.split()) >= LEAST_WORDS]
    parts = parts or distinct(sentences(text))
    if not parts:
        return _NO_MEANING
    cut = [clip(part, SENTENCE_WORDS) for part in parts[:MOST_SENTENCES]]
    vectors = encoder.encode([*cut, clip(text, WHOLE_WORDS)])
    shares = sentence_weights(vectors[:-1], encoder, language)
    vectors[-1] = letter_apart(vectors[-1], encoder, language)
    return _Meaning(Compact.of(vectors), shares / shares.sum())


def _topics(request: RequestView, text: str, language: str | None) -> tuple[Wanted, ...]:
    read = relations.topics_in(text, language)
    weights = {code: READ_IN_LETTER * sure for code, sure in read.items()}
    weights |= dict.fromkeys(request.topics, 1.0)
    return tuple(
        Wanted(code, relations.topic_label(code), weight, relations.topics_near(code))
        for code, weight in sorted(weights.items())
    )


def _activities(request: RequestView, text: str) -> tuple[Wanted, ...]:
    weights = dict.fromkeys(relations.activities_in(text), READ_IN_LETTER)
    weights |= {kind.value: 1.0 for kind in request.activities}
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
