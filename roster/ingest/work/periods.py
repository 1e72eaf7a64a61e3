"""Dates and spans of time as CVs and letters print them, in the languages of the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from roster.dates import PartialDate, Period
from roster.ingest.wording.plain import plain
from roster.ingest.work.period_words import (
    DASH,
    DIGITS,
    MORE_MONTHS,
    NOW,
    SEASONS,
    SINCE,
    SINCE_AFTER,
    TO,
    UNTIL,
    WORDS_IN_ENGLISH,
)

LANGUAGES = ("en", "fr", "es", "pt", "de", "it")
_MORE_LANGUAGES = "ro nl pl cs sk sl hr sr bg uk ru el hu fi et lv lt sv da nb tr mt ca ar"
_ALL_LANGUAGES = (*LANGUAGES, *_MORE_LANGUAGES.split())
"""Languages whose month names are known; the first win where one word is two months."""

_RANGE = re.compile(
    rf"\.?\s*[(\]]?(?:(?:{DASH}|{TO}):?\s*){{1,2}}(?:le |el |o |the |il |den |l'|[(\[])?"
)
_NEIGHBOURS = re.compile(r"\s*[|⏎]\s*")
_OPENING = re.compile(rf"(?:\b(?:from|du|de|vom|von|dal|del|van|fra|{SINCE}):? )$")
_UNTIL_NOW = re.compile(rf"\.?\s*(?:(?:{DASH}|{TO}):?\s*|[, |⏎]+){{0,2}}[(\[]?(?:{NOW})(?!\w)")
_LEAD = re.compile(rf"(?<!\w)(?:{SINCE}):? ?$")
_TRAIL = re.compile(rf"\s?(?:{SINCE_AFTER})(?!\w)")
_LAST = re.compile(rf"(?<!\w)(?:{UNTIL}):? ?$")
_LEFT_NUMBER = re.compile(
    rf"(?<![\d./])(\d{{1,2}})(?:st|nd|rd|th|er|[.°ºª])?\s*(?:{DASH}|{TO})\s*$"
)
_SHORT_END = re.compile(r"\s*[-/]\s*(\d\d)(?![\d/.])(?! ?[a-z]{3})")
_MONTHS_INSIDE = re.compile(
    rf"\s*\(\s*([^\W\d]{{3,12}})\.?\s*(?:{DASH}|{TO})\s*([^\W\d]{{3,12}})\.?\s*\)"
)
_OPEN_END = re.compile(r"\s*-\s*(?:$|[|)\]⏎\n:])")
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_DURATION = re.compile(
    r"(?:(\d{1,2}) ?[x×] ?)?(\d{1,3})[ -]?"
    r"(?:(w(?:orking )?d(?:ays?)?|wd|days?|h/j|hommes?[- /]jours?|jours?(?: ouvr\w+)?|j\b|dias?|"
    r"d\b|"
    r"tage?n?|giorni|zile|person[- ]days)|(weeks?|semaines?|semanas?|wochen?|settiman[ea]|sapt\w*)|"
    r"(months?|mois|mes(?:es)?|monate?n?|mesi|luni))\b"
)
_DAYS_IN = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """A span of time found in a text: offsets, end excluded, and what it means."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weak: bool = False
    """Counts beside another date only."""

    @property
    def date(self) -> PartialDate | None:
        if self.year is None:
            return None
        try:
            return PartialDate(self.year, self.month, self.day if self.month else None)
        except ValueError:
            return None


@lru_cache(maxsize=32)
def months(language: str | None) -> dict[str, int]:
    """Return month names and their abbreviations, plain, of a language and English.

    Parameters
    ----------
    language : ISO 639-1; None stands for all of `LANGUAGES`
    """
    if language is None:
        return _month_names(LANGUAGES)
    return _month_names(tuple(dict.fromkeys((language, "en"))))


@lru_cache(maxsize=32)
def _any_months(language: str | None) -> dict[str, int]:
    """Return month names of every language known; those of the language of the text win."""
    own = months(language)
    others = {
        name: month
        for name, month in _month_names(_ALL_LANGUAGES).items()
        if name not in WORDS_IN_ENGLISH or language is None
    }
    return others | own


def _month_names(chosen: tuple[str, ...]) -> dict[str, int]:
    names: dict[str, int] = {}
    for code in reversed(chosen):
        names |= {plain(name): month for name, month in MORE_MONTHS.get(code, {}).items()}
        names |= {plain(name).strip(". "): month for month, name in _babel_months(code)}
    return {
        name: month
        for name, month in names.items()
        if len(name) > 1 and name.replace(" ", "").isalpha() and (len(name) > 2 or name > "z")
    }


def _babel_months(code: str) -> Iterator[tuple[int, str]]:
    try:
        known = Locale.parse(code).months
    except (UnknownLocaleError, ValueError):
        return
    for form in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            yield from known[form][width].items()


