"""Columns of lists: what the heading of each says, in the languages of the field.

A heading that is not understood gets no target; a person maps it, nothing is guessed into a field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from roster.naming import fold
from roster.reference import languages

LEAST_LIKENESS = 88.0
"""Of a heading and a known one, 0 to 100, where they are not the same words."""
LEAST_LETTERS = 5
"""Shorter headings are not compared loosely: "Amt" is not "Art"."""
_SAMPLE = 30
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class ListField(StrEnum):
    """What a column of a list can be about."""

    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    FULL_NAME = "full_name"
    EMAIL = "email"
    TELEPHONE = "telephone"
    NATIONALITY = "nationality"
    COUNTRY = "country"
    """Of the administration; says where the employer is, never a nationality."""
    EMPLOYER = "employer"
    UNIT = "unit"
    POSITION = "position"
    LANGUAGES = "languages"
    """Several in one cell ("English C1; French B2"), or one, with its level in a `LEVEL` column."""
    LANGUAGE = "language"
    """One column per language, headed by its name: `Target.language` says which."""
    LEVEL = "level"
    """Of the language in the `LANGUAGES` column left of it."""
    MOTHER_TONGUE = "mother_tongue"
    TOPICS = "topics"
    COUNTRIES = "countries"
    BIRTH = "birth"
    KIND = "kind"
    AVAILABLE_FROM = "available_from"
    AVAILABLE_UNTIL = "available_until"
    IGNORED = "ignored"
    """Known, and of no use here: notes, numbers, addresses, sex."""


SINGLE_FIELDS = frozenset(
    {
        ListField.FAMILY_NAME,
        ListField.GIVEN_NAME,
        ListField.FULL_NAME,
        ListField.COUNTRY,
        ListField.EMPLOYER,
        ListField.UNIT,
        ListField.POSITION,
        ListField.BIRTH,
        ListField.KIND,
        ListField.AVAILABLE_FROM,
        ListField.AVAILABLE_UNTIL,
    }
)
"""Fields that one column at most is proposed for."""
_AMBIGUOUS = "ambiguous_name"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of a column go; `str()` and `parse` carry it through a form."""

    field: ListField
    language: str | None = None
    """ISO 639-1 (639-3 where there is none), for `ListField.LANGUAGE` only."""

    def __str__(self) -> str:
        return f"{self.field}:{self.language}" if self.language else str(self.field)

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read what `str()` gave.

        Raises
        ------
        ValueError
            No such field, or no such language.
        """
        name, _, language = text.partition(":")
        field = ListField(name)
        if (field is ListField.LANGUAGE) != bool(language):
            raise ValueError(f"a target is a field, or language:CODE; this is none: {text!r}")
        if language and not languages.is_language(language):
            raise ValueError(f"no language has the code {language!r}")
        return cls(field, language or None)


def propose_mapping(header: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> dict[int, Target]:
    """Propose what each column of a list is about.

    Parameters
    ----------
    header : headings from the first column on, in any language; blank ones are allowed
    rows : cells of some rows: a column without a known heading that holds addresses of e-mail is
        taken for that

    Returns
    -------
    mapping : column, counted from 0 → target; columns that are not understood are absent
    """
    found = {at: one for at, label in enumerate(header) if (one := _read_heading(label))}
    mapping = _settled(found)
    _by_content(mapping, header, rows)
    return mapping


def known_headings(header: Sequence[str]) -> int:
    """Count the different fields that a row names, were it a header; ignored ones count too."""
    found = [_read_heading(label) for label in header if len(label) <= 80]
    return len({(one.name, one.language) for one in found if one is not None})


@dataclass(frozen=True, slots=True)
class _Heading:
    name: str
    """Of a field, or `_AMBIGUOUS`."""
    likeness: float
    language: str | None = None


@lru_cache(maxsize=4096)
def _read_heading(label: str) -> _Heading | None:
    """Read one heading: its words, else without brackets, else each side of a slash, else alike."""
    language = _language_named(label)
    for words in _variants(label):
        name = _phrases().get(words)
        if name is not None and not (name == ListField.LEVEL and language):
            return _Heading(name, 100.0)
    if language is not None:
        return _Heading(ListField.LANGUAGE, 95.0, language)
    whole = fold(_bare(label))
    if len(whole) < LEAST_LETTERS:
        return None
    best = process.extractOne(whole, _long_phrases(), scorer=fuzz.ratio, score_cutoff=80.0)
    if best is not None and best[1] >= LEAST_LIKENESS:
        return _Heading(_phrases()[best[0]], float(best[1]))
    return _by_words(whole)


def _by_words(whole: str) -> _Heading | None:
    """Find a known heading of two words or more inside a longer one; the longest counts."""
    inside = [
        phrase
        for phrase in _phrases()
        if " " in phrase and f" {phrase} " in f" {whole} " and len(phrase) * 2 >= len(whole)
    ]
    best = max(inside, key=len, default=None)
    return _Heading(_phrases()[best], 85.0) if best is not None else None


def _bare(label: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).replace("⏎", " ").replace("*", " ")


def _variants(label: str) -> Iterable[str]:
    yield fold(label.replace("⏎", " "))
    bare = _bare(label)
    yield fold(bare)
    for part in re.split(r"[/|⏎]| - |:", bare):
        yield fold(part)
    for inner in re.findall(r"\(([^()]*)\)", label):
        yield fold(inner)
    yield re.sub(r"\d+$", "", fold(bare)).strip()


def _language_named(label: str) -> str | None:
    """Return the language of "Français", "EN", "Level of English", "Niveau (anglais)"."""
    code = languages.code_for(_bare(label).strip(" :.*"))
    if code is not None:
        return code
    mentions = {each.code for each in languages.find_languages(label)}
    return mentions.pop() if len(mentions) == 1 and len(label.split()) <= 4 else None


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, str]:
    raw = files("roster.ingest").joinpath("data/columns.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(raw)
    known: dict[str, str] = {}
    for name, phrases in table.items():
        for phrase in phrases:
            known.setdefault(fold(phrase), name)
    known.pop("", None)
    return known


@lru_cache(maxsize=1)
def _long_phrases() -> tuple[str, ...]:
    return tuple(phrase for phrase in _phrases() if len(phrase) >= LEAST_LETTERS)


def _settled(found: Mapping[int, _Heading]) -> dict[int, Target]:
    """Give each single field to its best column, and "Name" or "Nom" what the others leave."""
    names = {heading.name for heading in found.values()}
    mapping: dict[int, Target] = {}
    taken: set[ListField] = set()
    for at, heading in sorted(found.items(), key=lambda item: (-item[1].likeness, item[0])):
        field = _name_field(names) if heading.name == _AMBIGUOUS else ListField(heading.name)
        if field in SINGLE_FIELDS and field in taken:
            continue
        taken.add(field)
        mapping[at] = Target(field, heading.language)
    return dict(sorted(mapping.items()))


def _name_field(names: set[str]) -> ListField:
    if ListField.GIVEN_NAME in names:
        return ListField.FAMILY_NAME
    if ListField.FAMILY_NAME in names:
        return ListField.GIVEN_NAME
    return ListField.FULL_NAME


def _by_content(
    mapping: dict[int, Target], header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    if any(target.field is ListField.EMAIL for target in mapping.values()):
        return
    counts: dict[int, int] = {}
    for _, cells in zip(range(_SAMPLE), rows, strict=False):
        for at, cell in enumerate(cells):
            if at not in mapping and _MAIL.fullmatch(cell.strip()):
                counts[at] = counts.get(at, 0) + 1
    best = max(counts, key=lambda at: (counts[at], -at), default=None)
    if best is not None and best < len(header):
        mapping[best] = Target(ListField.EMAIL)
