"""The expert's own e-mail, telephone, birth year and nationality; never those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from roster.ingest.forms.kinds import LABELLED_FORMS
from roster.ingest.person.nationalities import read_nationalities
from roster.ingest.person.personal_fields import PersonalField, own_lines, personal_fields
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain
from roster.ingest.work.periods import find_periods
from roster.naming import fold
from roster.read import BirthYear, Contact
from roster.vocabulary import FactKind

_DOT = r"(?: ?\.| ?\[dot\] ?| ?\(dot\) ?| ?\[\.\] ?| ?\[punkt\] ?| ?\(punkt\) ?)"
# What stands before the sign has at most 64 characters; unbounded, a word of a million would be
# read a million times.
_MAIL = re.compile(
    r"(?:[\w.+'-]{0,63}\w[_-] (?=\S{1,64} ?@))?(?<![\w.])[\w.+'-]{0,63}[\w'-] ?"
    r"(?:@|\[at\]|\(at\)|\{at\}|\[@\]|\(@\)|\(arobase\)|\[a\])\s?"
    rf"[\w-]+(?:{_DOT}\n?[\w-]+)+"
)
_AT = re.compile(r"\s*(?:\[at\]|\(at\)|\{at\}|\[@\]|\(@\)|\(arobase\)|\[a\])\s*")
_PHONE = re.compile(r"(?<![\w.+-])(?:\(?\+ ?\d|00\d|\(?0\d|\(\d)[\d ()./\u2011-]{5,20}\d(?![\w-])")
_GENERIC = frozenset(load_patterns("name_words")["offices"].split("|"))
_OTHERS = re.compile(
    r"referen|referee|recommand|supervis|superviseur|superieur|emergency|urgence|contact person|"
    r"ansprechpartner|spouse|conjoint|employeur|employer|vorgesetz"
)
_ELSEWHERE = frozenset(
    {
        SectionKind.REFERENCES,
        SectionKind.POSTS,
        SectionKind.MISSIONS,
        SectionKind.EDUCATION,
        SectionKind.PUBLICATIONS,
        SectionKind.MEMBERSHIPS,
        SectionKind.FUTURE,
    }
)
_BORN = re.compile(
    r"(?<!\w)(?:born|ne\(?e?\)?(?: le| en| vers|,)|nacid[oa]|nascid[oa]|nascut[a]?|geboren|geb\.|"
    r"gebore|nat[oa] (?:il|a|nel|in)|urodzon[ya]|ur\.|fodd|fodt|syntynyt|narozena?|narodena?|"
    r"rodena?|rojena?|szuletett|gim[eę]s|dzim(?:is|usi)|sundinud|γεννημεν|γεννηθ|родил(?:ся|ась)|"
    r"роден[а]?|народи(?:вся|лася)|рођена?|مواليد|ولد|ولدت|مزداد|d\.? ?o\.? ?b\.?|\*(?= ?\d))"
)
_YEAR = re.compile(r"(?<![\d.,])(1[89]\d\d|20[0-3]\d)(?!\d)")
_WHOLE_DAY = re.compile(r"(?<!\d)\d{1,2}[./ -]\d{1,2}[./ -](1[89]\d\d|20[0-3]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](\d\d)(?!\d)|(?<!\d)'(\d\d)(?!\d)")
_VAGUE = re.compile(r"vers|about|circa|c\.|hacia|cerca|etwa|um |approx|env\.|environ|\?")
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:child|children|spouse|son\b|daughter|enfant|conjoint|hijo|kinder)"
)
YOUNGEST, OLDEST = 16, 95
LEAST_OF_MAILS = 0.5
_TOP_LINES = 30


def read_contacts(sheet: Sheet, name: Piece | None, written_by: date | None = None) -> None:
    """Note down contact data, birth year and nationalities from the part about the person.

    Parameters
    ----------
    sheet : the CV
    name : where the name was found, which tells whose address it is
    written_by : a birth year must leave the person grown up on this day; None skips the check
    """
    lines = [line for line in own_lines(sheet) if not _is_about_others(line)]
    fields = personal_fields(lines)
    _mails(sheet, name, fields)
    _phones(sheet, [line for line in lines if line.start in _starts(sheet)])
    _birth(sheet, fields, lines, written_by)
    read_nationalities(sheet, fields, lines)


def _starts(sheet: Sheet) -> frozenset[int]:
    return frozenset(line.start for line in sheet.lines(SectionKind.IDENTITY))


def _is_about_others(line: Line) -> bool:
    return bool(_OTHERS.search(plain(line.text)))


@dataclass(frozen=True, slots=True)
class _Address:
    value: str
    where: Piece
    score: float
    likeness: float
    """How much it looks like the name; from 1 it holds words of it."""


def _mails(sheet: Sheet, name: Piece | None, fields: Sequence[PersonalField]) -> None:
    """Note down the addresses that are the person's: by likeness to the name, then by place."""
    printed = sheet.document.text[name.start : name.end] if name is not None else ""
    words = fold(printed).split()
    labelled = {field.value.start for field in fields if field.field == "email"}
    found = [_weighed(sheet, one, words, labelled) for one in _addresses(sheet)]
    kept: dict[str, _Address] = {}
    for one in found:
        known = kept.get(one.value.lower())
        if one.score >= LEAST_OF_MAILS and (known is None or known.score < one.score):
            kept[one.value.lower()] = one
    firms = {one.value.rpartition("@")[2].lower() for one in found if one.score < 0}
    has_own = any(one.likeness > 0 for one in kept.values())
    for one in kept.values():
        if not one.likeness and (has_own or one.value.rpartition("@")[2].lower() in firms):
            continue
        doubt = None if one.likeness else "the address does not look like the name"
        confidence = 0.8 if len(kept) == 1 and one.score > 1 else 0.7
        if one.likeness:
            confidence = 0.97 if one.likeness >= 1 else 0.92
        sheet.note(FactKind.EMAIL, Contact(one.value), one.where, confidence, doubt=doubt)


