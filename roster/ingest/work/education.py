"""Degrees obtained, with their ISCED level, institution and dates, in any arrangement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from roster.dates import Period
from roster.ingest.forms.records import Record, block_records, table_records
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Line, Piece, parts_of, sentences_of
from roster.ingest.wording.plain import plain
from roster.ingest.work.degree_rows import DegreeEntry, Row, entries_of, rows_of, rows_of_prose
from roster.ingest.work.degrees import education_level, is_course, is_unfinished
from roster.ingest.work.periods import find_periods, read_period
from roster.ingest.work.trainings import note_training
from roster.read import Education
from roster.reference import countries
from roster.vocabulary import FactKind

SHORT_TITLE = 40
LONGEST_TITLE = 200
_LEVEL_NUMBER = re.compile(r"(?:eqf|isced|cec)\D{0,12}([3-8])\b|^([3-8])$")
_HOLDS = re.compile(
    r"(?<!\w)(?:holds?|holding|obtained|completed|earned|received|graduated|titulaire|obtenu|"
    r"diplomee? (?:de|d'|en)|posee|obtuv[eo]|titular|licenciad[oa]|graduad[oa]|obteve|obtive|"
    r"laureat[oa]|conseguito|erwarb|absolviert\w*|abgeschlossen|studiert\w*|promoviert\w*|"
    r"has an?|detient)(?!\w)"
)
_ELSEWHERE = (SectionKind.IDENTITY, SectionKind.PROFILE, SectionKind.OTHER)
"""Where degrees stand in a CV that has no section of its own for them."""


def read_education(sheet: Sheet, today: date) -> None:
    """Note down the degrees obtained by a day, and the courses that stand among them."""
    lines = sheet.lines(SectionKind.EDUCATION)
    records = [(record, line.piece) for record, line in table_records(lines)]
    if not records:
        records = [
            (record, sheet.slice(record.start, record.end))
            for record in block_records(lines, sheet.document.text)
            if record.get("degree")
        ]
    for record, where in records:
        _note_record(sheet, record, where, today)
    if not records:
        _read_lines(sheet, lines, today)


def _note_record(sheet: Sheet, record: Record, where: Piece, today: date) -> None:
    degree, institution = record.get("degree"), record.get("institution")
    if degree is None and institution is None:
        return
    dates = record.get("dates") or institution
    period = read_period(dates.text, sheet.language) if dates is not None else None
    first, last = record.get("from"), record.get("to")
    if first is not None or last is not None:
        words = " – ".join(parts_of(each)[-1].text for each in (first, last) if each is not None)
        period = read_period(words, sheet.language)
    level = education_level(degree.text) if degree is not None else None
    level = level or _stated_level(record.get("level"))
    title = _joined(degree, record.get("study"))
    _note(sheet, title, level, _bare(institution, sheet.language), where, period, today)


def _joined(degree: Piece | None, study: Piece | None) -> str | None:
    if degree is None:
        return None
    words = " ".join(degree.text.replace("⏎", ",").split())
    return f"{words}, {study.text}" if study is not None and len(words) < SHORT_TITLE else words


def _stated_level(piece: Piece | None) -> int | None:
    found = _LEVEL_NUMBER.search(plain(piece.text)) if piece is not None else None
    return int(found.group(1) or found.group(2)) if found else None


def _bare(words_of: Piece | None, language: str | None) -> str | None:
    """Return some words without the dates in brackets behind them."""
    if words_of is None:
        return None
    words = words_of.text
    for span in reversed(find_periods(words, language)):
        words = words[: span.start] + words[span.end :]
    words = " ".join(words.replace("⏎", " ").replace("|", " ").split())
    words = re.sub(r"\s(?:en|in|em|im|nel|au|de|of|from)$", "", words.rstrip(" ,.("))
    return re.sub(r"\(\s*\)", "", words).strip(" ,–-([:;|.") or None


def _read_lines(sheet: Sheet, lines: list[Line], today: date) -> None:
    """Read degrees out of free lines; what is dated and no degree is a course."""
    rows = rows_of(sheet, lines)
    entries = entries_of(sheet, rows)
    for entry in entries:
        _note_entry(sheet, entry, today)
    if not lines:
        elsewhere = rows_of(sheet, sheet.lines(*_ELSEWHERE))
        for entry in entries_of(sheet, [row for row in elsewhere if row.is_whole]):
            _note_entry(sheet, entry, today)
    if not any(fact.kind is FactKind.EDUCATION for fact in sheet.facts):
        entries = _read_prose(sheet, lines, today) or entries
    _note_courses(sheet, rows, [entry.where for entry in entries])
    if not entries:
        for piece, institution, period in _undegreed(sheet, lines):
            _note(sheet, None, None, institution, piece, period, today)


def _note_courses(sheet: Sheet, rows: list[Row], taken: list[Piece]) -> None:
    for row in rows:
        inside = any(where.start <= row.piece.start < where.end for where in taken)
        if row.span is not None and not inside and is_course(row.piece.text):
            note_training(sheet, row.piece, given=False)


def _read_prose(sheet: Sheet, lines: list[Line], today: date) -> list[DegreeEntry]:
    """Read degrees out of sentences: those on studies, else those that say what one holds."""
    sentences = [each for line in lines for each in sentences_of(line.piece)]
    if not any(education_level(each.text) for each in sentences):
        told = (each for piece in sheet.pieces(*_ELSEWHERE) for each in sentences_of(piece))
        sentences = [each for each in told if _HOLDS.search(plain(each.text))]
    entries = entries_of(sheet, rows_of_prose(sheet, sentences))
    for entry in entries:
        _note_entry(sheet, entry, today, told=True)
    return entries


def _undegreed(sheet: Sheet, lines: list[Line]) -> Iterator[tuple[Piece, str, Period | None]]:
    """Yield the places of study of a CV that names no degree known here."""
    for row in rows_of(sheet, lines):
        if row.institution is None or is_course(row.piece.text):
            continue
        name = _bare(row.institution, sheet.language)
        if name:
            yield row.piece, name, row.span.period if row.span else None


def _note_entry(sheet: Sheet, entry: DegreeEntry, today: date, *, told: bool = False) -> None:
    title = _bare(entry.degree, sheet.language)
    institution = _bare(entry.institution, sheet.language)
    title = title[:LONGEST_TITLE] if title else None
    _note(sheet, title, entry.level, institution, entry.where, entry.period, today, told=told)


def _note(
    sheet: Sheet,
    title: str | None,
    level: int | None,
    institution: str | None,
    where: Piece,
    period: Period | None,
    today: date,
    *,
    told: bool = False,
) -> None:
    period = period or Period()
    unfinished = period.ongoing or (period.end is not None and period.end.first_day > today)
    if unfinished or is_unfinished(where.text):
        return
    mentions = countries.find_countries(institution or "", sheet.language)
    country = next((each.code for each in mentions if each.kind in {"name", "city"}), None)
    value = Education(title, level, institution, country)
    confidence, doubt = _trust(value, period)
    if told and doubt is None:
        confidence, doubt = 0.75, "read in running text"
    sheet.note(FactKind.EDUCATION, value, where, confidence, period=period, doubt=doubt)


def _trust(value: Education, period: Period) -> tuple[float, str | None]:
    if value.level is None:
        return 0.6, "the level of the degree is not clear"
    if value.institution is None:
        return 0.7, "no institution is named"
    if period.start is None and period.end is None:
        return 0.75, "no year is named"
    return 0.9, None
