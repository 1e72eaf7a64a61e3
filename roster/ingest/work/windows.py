"""When an activity is wanted, as letters say it: days, halves of months, quarters, weeks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from roster.ingest.formats.respelling import respell
from roster.ingest.work.periods import find_periods, months

_FIRST = (
    r"1(?:st|ere?|[ºª°.]{1,2}o?)|i\b|first|premiere?|primer[ao]?|primeir[ao]|erste[nr]?|prim[ao]"
)
_SECOND = (
    r"2(?:nd|e|eme|nde?|[ºª°.]{1,2}o?)|ii\b|2d|second|deuxieme|seconde|segund[ao]|"
    r"zweite[nr]?|seconda"
)
_ORDER = (
    (1, _FIRST),
    (2, _SECOND),
    (
        3,
        r"3(?:rd|e|eme|[ºª°.]{1,2}o?)|iii\b|third|troisieme|tercer[ao]?|terceir[ao]|dritte[nr]?|"
        r"terz[ao]",
    ),
    (4, r"4(?:th|e|eme|[ºª°.]{1,2}o?)|iv\b|fourth|quatrieme|cuart[ao]|quart[ao]|vierte[nr]?"),
    (-1, r"last|derniere?|ultim[ao]|letzte[nr]?"),
)
_HALF = r"(?:half|fortnight|quinzaine|moitie|quincena|mitad|quinzena|metade|halfte|quindicina|meta)"
_WEEK = r"(?:week|semaine|semana|woche|settimana)"
_QUARTER = r"(?:quarter|trimestre|trimester|quartal)"
_SEMESTER = r"(?:semester|semestre|halbjahr|half(?: of the year)?|moitie|mitad|metade|halfte|meta)"
_OF = r"(?: of| de| du| d[eo]l?| des| di| do| im| in| the| mes| mois|,)*\s*"
_EARLY = (
    r"(?:early|beginning of|start of|debut(?: du mois de)?|principios de|comienzos de|"
    r"inicios? de|inicio de|anfang|inizio(?: di)?)"
)
_MID = r"(?:mid|middle of|mi|mediados de|meados de|mitte|meta(?: di)?)"
_LATE = (
    r"(?:late|end of|fin(?: du mois de)?|finales de|fines de|finais de|fim de|ende|fine(?: di)?)"
)
_WEEK_OF = (
    r"(?:week of|week beginning|semaine du|semana del?|semana de|woche (?:vom|ab dem)|"
    r"settimana del)"
)

_FROM_ON = re.compile(
    r"(?<!\w)(?:not (?:start |begin |be possible )?before|no (?:earlier|sooner) than|(?:start|"
    r"begin)\w* before|"
    r"(?:starting|beginning|commencing)(?: (?:in|on|from))?|as (?:of|from)|from|after|"
    r"a (?:partir|compter) d\w+|des(?: le)?|pas avant|au plus tot(?: en| le)?|apres|"
    r"a partir d\w+|desde|no antes d\w+|despues d\w+|nao antes d\w+|depois d\w+|apos|"
    r"ab(?: dem)?|nicht vor(?: dem)?|fruhestens(?: im| am| ab)?|a partire da\w*|dal|non prima d\w+|"
    r"dopo|اعتبارا من|ابتداء من|بدءا من|ليس قبل)"
    r"(?: (?:the|le|el|o|il|dem|mois|mes|month|early|beginning|first day|of|de|d'|del|do|debut|"
    r"inicio|inicios))*(?:'| d')?\s*$"
)
"""What stands before a date from which on, without an end."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days found in a text: offsets, end excluded; both days included."""

    start: int
    end: int
    first: date
    last: date | None
    """None where only the first day is said: "from April 2027 on"."""
    exact: bool
    """Whether days were given; else a part of a month or year."""


def find_windows(text: str, language: str | None = None) -> list[Window]:
    """Return the stretches of days that a text names, in order.

    Parameters
    ----------
    text : any length
    language : ISO 639-1 of the text, where known
    """
    low, where = respell(text, language)
    names = months(language)
    vague = _parts_of_months(low, names) + _parts_of_years(low) + _american(low, names)
    vague = [replace(one, last=None) if _is_open(low, one.start) else one for one in vague]
    found = [*vague, *_dated(low, language, vague)]
    placed = [
        replace(one, start=where[one.start], end=where[one.end - 1] + 1)
        for one in found
        if one.end > one.start
    ]
    return sorted(placed, key=lambda window: window.start)


_MOST_AHEAD = 11
"""Months after a letter in which a date without a year is meant to lie."""


def find_yearless(text: str, language: str | None, after: date) -> list[Window]:
    """Return spans of days that name a month and no year, the next after a day: "14 to 25 May".

    Parameters
    ----------
    text : any length
    language : ISO 639-1 of the text, where known
    after : the day on which it was written
    """
    low, where = respell(text, language)
    names = months(language)
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    day = r"(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?"
    to = r"\s*(?:-|to|and|until|through|au|et|al|ao|a|e|y|bis|und)\s*(?:the |le |el |o |il |zum )?"
    pattern = (
        rf"(?<![\d./-]){day}{to}{day}(?: of| de| d')?\s+({month})(?!\w)"
        rf"(?!\.?,?\s*(?:of |de |del |do )?\d{{4}})"
    )
    found = []
    for one in re.finditer(pattern, low):
        span = _next_span(int(one[1]), int(one[2]), names[one[3]], after)
        if span is not None:
            start, end = where[one.start()], where[one.end() - 1] + 1
            found.append(Window(start, end, *span, exact=True))
    return found