@lru_cache(maxsize=32)
def _pattern(language: str | None) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _any_months(language)), key=len, reverse=True))
    month = rf"(?P<{{0}}>(?<![^\W\d_])(?:{names})(?![^\W\d_]))\.?"
    of = r"(?: ?de[l]? | of | ?[,/.'’-] ?| )"
    return re.compile(
        rf"(?<![\d/.-])(?P<y1>{_YEAR})[-/.](?P<m1>0[1-9]|1[0-2])[-/.](?P<d1>[0-3]\d)(?!\d)"
        rf"|(?<![\d/])(?P<d2>[0-3]?\d)(?P<x2>[./-]) ?(?P<m2>[01]?\d)(?P=x2) ?(?P<y2>{_YEAR})(?!\d)"
        rf"|(?<![\d/])(?P<d3>[0-3]?\d)(?:st|nd|rd|th|er|[ºª°.])?{of}{month.format('n3')}"
        rf"(?:,?{of}(?P<y3>{_YEAR})(?!\d))?"
        rf"|{month.format('n4')} (?P<d4>[0-3]?\d)(?:st|nd|rd|th)?,? (?P<y4>{_YEAR})(?!\d)"
        rf"|{month.format('n5')}{of}?(?:(?P<y5>{_YEAR})(?!\d)|(?P<s5>(?<=['’/ -])\d\d)(?![\d/.]))"
        rf"|(?<![\d/.])(?P<m6>0?[1-9]|1[0-2]) ?[./-] ?(?P<y6>{_YEAR})(?!\d)"
        rf"|(?<![\d/.])(?P<y7>{_YEAR})[-/.](?P<m7>0[1-9]|1[0-2])(?![\d])"
        rf"|(?<![\d/.])(?P<m8>0[1-9]|1[0-2])/(?P<s8>\d\d)(?![\d/.])"
        rf"|(?<![\d/.])(?P<y11>{_YEAR})[ ,.]{{1,2}}{month.format('n11')}"
        rf"(?=\s*(?:-|to\b|:|,|\)|\||/|$))(?!\s*{_YEAR}(?!\d))"
        rf"|(?<![\w])(?:{SEASONS})(?: of| de| del)?[ /]?(?P<y12>{_YEAR})(?![\d/])"
        rf"|(?<![\w'])'(?P<s13>\d\d)(?![\w'])"
        rf"|{month.format('n9')}(?![\w])"
        rf"|(?<![\d/.,№])(?P<y10>{_YEAR})(?![\d]|[.,]\d)"
    )


def find_periods(text: str, language: str | None = None) -> list[DatedSpan]:
    """Return every date and span of time in a text, in order, without overlap.

    A single date is a period that starts and ends with it; "since 2016" and "2016 to date" are
    ongoing. Month names are read in the language given and in English.

    Parameters
    ----------
    text : any length
    language : ISO 639-1; None reads the month names of all of `LANGUAGES`
    """
    if not any(letter.isdigit() for letter in text):
        return []
    return list(_found(text, language))


@lru_cache(maxsize=512)
def _found(text: str, language: str | None) -> tuple[DatedSpan, ...]:
    low = plain(text).translate(DIGITS)
    atoms = list(_atoms(low, language))
    found: list[DatedSpan] = []
    index = 0
    while index < len(atoms):
        span, used = _span(low, atoms, index)
        if span is not None:
            found.append(span)
        index += used
    return tuple(found)


def read_period(text: str, language: str | None = None) -> Period | None:
    """Return the first span of time of a text; None where there is none."""
    found = find_periods(text, language)
    return found[0].period if found else None


def days_in(text: str) -> int | None:
    """Return a stated length in days ("45 wd", "2 x 3 semaines", "3 months"); None where none.

    A week counts 7 days and a month 30.
    """
    found = _DURATION.search(plain(text).translate(DIGITS))
    if not found:
        return None
    unit = next(size for size, group in zip(_DAYS_IN, found.groups()[2:], strict=True) if group)
    return int(found.group(1) or 1) * int(found.group(2)) * unit


def _atoms(low: str, language: str | None) -> Iterator[_Atom]:
    names = _any_months(language)
    for found in _pattern(language).finditer(low):
        parts = {key: value for key, value in found.groupdict().items() if value}
        by_kind = {key[0]: value for key, value in parts.items()}
        month = names[by_kind["n"]] if "n" in by_kind else _number(by_kind.get("m"))
        year = _number(by_kind.get("y")) or _short_year(by_kind.get("s"))
        day = _number(by_kind.get("d"))
        if "m2" in parts and month is not None and month > 12 and day is not None:
            month, day = day, month
        if "y7" in parts and year is not None and _is_year_pair(year, month):
            yield _Atom(found.start(), found.start() + 4, year)
            continue
        atom = _Atom(
            found.start(), found.end(), year, month, day, weak="s8" in parts or "s13" in parts
        )
        if year is None or atom.date is not None:
            yield atom


