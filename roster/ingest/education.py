"""Degrees obtained, with their ISCED level; trainings; publications."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from roster.dates import Period
from roster.ingest.headings import SectionKind
from roster.ingest.labels import find_label
from roster.ingest.lines import Line, Piece, parts_of
from roster.ingest.periods import find_periods, read_period
from roster.ingest.plain import plain
from roster.ingest.records import Record, block_records, table_records
from roster.ingest.sheet import Sheet
from roster.read import Education, Publication, Training
from roster.reference import countries
from roster.vocabulary import FactKind

LEVELS: tuple[tuple[int, str], ...] = (
    (
        8,
        r"ph\.? ?d\b|d\.?phil\b|doctor\w*|docteur|doutor\w*|doktor\w*|dottorat\w+|these de|"
        r"habilitation|llm? ?d\b|candidate? of sciences|кандидат",
    ),
    (
        7,
        r"master\w*|m\.?a\.?\b(?! ?tin)|m\.?sc\.?|mba|ll\.? ?m|maitrise|mestrado|mestre|magister|"
        r"magistrale|specialistica|diplom(?:-|ing|a de especial)|diplom(?:\b| in)|dess|dea\b|"
        r"d\.e\.a|d\.e\.s\.s|diplome d'etudes (?:approfondies|superieures)|ingenieur\w*|mpa\b|"
        r"mpp\b|"
        r"m\.?phil|postgraduate|post-?graduat\w+|posgrado|pos-?graduacao|specialist diploma|"
        r"staatsexamen|grande ecole|\bena\b|inspecteur d\w|eqf level 7|isced 7|m2\b|dottore",
    ),
    (
        6,
        r"bachelor\w*|b\.?a\.?\b|b\.?sc\b|b\.?eng|ll\.? ?b|licen[cs]e|licencia[dt]\w+|licent\w+|"
        r"laurea|"
        r"bacharel\w*|grado en|graduad[oa]|diplomatura|degree in|honours|eqf level 6|isced 6|"
        r"graduacao|diploma (?:de|en) |university degree|vordiplom",
    ),
    (
        5,
        r"dut\b|bts\b|deug|associate degree|higher national|tecnic[oa] superior|fachwirt|hnd\b|"
        r"short-cycle|foundation degree",
    ),
    (
        3,
        r"baccalaureat|bachillerato|abitur|matura|high school|secondary school|lycee|a-levels?|"
        r"maturita|liceo|gymnasium|ensino (?:medio|secundario)|leaving certificate|secondaire",
    ),
)
_LEVEL = tuple((level, re.compile(rf"(?<!\w)(?:{words})")) for level, words in LEVELS)
_INSTITUTION = re.compile(
    r"(?<!\w)(?:universit\w*|universidad\w*|hochschule|college|institut\w*|istituto|ecole|school|"
    r"escuela|escola|academ\w+|faculty|faculte|facultad|iford|insea|ena\w?\b|snspa|sciences po|"
    r"lycee|gymnasium|polytechn\w+|politecn\w+|school of|uni\b)"
)
LONGEST_NAME = 120
_NOT_OBTAINED = re.compile(
    r"en cours|sin finalizar|thesis|these de master|in progress|ongoing|not completed|inacheve|"
    r"interrupt|en curso|em curso|laufend|"
    r"in corso|abgebrochen|candidate for|expected|prevu"
)
_LEVEL_NUMBER = re.compile(r"(?:eqf|isced|cec)\D{0,12}([3-8])\b|^([3-8])$")


def education_level(text: str) -> int | None:
    """Return the ISCED 2011 level (3 to 8) that the words of a degree name; None where unclear."""
    low = plain(text)
    return next((level for level, words in _LEVEL if words.search(low)), None)


def read_education(sheet: Sheet, today: date) -> None:
    """Note down the degrees obtained by a day."""
    lines = sheet.lines(SectionKind.EDUCATION)
    records = [(record, line.piece) for record, line in table_records(lines)]
    if not records:
        records = [
            (record, sheet.slice(record.start, record.end))
            for record in block_records(lines, sheet.document.text)
            if record.get("degree")
        ]
    if records:
        for record, where in records:
            _note_record(sheet, record, where, today)
        return
    for group in _groups(lines, sheet.language):
        _note_lines(sheet, group, today)


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
    study = record.get("study")
    title = _joined(degree, study)
    _note(sheet, title, level, _bare(institution, sheet.language), where, period, today)


def _joined(degree: Piece | None, study: Piece | None) -> str | None:
    if degree is None:
        return None
    words = " ".join(degree.text.replace("⏎", ",").split())
    return f"{words}, {study.text}" if study is not None and len(words) < 40 else words


def _stated_level(piece: Piece | None) -> int | None:
    found = _LEVEL_NUMBER.search(plain(piece.text)) if piece is not None else None
    return int(found.group(1) or found.group(2)) if found else None


def _bare(institution: Piece | None, language: str | None) -> str | None:
    """Return an institution without the dates in brackets behind it."""
    if institution is None:
        return None
    words = institution.text
    for span in reversed(find_periods(words, language)):
        words = words[: span.start] + words[span.end :]
    words = " ".join(words.replace("⏎", " ").split())
    return words.replace("()", "").replace("( )", "").strip(" ,–-(") or None


def _groups(lines: list[Line], language: str | None) -> Iterator[list[Line]]:
    """Split free lines into entries: a date opens one, unless the entry has none yet."""
    group: list[Line] = []
    dated = False
    for line in lines:
        has_date = bool(find_periods(line.text, language))
        if group and ((has_date and dated) or (line.apart and dated)):
            yield group
            group, dated = [], False
        group.append(line)
        dated = dated or has_date
    if group:
        yield group


def _note_lines(sheet: Sheet, group: list[Line], today: date) -> None:
    where = sheet.slice(group[0].start, group[-1].end)
    tokens = [token for line in group for token in _tokens(line)]
    degree = next((each for each in tokens if education_level(each.text)), None)
    institution = next(
        (
            each
            for each in tokens
            if each is not degree
            and len(each.text) < LONGEST_NAME
            and not is_sentence(each.text)
            and _INSTITUTION.search(plain(each.text))
        ),
        None,
    )
    if degree is None:
        return
    level = education_level(degree.text)
    period = next((span.period for span in find_periods(where.text, sheet.language)), None)
    title = _bare(degree, sheet.language)
    _note(sheet, title, level, _bare(institution, sheet.language), where, period, today)


def is_sentence(text: str) -> bool:
    """Whether words are an item of a list or a sentence rather than a name."""
    return bool(re.match(r"\s*[•▪●○◦*{-]", text)) or (text.endswith(".") and len(text.split()) > 8)


def _tokens(line: Line) -> Iterator[Piece]:
    for cell in line.cells:
        at = 0
        for edge in [*re.finditer(r" [–—-] |, (?=[A-ZÀ-Ý\u0218])| ⏎ |; ", cell.text), None]:
            token = cell.within(at, edge.start() if edge else len(cell.text))
            if token.text and find_label(token.text) is None:
                yield token
            at = edge.end() if edge else at


def _note(
    sheet: Sheet,
    title: str | None,
    level: int | None,
    institution: str | None,
    where: Piece,
    period: Period | None,
    today: date,
) -> None:
    period = period or Period()
    unfinished = period.ongoing or (period.end is not None and period.end.first_day > today)
    if unfinished or _NOT_OBTAINED.search(plain(where.text)):
        return
    mentions = countries.find_countries(institution or "", sheet.language)
    country = next((each.code for each in mentions if each.kind in {"name", "city"}), None)
    value = Education(title, level, institution, country)
    doubt = None if level is not None else "the level of the degree is not clear"
    confidence = 0.9 if level and institution else 0.7
    sheet.note(FactKind.EDUCATION, value, where, confidence, period=period, doubt=doubt)


def read_trainings(sheet: Sheet) -> None:
    """Note down courses taken, courses given and publications, one per line or clause."""
    for kind, given in ((SectionKind.TRAININGS, False), (SectionKind.TRAININGS_GIVEN, True)):
        for piece in _items(sheet, kind):
            period = read_period(piece.text, sheet.language)
            sheet.note(
                FactKind.TRAINING, Training(piece.text[:300], given), piece, 0.75, period=period
            )
    for piece in _items(sheet, SectionKind.PUBLICATIONS):
        if find_periods(piece.text) or len(piece.text) > 40:
            year = read_period(piece.text)
            value = Publication(piece.text[:400])
            sheet.note(FactKind.PUBLICATION, value, piece, 0.8, period=year)


def _items(sheet: Sheet, kind: SectionKind) -> Iterator[Piece]:
    for line in sheet.pieces(kind):
        at = 0
        for edge in [*re.finditer(r" ; |; | ⏎ ", line.text), None]:
            item = line.within(at, edge.start() if edge else len(line.text))
            words = item.text.lstrip("•-–* ")
            item = item.within(len(item.text) - len(words), len(item.text))
            if len(item.text) > 8 and any(letter.isalpha() for letter in item.text):
                yield item
            at = edge.end() if edge else at
