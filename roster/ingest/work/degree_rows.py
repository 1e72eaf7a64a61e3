"""Lines of studies put together: which degree, from which institution, when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.dates import Period
from roster.ingest.sheet import Sheet
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.ingest.work.degrees import (
    degree_start,
    education_level,
    institution_start,
    is_thesis,
)
from roster.ingest.work.periods import DatedSpan, find_periods

LONGEST_NAME = 140
SHORT_DEGREE = 28
NEAR = 3
SCHOOL = 3
"""ISCED level of a school leaving certificate, which the name of the school often stands for."""
_BETWEEN = re.compile(r" [–—-] |, (?=[^\W\d_a-zà-ÿ])| ⏎ |; | \| |\t|\s{3,}|: (?=[^\W\d_a-zà-ÿ])")
_BETWEEN_DEGREES = re.compile(r";\s+|\s*⏎\s*")
_BETWEEN_CLAUSES = re.compile(
    r",?\s+(?:puis|then|followed by|luego|despu[eé]s|depois|poi|danach|sowie)\s+|"
    r",?\s+(?:and|et|y|e|und|ed)\s+(?=(?:an?|the|une?|el|la|le|o|um|uma|einen?|un[ao]?)\s)|;\s+"
)
_AT = re.compile(
    r"\s+(?:at|from|by|an der|a[ou]?x?|de l'|presso(?: l[ao'])?|por|pel[ao]|en|in|dell[ao'])"
    r"(?: the| la| l'| el| o)?\s*$"
)
_MINOR = re.compile(r"(?:facult|facolt|facultad|faculdad|fakult|depart|dipart|school of|факульт)")
_OPENS_OF = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’&-]*\s+(?:(?:of|de|of the|and|et)\s+)?)+$")


@dataclass(slots=True)
class Row:
    """A line of studies, or a part of one, and what it names."""

    piece: Piece
    apart: bool
    level: int | None = None
    degree: Piece | None = None
    institution: Piece | None = None
    span: DatedSpan | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it names degree, institution and date by itself."""
        return None not in (self.level, self.institution, self.span)


@dataclass(slots=True)
class DegreeEntry:
    """One degree with what stands beside, above or below it."""

    degree: Piece
    level: int
    institution: Piece | None
    period: Period | None
    where: Piece


def rows_of(sheet: Sheet, lines: Sequence[Line]) -> list[Row]:
    """Return the rows of a section of studies: its lines, cut where one holds several degrees."""
    return [_row(sheet, piece, apart) for line in lines for piece, apart in _pieces(line)]


def rows_of_prose(sheet: Sheet, sentences: Sequence[Piece]) -> list[Row]:
    """Return the rows of sentences: one for each clause that tells of a degree."""
    rows: list[Row] = []
    for sentence in sentences:
        clauses = _clauses(sentence)
        rows += [_told(sheet, clause, apart=not number) for number, clause in enumerate(clauses)]
    return rows


def _clauses(sentence: Piece) -> list[Piece]:
    at, clauses = 0, []
    for edge in [*_BETWEEN_CLAUSES.finditer(sentence.text), None]:
        clauses.append(sentence.within(at, edge.start() if edge else len(sentence.text)))
        at = edge.end() if edge else at
    whole = sum(education_level(clause.text) is not None for clause in clauses) < 2
    return [sentence] if whole else clauses


def _told(sheet: Sheet, clause: Piece, *, apart: bool) -> Row:
    row = Row(clause, apart, span=next(iter(find_periods(clause.text, sheet.language)), None))
    level = education_level(clause.text)
    if level is not None:
        told = clause.within(degree_start(clause.text, level), len(clause.text))
        row.level = level
        row.degree, row.institution = _opened(told, level)
    row.institution = row.institution or _institution(_tokens(clause))
    return row


def _pieces(line: Line) -> Iterator[tuple[Piece, bool]]:
    parts: list[Piece] = []
    at = 0
    for edge in [*_BETWEEN_DEGREES.finditer(line.text), None]:
        parts.append(line.piece.within(at, edge.start() if edge else len(line.text)))
        at = edge.end() if edge else at
    if sum(education_level(part.text) is not None for part in parts) < 2:
        parts = [line.piece]
    for number, part in enumerate(parts):
        yield part, line.apart and not number


def _row(sheet: Sheet, piece: Piece, apart: bool) -> Row:
    row = Row(piece, apart)
    row.span = next(iter(find_periods(piece.text, sheet.language)), None)
    if _is_running(piece.text):
        return row
    tokens = _tokens(piece)
    for number, token in enumerate(tokens):
        level = education_level(token.text)
        if level is not None and row.level is None and not is_thesis(token.text):
            row.level = level
            row.degree, row.institution = _opened(token, level)
            if len(row.degree.text) < SHORT_DEGREE and row.institution is None:
                row.degree = _with_subject(sheet, row.degree, tokens[number + 1 :])
    if row.institution is None:
        row.institution = _institution([each for each in tokens if not _holds(row.degree, each)])
    return row


def _holds(outer: Piece | None, inner: Piece) -> bool:
    return outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _is_running(text: str) -> bool:
    """Whether words are an item of a list or a sentence rather than the name of a degree."""
    bare = text.strip()
    words = len(bare.split())
    small = bare[:1].islower() and words > 10
    return small or words > 45 or (bare.endswith(".") and words > 14)


def _tokens(piece: Piece) -> list[Piece]:
    tokens: list[Piece] = []
    at = 0
    for edge in [*_BETWEEN.finditer(piece.text), None]:
        token = piece.within(at, edge.start() if edge else len(piece.text))
        if token.text and find_label(token.text) is None:
            tokens.append(token)
        at = edge.end() if edge else at
    return tokens


