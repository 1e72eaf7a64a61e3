"""A person's record cut into passages that are compared by meaning, each with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.arrays import NO_DAY
from matching.text import clip, sentences, words
from roster.read import Evidence

PASSAGE_WORDS = 48
"""A passage is cut after so many words."""
MOST_PASSAGES = 32
"""Neighbouring sentences are put together until there are no more passages than this."""
MOST_WORDS = 3000
"""Words of a record that are compared at most; far more than a CV has."""
LEAST_WORDS = 4
"""Shorter lines are headings, dates and names."""
WHOLE_WORDS = 400
"""Words of the record that are compared as one."""


class Source(NamedTuple):
    """A part of the record: a post, a mission, the free text."""

    text: str
    label: str
    first: int
    last: int
    evidence: Evidence | None
    """None: each sentence proves itself."""


class Passage(NamedTuple):
    """A few words of a record, to be compared by meaning."""

    text: str
    label: str
    """For people: in which post or mission."""
    evidence: Evidence
    first: int = NO_DAY
    """Ordinals of its first and last day, as of the post or mission it stands in."""
    last: int = NO_DAY


def cut(sources: Sequence[Source], language: str | None) -> tuple[Passage, ...]:
    """Cut the parts of a record into passages, none twice.

    A sentence of the free text that stands in a post or mission too is taken there, where its dates
    are known.
    """
    seen: set[str] = set()
    pieces: list[tuple[Source, str]] = []
    room = MOST_WORDS
    for source in sources:
        for sentence in _telling(source, seen):
            if room <= 0:
                break
            pieces.append((source, sentence))
            room -= len(sentence.split())
    return tuple(_passage(source, text, language) for source, text in _joined(pieces))


def _telling(source: Source, seen: set[str]) -> Iterator[str]:
    """Yield the sentences of a part that say something and are new."""
    for sentence in sentences(source.text):
        folded = " ".join(words(sentence))
        if len(folded.split()) < LEAST_WORDS and source.evidence is None:
            continue
        if folded and folded not in seen:
            seen.add(folded)
            yield sentence


def _joined(pieces: Sequence[tuple[Source, str]]) -> Iterator[tuple[Source, str]]:
    """Yield the pieces, neighbours of one source put together where there are too many."""
    together = -(-len(pieces) // MOST_PASSAGES) if pieces else 1
    held: list[str] = []
    of: Source | None = None
    for source, sentence in pieces:
        if of is not None and (source is not of or len(held) == together):
            yield of, " ".join(held)
            held = []
        of = source
        held.append(sentence)
    if of is not None:
        yield of, " ".join(held)


def _passage(source: Source, text: str, language: str | None) -> Passage:
    proof = source.evidence or Evidence(None, text, "CV", None, language)
    # Sentences put together are long on purpose; a single one is cut.
    return Passage(_clipped(text), source.label, proof, source.first, source.last)


def _clipped(text: str) -> str:
    together = len(sentences(text))
    return clip(text, PASSAGE_WORDS * max(1, min(together, MOST_WORDS // PASSAGE_WORDS)))
