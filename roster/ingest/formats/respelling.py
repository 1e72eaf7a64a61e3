"""Dates respelt in the plainest way, with a map back to where each letter stood."""

from __future__ import annotations

import re
from collections.abc import Callable

from roster.ingest.wording.plain import plain
from roster.ingest.work.periods import months

_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:segunda|terca|quarta|quinta|sexta)"
    r"(?:-feira)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lunedi|martedi|mercoledi|giovedi|"
    r"venerdi|sabato|domenica"
)
_ARABIC = {
    "كانون الثاني": "january",
    "شباط": "february",
    "آذار": "march",
    "اذار": "march",
    "نيسان": "april",
    "أيار": "may",
    "ايار": "may",
    "حزيران": "june",
    "تموز": "july",
    "آب": "august",
    "أيلول": "september",
    "ايلول": "september",
    "تشرين الأول": "october",
    "تشرين الاول": "october",
    "تشرين الثاني": "november",
    "كانون الأول": "december",
    "كانون الاول": "december",
    "جانفي": "january",
    "فيفري": "february",
    "أفريل": "april",
    "افريل": "april",
    "ماي": "may",
    "جوان": "june",
    "جويلية": "july",
    "أوت": "august",
    "يناير": "january",
    "فبراير": "february",
    "مارس": "march",
    "أبريل": "april",
    "ابريل": "april",
    "إبريل": "april",
    "مايو": "may",
    "يونيو": "june",
    "يوليو": "july",
    "أغسطس": "august",
    "اغسطس": "august",
    "غشت": "august",
    "سبتمبر": "september",
    "شتنبر": "september",
    "أكتوبر": "october",
    "اكتوبر": "october",
    "نوفمبر": "november",
    "نونبر": "november",
    "ديسمبر": "december",
    "دجنبر": "december",
}
_MONTHS_ARABIC = {plain(name): month for name, month in _ARABIC.items()}
_ORDINALS = {"الاول": "first", "الثاني": "second", "الثالث": "third", "الرابع": "fourth"}
_PARTS = {"الربع": "quarter", "الفصل": "quarter", "النصف": "half"}
_PART = re.compile(
    rf"(?P<part>{'|'.join(_PARTS)}) (?P<order>{'|'.join(_ORDINALS)})"
    r"(?: من)?(?: شهر| عام| سنه| سنة| العام)*(?= )"
)
_AND = r"(?:et|y|e|ed|und|and|&|or|ou|o|oder|u)"
_BETWEEN = r"(?:between|entre|zwischen|tra|fra|بين)"

Step = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def respell(text: str, language: str | None) -> tuple[str, list[int]]:
    """Return a text in plain letters with its dates made plainer, and the map of offsets.

    Weekdays and articles before a day are left out, Arabic months are given in English, and the
    "and" of "between the 8th and the 19th of March" becomes a dash.

    Parameters
    ----------
    text : any length
    language : ISO 639-1 of the text, where known

    Returns
    -------
    words : the text respelt
    where : of length len(words) + 1; the offset in `text` of each of its letters and of its end
    """
    words, where = plain(text), list(range(len(text) + 1))
    for pattern, written in _steps(language):
        words, where = _applied(words, where, pattern, written)
    return words, where


def _applied(
    words: str, where: list[int], pattern: re.Pattern[str], written: Callable[[re.Match[str]], str]
) -> tuple[str, list[int]]:
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for found in pattern.finditer(words):
        new = written(found)
        parts += [words[at : found.start()], new]
        kept += where[at : found.start()] + [where[found.start()]] * len(new)
        at = found.end()
    parts.append(words[at:])
    kept += where[at:]
    return "".join(parts), kept


def _steps(language: str | None) -> list[Step]:
    names = "|".join(sorted(map(re.escape, months(language)), key=len, reverse=True))
    a_month = rf"(?:{names})(?!\w)"
    arabic = "|".join(sorted(map(re.escape, _MONTHS_ARABIC), key=len, reverse=True))
    steps: list[Step] = [
        (re.compile(r"[٠-٩]"), lambda found: str(int(found.group()))),
        (re.compile(rf"(?<!\w)(?:{_WEEKDAYS}),?\s+(?=(?:\w{{1,4}} )?\d)"), lambda _: ""),
        (
            re.compile(
                r"(?<!\w)(?:the|el|le|o|il|den|dem|les|los|os|dias?|days?|jours?|giorni|tagen) "
                r"(?=\d{1,2}(?!\d))"
            ),
            lambda _: "",
        ),
        (
            re.compile(rf"(?<=\d)(?:st|nd|rd|th)? {_AND} (?=\d{{1,2}}\D{{1,5}}{a_month})"),
            lambda _: "-",
        ),
        (
            re.compile(rf"(?<!\w)(?P<one>{names}) ?(?:{_AND}|/) ?(?:de |d')?(?={a_month})"),
            lambda found: f"{found['one']} - ",
        ),
        (
            re.compile(rf"(?<!\w)(?P<head>{_BETWEEN} \d{{1,2}}[^.;]{{1,25}}?) {_AND} (?=\d)"),
            lambda found: f"{found['head']} - ",
        ),
    ]
    if language == "ar":
        steps.append((re.compile(r"(?<=\d) و ?(?=\d)"), lambda _: "-"))
        steps.append((_PART, lambda it: f"{_ORDINALS[it['order']]} {_PARTS[it['part']]} of"))
        steps.insert(
            1,
            (
                re.compile(rf"(?<!\w)[وفبل]?(?:{arabic})(?!\w)"),
                lambda found: _month_of(found.group()),
            ),
        )
    return steps


def _month_of(word: str) -> str:
    return _MONTHS_ARABIC.get(word) or _MONTHS_ARABIC[word[1:]]
