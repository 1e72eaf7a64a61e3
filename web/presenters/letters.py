"""A letter beside its fields: what was read in it, where, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from roster.errors import FileRefused
from roster.ingest.letters.reading import language_of, read_letter, why_unread
from roster.ingest.reading import read_words
from roster.read import DocumentText, LanguageNeed, ProposedField
from roster.reference.own_words import NO_WORDS, OwnWords
from web.contexts.parts import DocLine, DocPart, DocumentPane
from web.presenters.request_form import MOST_LANGUAGES, Hints, languages_typed
from web.reason_words import clause
from web.tongues import Tongue

SURE = 0.6
"""Values read with less confidence are shown first, to be checked."""
_MOST_KEPT = 64
"""Letters whose reading a process keeps."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "dv", "ps", "ckb", "yi"})
_LISTS = frozenset({"countries", "topics", "activities", "languages"})


@dataclass(frozen=True, slots=True)
class LetterRead:
    """A letter with all that was read in it."""

    document: DocumentText
    fields: tuple[ProposedField, ...]
    typed: Mapping[str, tuple[str, ...]]
    """The proposals and the words of the letter, as the form would send them."""
    hints: Hints
    notes: tuple[str, ...]
    """For people: what could not be read, and why."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    number: int
    doubtful: bool


def read(
    document: DocumentText, today: date, tongue: Tongue, own: OwnWords = NO_WORDS
) -> LetterRead:
    """Read a letter, with its facility's own words too, into what its form is filled with."""
    fields = read_letter(document, today=today, own=own)
    notes = [clause(one, tongue) for one in document.notes]
    unread = why_unread(document)
    if unread is not None:
        kept = tongue.word("Its words are kept: fill in the fields yourself.")
        notes.append(f"{clause(unread, tongue)} {kept}")
    elif all(one.confidence < SURE for one in fields):
        notes.append(
            tongue.word(
                "Nothing sure was found in this letter. Its words are kept: fill in the fields."
            )
        )
    marks = _marks(fields)
    return LetterRead(
        document=document,
        fields=fields,
        typed={**_typed(fields, tongue), "text": (document.text,)},
        hints=Hints(notes=_doubts(fields, tongue), marks=_numbers(fields, marks)),
        notes=tuple(notes),
    )


@lru_cache(maxsize=_MOST_KEPT)
def read_again(
    text: str, today: date, tongue: Tongue, own: OwnWords = NO_WORDS
) -> LetterRead | None:
    """Read the words of a letter that was read before; None where there are none.

    It follows from what is given alone, and reading takes longer than all else of a page.
    """
    try:
        return read(read_words(text), today, tongue, own)
    except FileRefused:
        return None


def finding(letter: LetterRead, tongue: Tongue) -> str:
    """Say how much was read and how much of it is to be checked."""
    form_fields = {one for one in letter.typed if _is_said(one)}
    to_check = len({_family(name) for name in letter.hints.notes})
    all_read = len({_family(name) for name in form_fields})
    if not all_read:
        return tongue.word("No field was read")
    return tongue.words(
        "%(num)s field read: %(sure)s sure, %(check)s to check",
        "%(num)s fields read: %(sure)s sure, %(check)s to check",
        all_read,
        sure=tongue.number(all_read - to_check),
        check=tongue.number(to_check),
    )


def pane(letter: LetterRead, tongue: Tongue) -> DocumentPane:
    """Return the letter with its marks."""
    language = language_of(letter.document)
    facts = [tongue.language(language)] if language else [tongue.word("language not recognised")]
    pages = [page.number for page in letter.document.pages]
    if len(pages) > 1:
        facts.insert(0, tongue.words("%(num)s page", "%(num)s pages", len(pages)))
    return DocumentPane(
        title=tongue.word("The letter"),
        facts=", ".join(facts),
        lines=_lines(letter.document, _marks(letter.fields), tongue),
        language=letter.document.language,
        direction="rtl" if language in _RIGHT_TO_LEFT else "auto",
    )


def plain_pane(text: str, language: str | None, tongue: Tongue) -> DocumentPane:
    """Return words as they are, for what cannot be read as a letter."""
    lines = tuple(DocLine((DocPart(line),)) for line in text.splitlines() if line.strip())
    return DocumentPane(tongue.word("The letter"), "", lines, language)