def _next_span(first: int, last: int, month: int, after: date) -> tuple[date, date] | None:
    """Return the days of a month, this year or next, as soon as they lie after a day."""
    for year in (after.year, after.year + 1):
        longest = calendar.monthrange(year, month)[1]
        if not 1 <= first <= last <= longest:
            return None
        begin = date(year, month, first)
        ahead = (begin.year - after.year) * 12 + begin.month - after.month
        if begin >= after and ahead <= _MOST_AHEAD:
            return begin, date(year, month, last)
    return None


def _dated(low: str, language: str | None, taken: list[Window]) -> Iterator[Window]:
    """Yield the dates and spans of dates that are not part of a vaguer one."""
    for span in find_periods(low, language):
        first, last = span.period.start, span.period.end
        if first is None or first.precision == "year":
            continue
        if any(_touch(span.start, span.end, window) for window in taken):
            continue
        begin = first.first_day
        if last is None or (first == last and _is_open(low, span.start)):
            yield Window(span.start, span.end, begin, None, first.day is not None)
            continue
        finish = last.last_day
        week = re.search(rf"{_WEEK_OF}\s*$", low[: span.start])
        if week and first.day and first == last:
            finish = begin + timedelta(days=4)
        if begin <= finish:
            yield Window(span.start, span.end, begin, finish, first.day is not None)


def _is_open(low: str, start: int) -> bool:
    return bool(_FROM_ON.search(low[max(0, start - 45) : start]))


def _american(low: str, names: dict[str, int]) -> list[Window]:
    """Return "March 8-19, 2027" and "March 8 to 19, 2027"."""
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = (
        rf"(?<!\w)(?P<month>{month})\.? (?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s*"
        rf"(?:-|to|and|through|until)\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>20\d\d)"
    )
    found: list[Window] = []
    for match in re.finditer(pattern, low):
        year, at = int(match["year"]), names[match["month"]]
        days = int(match["first"]), int(match["last"])
        if 1 <= days[0] <= days[1] <= calendar.monthrange(year, at)[1]:
            begin, finish = (date(year, at, day) for day in days)
            found.append(Window(match.start(), match.end(), begin, finish, exact=True))
    return found


def _touch(start: int, end: int, window: Window) -> bool:
    return start < window.end and window.start < end


def _parts_of_months(low: str, names: dict[str, int]) -> list[Window]:
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    tail = rf"{_OF}(?P<month>{month})\.?(?: de| del| of|,)? (?P<year>20\d\d)"
    found: list[Window] = []
    for number, order in _ORDER:
        for unit, days in ((_HALF, None), (_WEEK, 7)):
            pattern = rf"(?<!\w)(?:{order}) {unit}{tail}"
            for match in re.finditer(pattern, low):
                year, at = int(match["year"]), names[match["month"]]
                first, last = _days(number, days, year, at)
                found += [_part(match, year, at, first, last)]
    for pattern, (first, last) in ((_EARLY, (1, 10)), (_MID, (11, 20)), (_LATE, (21, 31))):
        found += [
            _part(match, int(match["year"]), names[match["month"]], first, last)
            for match in re.finditer(rf"(?<!\w){pattern}[ -]{tail}", low)
        ]
    return found


def _days(number: int, days: int | None, year: int, month: int) -> tuple[int, int]:
    length = calendar.monthrange(year, month)[1]
    if days is None:
        return (1, 15) if number == 1 else (16, length)
    if number == -1:
        return length - days + 1, length
    return (number - 1) * days + 1, number * days


def _part(match: re.Match[str], year: int, month: int, first: int, last: int) -> Window:
    length = calendar.monthrange(year, month)[1]
    begin, finish = date(year, month, min(first, length)), date(year, month, min(last, length))
    return Window(match.start(), match.end(), begin, finish, exact=False)


def _parts_of_years(low: str) -> list[Window]:
    found: list[Window] = []
    for number, order in _ORDER:
        if number < 0:
            continue
        for unit, length in ((_QUARTER, 3), (_SEMESTER, 6)):
            if number * length > 12:
                continue
            found += [
                _of_year(match, int(match["year"]), number, length)
                for match in re.finditer(rf"(?<!\w)(?:{order}) {unit}{_OF}(?P<year>20\d\d)", low)
            ]
    found += [
        _of_year(match, int(match["year"]), int(match["n"]), 3)
        for match in re.finditer(r"(?<!\w)[qt](?P<n>[1-4])[ /-]?(?P<year>20\d\d)", low)
    ]
    for pattern, number in ((_EARLY, 1), (_LATE, 4)):
        found += [
            _of_year(match, int(match["year"]), number, 3)
            for match in re.finditer(rf"(?<!\w){pattern}{_OF}(?P<year>20\d\d)", low)
        ]
    return found


def _of_year(match: re.Match[str], year: int, number: int, length: int) -> Window:
    last = min(12, number * length)
    first = last - length + 1
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Window(match.start(), match.end(), date(year, first, 1), end, exact=False)
