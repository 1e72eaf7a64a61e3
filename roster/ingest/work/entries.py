"""Free lines cut into dated entries, in whatever arrangement a CV prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from roster.dates import Period
from roster.ingest.wording.lines import Line
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_place
from roster.ingest.work.occupations import look_of
from roster.ingest.work.period_words import NOW
from roster.ingest.work.periods import DatedSpan, find_periods

LONG_LINE = 130
MOST_ABOVE = 3
_BULLET = re.compile(r"^\s*(?:[•▪●◦‣➢➤►▶✓✔■□○◆❖⁃∙*·{§→»>]|[-–—]\s|o\s+(?=[A-Z]))")
_SENTENCE = re.compile(r"[a-zà-ÿ0-9)]{3}[.;:]$")
_NOW_ALONE = re.compile(rf"\W*(?:{NOW})\W*")
_NOW_IN_BRACKETS = re.compile(rf"\(\W*(?:{NOW})\)\s*$")
_EDGE = " ([{•●▪·–—-:|,;⏎\t"
_EDGE_AFTER = " )]}.–—-:|,;⏎\t"


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that belong together, and the date among them."""

    lines: tuple[Line, ...]
    dated: Line
    span: DatedSpan
    group: tuple[Line, ...] = ()
    """Lines that head this and the entries after it: an employer with several titles."""


def is_bullet(line: Line) -> bool:
    """Whether a line is an item of a list."""
    return _BULLET.match(line.text) is not None


def is_running(line: Line) -> bool:
    """Whether a line is running text or an item of a list rather than part of a head."""
    text = line.text.strip()
    first = next((letter for letter in text if letter.isalpha()), "")
    return (
        is_bullet(line)
        or len(text) > LONG_LINE
        or (first.islower() and len(text) > 30 and not text[:1].isdigit())
        or (_SENTENCE.search(text) is not None and len(text.split()) > 6)
    )


def mark_of(line: Line, language: str | None) -> DatedSpan | None:
    """Return the span of time that begins an entry: alone on its line, or at one of its edges."""
    bullet = is_bullet(line)
    for span in find_periods(line.text[:400], language):
        if _is_mark(line, span, bullet):
            return span
    return _only_now(line)


def _only_now(line: Line) -> DatedSpan | None:
    """Return what goes on where a line says only that, its dates being lost: "(now)"."""
    if len(line.text) > LONG_LINE:
        return None
    low = plain(line.text)
    found = _NOW_ALONE.fullmatch(low) or _NOW_IN_BRACKETS.search(low)
    return DatedSpan(found.start(), found.end(), Period(ongoing=True)) if found else None


def _is_mark(line: Line, span: DatedSpan, bullet: bool) -> bool:
    before = _bare(line.text[: span.start]).lstrip(_EDGE)
    after = line.text[span.end :].strip(_EDGE_AFTER)
    period = span.period
    is_range = period.ongoing or period.start != period.end
    if bullet and not is_range:
        return False
    if not before:
        return is_range or _stands_apart(line.text[span.end :]) or not after
    if _is_one_cell(line, span):
        return is_range or len(line.text) < 140
    if not after or len(after) < 3:
        return (is_range and len(before) < 160) or (_stands_off(line.text[: span.start], before))
    if is_range and len(before) < 120 and len(line.text) < 220:
        return bool(re.search(r"[(\[|,:–—•\t-]\s*$|\s{2}$", line.text[: span.start]))
    return False


def _bare(text: str) -> str:
    return _BULLET.sub("", text)


def _stands_apart(after: str) -> bool:
    """Whether what follows a single date is set off from it: "2014: Adviser", "2014 Adviser"."""
    words = after.lstrip()
    return len(words) < 160 and bool(re.match(r"\s*[:|–—)•-]|,?\s+[A-ZÀ-ÞΑ-ΩА-Я]", after))


def _stands_off(text: str, before: str) -> bool:
    """Whether a single date ends a line and is set off: "Adviser (2014)", "Adviser | 2014"."""
    return len(before) < 80 and bool(re.search(r"[(\[|,–—•\t-]\s*$|\s{2,}$", text))


