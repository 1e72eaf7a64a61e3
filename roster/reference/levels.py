"""The one table of language levels: CEFR values, words, numbers on a form's scale, certificates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference.folding import fold_script
from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer
from roster.vocabulary import LanguageLevel

STATED = "stated"
WORD = "word"
SCALE = "scale"

SPEAKING = "speaking"
_BY_STEP = (
    LanguageLevel.C1,
    LanguageLevel.B2,
    LanguageLevel.B1,
    LanguageLevel.A2,
    LanguageLevel.A1,
)
_CEFR = re.compile(
    r"(?<![^\W_])(?:([abc])[ \u00a0.-]?([12])(?:[.,][12])?|([авс])[ ]?([12]))"
    r"[ ]?(\+{1,2}|(?![^\W_]))",
    re.IGNORECASE,
)
_CYRILLIC = str.maketrans("авсАВС", "abcABC")
_NUMBER = re.compile(r"(?<![\d.,])([0-9])(?![\d]|[.,]\d)")
_IELTS = re.compile(r"\bIELTS\b\D{0,25}([4-9](?:[.,][05])?)\b", re.IGNORECASE)
_STANAG = re.compile(
    r"\b(?:STANAG(?: ?6001)?|SLP|SMR|NATO)\b\D{0,20}([0-4])(?:([0-4])([0-4])([0-4]))?\b",
    re.IGNORECASE,
)
_NO_LEVEL = re.compile(
    r"^\s*(?:no|none|nil|n/?a|-+|—|–|aucun\w*|ningun\w*|nenhum\w*|kein\w*|nessun\w*)?\s*$", re.I
)
_MOTHER = re.compile(r"\W*M\.? ?T\.?\W*|\W*mt\W*")
"""How forms shorten "mother tongue" in a cell."""
_HIGHEST = (
    r"highest|best|maxim\w+|top(?: level)?|(?:le )?plus (?:eleve|haut)|meilleure?|mas alt[oa]|"
    r"mejor|mais (?:alt[oa]|elevad[oa])|melhor|hochste\w*|beste\w*|massimo|piu alt[oa]|migliore"
)
_LOWEST = (
    r"lowest|worst|weakest|minim\w+|(?:le )?plus (?:bas|faible)|moins bon|mas baj[oa]|peor|"
    r"mais baix[oa]|pior|niedrigste\w*|schlechteste\w*|schwachste\w*|piu bass[oa]|peggiore"
)
_EXTREME = re.compile(
    rf"(?<!\w)(?P<number>\d{{1,2}})(?!\w)(?P<between>[^\d;]{{0,40}}?)(?<!\w)"
    rf"(?:(?P<high>{_HIGHEST})|(?P<low>{_LOWEST}))(?!\w)"
)
_ENDS = re.compile(r"(?<!\w)(\d{1,2})(?!\w)")
USUAL_ENDS = (1, 5)
"""Of a scale that names one of its ends only."""
_PHRASE_END = re.compile(r"\b(?:but|mais|pero|mas|aber|ma)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """A level as read: the value to rely on, what it rests on, and the words as printed."""

    level: LanguageLevel | None
    basis: str
    """One of "stated" (a CEFR value or certificate), "word" or "scale"."""
    stated: str


@dataclass(frozen=True, slots=True)
class Scale:
    """How a form counts: which number is the best and which the worst."""

    best: int
    worst: int

    def level_of(self, number: int) -> LanguageLevel | None:
        """Return the level of a number on the scale, or None outside it."""
        low, high = sorted((self.best, self.worst))
        if not low <= number <= high or low == high:
            return None
        share = abs(number - self.best) / (high - low)
        return _BY_STEP[min(4, int(share * 4 + 0.5))]


EU_SCALE = Scale(best=1, worst=5)
"""The scale of the EU external action CV: "1 - excellent; 5 - basic"."""


def read_level(text: str, language: str | None = None, scale: Scale | None = None) -> Level | None:
    """Read one level in a cell or phrase ("C 1", "courant", "DELF B2", "1").

    Parameters
    ----------
    text : the words about one language, without its name where possible
    language : ISO 639-1 the text is written in, where known; words of other languages then count
        only if this language has none
    scale : the form's scale; without it a bare number says nothing

    Returns
    -------
    level : None where the text says no level
        An explicit CEFR value wins over a certificate, that over a number on a scale, that over a
        word. The mother tongue wins over all.
    """
    stated = text.strip()
    if _NO_LEVEL.match(stated):
        return None
    if _MOTHER.fullmatch(stated):
        return Level(LanguageLevel.NATIVE, WORD, stated)
    word = _read_word(stated, language)
    if word and word.level is LanguageLevel.NATIVE:
        return word
    return _read_cefr(stated) or _read_certificate(stated) or _read_number(stated, scale) or word


def read_scale(sentence: str) -> Scale | None:
    """Read which way a form counts in its own explanation.

    Understands "(1 - excellent; 5 - basic)", "from 1 (basic) to 5 (excellent)", "1 = élémentaire,
    5 = excellent", "where 1 is the highest" and the like in the languages of the table.

    Returns
    -------
    scale : None where the sentence explains none
    """
    numbered: list[tuple[int, int]] = []
    for found in re.finditer(
        r"(?<!\d)(\d{1,2})(?!\d)\s*[-–—=:(.)]*\s*([^\W\d_][^\d;,)]*)", sentence
    ):
        level = _read_word(found.group(2), None)
        if level and level.level:
            numbered.append((int(found.group(1)), level.level.rank))
    if len(numbered) < 2:
        return _scale_by_words_alone(sentence) or _scale_by_extremes(sentence)
    best = max(numbered, key=lambda pair: pair[1])
    worst = min(numbered, key=lambda pair: pair[1])
    if best[1] == worst[1] or best[0] == worst[0]:
        return None
    return Scale(best=best[0], worst=worst[0])


def _scale_by_words_alone(sentence: str) -> Scale | None:
    """Read "excellent (1) … basic (5)": the number after its word."""
    numbered: list[tuple[int, int]] = []
    for found in re.finditer(r"([^\W\d_]+)\W{0,3}\(?\s*(\d)\s*\)?", sentence):
        level = _read_word(found.group(1), None)
        if level and level.level:
            numbered.append((int(found.group(2)), level.level.rank))
    if len({rank for _, rank in numbered}) < 2:
        return None
    best = max(numbered, key=lambda pair: pair[1])[0]
    worst = min(numbered, key=lambda pair: pair[1])[0]
    return Scale(best=best, worst=worst) if best != worst else None


def _scale_by_extremes(sentence: str) -> Scale | None:
    """Read "where 1 is the highest": one end named is enough, the other is printed or usual."""
    low = fold_script(sentence)
    ends = {int(found.group(1)) for found in _ENDS.finditer(low)}
    ends = ends if len(ends) > 1 else {*ends, *USUAL_ENDS}
    lowest, highest = min(ends), max(ends)
    for found in _EXTREME.finditer(low):
        number = int(found.group("number"))
        if number not in {lowest, highest} or highest - lowest > 10:
            continue
        other = highest if number == lowest else lowest
        return Scale(number, other) if found.group("high") else Scale(other, number)
    return None


def combine(skills: Mapping[str, LanguageLevel | None]) -> LanguageLevel | None:
    """Return the level to rely on out of those of several skills.

    Parameters
    ----------
    skills : "listening", "reading", "speaking", "writing" → level, None where not said

    Returns
    -------
    level : that of speaking, else the lowest one known, else None
    """
    speaking = skills.get(SPEAKING)
    if speaking is not None:
        return speaking
    known = [level for level in skills.values() if level is not None]
    return min(known, key=lambda level: level.rank) if known else None


def find_levels(text: str, language: str | None = None) -> list[tuple[int, int, Level]]:
    """Find CEFR values and level words in a text: offsets, end excluded, and the level."""
    found = [
        (one.start(), one.end(), Level(_cefr(one), STATED, one.group().strip()))
        for one in _CEFR.finditer(text)
    ]
    taken = [(start, end) for start, end, _ in found]
    for one in _words().find(text):
        level, languages = one.key
        if language and language not in languages and not _speaks(language):
            continue
        if not any(start < one.end and one.start < end for start, end in taken):
            found.append((one.start, one.end, Level(level, WORD, text[one.start : one.end])))
    return sorted(found, key=lambda item: item[:2])


def _read_cefr(text: str) -> Level | None:
    values = [_cefr(one) for one in _CEFR.finditer(text)]
    if not values:
        return None
    return Level(min(values, key=lambda level: level.rank), STATED, text)


def _cefr(found: re.Match[str]) -> LanguageLevel:
    letter = (found.group(1) or found.group(3)).translate(_CYRILLIC)
    return LanguageLevel(letter.upper() + (found.group(2) or found.group(4)))


def _read_certificate(text: str) -> Level | None:
    for one in _certificates().find(text):
        return Level(one.key, STATED, text)
    if found := _IELTS.search(text):
        return Level(_ielts(float(found.group(1).replace(",", "."))), STATED, text)
    if found := _STANAG.search(text):
        # Four digits stand for listening, speaking, reading and writing.
        return Level(_stanag(int(found.group(2) or found.group(1))), SCALE, text)
    return None


def _stanag(profile: int) -> LanguageLevel:
    steps = (
        LanguageLevel.A1,
        LanguageLevel.A2,
        LanguageLevel.B1,
        LanguageLevel.C1,
        LanguageLevel.C2,
    )
    return steps[profile]


def _ielts(score: float) -> LanguageLevel:
    floors = (
        (8.5, LanguageLevel.C2),
        (7.0, LanguageLevel.C1),
        (5.5, LanguageLevel.B2),
        (4.0, LanguageLevel.B1),
    )
    return next(level for floor, level in floors if score >= floor)


def _read_number(text: str, scale: Scale | None) -> Level | None:
    numbers = [int(one) for one in _NUMBER.findall(text)]
    if scale is None or not numbers:
        return None
    levels = [level for number in numbers if (level := scale.level_of(number))]
    if not levels:
        return None
    return Level(min(levels, key=lambda level: level.rank), SCALE, text)


def _read_word(text: str, language: str | None) -> Level | None:
    """Return the lowest of the words of a phrase; a mother tongue beats them all."""
    phrase = _PHRASE_END.split(text)[0] or text
    mentions = _words().find(phrase.replace(",", " ").replace("/", " "))
    own = [one for one in mentions if language in one.key[1]]
    levels = [one.key[0] for one in (own or mentions)]
    if not levels:
        return None
    if LanguageLevel.NATIVE in levels:
        return Level(LanguageLevel.NATIVE, WORD, text)
    return Level(min(levels, key=lambda level: level.rank), WORD, text)


def _speaks(language: str) -> bool:
    """Whether the table has words of a language."""
    return any(language in languages for _, languages in _table().values())


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[LanguageLevel, frozenset[str]]]:
    """Return each word, folded → its level and languages; the lower level where they differ."""
    words = cast("dict[str, dict[str, list[str]]]", load("levels")["words"])
    table: dict[str, tuple[LanguageLevel, frozenset[str]]] = {}
    for value, by_language in words.items():
        level = LanguageLevel(value)
        for language, phrases in by_language.items():
            for phrase in phrases:
                folded = fold_script(phrase)
                known, languages = table.get(folded, (level, frozenset[str]()))
                lower = min(known, level, key=lambda one: one.rank)
                table[folded] = (lower, languages | {language})
    return table


@lru_cache(maxsize=1)
def _words() -> Gazetteer[tuple[LanguageLevel, frozenset[str]]]:
    gazetteer: Gazetteer[tuple[LanguageLevel, frozenset[str]]] = Gazetteer()
    for folded, key in _table().items():
        gazetteer.add(folded, key)
    return gazetteer


@lru_cache(maxsize=1)
def _certificates() -> Gazetteer[LanguageLevel]:
    gazetteer: Gazetteer[LanguageLevel] = Gazetteer()
    table = cast("dict[str, list[str]]", load("levels")["certificates"])
    for value, names in table.items():
        for name in names:
            case = Case.UPPER if name.isupper() else Case.ANY
            gazetteer.add(name, LanguageLevel(value), case)
    return gazetteer
