"""Entries of work as a CV prints them: labelled blocks, headed tables, or dated paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.dates import Period
from roster.ingest.forms.records import Record, block_records, is_labelled_block, table_records
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_place, without_place
from roster.ingest.work.degrees import education_level, institution_start
from roster.ingest.work.entries import Entry, entries_of, is_bullet, is_running
from roster.ingest.work.entry_heads import Head, open_title, read_head
from roster.ingest.work.occupations import is_part, look_of
from roster.ingest.work.periods import DatedSpan, days_in, find_periods, read_period

_OTHER_PEOPLE = re.compile(
    r"(?<!\w)(?:references?|reference person|referenc[ei]a|referenz\w*|"
    r"persona di riferimento)(?!\w)|"
    r"tel\.?:|tel\.? ?\+|telephone|@|phone|contact person|supervis"
)
_STREET = re.compile(
    r"(?<!\w)(?:via|viale|piazza|corso|largo|rue|avenue|av\.?|boulevard|bd|street|st\.|road|square|"
    r"calle|plaza|paseo|rua|praca|avenida|largo|\w*stra(?:ss|ß)e|\w*str\.|\w*platz|\w*allee|ulica|ul\.|"
    r"str\.|p\.?o\.? ?box|b\.?p\.?|\d{4,6})(?!\w)|\d+\s*$"
)


_OF_WORK = frozenset({SectionKind.POSTS, SectionKind.MISSIONS, SectionKind.PRESENT})
_WITHOUT_HEADING = (SectionKind.IDENTITY, SectionKind.PROFILE, SectionKind.OTHER)


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
    sure: bool = False
    """Whether title and employer each look like one, where no form named them."""
    inherited: bool = False
    """Whether the employer stands above several titles."""
    prose: bool = False
    """Whether a sentence tells it."""


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
    return _paragraphs(sheet, lines, grouped=SectionKind.MISSIONS not in kinds)


def _of_record(sheet: Sheet, record: Record) -> Iterator[Stay]:
    dates = record.get("dates", "year")
    if dates is None and record.get("from", "to") is None:
        return
    where = sheet.slice(record.start, record.end)
    title = _first_part(record.get("position"))
    employer = _first_part(record.get("employer", "unit"))
    if title is not None and employer is None:
        title, employer = open_title(title)
    place = record.get("place", "employer_address")
    if employer is not None:
        employer, address = _without_address(employer, sheet.language)
        place = place or address or _place_below(record.get("employer"), sheet.language)
    for period in _periods_of(record, dates, sheet.language):
        yield Stay(
            where=where,
            period=period,
            title=title,
            employer=employer,
            place=place,
            duties=record.get("description"),
            client=_first_part(record.get("client")),
            project=_first_part(record.get("project")),
            country=record.get("country"),
            days=_stated_days(record),
        )


def _without_address(employer: Piece, language: str | None) -> tuple[Piece, Piece | None]:
    """Part an employer from the address that a form asks for beside its name."""
    for comma in re.finditer(r",", employer.text):
        after = plain(employer.text[comma.end() :].partition(",")[0])
        if comma.start() > 2 and _STREET.search(after):
            name = employer.within(0, comma.start())
            return name, employer.within(comma.end(), len(employer.text))
    return without_place(employer, language)


def _place_below(employer: Piece | None, language: str | None) -> Piece | None:
    """Return the place printed below the name of an employer."""
    parts = parts_of(employer)[1:] if employer is not None else []
    return next((part for part in parts if is_place(part.text, language)), None)


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


def _paragraphs(sheet: Sheet, lines: Sequence[Line], *, grouped: bool = True) -> list[Stay]:
    """Read dated entries without labels, in the arrangement that most of them show.

    `grouped` says that an employer may stand above several titles, as it does of posts.
    """
    entries = entries_of(lines, sheet.language)
    if not entries:
        return []
    heads = [read_head(sheet, entry) for entry in entries]
    order = sum(head.order for head in heads)
    if order < 0:
        heads = [read_head(sheet, entry, order=-1) for entry in entries]
    stays = [_stay(sheet, entry, head) for entry, head in zip(entries, heads, strict=True)]
    return _with_employers_above(entries, stays) if grouped else stays


def unheaded_stays(sheet: Sheet) -> list[Stay]:
    """Return the entries that show title, employer and time where no heading says "work"."""
    if any(section.kind in _OF_WORK for section in sheet.sections):
        return []
    lines = [
        line
        for line in sheet.lines(*_WITHOUT_HEADING)
        if not _is_of_studies(line) and (is_bullet(line) or not is_running(line))
    ]
    return [
        stay
        for stay in _paragraphs(sheet, lines)
        if stay.sure and (stay.period.ongoing or stay.period.start != stay.period.end)
    ]


def _is_of_studies(line: Line) -> bool:
    return education_level(line.text) is not None and institution_start(line.text) is not None


def undated_stay(sheet: Sheet) -> Stay | None:
    """Return the first entry of the work of a CV that dates none; None where it shows none."""
    lines = sheet.lines(SectionKind.POSTS)[:4]
    if not lines:
        return None
    entry = Entry(tuple(lines), lines[0], DatedSpan(0, 0, Period()))
    head = read_head(sheet, entry)
    if head.title is None or not look_of(head.title.text).is_title:
        return None
    return _stay(sheet, entry, head)


def _stay(sheet: Sheet, entry: Entry, head: Head) -> Stay:
    return Stay(
        where=sheet.slice(entry.lines[0].start, entry.lines[-1].end),
        period=entry.span.period,
        title=head.title,
        employer=head.employer,
        place=head.place,
        duties=head.duties,
        days=days_in(entry.dated.text),
        labelled=False,
        sure=head.sure,
    )


def _with_employers_above(entries: Sequence[Entry], stays: Sequence[Stay]) -> list[Stay]:
    """Give several titles at one employer the employer that heads them all."""
    kept: list[Stay] = []
    group: Piece | None = None
    umbrella: Stay | None = None
    for entry, stay in zip(entries, stays, strict=True):
        group = _employer_in(entry.group, first=not kept) or group
        part = stay.employer is None or (group is not None and is_part(stay.employer.text))
        above = group or (umbrella.employer if umbrella is not None else None)
        if stay.title is not None and part and above is not None:
            if umbrella is not None and umbrella.title is None and umbrella in kept:
                kept.remove(umbrella)
            stay.employer, stay.inherited = above, True
        elif stay.employer is not None:
            group = None
            alike = stay.title is None or _is_next_alike(stay, stays)
            umbrella = stay if alike else None
        kept.append(stay)
    return kept


def _employer_in(group: Sequence[Line], *, first: bool) -> Piece | None:
    """Return the employer that a heading over several entries names; it stands apart."""
    for line in group:
        if (first or line.apart) and look_of(line.text.strip()).is_body:
            return line.piece.within(0, len(line.text))
    return None


def _is_next_alike(stay: Stay, stays: Sequence[Stay]) -> bool:
    """Whether the entry after this one has a title, no employer, and ends where this one starts."""
    if stay.employer is None or stay.title is None or not look_of(stay.employer.text).is_body:
        return False
    if stay.employer.start > stay.title.start:
        return False
    after = next((each for each in stays if each.where.start > stay.where.start), None)
    if after is None or after.employer is not None or after.title is None:
        return False
    start, end = stay.period.start, after.period.end
    return start is not None and end is not None and abs(start.year - end.year) <= 1
