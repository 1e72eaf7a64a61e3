"""Posts and courses of a LinkedIn profile as labelled rows, one record after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Protocol

from roster.ingest.formats.linkedin_words import DATES, LENGTH, STUDY
from roster.ingest.raw import Box, RawLine

LONG_PLACE = 70
SAME_SIZE = 0.25


class PrintedLine(Protocol):
    """What this module needs of a printed line."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def size(self) -> float:
        """Of its letters, in points."""

    @property
    def box(self) -> Box:
        """Where it stands."""

    @property
    def gap(self) -> float:
        """Blank above it."""

    def line(self, label: str = "", text: str | None = None, *, wraps: bool = False) -> RawLine:
        """Return it as a line of a form."""


def posts(found: Sequence[PrintedLine]) -> list[RawLine]:
    """Return a record for each title held; titles at one employer repeat its name."""
    marks = [at for at, line in enumerate(found) if at and DATES.match(line.text)]
    if not marks:
        return [line.line() for line in found]
    titles = [_title_start(found, at) for at in marks]
    employer: Sequence[PrintedLine] = ()
    lines: list[RawLine] = []
    begun = 0
    for number, (mark, title) in enumerate(zip(marks, titles, strict=True)):
        above = [line for line in found[begun:title] if not LENGTH.match(line.text)]
        named = _employer(above, found[title])
        if named:
            lines += _duties(above[: len(above) - len(named)])
            employer = named
        else:
            lines += _duties(above)
        lines += _record(found[title:mark], found[mark], employer)
        begun = mark + 1
        end = titles[number + 1] if number + 1 < len(titles) else len(found)
        if begun < end and _is_place(found, begun, end):
            lines.append(found[begun].line("Location"))
            begun += 1
    return [*lines, *_duties(found[begun:])]


def _title_start(found: Sequence[PrintedLine], mark: int) -> int:
    """Return where a title begins that may wrap over lines: letters of one size, no blank."""
    start = mark - 1
    size = found[start].size
    while start > 0 and abs(found[start - 1].size - size) < SAME_SIZE:
        line = found[start]
        if line.gap > 0.35 * line.size or LENGTH.match(found[start - 1].text):
            break
        if DATES.match(found[start - 1].text):
            break
        start -= 1
    return start


def _employer(above: Sequence[PrintedLine], title: PrintedLine) -> Sequence[PrintedLine]:
    """Return the last lines above a title that are set larger than it, or stand alone above it."""
    count = 0
    for line in reversed(above):
        if line.size < title.size + SAME_SIZE:
            break
        count += 1
        if line.gap > 0.6 * line.size:
            break
    return above[len(above) - count :]


def _record(
    title: Sequence[PrintedLine], mark: PrintedLine, employer: Sequence[PrintedLine]
) -> list[RawLine]:
    given = DATES.match(mark.text)
    dates = (given.group("dates") or given.group("single")) if given else mark.text
    lines = [RawLine(""), mark.line("Dates", dates)]
    lines += _labelled("Position", title)
    return lines + _labelled("Employer", employer)


def _labelled(label: str, found: Sequence[PrintedLine]) -> list[RawLine]:
    """Return one row over as many printed lines as it takes."""
    lines = [line.line(wraps=True) for line in found]
    if lines:
        lines[0] = replace(lines[0], text=f"{label} | {lines[0].text}")
        lines[-1] = replace(lines[-1], wraps=False)
    return lines


def _duties(found: Sequence[PrintedLine]) -> list[RawLine]:
    return _labelled("Description", found)


def _is_place(found: Sequence[PrintedLine], at: int, end: int) -> bool:
    """Whether the line under the dates is a place: short, no sentence, and followed by a blank."""
    line = found[at]
    words = line.text.strip()
    if len(words) > LONG_PLACE or words.endswith((".", ":", ";")) or not words[0].isalpha():
        return False
    if line.gap > 0.8 * line.size:
        return False
    last = at + 1 >= end
    usual = median(each.gap for each in found)
    return last or found[at + 1].gap > max(1.3 * usual, line.gap + 1) or "," in words


def courses(found: Sequence[PrintedLine]) -> list[RawLine]:
    """Return a record for each course: the school is set larger than the degree below it."""
    if not found:
        return []
    largest = max(line.size for line in found)
    groups: list[tuple[list[PrintedLine], list[PrintedLine]]] = []
    for line in found:
        if line.size > largest - SAME_SIZE:
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(line)
        elif groups:
            groups[-1][1].append(line)
    return [line for school, degree in groups for line in _course(school, degree)]


def _course(school: Sequence[PrintedLine], degree: Sequence[PrintedLine]) -> list[RawLine]:
    lines = [RawLine("")]
    whole = " ".join(line.text for line in degree)
    given = STUDY.match(whole)
    if given:
        lines.append(degree[-1].line("Dates", given.group("dates").replace("·", "").strip()))
    title = given.group("degree").strip(" ·•") if given else whole
    if title:
        lines.append(degree[0].line("Title of qualification awarded", title))
    return lines + _labelled("Institution", school)
