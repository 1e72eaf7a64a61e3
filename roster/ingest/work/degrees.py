"""What some words say of studies: the level of a degree, an institution, a course, an end."""

from __future__ import annotations

import re
from functools import lru_cache

from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain

LEVELS = (8, 7, 6, 5, 3)
"""ISCED 2011 levels whose names are known, the highest first."""
_CAPITALS = (
    (7, re.compile(r"\b(?:MA|MSc|MPhil|MEd|MRes|MScEcon|MPH|MSW|MIA|ENA|M1|M2|DES)\b")),
    (6, re.compile(r"\b(?:BA|BSc|BBA|BEng|BEd|BCom|AB|Lic\.)(?!\w)")),
)
"""Degrees that only capitals tell from words: "MA in History", but French "ma"."""

_LEADING_DEGREE = re.compile(
    r"^(?:master|bachelor|doctoral|doctor|diploma|phd)(?:'?s)? (?:degree )?"
)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{plain(words)})")
        for name, words in load_patterns("degrees").items()
    }


@lru_cache(maxsize=4096)
def education_level(text: str) -> int | None:
    """Return the ISCED 2011 level (3 to 8) that the words of a degree name; None where unclear."""
    low = plain(text)
    for level in LEVELS:
        if _patterns()[str(level)].search(low):
            return level
        if any(each == level and words.search(text) for each, words in _CAPITALS):
            return level
    return None


def degree_start(text: str, level: int) -> int:
    """Return where the words that name a level begin; 0 where they do not name it."""
    found = _patterns()[str(level)].search(plain(text))
    if found is None:
        found = next((words.search(text) for each, words in _CAPITALS if each == level), None)
    return found.start() if found else 0


def institution_start(text: str) -> int | None:
    """Return where a word for a place of study stands; None where none does."""
    found = _patterns()["institution"].search(plain(text))
    return found.start() if found else None


def is_thesis(text: str) -> bool:
    """Whether words begin as the title of a thesis, a subject or a supervisor do."""
    low = plain(text).lstrip(" -•*○")
    words = _patterns()["thesis"]
    return words.match(low) is not None or words.match(_LEADING_DEGREE.sub("", low)) is not None


def is_unfinished(text: str) -> bool:
    """Whether words say that studies go on, or were left."""
    return _patterns()["unfinished"].search(plain(text)) is not None


def is_course(text: str) -> bool:
    """Whether words name a course or a certificate rather than a degree."""
    return _patterns()["course"].search(plain(text)) is not None
