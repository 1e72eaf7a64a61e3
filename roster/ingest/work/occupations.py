"""How much some words look like what a person is, and how much like a body that employs people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain
from roster.reference import administrations

STRONG = 3
LIKELY = 2
WEAK = 1
MOST_LETTERS = 120

_WORD = re.compile(r"[^\W\d_](?:[\w'./&-]*\w)?|&", re.UNICODE)
_PHRASE_END = re.compile(
    r"[,;:(/|\n⏎]| - | – |(?<!\w)(?:of|for|to|in|at|on|with|within|de|du|des|del|della|delle|dei|"
    r"degli|dello|do|da|dos|das|di|fur|im|am|beim|bei|zur|zum|van|voor|bij|for|til|vid|av|och|"
    r"auprès|chez|dans|sur|sous|avec|entre|from|about|against|sobre|con|com|mit|en|au|aux|al|nel|nella|presso|no|na|nos|nas|em|para|pour|per|pro|za|ds\.?|pt|"
    r"pentru|in cadrul|u|w|v|ve|по|в|во|при|на|з|у|и|والشؤون|في|لدى)(?!\w)|(?<!\w)[dl]'"
)
_PARTS = re.compile(
    r"division|unit|section|team|sector|desk|bureau|depart[ea]ment\w*|dipartimento|abteilung|referat|"
    r"dezernat|direc\w+|direzione|servi[cz]\w+|ufficio|unida\w+|unit[ea]|secretariat|cabinet|"
    r"wydzial|oddel\w+|odjel|odsjek|отдел|управление|قسم|مديرية"
)
_GRADE = re.compile(r"(?:[ivx]{1,4}|[a-z]{1,3}-?\d{1,2}|[pgdl]-?\d|m/f|h/f|f/m|m/w(?:/d)?|\d+)$")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&./-]{1,9}$")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(f"(?:{plain(words)})")
        for name, words in load_patterns("occupations").items()
    }


@lru_cache(maxsize=1)
def _legal_form() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_patterns()['legal'].pattern})(?![\w])[.)]*$")


@lru_cache(maxsize=1)
def _suffixes() -> dict[str, tuple[str, ...]]:
    words = load_patterns("occupations")
    return {kind: tuple(plain(words[f"{kind}_suffix"]).split("|")) for kind in ("title", "body")}


@lru_cache(maxsize=16384)
def _is(kind: str, word: str) -> bool:
    return _patterns()[kind].fullmatch(word) is not None


@lru_cache(maxsize=16384)
def _is_last(kind: str, word: str) -> bool:
    if _is(f"{kind}_last", word):
        return True
    ends = _suffixes()[kind]
    return len(word) > 7 and any(word.endswith(end) and len(word) > len(end) + 1 for end in ends)


@dataclass(frozen=True, slots=True)
class Look:
    """How some words look: 0 (not at all) to 3 (surely), as a title and as a body."""

    title: int
    body: int

    @property
    def is_title(self) -> bool:
        """Whether they look like a title before all."""
        return self.title >= LIKELY and self.title > self.body

    @property
    def is_body(self) -> bool:
        """Whether they look like a body that employs people before all."""
        return self.body >= LIKELY and self.body >= self.title


@lru_cache(maxsize=8192)
def look_of(text: str) -> Look:
    """Return how much some words look like a job title and like an employer."""
    low = plain(text)
    words = _words(low)
    if not words or len(low) > MOST_LETTERS * 2:
        return Look(0, 0)
    lead = _lead(low)
    title, body = _title(lead, words), _body(text, lead, words)
    if title == STRONG and body == STRONG:
        return _settled(lead)
    return Look(title, body)


def ends_in_title(text: str) -> bool:
    """Whether the first phrase of some words ends in a title: "Conference interpreter"."""
    lead = _lead(plain(text))
    return len(lead) > 1 and _is_last("title", lead[-1])


def is_part(text: str) -> bool:
    """Whether words name a part of a body rather than one that employs: "Consular Division"."""
    lead = _lead(plain(text))
    return any(_PARTS.fullmatch(word) for word in (*lead[:1], *lead[-1:]))


def _settled(lead: list[str]) -> Look:
    """Decide between two strong looks: "Police Inspector", "Office of …", "Agence conseil"."""
    plainly_first = lead and _is("title_first", lead[0]) and not _is("body_first", lead[0])
    if plainly_first or (lead and _is_last("title", lead[-1]) and not _is_last("body", lead[-1])):
        return Look(STRONG, WEAK)
    return Look(WEAK, STRONG)


def _words(low: str) -> list[str]:
    return _WORD.findall(low)


def _lead(low: str) -> list[str]:
    """Return the words of the first phrase: what the rest only describes."""
    low = low.strip(" -–•*·○●▪\"'«»“”()[]")
    end = _PHRASE_END.search(low, 1)
    words = _words(low[: end.start()] if end else low)
    while len(words) > 1 and _GRADE.match(words[-1]):
        words.pop()
    bare = list(words)
    while len(bare) > 1 and _is("modifiers", bare[0]):
        bare.pop(0)
    return bare


def _title(lead: list[str], words: list[str]) -> int:
    if lead:
        two = " ".join(lead[-2:])
        if _is_last("title", lead[-1]) or _is("title_last", two):
            return STRONG
        ends = lead[0].partition("-")
        if any(_is("title_first", word) for word in (lead[0], ends[0], ends[2])):
            return STRONG
        if _is_last("title", lead[0]):
            return STRONG if len(lead) <= 3 else LIKELY
        if any(_is_last("title", word) or _is("title_first", word) for word in lead):
            return LIKELY
    some = any(_is_last("title", word) or _is("title_first", word) for word in words)
    return WEAK if some else 0


def _body(text: str, lead: list[str], words: list[str]) -> int:
    if _legal_form().search(plain(text).strip()) or _leads_to_body(lead):
        return STRONG
    bare = text.strip(" ().,")
    known = bare[:1].isupper() and len(words) < 12 and (bool(lead) or len(words) < 3)
    if known and _known_body(bare):
        return LIKELY if _has_title(lead) else STRONG
    if any(_is_last("body", word) or _is("body_first", word) for word in lead):
        return LIKELY
    if _ACRONYM.fullmatch(bare) and not bare.isdigit() and not _has_title(lead):
        return LIKELY
    return WEAK if any(_is_last("body", w) or _is("body_first", w) for w in words) else 0


def _leads_to_body(lead: list[str]) -> bool:
    """Whether the first phrase begins or ends with a word for a body."""
    if not lead:
        return False
    ends = _is("body_first", lead[0]) or _is_last("body", lead[-1])
    return ends or (_is_last("body", lead[0]) and len(lead) <= 4)


def _has_title(lead: list[str]) -> bool:
    return any(_is_last("title", word) or _is("title_first", word) for word in lead)


@lru_cache(maxsize=8192)
def _known_body(text: str) -> bool:
    if len(text) > MOST_LETTERS:
        return False
    return (
        administrations.kind_of(text) is not None
        or administrations.employer_kind(text, None, None) is not None
    )
