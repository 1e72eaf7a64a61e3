"""The parts of a line of a head: what stands between its dashes and bars, and how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from roster.ingest.sheet import Sheet
from roster.ingest.wording.labels import Label, find_label
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_place
from roster.ingest.work.entries import Entry
from roster.ingest.work.occupations import LIKELY, Look, look_of
from roster.reference import countries

MOSTLY = 0.75
_SPLIT = re.compile(
    r"\s*،\s*|\s+[–—|•·⏎]\s+|\s-\s|\s/\s(?=[A-ZÀ-Ý])|(?<=\S)\s{2,}|\t|\s*⏎\s*|\s\|\s|;\s"
)
_DURATION = re.compile(
    r"^[\W\d]*(?:(?:\d+|one|two|three)\s*(?:years?|yrs?|months?|mos?|ans?|mois|anos?|años?|"
    r"meses|mes|"
    r"jahre?|monate?|anni|anno|mesi|mese|weeks?|days?)[\s,&andetyeund]*)+[\W\d]*$",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:full[- ]time|part[- ]time|temps plein|temps partiel|vollzeit|teilzeit|remote|on-?site|"
    r"hybrid|permanent|temporary|contract|cdi|cdd|\d+ ?%|gg?\.?|г\.?|гг\.?|r\.?)$"
)
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_NO_PART = frozenset(
    {
        "dates",
        "from",
        "to",
        "referee",
        "supervisor",
        "salary",
        "reason",
        "staff",
        "phone",
        "business",
    }
)
CITY = re.compile(
    r"^(?:city|town|ville|ciudad|cidade|citta|stadt|country|pays|pais|paese|land)\s*:\s*"
)
"""A label before a city or a country."""
_PLAYS = {"position": "title", "employer": "employer", "client": "employer", "place": "place",
          "headline": "title", "present": "title"}  # fmt: skip


@dataclass(slots=True)
class Token:
    """A part of a head and how it looks."""

    piece: Piece
    look: Look
    is_place: bool = False
    plays: str | None = None
    """The role that a label gives it."""


def tokens_of(sheet: Sheet, line: Line, entry: Entry) -> list[Token]:
    """Return the parts of a head line, without its dates."""
    stretches = [line.piece]
    if line is entry.dated:
        span = entry.span
        stretches = [
            line.piece.within(0, span.start),
            line.piece.within(_after_date(line.text, span.end), len(line.text)),
        ]
    return [
        token
        for stretch in stretches
        for piece in _parts(stretch)
        if (token := _token(sheet, piece)) is not None
    ]


def _after_date(text: str, end: int) -> int:
    found = re.match(
        r"\s*(?:г{1,2}\.|r\.|\([^()]{0,40}(?:\d|month|year|mois|an)[^()]{0,30}\)|[)\],:.]+)",
        text[end:],
    )
    return end + found.end() if found else end


def _parts(stretch: Piece) -> Iterable[Piece]:
    at = 0
    text = stretch.text
    for edge in [*_SPLIT.finditer(text), None]:
        end = edge.start() if edge else len(text)
        if edge and text.count("(", at, end) > text.count(")", at, end):
            continue
        yield _bare(stretch.within(at, end))
        at = edge.end() if edge else end


def _bare(piece: Piece) -> Piece:
    text = piece.text
    start = len(text) - len(text.lstrip("•▪●◦‣➢■□○◆*·{»>→-–— \t.:"))
    if text[start : start + 1] in ("(", "[") and text.rstrip()[-1:] in (")", "]"):
        return piece.within(start + 1, len(text.rstrip()) - 1)
    end = len(text.rstrip(" .,;:" if not re.search(r"\b\w\.\w?\.?$", text) else " ,;:"))
    if text[:end].endswith(("(", "[")):  # The bracket held the dates.
        end = len(text[:end].rstrip("([ ,;:"))
    return piece.within(start, max(start, end))


def _token(sheet: Sheet, piece: Piece) -> Token | None:
    text = piece.text
    if _is_noise(text):
        return None
    named = CITY.match(plain(text))
    if named:
        value = piece.within(named.end(), len(text))
        return Token(value, Look(0, 0), is_place=True)
    label = find_label(text)
    if label is None or not label.sure or _is_title_too(text, label):
        return Token(piece, look_of(text), _is_place(text, sheet.language))
    plays = _PLAYS.get(label.field)
    if label.end >= len(text) or label.field in _NO_PART:
        return None
    if plays is None:
        return Token(piece, look_of(text), _is_place(text, sheet.language))
    value = piece.within(label.end, len(text))
    return Token(value, look_of(value.text), plays == "place", plays)


def _is_title_too(text: str, label: Label) -> bool:
    """Whether a label that stands alone is a title as well: "Supervisor"."""
    return label.end >= len(text) and ":" not in text and look_of(text).is_title


def _is_noise(text: str) -> bool:
    """Whether words say nothing of title, employer or place: lengths, addresses, "full-time"."""
    low = plain(text).strip(" .")
    if len(low) < 2 or not any(letter.isalpha() for letter in text):
        return True
    return bool(_DURATION.match(text) or _NOISE.match(low)) or "@" in text or "http" in low


def _is_place(text: str, language: str | None) -> bool:
    """Whether words are a place and no title or employer before one."""
    if ":" in text or not is_place(text, language):
        return False
    first, comma, _ = text.partition(",")
    look = look_of(first)
    if look.is_title or look.body > LIKELY or _ACRONYM.fullmatch(first.strip()):
        return False
    if not comma:
        return _is_all_place(text, language)
    return text.count(",") < 3


def _is_all_place(text: str, language: str | None) -> bool:
    """Whether nothing but a few letters stands beside the place: not "TU Berlin"."""
    mentions = countries.find_countries(text, language)
    covered = sum(one.end - one.start for one in mentions if one.kind != "demonym")
    return covered >= MOSTLY * len(text.strip(" ()."))


def is_bare_place(text: str, language: str | None) -> bool:
    """Whether words are a place alone: "Rome, Italy", but not "Opera of Paris, Paris"."""
    if not _is_place(text, language):
        return False
    first, comma, rest = text.partition(",")
    if not comma or is_place(first, language):
        return True
    return "," not in rest and countries.code_for(rest) is not None


def looked(piece: Piece) -> Token:
    """Return some words with how they look."""
    return Token(piece, look_of(piece.text))
