"""What a CV says that nobody needs for a ranking: health, family, faith, pay, numbers of papers.

It is never proposed as a fact and never indexed; the text is kept with its CV only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from roster.ingest.sheet import Sheet, lines_in
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.labels import LABELS, find_label
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain
from roster.ingest.wording.sections import Section
from roster.read import ProposedFact
from roster.vocabulary import FactKind

Stretch = tuple[int, int]
"""Offsets into the text of a document, end excluded."""

_WHO_IT_IS = frozenset(
    {
        FactKind.NAME,
        FactKind.EMAIL,
        FactKind.TELEPHONE,
        FactKind.NATIONALITY,
        FactKind.BIRTH_YEAR,
    }
)
_OF_WORK = frozenset(
    {
        SectionKind.POSTS,
        SectionKind.MISSIONS,
        SectionKind.PROJECTS,
        SectionKind.TRAININGS,
        SectionKind.TRAININGS_GIVEN,
        SectionKind.PUBLICATIONS,
        SectionKind.SKILLS,
        SectionKind.COUNTRIES,
        SectionKind.MEMBERSHIPS,
        SectionKind.OTHER,
    }
)
"""Here health, faith and children are the subject of the work, not the person's own."""
_TOP = 12
"""So many lines are about the person, whatever their heading was taken for."""
_LEAST_DIGITS = 4
_YEARS = re.compile(r"(?:[a-z]+ )?(?:19|20)\d\d\b(?!\d)(?: ?[-/] ?(?:(?:19|20)?\d\d|\D|$)|\W*$)")
_START = r"(?:^|(?<=[|⏎;•·,.()\t])|(?<=\s[-*]))\s*(?:\d{1,2}[.)]\s*)?"
_VALUE = r"(?P<value>[^|⏎;\n]*)"


def part_sensitive(
    sheet: Sheet, facts: Sequence[ProposedFact]
) -> tuple[list[ProposedFact], tuple[Stretch, ...]]:
    """Part facts from what must be neither a fact nor indexed.

    Who somebody is stays, also where it stands between sensitive particulars.

    Returns
    -------
    facts : without those whose words are all sensitive
    stretches : offsets of what is sensitive, in order; they may touch or overlap
    """
    stretches = _stretches(sheet)
    kept = [fact for fact in facts if _is_kept(fact, stretches, sheet.document.text)]
    who = sorted(
        (fact for fact in kept if fact.kind in _WHO_IT_IS), key=lambda fact: fact.span.start
    )
    return kept, tuple(part for each in stretches for part in _around(each, who))


def _is_kept(fact: ProposedFact, stretches: Sequence[Stretch], text: str) -> bool:
    around = [
        text[start:end]
        for start, end in stretches
        if start <= fact.span.start and fact.span.end <= end
    ]
    if fact.kind is FactKind.TELEPHONE:  # The number of a paper may be spaced as a telephone's.
        return not any(_papers().search(plain(words)) for words in around)
    return fact.kind in _WHO_IT_IS or not around


def _around(stretch: Stretch, facts: Sequence[ProposedFact]) -> Iterator[Stretch]:
    """Yield the parts of a stretch that hold no word of some facts, which are in order."""
    at, end = stretch
    for fact in facts:
        if at < fact.span.end and fact.span.start < end:
            if at < fact.span.start:
                yield at, fact.span.start
            at = fact.span.end
    if at < end:
        yield at, end


def _stretches(sheet: Sheet) -> list[Stretch]:
    found: set[Stretch] = set()
    count = 0
    for section in sheet.sections:
        if section.kind in {SectionKind.PRIVATE, SectionKind.SENSITIVE}:
            found |= set(_whole(section))
            continue
        lines = lines_in(section)
        for at, (line, below) in enumerate(zip_longest(lines, lines[1:])):
            about_the_person = section.kind not in _OF_WORK or count + at < _TOP
            found |= set(_in_line(line, below, about_the_person=about_the_person))
        count += len(lines)
    return sorted(found)


def _whole(section: Section) -> Iterator[Stretch]:
    if section.heading is not None:
        yield section.heading.start, section.heading.end
    yield from ((piece.start, piece.end) for piece in section.pieces)


def _in_line(line: Line, below: Line | None, *, about_the_person: bool) -> Iterator[Stretch]:
    yield from _numbers(line.piece)
    yield from _labelled(line, below, _labels("pay"))
    if about_the_person:
        yield from _labelled(line, below, _labels("person"))
        yield from _statuses(line.piece)


def _labelled(line: Line, below: Line | None, labels: re.Pattern[str]) -> Iterator[Stretch]:
    """Find "Religion: …": the value ends with its cell, or stands in the next line."""
    for found in labels.finditer(plain(line.text)):
        value = found["value"]
        end = found.start("value") + _before_next_label(value)
        yield line.start + found.start(), line.start + end
        if not value.strip() and below is not None and _is_a_value(below):
            yield below.start, below.end


def _is_a_value(below: Line) -> bool:
    return not below.apart and find_label(below.cells[0].text) is None


def _before_next_label(value: str) -> int:
    """Return where the next label of a person begins, on a line that names several."""
    found = _next_label().search(value)
    return found.start() if found else len(value)


def _numbers(piece: Piece) -> Iterator[Stretch]:
    low = plain(piece.text)
    for found in _papers().finditer(low):
        value = found["value"].strip()
        if sum(letter.isdigit() for letter in value) >= _LEAST_DIGITS and not _YEARS.match(value):
            yield piece.start + found.start(), piece.start + found.end()


def _statuses(piece: Piece) -> Iterator[Stretch]:
    """Find "married, two children" among the particulars of a person, set off by commas."""
    for part in re.finditer(r"[^|⏎,;·•/()]+", plain(piece.text)):
        if _status().fullmatch(part.group()):
            yield piece.start + part.start(), piece.start + part.end()


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return load_patterns("sensitive")


@lru_cache(maxsize=4)
def _labels(kind: str) -> re.Pattern[str]:
    words = _words()[kind]
    if kind == "person":
        words += f"|{LABELS['marital']}|{LABELS['sex']}"
    edge = r"(?: ?\([^()]{0,40}\))?(?:\s*[:⏎|]+\s*|\s+-\s+|\s*$)"
    return re.compile(rf"{_START}(?:{words}){edge}{_VALUE}")


@lru_cache(maxsize=1)
def _papers() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_words()['number']})(?!\w)\s*(?:\([^()]{{0,40}}\)\s*)?[:#|⏎°º-]*\s*"
        r"(?P<value>(?:[a-z]{1,6}|[a-z]{1,3} )?\d[\w./ -]{3,34})"
    )


@lru_cache(maxsize=1)
def _status() -> re.Pattern[str]:
    words = _words()
    children = rf"(?:{words['count']}) ?(?:{words['children']})"
    and_children = rf"(?:[^\W\d_]{{1,4}} )?{children}"
    return re.compile(rf"\s*(?:(?:{words['status']})(?: {and_children})?|{and_children})\W*")


@lru_cache(maxsize=1)
def _next_label() -> re.Pattern[str]:
    of_people = ("family", "given", "name", "birth", "birthplace", "nationality", "email", "phone")
    words = "|".join(LABELS[field] for field in (*of_people, "address", "mother_tongue"))
    return re.compile(rf"(?<!\w)(?:{words})\s*:")
