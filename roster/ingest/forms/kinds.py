"""Which form of the field a CV is written in, told by the phrases that only such a form prints."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from roster.ingest.wording.phrases import load_phrases
from roster.ingest.wording.plain import plain
from roster.read import DocumentText

GENERIC = "generic"
EU = "eu-external-action"
BANK = "world-bank-tech6"
NATIONS = "un-p11"
LABELLED_FORMS = frozenset({EU, BANK, NATIONS})
"""Forms that label what they ask for; only their labels cut them into parts."""
LEAST_PHRASES = 2
MOST_LETTERS = 30_000

_OTHERS: tuple[tuple[str, str], ...] = (
    ("europass", r"europass|europaisches curriculum|formato europeo"),
    ("linkedin", r"linkedin\.com/in/[^\n]*\n(?:.|\n){0,6000}page \d+ of \d+"),
)


def recognise_form(text: DocumentText) -> str:
    """Return the name of the form a CV is written in; "generic" where it is none that is known."""
    if text.reader.startswith(("europass", "json-resume", "hr-open", "linkedin")):
        return text.reader.partition("/")[0]
    low = plain(text.text[:MOST_LETTERS])
    best = _form_of(low)
    if best is not None:
        return best
    return next((name for name, words in _OTHERS if re.search(words, low)), GENERIC)


def form_of_words(words: str) -> str | None:
    """Return the labelled form whose phrases some words hold; None where they hold too few."""
    return _form_of(plain(words[:MOST_LETTERS]))


def _form_of(low: str) -> str | None:
    phrases = _phrases()
    seen: set[int] = set()
    for found in _any_phrase().finditer(low):
        seen.update(
            number
            for number, (_, phrase) in enumerate(phrases)
            if number not in seen and phrase.match(low, found.start())
        )
    if not seen:
        return None
    form, count = Counter(phrases[number][0] for number in sorted(seen)).most_common(1)[0]
    return form if count >= LEAST_PHRASES else None


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (form, re.compile(phrase))
        for form, phrases in load_phrases("forms").items()
        for phrase in phrases
    )


@lru_cache(maxsize=1)
def _any_phrase() -> re.Pattern[str]:
    """Return what finds the place of any phrase in one pass: each alone would read all the text."""
    words = "|".join(phrase.pattern for _, phrase in _phrases())
    return re.compile(rf"(?<!\w)(?=\w)(?={words})")