def _addresses(sheet: Sheet) -> Iterator[tuple[str, Piece]]:
    text = sheet.document.text
    for found in _MAIL.finditer(text):
        where = sheet.slice(found.start(), found.end())
        value = re.sub(r"\[dot\]|\(dot\)|\[\.\]|\[punkt\]|\(punkt\)", ".", where.text)
        value = re.sub(r"\s", "", _AT.sub("@", value)).strip(".'-")
        if re.search(r"@[^@]+\.[^\W\d_]{2,}$", value):
            yield value, where


def _weighed(
    sheet: Sheet, one: tuple[str, Piece], words: Sequence[str], labelled: set[int]
) -> _Address:
    value, where = one
    text = sheet.document.text
    line_start = text.rfind("\n", 0, where.start) + 1
    line = text[line_start : where.start]
    likeness = _likeness(value, words)
    above = text[max(0, line_start - 41) : max(0, line_start - 1)].rpartition("\n")[2]
    if line_start == where.start and re.fullmatch(r"[a-z0-9]+(?:[._-][a-z0-9]*)+", above):
        whole = above + value
        if _likeness(whole, words) > likeness:
            start = line_start - 1 - len(above)
            value, where = whole, sheet.slice(start, where.end)
            likeness = _likeness(value, words)
    score = 2.0 * likeness
    kind = _section_of(sheet, where.start)
    score += {True: -1.5, False: 1.0}[kind in _ELSEWHERE]
    score -= 1.6 * bool(_OTHERS.search(plain(line[-80:])))
    score += 0.5 * any(abs(where.start - start) < 4 for start in labelled)
    local = fold(value.partition("@")[0]).replace(" ", "")
    if likeness == 0 and (local in _GENERIC or re.sub(r"\d+$", "", local) in _GENERIC):
        score -= 4
    if likeness == 0 and sheet.form in LABELLED_FORMS and ":" not in line and not labelled:
        score -= 4  # The letterhead of the firm that sends the form.
    return _Address(value, where, score, likeness)


def _section_of(sheet: Sheet, at: int) -> SectionKind:
    before = [
        section
        for section in sheet.sections
        for first in [section.heading or (section.lines[0] if section.lines else None)]
        if first is not None and first.start <= at
    ]
    return before[-1].kind if before else SectionKind.IDENTITY


def _likeness(address: str, words: Sequence[str]) -> float:
    """Count the words of the name in an address; beginnings and initials count for less."""
    local = fold(address.partition("@")[0]).replace(" ", "")
    whole = [word for word in words if len(word) > 2 and word in local]
    if whole:
        return 1.0 * len(whole)
    letters = [word[0] for word in words if word]
    parts = [part for part in re.split(r"[^a-z]+", local) if len(part) > 2]
    if any(word.startswith(part) for part in parts if len(part) > 3 for word in words):
        return 0.9
    is_initials = len(letters) > 1 and local.startswith("".join(letters)) and len(local) < 6
    return 0.8 * is_initials


def _phones(sheet: Sheet, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        for found in _PHONE.finditer(line.text):
            number = " ".join(found.group().split())
            digits = re.sub(r"\D", "", number)
            if not 7 <= len(digits) <= 15 or digits in seen or find_periods(number):
                continue
            seen.add(digits)
            where = line.piece.within(found.start(), found.end())
            sheet.note(FactKind.TELEPHONE, Contact(number), where, 0.92)


def _birth(
    sheet: Sheet,
    fields: Sequence[PersonalField],
    lines: Sequence[Line],
    written_by: date | None,
) -> None:
    for value in _birth_places(fields, lines):
        found = _WHOLE_DAY.search(value.text) or _YEAR.search(value.text)
        year = int(found.group(1)) if found else None
        if found is None and (found := _SHORT_YEAR.search(value.text)):
            short = int(found.group(1) or found.group(2))
            year = (1900 if short > 15 else 2000) + short
        if found is None or year is None:
            continue
        if written_by and not YOUNGEST <= written_by.year - year <= OLDEST:
            continue
        vague = _VAGUE.search(plain(value.text[: found.start() + 1]))
        doubt = "the year is given as approximate" if vague else None
        where = value.within(found.start(), found.end())
        sheet.note(FactKind.BIRTH_YEAR, BirthYear(year), where, 0.8 if vague else 0.96, doubt=doubt)
        return


def _birth_places(fields: Sequence[PersonalField], lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield labelled values, then what follows "born" and the like."""
    yield from (field.value for field in fields if field.field == "birth")
    for line in lines[:_TOP_LINES]:
        low = plain(line.text)
        found = _BORN.search(low)
        if found and not _OF_OTHERS.search(low[max(0, found.start() - 40) : found.start()]):
            yield line.piece.within(found.start(), min(len(line.text), found.end() + 60))
