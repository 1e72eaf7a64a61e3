"""Headings of CVs and forms in the languages of the field, and the kind of section they open."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from roster.ingest.phrases import load_patterns
from roster.ingest.plain import plain


class SectionKind(StrEnum):
    """What a section is about; what stands in OTHERS_* and FUTURE is never experience."""

    IDENTITY = "identity"
    PROFILE = "profile"
    POSTS = "posts"
    MISSIONS = "missions"
    COUNTRIES = "countries"
    EDUCATION = "education"
    LANGUAGES = "languages"
    TRAININGS = "trainings"
    TRAININGS_GIVEN = "trainings_given"
    PUBLICATIONS = "publications"
    MEMBERSHIPS = "memberships"
    SKILLS = "skills"
    PRESENT = "present"
    FUTURE = "future"
    REFERENCES = "references"
    PRIVATE = "private"
    OTHER = "other"


HEADINGS: dict[SectionKind, str] = {
    SectionKind(kind): words for kind, words in load_patterns("headings").items()
}
"""Kind → the plain headings that open such a section, as a regular expression."""

_LEAD = r"^(?P<lead>[\W_]*(?:(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*)?[\W_]*)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[SectionKind, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            kind,
            re.compile(rf"{_LEAD}(?P<words>{words})\s*[:.]?\s*$"),
            re.compile(rf"{_LEAD}(?P<words>{words})(?P<edge>(?: ?\([^()]*\))? ?[:.]\s*|(?= \())"),
        )
        for kind, words in HEADINGS.items()
    )


def find_heading(text: str) -> tuple[SectionKind, int] | None:
    """Return the kind of section that some words open, and where what follows the heading begins.

    A heading fills its line, or stands before a colon, or is numbered as forms do.
    """
    low = plain(text).rstrip()
    if len(low) > 400 or not low:
        return None
    for kind, alone, _ in _patterns():
        if alone.match(low):
            return kind, len(text)
    best: tuple[SectionKind, int] | None = None
    for kind, _, leading in _patterns():
        found = leading.match(low)
        if found is None or not (found.group("number") or found.group("edge").strip() == ":"):
            continue
        if best is None or found.end() > best[1]:
            best = kind, found.end()
    return best
