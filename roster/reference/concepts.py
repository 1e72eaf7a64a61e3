"""Concepts of EuroVoc in 24 languages, their tree, and where a text names them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference.folding import fold_words
from roster.reference.loading import load
from roster.reference.scanning import Gazetteer

_INFLECTED = frozenset(
    [
        "bg",
        "cs",
        "el",
        "et",
        "fi",
        "hr",
        "hu",
        "lt",
        "lv",
        "mt",
        "pl",
        "ro",
        "sk",
        "sl",
        "sv",
        "da",
        "ga",
    ]
)
_FAR = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: labels per language (ISO 639-1), and its neighbours in the tree."""

    id: str
    uri: str
    labels: dict[str, str]
    alternatives: dict[str, list[str]]
    """Further labels, English and French only."""
    broader: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A concept named in a text: offsets, end excluded."""

    start: int
    end: int
    concept: str


def concept(concept_id: str) -> Concept:
    """Return one concept by its EuroVoc id.

    Raises
    ------
    KeyError
        The id is not among those kept here.
    """
    return concepts()[concept_id]


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """Return all concepts kept here by id: those of the fields that the roster deals with."""
    content = load("eurovoc")
    base = str(content["base"])
    rows = cast("dict[str, dict[str, object]]", content["concepts"])
    return {
        concept_id: Concept(
            id=concept_id,
            uri=str(row.get("uri") or base + concept_id),
            labels=cast("dict[str, str]", row["labels"]),
            alternatives=cast("dict[str, list[str]]", row["alt"]),
            broader=tuple(cast("list[str]", row["broader"])),
            related=tuple(cast("list[str]", row["related"])),
        )
        for concept_id, row in rows.items()
    }


def find_concepts(text: str, language: str) -> list[ConceptMention]:
    """Find EuroVoc concepts in a text of one language, in order of place.

    Parameters
    ----------
    text : of any length
    language : ISO 639-1; one that EuroVoc does not have (Arabic, Russian) finds nothing

    Returns
    -------
    mentions : the longest label wins; in languages that decline, word ends may differ
    """
    found = _gazetteer(language).find(text)
    return [ConceptMention(one.start, one.end, one.key) for one in found]


def distance(left: str, right: str) -> int | None:
    """Return the steps between two concepts over broader, narrower and related; None if over 3."""
    return _reached(left).get(right)


@lru_cache(maxsize=512)
def _reached(start: str) -> Mapping[str, int]:
    """Return every concept within three steps of one, with the steps."""
    reached = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if reached[here] < _FAR:
            for step in _neighbours().get(here, ()):
                if step not in reached:
                    reached[step] = reached[here] + 1
                    queue.append(step)
    return reached


def phrase_of(label: str, language: str) -> str:
    """Return a label as a phrase for a gazetteer: words that decline lose their end."""
    words = fold_words(label)
    if language not in _INFLECTED:
        return " ".join(words)
    return " ".join(_stem(word) for word in words)


def _stem(word: str) -> str:
    cut = 3 if len(word) >= 9 else 2 if len(word) >= 6 else 0
    return f"{word[:-cut]}*" if cut else word


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in concepts().values():
        for other in one.broader + one.related:
            found.setdefault(one.id, set()).add(other)
            found.setdefault(other, set()).add(one.id)
    return found


@lru_cache(maxsize=26)
def _gazetteer(language: str) -> Gazetteer[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    for one in concepts().values():
        labels = [one.labels[language]] if language in one.labels else []
        for label in labels + one.alternatives.get(language, []):
            phrase = phrase_of(label, language)
            if len(phrase) > 3:
                gazetteer.add(phrase, one.id)
    return gazetteer
