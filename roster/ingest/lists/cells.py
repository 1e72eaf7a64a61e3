"""Values of single cells: languages with levels, countries, dates, kinds of expert.

Each reader returns what it understood with its place in the cell, and the words it did not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from roster.ingest.wording.plain import plain
from roster.naming import fold
from roster.read import LanguageSkill
from roster.reference import countries, languages, levels
from roster.reference.topics import find_topics, is_topic, topics
from roster.vocabulary import ExpertKind, LanguageLevel

T = TypeVar("T")

MOST_KEPT = 2048
"""Readings kept: the cells of a list say the same again and again."""
NOTHING = frozenset(
    [
        "",
        "-",
        "--",
        "—",
        "–",
        "/",
        "n/a",
        "na",
        "n.a.",
        "nan",
        "none",
        "null",
        "nil",
        "?",
        "...",
        "x",
    ]
)
"""Cells that say nothing; "x" says something in the column of a language only."""
_YES = frozenset(
    ["x", "yes", "y", "oui", "si", "sim", "ja", "da", "tak", "true", "1", "✓", "✔", "☑", "✗x"]
)
_NO = frozenset(
    ["no", "n", "non", "nao", "nein", "nu", "nie", "false", "0", "nee", "nej", "ninguno", "aucun",
     "nenhum", "keine", "nessuno", "☐", "✗"]
)  # fmt: skip
_SPLIT = re.compile(r"\s*(?:[;,/&+\n]|⏎|\||·|•|\s(?:and|et|y|e|und|si|și|i|en|og|och|ja)\s)\s*")
_PARTS = re.compile(r"\s*(?:[;,\n]|⏎|\||·|•)\s*")
_WORD = re.compile(r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]+)*")
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s(])")
EU_CODES = {"UK": "GB", "EL": "GR"}
"""Codes of EU systems in place of ISO 3166."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One value and the part of the cell that says it: offsets, end excluded."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What a cell says, and the words of it that nobody knows."""

    found: tuple[Found[T], ...] = ()
    unknown: tuple[str, ...] = ()


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or holds a sign for that."""
    return text.strip().lower() in NOTHING


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would calculate the words; no name or body is written so."""
    return bool(_FORMULA.match(text.lstrip()))


def parts_of_cell(text: str, split: re.Pattern[str] = _PARTS) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of what stands between separators."""
    at = 0
    for edge in [*split.finditer(text), None]:
        end = edge.start() if edge else len(text)
        words = text[at:end].strip()
        if words:
            yield text.index(words, at), words
        at = edge.end() if edge else end


@lru_cache(maxsize=MOST_KEPT)
def read_countries(text: str, language: str | None) -> Cell[str]:
    """Read countries, also as nationalities or codes ("IT/FR", "Malian", "EL")."""
    found: list[Found[str]] = []
    unknown: list[str] = []
    for start, words in parts_of_cell(text, _SPLIT):
        if says_nothing(words):
            continue
        code = country_of(words)
        if code is not None:
            found.append(Found(code, start, start + len(words)))
            continue
        mentions = countries.find_countries(words, language)
        found += [Found(each.code, start + each.start, start + each.end) for each in mentions]
        if not mentions:
            unknown.append(words)
    if unknown and (whole := country_of(text)):
        return Cell((Found(whole, 0, len(text)),))  # "Trinidad and Tobago", "Bosnia & Herzegovina"
    return Cell(_once(found), tuple(unknown))


def country_of(words: str) -> str | None:
    """Return the country of a name, nationality or code of any case, the EU's own included."""
    bare = words.strip(" .()")
    if len(bare) <= 3:
        known = bare.upper()
        return countries.code_for(EU_CODES.get(known, known))
    return countries.code_for(bare)


def _once(found: list[Found[str]]) -> tuple[Found[str], ...]:
    seen: dict[str, Found[str]] = {}
    for each in found:
        seen.setdefault(each.value, each)
    return tuple(seen.values())


@lru_cache(maxsize=MOST_KEPT)
def read_language_list(text: str, language: str | None) -> Cell[LanguageSkill]:
    """Read "English C1; French B2", "EN (C1), FR (B2)", "anglais courant et espagnol"."""
    marks = _language_marks(text, language)
    skills: dict[str, Found[LanguageSkill]] = {}
    for at, (start, end, code) in enumerate(marks):
        until = marks[at + 1][0] if at + 1 < len(marks) else len(text)
        tail = _own_words(text[end:until])
        first = end + len(tail.rstrip(" ;,/&+|(⏎"))
        skill = skill_of(code, tail, language)
        if code not in skills or skills[code].value.level is None:
            skills[code] = Found(skill, start, first)
    return Cell(tuple(skills.values()), tuple(_unknown_languages(text, marks, language)))


def _own_words(tail: str) -> str:
    """Cut off what belongs to the next language: what follows the last separator, if more does."""
    return re.split(r"[;⏎\n]", tail)[0]


