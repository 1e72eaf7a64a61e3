"""Headings of the field's forms: more wordings than a free CV may use, each known whole."""

from __future__ import annotations

import re
from functools import lru_cache

from roster.ingest.wording.headings import SectionKind, find_heading
from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain

_LEAD = r"^(?P<lead>[\W_]*(?:(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*)?[\W_]*)"
MOST_LETTERS = 400


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple(
        (
            SectionKind(kind),
            re.compile(rf"{_LEAD}(?P<words>{words})(?P<edge>\s*[:.?]\s+|\s*[:.?]*\s*$)"),
        )
        for kind, words in load_patterns("form_headings").items()
    )


def find_form_heading(text: str) -> tuple[SectionKind, int] | None:
    """Return the kind of section that some words of a form open, and where the rest begins.

    The longest heading wins; those of `roster.ingest.wording.headings` count as well.
    """
    low = plain(text).rstrip()
    if not low or len(low) > MOST_LETTERS:
        return None
    best: tuple[SectionKind, int] | None = None
    for kind, pattern in _patterns():
        found = pattern.match(low)
        if found is not None and (best is None or found.end("words") > best[1]):
            best = kind, found.end()
    return best or find_heading(text)


def is_numbered(text: str) -> bool:
    """Whether words begin with the number of an item."""
    found = re.match(_LEAD, plain(text))
    return found is not None and found.group("number") is not None