def _is_one_cell(line: Line, span: DatedSpan) -> bool:
    """Whether the date fills a cell of its row."""
    if len(line.cells) < 2:
        return False
    at = line.start + span.start
    for cell in line.cells:
        if cell.start <= at < cell.end:
            return len(cell.text) <= (span.end - span.start) + 4
    return False


def entries_of(lines: Sequence[Line], language: str | None) -> list[Entry]:
    """Return the dated entries of some lines, in order; lines before the first may head it."""
    marks = [(at, span) for at, line in enumerate(lines) if (span := mark_of(line, language))]
    if not marks:
        return []
    marks = _without_inner(lines, marks)
    above = _above(lines, [at for at, _ in marks], language)
    bounds = [at - high for (at, _), high in zip(marks, above, strict=True)]
    ends = [*bounds[1:], len(lines)]
    entries: list[Entry] = []
    for number, (at, span) in enumerate(marks):
        group = _group(lines, bounds[number], marks[number - 1][0] + 1 if number else 0)
        body = tuple(lines[bounds[number] : ends[number]])
        entries.append(Entry(body, lines[at], span, group))
    return entries


def _without_inner(
    lines: Sequence[Line], marks: list[tuple[int, DatedSpan]]
) -> list[tuple[int, DatedSpan]]:
    """Leave out dated items inside an entry where entries themselves are printed otherwise."""
    plain_marks = [mark for mark in marks if not is_bullet(lines[mark[0]])]
    if not plain_marks or len(plain_marks) == len(marks):
        return marks
    if marks[0] not in plain_marks:
        return marks
    return plain_marks


def _above(lines: Sequence[Line], marks: Sequence[int], language: str | None) -> list[int]:
    """Count for each date the header lines that stand above it."""
    heights = []
    for number, at in enumerate(marks):
        floor = marks[number - 1] + 1 if number else 0
        heights.append(_height(lines, floor, at, language))
    first = heights[0]
    if not first or marks[0] > MOST_ABOVE + 1:
        return [0] * len(marks)
    rest = heights[1:]
    if _dates_open_blocks(lines, marks):
        return [0] * len(marks)
    if rest and sum(height == 0 for height in rest) * 3 >= len(rest):
        return [0] * len(marks)
    counts = Counter(rest)
    common = max(counts, key=lambda height: (counts[height], height)) if rest else first
    usual = min(first, max(common, 1))
    tops = [min(height, usual) for height in heights]
    if any(look_of(line.text.strip()).is_body for line in lines[marks[0] - first : marks[0]]):
        tops = [
            top + 1 if top < height and look_of(lines[at - top - 1].text.strip()).is_body else top
            for top, height, at in zip(tops, heights, marks, strict=True)
        ]
    return tops


def _dates_open_blocks(lines: Sequence[Line], marks: Sequence[int]) -> bool:
    """Whether a blank line stands above most dates and none below them."""
    inner = [at for at in marks if at + 1 < len(lines)]
    opening = [at for at in inner if lines[at].apart and not lines[at + 1].apart]
    return len(opening) * 2 > len(marks)


def _height(lines: Sequence[Line], floor: int, at: int, language: str | None) -> int:
    """Count the lines right above a date that could head its entry."""
    high = 0
    while high < MOST_ABOVE and at - high - 1 >= floor:
        line = lines[at - high - 1]
        if is_running(line) or (high and floor and is_place(line.text.strip(), language)):
            break
        high += 1
        if line.apart and not lines[at - high + 1].apart:
            above = lines[at - high - 1] if at - high - 1 >= floor else None
            if high > 1 or above is None or not _complete_each_other(above, line):
                break
    return high


def _complete_each_other(above: Line, line: Line) -> bool:
    """Whether one line is a title and the other an employer, so that a gap does not part them."""
    first, second = look_of(above.text.strip()), look_of(line.text.strip())
    if is_running(above) or find_periods(above.text):
        return False
    return (first.is_title and second.is_body) or (first.is_body and second.is_title)


def _group(lines: Sequence[Line], start: int, floor: int) -> tuple[Line, ...]:
    """Return the header lines that stand above an entry and belong to none."""
    group: list[Line] = []
    at = start - 1
    while at >= floor and len(group) < 2 and not is_running(lines[at]):
        group.insert(0, lines[at])
        if lines[at].apart:
            break
        at -= 1
    return tuple(group)
