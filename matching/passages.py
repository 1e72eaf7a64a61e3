"""A person's record cut into passages that are compared by meaning, each with its proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from matching.arrays import NO_DAY
from matching.text import clip, sentences, words
from roster.ingest.wording.plain import plain
from roster.ingest.work.period_words import DASH, NOW, SINCE, TO
from roster.read import Evidence

ONGOING = date.max.toordinal()
"""Last day of what still goes on: today, whenever today is."""

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
    """Ordinals of its first and last day: of the post or mission it stands in, else of the years
    that it names itself."""
    last: int = NO_DAY


_DIGITS = re.compile(r"\d{4}")
_YEAR = r"(?:[1١۱][9٩۹][5-9٥-٩۵-۹]\d|[2٢۲][0٠۰]\d\d)"
_DAY_AND_MONTH = r"(?:(?:[0-3]?\d[./-])?[01]?\d[./-])?"
_YEARS = re.compile(rf"(?<![\w./-]){_DAY_AND_MONTH}({_YEAR})(?!\d|/\d{{2}})|-({_YEAR})(?![\d/-])")
"""A number behind a stroke names a law ("25/2008", "2008/115"), no year."""
_GOES_ON = re.compile(
    rf"(?<!\w)(?:{SINCE})\s+(?:\w+\.?\s+)?{_DAY_AND_MONTH}{_YEAR}(?!\d|\s*{DASH}|\s+{TO}\s)"
    rf"|{_YEAR}\s*(?:{DASH}|{TO})\s*(?:{NOW})(?!\w)"
)
_NOW_FIRST = re.compile(rf"\W*(?:{NOW})(?!\w)")


def days_of(text: str) -> tuple[int, int]:
    """Return the first and last day of the years that a sentence names, `NO_DAY` for none.

    What is told as going on ("since 2019", "2019 to date", "currently …") ends with `ONGOING`.
    """
    low = plain(text)
    named = _YEARS.finditer(low) if _DIGITS.search(low) else ()
    years = [int(one[1] or one[2]) for one in named]
    if not years:
        return NO_DAY, ONGOING if _NOW_FIRST.match(low) else NO_DAY
    last = ONGOING if _GOES_ON.search(low) else date(max(years), 12, 31).toordinal()
    return date(min(years), 1, 1).toordinal(), last


def cut(sources: Sequence[Source], language: str | None) -> tuple[Passage, ...]:
    """Cut the parts of a record into passages, none twice.

    A sentence of the free text that stands in a post or mission too is taken there, where its dates
    are known.
    """
    seen: set[str] = set()
    pieces: list[_Piece] = []
    room = MOST_WORDS
    for source in sources:
        for piece in _telling(source, seen):
            if room <= 0:
                break
            pieces.append(piece)
            room -= len(piece.text.split())
    return tuple(_passage(piece, language) for piece in _joined(pieces))


class _Piece(NamedTuple):
    """A sentence of a source, or some of its neighbours."""

    source: Source
    text: str
    first: int
    last: int


def _telling(source: Source, seen: set[str]) -> Iterator[_Piece]:
    """Yield the sentences of a part that say something and are new, each with its days."""
    above = _Above()
    for sentence in sentences(source.text):
        folded = " ".join(words(sentence))
        is_short = len(folded.split()) < LEAST_WORDS and source.evidence is None
        days = (source.first, source.last)
        if source.evidence is None:
            days = above.days_of(sentence, is_short=is_short)
        if not is_short and folded and folded not in seen:
            seen.add(folded)
            yield _Piece(source, sentence, *days)


class _Above:
    """What dates a sentence of the free text that names no year: the short line above.

    "2009–2011", then "Head of unit", then what was done there. Once something was told, the next
    short line without a year ("Languages") ends it.
    """

    def __init__(self) -> None:
        self._days = (NO_DAY, NO_DAY)
        self._has_told = False

    def days_of(self, sentence: str, *, is_short: bool) -> tuple[int, int]:
        """Return the days of the next sentence: its own, else those of the short line above."""
        first, last = days_of(sentence)
        if not is_short:
            self._has_told = True
            return (first or self._days[0], last) if last != NO_DAY else self._days
        if self._has_told:
            self._days, self._has_told = (NO_DAY, NO_DAY), False
        if last != NO_DAY:  # Of "2009–2011" each year is a line of its own.
            self._days = self._days[0] or first, last
        return self._days


def _joined(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces, neighbours of one source put together where there are too many."""
    together = -(-len(pieces) // MOST_PASSAGES) if pieces else 1
    for _, group in groupby(pieces, key=lambda piece: id(piece.source)):
        of_source = list(group)
        for at in range(0, len(of_source), together):
            yield _as_one(of_source[at : at + together])


def _as_one(pieces: Sequence[_Piece]) -> _Piece:
    firsts = [piece.first for piece in pieces if piece.first != NO_DAY]
    return _Piece(
        pieces[0].source,
        " ".join(piece.text for piece in pieces),
        min(firsts, default=NO_DAY),
        max(piece.last for piece in pieces),
    )


def _passage(piece: _Piece, language: str | None) -> Passage:
    source, text = piece.source, piece.text
    proof = source.evidence or Evidence(None, text, "CV", None, language)
    # Sentences put together are long on purpose; a single one is cut.
    return Passage(_clipped(text), source.label, proof, piece.first, piece.last)


def _clipped(text: str) -> str:
    together = len(sentences(text))
    return clip(text, PASSAGE_WORDS * max(1, min(together, MOST_WORDS // PASSAGE_WORDS)))
