"""Words that a facility adds to the lists of the field: what they mean there, and where they stand.

The lists of the product are the same for everybody. A facility's own words go before them: a word
of its own that says what a listed one says, or more, is read its way; one that it says means
nothing hides the listed one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from roster.reference.folding import INVISIBLE, LETTERS, MARKS, fold_words, lookup_form
from roster.reference.scanning import Case, Gazetteer, Mention

MOST_LETTERS = 80
MOST_WORDS = 6
_LONGEST_ACRONYM = 8
_ALLOWED = re.compile(r"[\w\s*'’.&-]+")
_DECORATION = re.compile(f"[{MARKS}{INVISIBLE}]+")
_STEM = re.compile(r"(?:^|\s)\S*\*(?!\s|$)|(?:^|[\s'’.&-])[^\s'’.&*-]{0,3}\*")


class _Placed(Protocol):
    """Something found in a text."""

    @property
    def start(self) -> int:
        """First letter."""

    @property
    def end(self) -> int:
        """The letter after the last one."""


P = TypeVar("P", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase of a facility's own and what it means to it."""

    words: str
    """`word*` stands for any word that begins so; all capitals count only so written."""
    code: str | None
    """None: it means nothing of the list."""
    language: str | None = None
    """ISO 639-1 of the texts in which it counts; None: in all."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a facility adds to the lists of topics and of types of activity."""

    topics: tuple[Phrase, ...] = ()
    activities: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.topics or self.activities)


NO_WORDS = OwnWords()


def why_unfit(words: str) -> str | None:
    """Return, for people, why a phrase could never be found; None where it can be."""
    if len(words) > MOST_LETTERS or len(words.split()) > MOST_WORDS:
        return "Give a word or a phrase of up to 6 words and 80 letters."
    if not _ALLOWED.fullmatch(words) or _STEM.search(words):
        return (
            "Give letters and figures only. A * may stand at the end of a word, after 4 letters "
            "or more: it stands for any ending."
        )
    letters = "".join(fold_words(words.replace("*", "")))
    short = 2 if case_of(words) is Case.UPPER or not letters.isascii() else 3
    if len(letters) < short:
        return "This is too short to tell it from other words."
    return None


def case_of(words: str) -> Case:
    """Return how a phrase must be written to count: one word in capitals is an acronym."""
    is_acronym = words.isupper() and len(words) <= _LONGEST_ACRONYM and " " not in words
    return Case.UPPER if is_acronym else Case.ANY


def find_own(
    text: str, phrases: tuple[Phrase, ...], language: str | None = None
) -> list[Mention[Phrase]]:
    """Return where a text holds phrases of a facility, in order of place.

    Parameters
    ----------
    language : ISO 639-1 of the text; None: not known, and phrases of every language count
    """
    if not phrases:
        return []
    return [
        one
        for one in _gazetteer(phrases).find(text)
        if language is None or one.key.language in (None, language)
    ]


def may_hold(text: str, phrases: tuple[Phrase, ...]) -> bool:
    """Whether a text may hold one of some phrases: quick, and never False where it does."""
    plain = fold_quickly(text)
    return any(one in plain for one in _first_words(phrases))


def fold_quickly(text: str) -> str:
    """Return a text without case, accents and decoration; its words are not parted."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _DECORATION.sub("", bare).translate(LETTERS)


@lru_cache(maxsize=32)
def _first_words(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    return tuple({lookup_form(fold_words(one.words.replace("*", ""))[0]) for one in phrases})


def settle(
    own: Sequence[Mention[Phrase]], listed: Sequence[P]
) -> tuple[list[Mention[Phrase]], list[P]]:
    """Return what counts of both where they meet: the longer, of equal ones the facility's own."""
    kept_own = [
        one
        for one in own
        if not any(
            other.start <= one.start and one.end <= other.end and _length(other) > _length(one)
            for other in listed
        )
    ]
    kept = [
        one
        for one in listed
        if not any(other.start < one.end and one.start < other.end for other in kept_own)
    ]
    return kept_own, kept


def _length(one: _Placed) -> int:
    return one.end - one.start


@lru_cache(maxsize=32)
def _gazetteer(phrases: tuple[Phrase, ...]) -> Gazetteer[Phrase]:
    gazetteer: Gazetteer[Phrase] = Gazetteer()
    for one in phrases:
        gazetteer.add(one.words, one, case_of(one.words))
    return gazetteer