def _language_marks(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """Return (start, end, code) of the languages named, by name or by a code in capitals."""
    marks = [(each.start, each.end, each.code) for each in languages.find_languages(text, language)]
    for found in re.finditer(r"(?<![\w.-])[A-Z]{2,3}(?![\w.])", text):
        inside = any(start < found.end() and end > found.start() for start, end, _ in marks)
        code = None if inside else languages.code_for(found.group())
        if code is not None:
            marks.append((found.start(), found.end(), code))
    for start, words in parts_of_cell(text):
        head = re.split(r"[:(–-]|\s[A-Ca-c][12]\b", words)[0].strip()
        inside = any(first < start + len(words) and end > start for first, end, _ in marks)
        is_code = len(head) == 2 or head.isupper() or len(head) > 3
        code = languages.code_for(head) if is_code and not inside else None
        if code is not None:
            marks.append((start, start + len(head), code))
    return sorted(marks)


def _unknown_languages(
    text: str, marks: list[tuple[int, int, str]], language: str | None
) -> Iterator[str]:
    """Yield parts of a cell that name no language, and are no level of one named before."""
    for start, words in parts_of_cell(text):
        named = any(first < start + len(words) and end > start for first, end, _ in marks)
        if named or says_nothing(words) or plain(words) in _NO:
            continue
        if marks and marks[0][0] < start and levels.read_level(words, language) is not None:
            continue
        if _WORD.search(words) or len(words) == 2:
            yield words


def skill_of(code: str, words: str, language: str | None) -> LanguageSkill:
    """Return one language with the level that some words give it; None where they give none."""
    bare = words.strip(" :;,.()[]–-|⏎/=")
    level = levels.read_level(bare, language) or levels.read_level(bare)
    if level is None or level.level is None:
        return LanguageSkill(code, None, bare[:80] or None)
    return LanguageSkill(code, level.level, bare[:80], level.basis)


def read_one_level(code: str, text: str, language: str | None) -> Cell[LanguageSkill]:
    """Read a cell in the column of one language: a level, a word, a tick, or "no"."""
    bare = plain(text).strip(" .()")
    if bare in _NO or (says_nothing(text) and bare != "x"):
        return Cell()
    if bare in _YES:
        return Cell((Found(LanguageSkill(code, None, None), 0, len(text)),))
    skill = skill_of(code, text, language)
    if skill.level is None:
        return Cell(unknown=(text,))
    return Cell((Found(skill, 0, len(text)),))


def read_native(text: str, language: str | None) -> Cell[LanguageSkill]:
    """Read the languages of a column of mother tongues."""
    cell = read_language_list(text, language)
    native = (
        Found(
            LanguageSkill(each.value.language, LanguageLevel.NATIVE, text[each.start : each.end]),
            each.start,
            each.end,
        )
        for each in cell.found
    )
    return Cell(tuple(native), cell.unknown)


@lru_cache(maxsize=MOST_KEPT)
def read_topics(text: str, language: str | None) -> Cell[tuple[str, float]]:
    """Read topics of the taxonomy, by code or in words; each with its strength in (0, 1]."""
    found: list[Found[tuple[str, float]]] = []
    unknown: list[str] = []
    for start, words in parts_of_cell(text):
        if says_nothing(words):
            continue
        code = fold(words).replace(" ", "_")
        best = {code: 1.0} if is_topic(code) else {}
        for each in find_topics(words, language) if not best else ():
            best[each.topic] = max(best.get(each.topic, 0.0), each.strength)
        if not best and (only := _topic_of_label(fold(words))):
            best = {only: 0.5}
        end = start + len(words)
        found += [Found((topic, strength), start, end) for topic, strength in best.items()]
        if not best:
            unknown.append(words)
    return Cell(tuple(found), tuple(unknown))


def _topic_of_label(words: str) -> str | None:
    """Return the one topic whose name holds these words ("retour"); None where several do."""
    inside = {
        topic.code
        for topic in topics()
        if any(f" {words} " in f" {fold(label)} " for label in topic.labels.values())
    }
    return inside.pop() if len(inside) == 1 and len(words) > 3 else None


KINDS: tuple[tuple[ExpertKind, str], ...] = (
    (
        ExpertKind.NON_EU_ADMINISTRATION,
        r"non.?e\.?u|non.?u\.?e\b|third countr|pays tiers|terceros? pais|pais(?:es)? terceiro|"
        r"drittstaat|paes[ei] terz|partner countr|pays partenaire|partnerland|south",
    ),
    (ExpertKind.DIASPORA, r"diaspora"),
    (
        ExpertKind.INTERNATIONAL_ORGANISATION,
        r"international org|organi[sz]ation internat|organismo internac|organizac\w+ internac|"
        r"internationale organi|organizzazione internaz|\bio\b|\bun\b|\bigo\b",
    ),
    (
        ExpertKind.NGO,
        r"\bngos?\b|\bongs?\b|civil society|societe civile|sociedad civil|sociedade civil|\bnro\b|"
        r"zivilgesellschaft|societa civile|non.?gov|nichtregierung|associati|stiftung",
    ),
    (
        ExpertKind.ACADEMIA,
        r"academ|universit|universidad|research|recherche|investiga|ricerca|forschung|professor|"
        r"wissenschaft|scientif",
    ),
    (
        ExpertKind.PRIVATE_CONSULTANT,
        r"consult|private|prive\b|privad|privat|freelanc|independent|independant|independiente|"
        r"berater|self.?employed|libero prof|autonom",
    ),
    (
        ExpertKind.EU_ADMINISTRATION,
        r"\be\.?u\b|\bu\.?e\b|member state|etat membre|estado miembro|estado membro|mitgliedstaat|"
        r"stato membro|european union",
    ),
)
"""Kind of expert → the plain words it is known by, the narrower first."""


def read_kind(text: str) -> ExpertKind | None:
    """Return the kind of expert that a cell names; None where it names none, or none surely."""
    low = plain(text)
    code = fold(text).replace(" ", "_")
    if code in set(ExpertKind):
        return ExpertKind(code)
    return next((kind for kind, words in KINDS if re.search(rf"(?<!\w)(?:{words})", low)), None)