def _typed(fields: Sequence[ProposedField], tongue: Tongue) -> dict[str, tuple[str, ...]]:
    typed: dict[str, tuple[str, ...]] = {}
    needs: list[LanguageNeed] = []
    for one in fields:
        if one.field == "languages":
            needs += [need for need in _items(one) if isinstance(need, LanguageNeed)]
        elif one.field == "countries":
            names = [tongue.country(str(code)) for code in _items(one)]
            held = typed.get("countries", ("",))[0]
            typed["countries"] = (", ".join(filter(None, (held, *names))),)
        elif one.field in _LISTS:
            more = [_plain(value) for value in _items(one)]
            typed[one.field] = tuple(dict.fromkeys((*typed.get(one.field, ()), *more)))
        else:
            typed.setdefault(one.field, (_plain(one.value),))
    return {**typed, **languages_typed(needs, tongue)}


def _items(one: ProposedField) -> tuple[object, ...]:
    return tuple(one.value) if isinstance(one.value, tuple | list) else (one.value,)


def _plain(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)


def _form_fields(fields: Sequence[ProposedField]) -> list[tuple[str, ProposedField]]:
    """Pair each proposal with the field of the form that holds it."""
    paired, rows = [], 0
    for one in fields:
        if one.field != "languages":
            paired.append((one.field, one))
            continue
        for _need in _items(one):
            rows += 1
            if rows <= MOST_LANGUAGES:
                paired.append((f"language_{rows}", one))
    return paired


def _doubts(fields: Sequence[ProposedField], tongue: Tongue) -> dict[str, str]:
    best: dict[str, ProposedField] = {}
    for name, one in _form_fields(fields):
        if name not in best or one.confidence > best[name].confidence:
            best[name] = one
    found = {
        name: tongue.word("Read in: “%(sentence)s”", sentence=_cut(one.sentence))
        for name, one in best.items()
        if one.confidence < SURE
    }
    for name in [name for name in found if name.startswith("language_")]:
        row = name.removeprefix("language_")
        found |= {f"level_{row}": found[name], f"who_{row}": found[name]}
    return found


def _cut(sentence: str, most: int = 240) -> str:
    return sentence if len(sentence) <= most else sentence[: most - 1].rstrip() + "…"


def _marks(fields: Sequence[ProposedField]) -> tuple[_Mark, ...]:
    """Return the marked places in order; places that overlap are one mark."""
    places = sorted({(one.span.start, one.span.end) for one in fields if one.span.end > 0})
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(
        _Mark(
            start,
            end,
            number,
            all(o.confidence < SURE for o in fields if start <= o.span.start < end),
        )
        for number, (start, end) in enumerate(merged, start=1)
    )


def _numbers(fields: Sequence[ProposedField], marks: Sequence[_Mark]) -> dict[str, tuple[int, ...]]:
    numbers: dict[str, tuple[int, ...]] = {}
    for name, one in _form_fields(fields):
        at = next((m.number for m in marks if m.start <= one.span.start < m.end), None)
        if at is not None and at not in numbers.get(name, ()):
            numbers[name] = (*numbers.get(name, ()), at)
    return numbers


def _lines(document: DocumentText, marks: Sequence[_Mark], tongue: Tongue) -> tuple[DocLine, ...]:
    lines, at, page = [], 0, 0
    many = len(document.pages) > 1
    for line in document.text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            continue
        told = ""
        number = next((p.number for p in document.pages if p.start <= start < p.end), page)
        if many and number != page:
            page, told = number, tongue.word("Page %(number)s", number=number)
        lines.append(DocLine(_parts(document.text, start, start + len(line), marks), page=told))
    return tuple(lines)


def _parts(text: str, start: int, end: int, marks: Sequence[_Mark]) -> tuple[DocPart, ...]:
    parts, at = [], start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        first, last = max(mark.start, at), min(mark.end, end)
        if first > at:
            parts.append(DocPart(text[at:first]))
        # A mark over several lines is tied at its first one only: ids are there once.
        number = mark.number if mark.start >= start else None
        parts.append(DocPart(text[first:last].rstrip("\n"), number, mark.doubtful))
        at = last
    if at < end:
        parts.append(DocPart(text[at:end].rstrip("\n")))
    return tuple(part for part in parts if part.text)


def _is_said(name: str) -> bool:
    return name != "text" and not name.startswith(("level_", "who_"))


def _family(name: str) -> str:
    return "language_" + name.split("_")[1] if name.startswith(("level_", "who_")) else name
