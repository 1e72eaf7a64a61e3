"""Thematic areas and topics of the field, in many languages, and where a text speaks of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference.concepts import (
    ConceptMention,
    concepts,
    distance,
    find_concepts,
    phrase_of,
)
from roster.reference.loading import load
from roster.reference.own_words import NO_WORDS, OwnWords, find_own, settle
from roster.reference.scanning import Case, Gazetteer

__all__ = [
    "ConceptMention",
    "Topic",
    "TopicMention",
    "areas",
    "find_concepts",
    "find_topics",
    "is_topic",
    "label",
    "phrases",
    "related",
    "topic",
    "topics",
]

_ACRONYM = "!"
_WEAK = "?"
_STRONG_WORTH = 1.0
_WEAK_WORTH = 0.5
_SAME_AREA = 0.35
_NEARNESS = {0: 0.7, 1: 0.6, 2: 0.45, 3: 0.3}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of migration governance."""

    code: str
    area: str | None
    """The thematic area; None for topics that carry none."""
    labels: dict[str, str]
    """English, French, Spanish, Portuguese."""
    concepts: dict[str, float]
    """EuroVoc ids and how surely each means the topic, in (0, 1]."""
    occupations: tuple[str, ...]
    """ISCO-08 unit groups that work on it or move by it; general knowledge, unverified."""


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A place where a text speaks of a topic: offsets, end excluded."""

    start: int
    end: int
    topic: str
    concept: str | None
    """EuroVoc id where a EuroVoc label was found, else None."""
    strength: float
    """1.0 where the words mean the topic, 0.5 where they may mean something else as well."""


@dataclass(frozen=True, slots=True)
class _Entry:
    topic: str | None
    """None: words that look like a topic and are none."""
    concept: str | None
    strength: float
    languages: frozenset[str]
    """For labels of EuroVoc: where they count once the language of the text is known."""


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Return all topics in the order of the facility's list."""
    rows = cast("dict[str, dict[str, object]]", load("topics")["topics"])
    return tuple(
        Topic(
            code=code,
            area=cast("str | None", row["area"]),
            labels=cast("dict[str, str]", row["labels"]),
            concepts=cast("dict[str, float]", row["concepts"]),
            occupations=tuple(cast("list[str]", row["isco"])),
        )
        for code, row in rows.items()
    )


def areas() -> tuple[str, ...]:
    """Return the thematic areas, as the facility prints them."""
    return tuple(cast("list[str]", load("topics")["areas"]))


def is_topic(code: str) -> bool:
    """Whether it is the code of a topic."""
    return code in _by_code()


def topic(code: str) -> Topic:
    """Return one topic.

    Raises
    ------
    KeyError
        No topic has the code.
    """
    return _by_code()[code]


def label(code: str, locale: str = "en") -> str:
    """Return the name of a topic in English, French, Spanish or Portuguese, else in English.

    Raises
    ------
    KeyError
        No topic has the code.
    """
    labels = topic(code).labels
    return labels.get(locale[:2], labels["en"])


def phrases(code: str) -> dict[str, tuple[str, ...]]:
    """Return the words by which a topic is read, by language; those of EuroVoc not among them.

    Raises
    ------
    KeyError
        No topic has the code.
    """
    rows = cast("dict[str, dict[str, dict[str, list[str]]]]", load("topics")["topics"])
    return {
        language: tuple(one.replace(_WEAK, "").replace(_ACRONYM, "") for one in said)
        for language, said in rows[code]["phrases"].items()
    }


def find_topics(
    text: str, language: str | None = None, own: OwnWords = NO_WORDS
) -> list[TopicMention]:
    """Find what a text speaks of, in order of place.

    Parameters
    ----------
    text : of any length; own lists cover 9 languages and more, EuroVoc labels 24
    language : ISO 639-1 of the text, where known; EuroVoc labels of other languages are then left
        out, own lists count always since CVs mix languages
    own : words of the facility whose text it is

    Returns
    -------
    mentions : one per topic and place; words that mean two topics give two
    """
    listed = _listed(text, language)
    if not own.topics:
        return listed
    theirs, kept = settle(find_own(text, own.topics, language), listed)
    said = [
        TopicMention(one.start, one.end, one.key.code, None, _STRONG_WORTH)
        for one in theirs
        if one.key.code is not None
    ]
    return sorted([*kept, *said], key=lambda one: (one.start, one.end, one.topic))


