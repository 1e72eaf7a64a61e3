"""The words of a CV without what only few may see, or nobody who searches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_EMAIL = re.compile(r"[^\s<>()\[\],;:|]{1,64}@[^\s<>()\[\],;|]{1,255}")
_LEAST_WORDS = 4
"""Shorter words than this are taken out where they were read, not wherever they stand."""


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """Where something private was read in a text, and how it was printed there."""

    start: int
    end: int
    quote: str = ""


BLACK = "█"
"""Stands for each letter that was taken out where offsets must stay."""


def without_private(text: str, private: Iterable[PrivateWords], filler: str) -> str:
    """Return a text without private words, and without any e-mail address.

    Words that were read once as private are taken out wherever they stand again: the address in
    the header stands in the footer of each page too.

    Parameters
    ----------
    filler : one character; a blank closes the gap, any other one keeps every offset as it was
    """
    return without_stretches(text, _spans(text, private), filler)


def without_stretches(text: str, stretches: Iterable[tuple[int, int]], filler: str) -> str:
    """Return a text without what stands between offsets (end excluded); they may overlap.

    Parameters
    ----------
    filler : as for `without_private`
    """
    kept = []
    after = 0
    for start, end in _merged(stretches):
        kept += [text[after:start], filler if filler == " " else filler * (end - start)]
        after = end
    return "".join([*kept, text[after:]])


def _spans(text: str, private: Iterable[PrivateWords]) -> Iterable[tuple[int, int]]:
    quotes = set()
    for words in private:
        yield words.start, words.end
        quotes.add(words.quote.strip())
    for quote in quotes:
        if len(quote) >= _LEAST_WORDS:
            yield from (found.span() for found in re.finditer(re.escape(quote), text))
    yield from (found.span() for found in _EMAIL.finditer(text))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
