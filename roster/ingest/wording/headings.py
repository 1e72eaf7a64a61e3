"""Headings of CVs and forms in the languages of the field, and the kind of section they open."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain
from roster.ingest.work.occupations import ends_in_title


class SectionKind(StrEnum):
    """What a section is about; what stands in OTHER, FUTURE or SENSITIVE is no experience."""

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
    SENSITIVE = "sensitive"
    OTHER = "other"
    PROJECTS = "projects"


HEADINGS: dict[SectionKind, str] = {
    SectionKind(kind): words for kind, words in load_patterns("headings").items()
}
"""Kind → the plain headings that open such a section, as a regular expression."""

_LEAD = r"^(?P<lead>[\W_]*(?:(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*)?[\W_]*)"
_MOST_ALONE = 90
_AND = re.compile(r"\s*(?:&|/|\+|,)\s*|\s(?:and|et|y|e|und|i|a|en|och|og|ja|și|si|и|та|και)\s")
_SPACED = re.compile(r"(?:\w ){3,}\w(?:\s{2,}(?:\w )+\w)*$")
_BULLET = re.compile(r"\s*[•▪●◦‣➢✓■□○◆*·-]\s*")
_ALONE = frozenset({SectionKind.OTHER, SectionKind.SENSITIVE})
"""Kinds that only a heading alone in its line opens: "Salary: …" is one line of a post."""
_OF_DUTIES = frozenset(
    {
        SectionKind.POSTS,
        SectionKind.MISSIONS,
        SectionKind.TRAININGS,
        SectionKind.TRAININGS_GIVEN,
        SectionKind.SKILLS,
        SectionKind.PUBLICATIONS,
        SectionKind.PROFILE,
        SectionKind.OTHER,
        SectionKind.PROJECTS,
    }
)
"""Kinds whose words also begin an item among the duties of a post: "- Training: …"."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[SectionKind, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            kind,
            re.compile(rf"{_LEAD}(?P<words>{words})(?: ?\([^()]{{0,60}}\))?\s*[:.\-_]*\s*$"),
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
    kind = _alone(low) if len(low) <= _MOST_ALONE or "(" in low else None
    if kind in _OF_DUTIES and (ends_in_title(low) or _is_running(text)):
        return None
    if kind is not None:
        return kind, len(text)
    return _leading(low)


def _is_running(text: str) -> bool:
    """Whether words begin small and go on, or end in a full stop, as sentences do."""
    words = text.split()
    return len(words) > 3 and (words[0][:1].islower() or text.rstrip().endswith("."))


@lru_cache(maxsize=4096)
def _alone(low: str) -> SectionKind | None:
    """Return the kind of a heading that fills its line; letters may be spaced, two be joined."""
    kind = _one(low)
    if kind is not None:
        return kind
    if _SPACED.match(low.strip()):
        words = re.split(r"\s{2,}", low.strip())
        return _one(" ".join(word.replace(" ", "") for word in words))
    parts = [part for part in _AND.split(low.strip(" :.-_#*|")) if part]
    if len(low) > _MOST_ALONE or not 1 < len(parts) <= 3:
        return None
    kinds = [_one(part) for part in parts]
    return kinds[0] if all(kinds) else None


def _one(low: str) -> SectionKind | None:
    return next((kind for kind, alone, _ in _patterns() if alone.match(low)), None)


def _leading(low: str) -> tuple[SectionKind, int] | None:
    """Return the heading before a colon, or numbered, with what follows on its line."""
    best: tuple[SectionKind, int] | None = None
    if not (":" in low or "(" in low or re.match(r"\W*(?:\d|[a-z]{1,4}\s*[.)])", low)):
        return None
    bulleted = _BULLET.match(low) is not None
    for kind, _, leading in _patterns():
        if kind in _ALONE or (bulleted and kind in _OF_DUTIES):
            continue
        found = leading.match(low)
        if found is None or not (found.group("number") or found.group("edge").strip() == ":"):
            continue
        if best is None or found.end() > best[1]:
            best = kind, found.end()
    return best
