"""Dates and spans of time as CVs and letters print them, in the languages of the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from roster.dates import PartialDate, Period
from roster.ingest.plain import plain

LANGUAGES = ("en", "fr", "es", "pt", "de", "it")

_MORE_MONTHS = {
    "en": {"sept": 9, "jan": 1, "june": 6, "july": 7},
    "fr": {"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "jun": 6, "jui": 7},
    "es": {"sept": 9, "set": 9, "setiembre": 9, "ene": 1, "dic": 12, "ago": 8},
    "pt": {"fev": 2, "abr": 4, "set": 9, "out": 10, "dez": 12, "ago": 8},
    "de": {"jan": 1, "feb": 2, "mrz": 3, "maerz": 3, "sept": 9, "okt": 10, "dez": 12},
    "it": {"genn": 1, "gen": 1, "sett": 9, "set": 9, "ott": 10, "dic": 12},
    "ro": {"ian": 1, "sept": 9, "iul": 7, "iun": 6, "mart": 3},
}
_NOW = (
    r"present(?:e)?(?: day)?|to date|current(?:ly)?|now|today|ongoing|in progress|till date|"
    r"a ce jour|ce jour|aujourd'hui|maintenant|en cours|actuel(?:lement)?|"
    r"(?:la )?actualidad|(?:a )?la fecha|actual(?:mente|idade)?|presente|hoy|en curso|"
    r"atual(?:mente|idade)?|(?:ao |o )?(?:presente|momento)|hoje|em curso|a data|"
    r"in corso|oggi|ad oggi|attuale|attualmente|heute|jetzt|laufend|gegenwart(?:ig)?|andauernd|"
    r"prezent|in prezent|obecnie|dosud|nyni|heden|nu|idag|danes|sada|danas|jelenleg|"
    r"настоящее время|н\.? ?в\.?|по сеи день|الان|حتى الان"
)
_SINCE = (
    r"since|depuis(?: le)?|desde(?: (?:el|o|a))?|seit(?: dem)?|dal(?:l')?|a partir d[eou]|din|od|"
    r"as of|ab|starting"
)
_UNTIL = r"until|till|up to|jusqu'(?:a|en|au)|hasta(?: el)?|ate(?: o)?|bis(?: zum)?|fino (?:a|al)"
_DASH = r"(?:-|->|→|\.\.|…|/)"
_TO = (
    r"(?:to|till|until|through|and|a|au|jusqu'(?:a|en|au)|al|hasta(?: el)?|ate(?: o)?|ao|"
    r"bis(?: zum)?|"
    r"fino (?:a|al)|pana in|do|tot|et le|y el|und|الى)"
)
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
    chosen = LANGUAGES if language is None else tuple(dict.fromkeys((language, "en")))
    names: dict[str, int] = {}
    for code in reversed(chosen):
        names |= _MORE_MONTHS.get(code, {})
        names |= {plain(name).strip(". "): month for month, name in _babel_months(code)}
    return {name: month for name, month in names.items() if len(name) > 2 and name.isalpha()}


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
    names = "|".join(sorted(map(re.escape, months(language)), key=len, reverse=True))
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
    low = plain(text)
    atoms = list(_atoms(low, language))
    found: list[DatedSpan] = []
    index = 0
    while index < len(atoms):
        span, used = _span(low, atoms, index)
        if span is not None:
            found.append(span)
        index += used
    return found


def read_period(text: str, language: str | None = None) -> Period | None:
    """Return the first span of time of a text; None where there is none."""
    found = find_periods(text, language)
    return found[0].period if found else None


def days_in(text: str) -> int | None:
    """Return a stated length in days ("45 wd", "2 x 3 semaines", "3 months"); None where none.

    A week counts 7 days and a month 30.
    """
    found = _DURATION.search(plain(text))
    if not found:
        return None
    unit = next(size for size, group in zip(_DAYS_IN, found.groups()[2:], strict=True) if group)
    return int(found.group(1) or 1) * int(found.group(2)) * unit


def _atoms(low: str, language: str | None) -> Iterator[_Atom]:
    names = months(language)
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
        atom = _Atom(found.start(), found.end(), year, month, day, weak="s8" in parts)
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
    if after is not None and _is_range(low[atom.end : after.start]):
        first = _completed(atom, after)
        if first.date is not None and after.date is not None:
            opening = _opening(low, atom.start)
            return DatedSpan(opening, after.end, Period(first.date, after.date)), 2
    if atom.date is None:
        return None, 1
    return _alone(low, atom), 1


def _is_range(gap: str) -> bool:
    return bool(re.fullmatch(rf"\s*\(?(?:{_DASH}|{_TO})\s*(?:le |el |o |the |il |den )?", gap))


def _completed(first: _Atom, last: _Atom) -> _Atom:
    """Give a date without year or month those of the date after it."""
    if first.year is not None:
        return first
    return replace(first, year=last.year)


def _opening(low: str, start: int) -> int:
    found = re.search(r"(?:\bfrom |\bdu |\bde |\bdesde |\bvom |\bvon |\bdal |\bdel )$", low[:start])
    return found.start() if found else start


def _alone(low: str, atom: _Atom) -> DatedSpan | None:
    head, tail = low[max(0, atom.start - 24) : atom.start], low[atom.end : atom.end + 40]
    date = atom.date
    now = re.match(rf"\s*(?:(?:{_DASH}|{_TO})\s*|[, ]+)?\(?(?:{_NOW})(?!\w)", tail)
    if now:
        return DatedSpan(atom.start, atom.end + now.end(), Period(date, None, ongoing=True))
    if atom.weak:
        return None
    partial = _left_partial(low, atom)
    if partial is not None:
        return partial
    lead = re.search(rf"(?<!\w)(?:{_SINCE}):? ?$", head)
    if lead:
        start = atom.start - len(head) + lead.start()
        return DatedSpan(start, atom.end, Period(date, None, ongoing=True))
    until = re.search(rf"(?<!\w)(?:{_UNTIL}):? ?$", head)
    if until:
        start = atom.start - len(head) + until.start()
        return DatedSpan(start, atom.end, Period(None, date))
    return _right_partial(low, atom)


def _left_partial(low: str, atom: _Atom) -> DatedSpan | None:
    """Read "1 to 12 March 2027" and "06-07/2019", of which the atom is the right part."""
    head = low[max(0, atom.start - 20) : atom.start]
    found = re.search(
        rf"(?<![\d./])(\d{{1,2}})(?:st|nd|rd|th|er|[.°ºª])?\s*(?:{_DASH}|{_TO})\s*$", head
    )
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
    found = re.match(r"\s*[-/]\s*(\d\d)(?![\d/.])(?! ?[a-z]{3})", low[atom.end : atom.end + 8])
    if found and atom.year is not None and atom.month is None:
        last = atom.year - atom.year % 100 + int(found.group(1))
        if atom.year < last < atom.year + 40:
            period = Period(date, PartialDate(last))
            return DatedSpan(atom.start, atom.end + found.end(), period)
    if re.match(r"\s*-\s*(?:$|[|)\]⏎])", low[atom.end :]):
        return DatedSpan(atom.start, atom.end, Period(date))
    return DatedSpan(atom.start, atom.end, Period(date, date))
