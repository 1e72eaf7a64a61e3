"""Courses taken and given, and publications: one per line or clause of their sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Piece
from roster.ingest.work.periods import find_periods, read_period
from roster.read import Publication, Training
from roster.vocabulary import FactKind

_BETWEEN_ITEMS = re.compile(r" ; |; | ⏎ ")
_EDGES = " ,;:.–—-|"
LEAST_LETTERS = 8
LONG_WITHOUT_YEAR = 40


def read_trainings(sheet: Sheet) -> None:
    """Note down courses taken, courses given and publications."""
    for kind, given in ((SectionKind.TRAININGS, False), (SectionKind.TRAININGS_GIVEN, True)):
        for piece in _items(sheet, kind):
            note_training(sheet, piece, given=given)
    for piece in _items(sheet, SectionKind.PUBLICATIONS):
        if find_periods(piece.text) or len(piece.text) > LONG_WITHOUT_YEAR:
            year = read_period(piece.text)
            value = Publication(piece.text[:400])
            sheet.note(FactKind.PUBLICATION, value, piece, 0.8, period=year)


def note_training(sheet: Sheet, piece: Piece, *, given: bool) -> None:
    """Note down one course by its words."""
    period = read_period(piece.text, sheet.language)
    title = _title(piece.text, sheet.language)[:300]
    sheet.note(FactKind.TRAINING, Training(title, given), piece, 0.75, period=period)


def _title(words: str, language: str | None) -> str:
    """Return the name of a course without the dates around it; cells come one after the other."""
    spans = find_periods(words, language)
    if len(spans) == 1:
        before, after = words[: spans[0].start], words[spans[0].end :]
        if not any(map(str.isalnum, after)):
            words = before.rstrip(_EDGES + "(")
        elif not any(map(str.isalnum, before)):
            words = after.lstrip(_EDGES + ")")
    bare = ", ".join(cell.strip() for cell in words.replace("⏎", "|").split("|") if cell.strip())
    return bare or words


def _items(sheet: Sheet, kind: SectionKind) -> Iterator[Piece]:
    for line in sheet.pieces(kind):
        at = 0
        for edge in [*_BETWEEN_ITEMS.finditer(line.text), None]:
            item = line.within(at, edge.start() if edge else len(line.text))
            words = item.text.lstrip("•-–* ")
            item = item.within(len(item.text) - len(words), len(item.text))
            if len(item.text) > LEAST_LETTERS and any(letter.isalpha() for letter in item.text):
                yield item
            at = edge.end() if edge else at