def _is_year_pair(year: int, month: int | None) -> bool:
    """Whether "2011-12" means two years rather than December."""
    return month is not None and month == (year + 1) % 100


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _short_year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _span(low: str, atoms: list[_Atom], index: int) -> tuple[DatedSpan | None, int]:
    """Read the span that starts with one atom; also how many atoms it takes."""
    atom = atoms[index]
    after = atoms[index + 1] if index + 1 < len(atoms) else None
    gap = low[atom.end : after.start] if after is not None else ""
    if after is not None and (_is_range(gap) or _is_pair(atom, gap, after)):
        first = _completed(atom, after)
        if first.date is not None and after.date is not None:
            opening = _opening(low, atom.start)
            return DatedSpan(opening, after.end, Period(first.date, after.date)), 2
    if atom.date is None:
        return None, 1
    return _alone(low, atom), 1


def _is_range(gap: str) -> bool:
    return _RANGE.fullmatch(gap) is not None


def _is_pair(first: _Atom, gap: str, last: _Atom) -> bool:
    """Whether two dates in neighbouring cells or lines are the ends of one span."""
    if not _NEIGHBOURS.fullmatch(gap) or first.date is None or last.date is None:
        return False
    return first.date < last.date and first.date.precision == last.date.precision


def _completed(first: _Atom, last: _Atom) -> _Atom:
    """Give a date without year or month those of the date after it."""
    if first.year is not None:
        return first
    return replace(first, year=last.year)


def _opening(low: str, start: int) -> int:
    begin = max(0, start - 16)
    found = _OPENING.search(low[begin:start])
    return begin + found.start() if found else start


def _alone(low: str, atom: _Atom) -> DatedSpan | None:
    head, tail = low[max(0, atom.start - 24) : atom.start], low[atom.end : atom.end + 40]
    date = atom.date
    now = _UNTIL_NOW.match(tail)
    if now:
        opening = _opening(low, atom.start)
        return DatedSpan(opening, atom.end + now.end(), Period(date, None, ongoing=True))
    if atom.weak:
        return None
    partial = _left_partial(low, atom)
    if partial is not None:
        return partial
    since = _since(atom, head, tail)
    if since is not None:
        return since
    until = _LAST.search(head)
    if until:
        start = atom.start - len(head) + until.start()
        return DatedSpan(start, atom.end, Period(None, date))
    return _right_partial(low, atom)


def _since(atom: _Atom, head: str, tail: str) -> DatedSpan | None:
    """Read "since 2016" and "2016 onwards"."""
    period = Period(atom.date, None, ongoing=True)
    lead = _LEAD.search(head)
    if lead:
        return DatedSpan(atom.start - len(head) + lead.start(), atom.end, period)
    after = _TRAIL.match(tail)
    return DatedSpan(atom.start, atom.end + after.end(), period) if after else None


def _left_partial(low: str, atom: _Atom) -> DatedSpan | None:
    """Read "1 to 12 March 2027" and "06-07/2019", of which the atom is the right part."""
    head = low[max(0, atom.start - 20) : atom.start]
    found = _LEFT_NUMBER.search(head)
    if not found or atom.month is None or atom.year is None or atom.date is None:
        return None
    number = int(found.group(1))
    try:
        first = (
            PartialDate(atom.year, atom.month, number)
            if atom.day is not None
            else PartialDate(atom.year, number)
        )
    except ValueError:
        return None
    if first > atom.date:
        return None
    start = _opening(low, atom.start - len(head) + found.start())
    return DatedSpan(start, atom.end, Period(first, atom.date))


def _right_partial(low: str, atom: _Atom) -> DatedSpan:
    """Read "2011 - 12" of which the atom is the left part; else the date alone."""
    date = atom.date
    inner = _MONTHS_INSIDE.match(low[atom.end : atom.end + 40]) if atom.month is None else None
    if inner and atom.year is not None:
        names = _any_months(None)
        first, last = names.get(inner.group(1)), names.get(inner.group(2))
        if first is not None and last is not None and first <= last:
            period = Period(PartialDate(atom.year, first), PartialDate(atom.year, last))
            return DatedSpan(atom.start, atom.end + inner.end(), period)
    found = _SHORT_END.match(low[atom.end : atom.end + 12])
    if found and atom.year is not None and atom.month is None:
        last = atom.year - atom.year % 100 + int(found.group(1))
        if atom.year < last < atom.year + 40:
            period = Period(date, PartialDate(last))
            return DatedSpan(atom.start, atom.end + found.end(), period)
    if _OPEN_END.match(low[atom.end : atom.end + 12]):
        return DatedSpan(atom.start, atom.end, Period(date))
    return DatedSpan(atom.start, atom.end, Period(date, date))
