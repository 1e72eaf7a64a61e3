"""Entries of work as a CV prints them: labelled blocks, headed tables, or dated paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.dates import Period
from roster.ingest.headings import SectionKind
from roster.ingest.labels import find_label
from roster.ingest.lines import Line, Piece, parts_of
from roster.ingest.periods import DatedSpan, days_in, find_periods, read_period
from roster.ingest.plain import plain
from roster.ingest.records import Record, block_records, is_labelled_block, table_records
from roster.ingest.sheet import Sheet
from roster.ingest.wording import is_employer, is_place, is_title, without_place

MOST_HEADER_LINES = 4
LONG_LINE = 130
MOST_OF_A_DASH = 4
_BULLET = re.compile(r"^\s*[•▪●◦‣➢✓■□○*·o–-]\s+")
_OTHER_PEOPLE = re.compile(
    r"reference|referen[ct]|tel\.?:|tel\.? ?\+|telephone|@|phone|contact person|supervis"
)
_SPLIT = re.compile(r"\s+[–—|•·]\s+|\s-\s|\s/\s(?=[A-ZÀ-Ý])|(?<=\S)\s{2,}")


@dataclass(slots=True)
class Stay:
    """Some time spent somewhere at some work."""

    where: Piece
    """The whole entry."""
    period: Period
    title: Piece | None = None
    employer: Piece | None = None
    place: Piece | None = None
    duties: Piece | None = None
    client: Piece | None = None
    project: Piece | None = None
    country: Piece | None = None
    days: int | None = None
    labelled: bool = True
    """Whether the form named each part; else it was told from its words and place."""


def read_stays(sheet: Sheet, *kinds: SectionKind) -> list[Stay]:
    """Return the entries of some sections in the order of the document."""
    lines = sheet.lines(*kinds)
    if is_labelled_block(lines):
        records = block_records(lines, sheet.document.text)
        return [stay for record in records for stay in _of_record(sheet, record)]
    rows = table_records(lines)
    if rows:
        tabled = {line.start for _, line in rows}
        rest = [line for line in lines if line.start not in tabled and len(line.cells) < 2]
        stays = [stay for record, _ in rows for stay in _of_record(sheet, record)]
        return sorted([*stays, *_paragraphs(sheet, rest)], key=lambda stay: stay.where.start)
    return _paragraphs(sheet, lines)


def _of_record(sheet: Sheet, record: Record) -> Iterator[Stay]:
    dates = record.get("dates", "year")
    if dates is None and record.get("from", "to") is None:
        return
    where = sheet.slice(record.start, record.end)
    for period in _periods_of(record, dates, sheet.language):
        yield Stay(
            where=where,
            period=period,
            title=_first_part(record.get("position")),
            employer=_first_part(record.get("employer")),
            place=record.get("place", "employer_address"),
            duties=record.get("description"),
            client=_first_part(record.get("client")),
            project=_first_part(record.get("project")),
            country=record.get("country"),
            days=_stated_days(record),
        )


def _stated_days(record: Record) -> int | None:
    texts = [piece.text for name in ("dates", "year", "description") if (piece := record.get(name))]
    return next((days for text in texts if (days := days_in(text))), None)


def _first_part(piece: Piece | None) -> Piece | None:
    if piece is None:
        return None
    for part in parts_of(piece):
        if not _OTHER_PEOPLE.search(plain(part.text)):
            return part
    return None


def _periods_of(record: Record, dates: Piece | None, language: str | None) -> list[Period]:
    if dates is not None:
        found = [span.period for span in find_periods(dates.text, language)]
        return found or [Period()]
    first, last = record.get("from"), record.get("to")
    words = f"{_last(first)} – {_last(last)}"
    return [read_period(words, language) or Period()]


def _last(piece: Piece | None) -> str:
    return parts_of(piece)[-1].text if piece is not None and piece.text else ""


def _paragraphs(sheet: Sheet, lines: Sequence[Line]) -> list[Stay]:
    """Read dated entries without labels; each begins at, or a few lines above, its dates."""
    marks = [(at, span) for at, line in enumerate(lines) if (span := _mark(line, sheet.language))]
    if not marks:
        return []
    above = _lines_above(lines, [at for at, _ in marks])
    starts = [
        max(at - above, marks[number - 1][0] + 1 if number else 0)
        for number, (at, _) in enumerate(marks)
    ]
    ends = [*starts[1:], len(lines)]
    return [
        _entry(sheet, list(lines[start:end]), lines[at], span)
        for start, end, (at, span) in zip(starts, ends, marks, strict=True)
    ]


def _mark(line: Line, language: str | None) -> DatedSpan | None:
    """Return the span of time that begins an entry: alone on its line, or at one of its edges."""
    if _BULLET.match(line.text) and len(line.text) > 60:
        return None
    spans = find_periods(line.text, language)
    for span in spans:
        before = line.text[: span.start].strip(" ([•–-:|,;")
        after = line.text[span.end :].strip(" )].–-:|,;")
        is_range = span.period.ongoing or span.period.start != span.period.end
        if not before and (is_range or len(line.text) < 200):
            return span
        if not after and (is_range or len(line.text) < 80) and len(before) < 120:
            return span
        if is_range and len(line.text) < 140 and "|" in line.text:
            return span
    return None


def _lines_above(lines: Sequence[Line], marks: Sequence[int]) -> int:
    """Count the header lines that stand above the dates, as the first entry shows them."""
    first = marks[0]
    above = [line for line in lines[:first] if not _BULLET.match(line.text)]
    if not 1 <= first <= 3 or len(above) != first:
        return 0
    return first if all(len(line.text) < LONG_LINE for line in above) else 0


def _entry(sheet: Sheet, lines: list[Line], dated: Line, span: DatedSpan) -> Stay:
    where = sheet.slice(lines[0].start, lines[-1].end)
    header, duties = _header_and_duties(lines, dated)
    tokens = [token for line in header for token in _tokens(line, dated, span)]
    title, employer, place = _sorted_out(_rejoined(sheet, tokens), sheet.language)
    return Stay(
        where=where,
        period=span.period,
        title=title,
        employer=employer,
        place=place,
        duties=sheet.slice(duties[0].start, duties[-1].end) if duties else None,
        days=days_in(dated.text),
        labelled=False,
    )


def _header_and_duties(lines: list[Line], dated: Line) -> tuple[list[Line], list[Line]]:
    header: list[Line] = []
    for at, line in enumerate(lines):
        is_text = (
            _BULLET.match(line.text)
            or len(line.text) > LONG_LINE
            or (line.text.rstrip().endswith(".") and len(line.text) > 60)
        )
        passed = line.start > dated.start
        full = len(header) >= MOST_HEADER_LINES
        if (is_text or full or (passed and line.apart and len(header) > 2)) and line is not dated:
            return header, lines[at:]
        header.append(line)
    return header, []


def _tokens(line: Line, dated: Line, span: DatedSpan) -> list[Piece]:
    """Return the parts of a header line, without its dates."""
    stretches = [line.piece]
    if line is dated:
        stretches = [line.piece.within(0, span.start), line.piece.within(span.end, len(line.text))]
    tokens: list[Piece] = []
    for stretch in stretches:
        at = 0
        for edge in [*_SPLIT.finditer(stretch.text), None]:
            token = stretch.within(at, edge.start() if edge else len(stretch.text))
            token = token.within(*_inside_brackets(token.text))
            if len(token.text) > 1 and not re.fullmatch(r"[\W\d_]+", token.text):
                tokens.append(token)
            at = edge.end() if edge else len(stretch.text)
    return tokens


def _inside_brackets(text: str) -> tuple[int, int]:
    start = (
        1 if text[:1] in "([" and text.count("(") == text.count(")") and text[-1:] in ")]" else 0
    )
    return start, len(text) - start


def _sorted_out(
    tokens: list[Piece], language: str | None
) -> tuple[Piece | None, Piece | None, Piece | None]:
    """Tell title, employer and place apart by their words, else by their order."""
    tokens = [token for token in tokens if find_label(token.text) is None]
    places = [token for token in tokens if is_place(token.text, language)]
    rest = [token for token in tokens if token not in places]
    if len(rest) == 1 and "," in rest[0].text and not is_employer(rest[0].text.split(",")[0]):
        rest = _split_at_comma(rest[0])
    employer = next((token for token in rest if is_employer(token.text)), None)
    title = next((token for token in rest if token is not employer and is_title(token.text)), None)
    left = [token for token in rest if token not in (title, employer)]
    if title is None and left:
        title = left.pop(0)
    if employer is None and left:
        employer = left.pop(0)
    if (
        title is not None
        and employer is None
        and is_employer(title.text)
        and not is_title(title.text)
    ):
        title, employer = None, title
    place = places[0] if places else None
    if place is None and employer is not None:
        employer, place = without_place(employer, language)
    return title, employer, place


def _rejoined(sheet: Sheet, tokens: list[Piece]) -> list[Piece]:
    """Join "Ministry - Department" again, which a dash had split."""
    joined: list[Piece] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if (
            last is not None
            and token.start - last.end <= MOST_OF_A_DASH
            and is_employer(last.text)
            and is_employer(token.text)
            and "|" not in sheet.document.text[last.end : token.start]
        ):
            joined[-1] = sheet.slice(last.start, token.end)
        else:
            joined.append(token)
    return joined


def _split_at_comma(token: Piece) -> list[Piece]:
    at = token.text.index(",")
    return [token.within(0, at), token.within(at + 1, len(token.text))]