def _listed(text: str, language: str | None) -> list[TopicMention]:
    return [
        TopicMention(one.start, one.end, one.key.topic, one.key.concept, one.key.strength)
        for one in _gazetteer().find(text)
        if one.key.topic is not None
        and (language is None or not one.key.languages or language in one.key.languages)
    ]


@lru_cache(maxsize=64)
def related(code: str) -> dict[str, float]:
    """Return how near other topics are to one.

    Returns
    -------
    nearness : topic → (0, 1], 1 for itself; topics left out are not near
        The most of three: our judgement of the pair, the distance of their concepts in EuroVoc,
        0.35 for a shared thematic area. Symmetric.

    Raises
    ------
    KeyError
        No topic has the code.
    """
    here = topic(code)
    found = {code: 1.0}
    for other in topics():
        if other.code != code and (near := _nearness(here, other)) > 0:
            found[other.code] = near
    return found


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Topic]:
    return {one.code: one for one in topics()}


@lru_cache(maxsize=1)
def _pairs() -> dict[frozenset[str], float]:
    rows = cast("list[tuple[str, str, float]]", load("topics")["near"])
    return {frozenset((left, right)): near for left, right, near in rows}


def _nearness(left: Topic, right: Topic) -> float:
    judged = _pairs().get(frozenset((left.code, right.code)), 0.0)
    shared = _SAME_AREA if left.area is not None and left.area == right.area else 0.0
    steps = [
        step
        for one in sorted(left.concepts)
        for other in sorted(right.concepts)
        if left.concepts[one] == right.concepts[other] == _STRONG_WORTH
        and (step := distance(*sorted((one, other)))) is not None
    ]
    by_concept = _NEARNESS[min(steps)] if steps else 0.0
    return max(judged, shared, by_concept)


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[_Entry]:
    gazetteer: Gazetteer[_Entry] = Gazetteer()
    content = load("topics")
    everywhere: frozenset[str] = frozenset()
    for phrase in cast("list[str]", content["traps"]):
        gazetteer.add(phrase, _Entry(None, None, 0.0, everywhere))
    own: set[str] = set()
    for code, row in cast("dict[str, dict[str, object]]", content["topics"]).items():
        for phrases in cast("dict[str, list[str]]", row["phrases"]).values():
            for phrase in phrases:
                _add_own(gazetteer, phrase, code)
                own.add(phrase.rstrip(_ACRONYM + _WEAK).casefold())
    for one in topics():
        for concept_id, strength in one.concepts.items():
            _add_concept(gazetteer, one.code, concept_id, strength, own)
    return gazetteer


def _add_own(gazetteer: Gazetteer[_Entry], phrase: str, code: str) -> None:
    strength = _WEAK_WORTH if _WEAK in phrase else _STRONG_WORTH
    case = Case.UPPER if _ACRONYM in phrase else Case.ANY
    entry = _Entry(code, None, strength, frozenset())
    gazetteer.add(phrase.replace(_WEAK, "").replace(_ACRONYM, ""), entry, case)


def _add_concept(
    gazetteer: Gazetteer[_Entry], code: str, concept_id: str, strength: float, own: set[str]
) -> None:
    """Add the labels of a concept in all languages, where own lists do not say it already."""
    one = concepts()[concept_id]
    for language, name in one.labels.items():
        for written in [name, *one.alternatives.get(language, [])]:
            if written.casefold() not in own and len(written) > 3:
                entry = _Entry(code, concept_id, strength, frozenset({language}))
                gazetteer.add(phrase_of(written, language), entry)
