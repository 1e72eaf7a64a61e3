"""Which form of the field a CV is written in, told by the phrases that only such a form prints."""

from __future__ import annotations

import re
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
    counted = {
        form: sum(phrase.search(low) is not None for phrase in phrases)
        for form, phrases in _phrases().items()
    }
    best = max(counted, key=lambda form: counted[form])
    return best if counted[best] >= LEAST_PHRASES else None


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        form: tuple(re.compile(rf"(?<!\w)(?:{phrase})") for phrase in phrases)
        for form, phrases in load_phrases("forms").items()
    }
