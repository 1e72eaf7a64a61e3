"""Where a CV speaks of the expert's languages: its sections on them, and blocks outside any."""

from __future__ import annotations

import re

from roster.ingest.languages.words import header_of, is_legend, names_skill
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind, find_heading
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line
from roster.ingest.wording.plain import plain
from roster.reference import languages, levels

_ELSEWHERE = frozenset(
    {
        SectionKind.REFERENCES,
        SectionKind.EDUCATION,
        SectionKind.PUBLICATIONS,
        SectionKind.TRAININGS_GIVEN,
        SectionKind.FUTURE,
        SectionKind.LANGUAGES,
    }
)
_MOST_GAPS = 2
_LABEL = re.compile(
    r"^\W*(?:other |foreign |autres? |outr[ao]s? |otr[ao]s? |altr[ei] |weitere |andere )?"
    r"(?:languages?|langues?|idiomas?|linguas?|lenguas?|lingu[ae]|sprachen?|talen|limbi)"
    r"(?:\(s\))?(?: etrangeres?| skills?| spoken| parlees)? ?:"
)
_SPEAKS = re.compile(
    r"(?<!\w)(?:fluent|fluently|speaks?|speaking|bilingual|trilingual|multilingual|native speaker|"
    r"working knowledge|command of|proficient|mother tongue|parle|parlant|bilingue|trilingue|"
    r"maitris\w+|courant|couramment|langue maternelle|habla|hablo|domin\w+|lengua materna|fala|"
    r"falo|fluente|lingua materna|spreche|spricht|fliessend|flie[ßs]+end|muttersprach\w*|parla|"
    r"parlo|madrelingua|spreekt|vloeiend)(?!\w)"
)


def language_lines(sheet: Sheet) -> list[Line]:
    """Return the lines that may name the expert's languages, in order."""
    lines = {line.start: line for line in sheet.lines(SectionKind.LANGUAGES)}
    for section in sheet.sections:
        if section.kind not in _ELSEWHERE:
            lines |= {line.start: line for line in _block(section.lines)}
    return [lines[start] for start in sorted(lines)]


def sentences(sheet: Sheet) -> list[Line]:
    """Return lines of running text on the person that say how a language is spoken."""
    own = sheet.lines(
        SectionKind.PROFILE, SectionKind.IDENTITY, SectionKind.SKILLS, SectionKind.OTHER
    )
    return [line for line in own if _SPEAKS.search(plain(line.text))]


def _block(lines: list[Line]) -> list[Line]:
    """Return the lines from a mother tongue or the head of a grid to the last on languages."""
    found: list[Line] = []
    gaps = _MOST_GAPS
    for line in lines:
        if _opens(line):
            gaps = 0
        elif gaps < _MOST_GAPS and not _goes_on(line):
            gaps += 1
        if gaps < _MOST_GAPS and not (gaps and find_heading(line.text)):
            found.append(line)
    return found


def _opens(line: Line) -> bool:
    label = find_label(line.text) or find_label(line.cells[0].text)
    if label is not None and label.field == "mother_tongue":
        return True
    return header_of(line) is not None or _LABEL.match(plain(line.text)) is not None


def _goes_on(line: Line) -> bool:
    low = plain(line.text)
    if is_legend(low) or _LABEL.match(low):
        return True
    first = line.cells[0].text
    if languages.find_languages(first[:40]) and (
        len(line.cells) > 1 or levels.read_level(line.text) is not None
    ):
        return True
    return names_skill(line.text) is not None and levels.read_level(line.text) is not None