def _opened(token: Piece, level: int) -> tuple[Piece, Piece | None]:
    """Split words that hold both: "University of X Master of Laws", "Master of Laws at X"."""
    at, body = degree_start(token.text, level), institution_start(token.text)
    if body is None or len(token.text) > LONGEST_NAME:
        return token, None
    if body < at:
        name = token.within(0, at)
        return (token.within(at, len(token.text)), name) if len(name.text) > 4 else (token, None)
    opening = _OPENS_OF.search(token.text[:body])
    start = opening.start() if opening and opening.start() > at else body
    link = _AT.search(plain(token.text[:start]))
    if link is None or link.start() <= at:
        return token, None
    return token.within(0, link.start()), token.within(start, len(token.text))


def _with_subject(sheet: Sheet, degree: Piece, after: Sequence[Piece]) -> Piece:
    """Add what follows a short degree on its line: "Master, International Relations"."""
    for token in after[:1]:
        dated = find_periods(token.text, sheet.language)
        if institution_start(token.text) is None and not dated and token.end - degree.end < 60:
            return sheet.slice(degree.start, token.end)
    return degree


def _institution(tokens: Sequence[Piece]) -> Piece | None:
    """Return the place of study that some words name, a university before its faculty."""
    found = [
        token
        for token in tokens
        if len(token.text) < LONGEST_NAME
        and institution_start(token.text) is not None
        and not is_thesis(token.text)
        and not re.match(r"[•▪●○◦*{]", token.text)
    ]
    whole = [token for token in found if not _MINOR.search(plain(token.text))]
    return next(iter(whole or found), None)


def entries_of(sheet: Sheet, rows: Sequence[Row]) -> list[DegreeEntry]:
    """Return the degrees of some rows, each with the institution and the dates that are its own."""
    marks = [at for at, row in enumerate(rows) if row.level is not None]
    if not marks:
        return []
    above = _is_above(rows, marks)
    dates_first = _dates_first(rows, marks)
    tops = [_top(rows, marks, n, above=above, dates_first=dates_first) for n in range(len(marks))]
    entries: list[DegreeEntry] = []
    last: Piece | None = None
    for number, at in enumerate(marks):
        end = tops[number + 1] if number + 1 < len(marks) else len(rows)
        entry = _entry(sheet, rows, at, range(tops[number], end))
        if entry.institution is None and above and not rows[at].apart:
            entry.institution = last
        last = entry.institution
        entries.append(entry)
    return entries


def _is_above(rows: Sequence[Row], marks: Sequence[int]) -> bool:
    """Whether this CV prints the institution above the degree."""
    votes = 0
    for number, at in enumerate(marks):
        if rows[at].institution is not None:
            continue
        floor = marks[number - 1] + 1 if number else 0
        ceiling = marks[number + 1] if number + 1 < len(marks) else len(rows)
        high = any(rows[each].institution for each in _upwards(rows, at, floor))
        low = any(rows[each].institution for each in _downwards(rows, at, ceiling))
        votes += high - low
    first = marks[0]
    tie = any(rows[each].institution for each in _upwards(rows, first, 0))
    return votes > 0 or (votes == 0 and tie)


def _upwards(rows: Sequence[Row], at: int, floor: int) -> Iterator[int]:
    """Yield the rows above one, nearest first, up to a blank line."""
    while at > floor and not rows[at].apart:
        at -= 1
        yield at


def _downwards(rows: Sequence[Row], at: int, ceiling: int) -> Iterator[int]:
    """Yield the rows below one, nearest first, down to a blank line."""
    while at + 1 < ceiling and not rows[at + 1].apart:
        at += 1
        yield at


def _dates_first(rows: Sequence[Row], marks: Sequence[int]) -> bool:
    """Whether a date stands on a row of its own above the first degree."""
    first = marks[0]
    if rows[first].span is not None:
        return False
    return any(rows[each].span for each in range(max(0, first - NEAR), first))


def _top(
    rows: Sequence[Row], marks: Sequence[int], number: int, *, above: bool, dates_first: bool
) -> int:
    """Return the first row of an entry."""
    at = marks[number]
    floor = marks[number - 1] + 1 if number else 0
    top = at
    if above and rows[at].institution is None:
        found = (each for each in _upwards(rows, at, floor) if rows[each].institution)
        top = next(found, at)
    if dates_first:
        for each in range(at, max(floor, at - NEAR) - 1, -1):
            if rows[each].span is not None:
                return min(top, each)
    return top


def _entry(sheet: Sheet, rows: Sequence[Row], at: int, own: range) -> DegreeEntry:
    """Put one degree together out of the rows that are its own."""
    near = sorted(own, key=lambda each: (abs(each - at), each))
    body = next((each for each in near if rows[each].institution is not None), None)
    dated = rows[at].span
    day = at
    if dated is None:
        choices = [each for each in near if not is_thesis(rows[each].piece.text)]
        if body is not None and rows[body].span is not None:
            choices.insert(0, body)
        day = next((each for each in choices if rows[each].span is not None), at)
        dated = rows[day].span
    used = [at, day, *([body] if body is not None else [])]
    where = sheet.slice(rows[min(used)].piece.start, rows[max(used)].piece.end)
    row = rows[at]
    degree, level = row.degree, row.level
    if degree is None or level is None:
        raise AssertionError("an entry is built around a degree")
    institution = rows[body].institution if body is not None else None
    if institution is not None and level == SCHOOL and "universi" in plain(institution.text):
        institution = None
    if institution is None and level == SCHOOL:
        institution = _institution(_tokens(degree))
    return DegreeEntry(degree, level, institution, dated.period if dated else None, where)
