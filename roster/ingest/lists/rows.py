"""One row of a list → facts that quote its cells, and problems that name row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from roster.dates import PartialDate, Period
from roster.ingest.lists import cells
from roster.ingest.lists.columns import ListField, Target
from roster.ingest.lists.table import Row, Table
from roster.ingest.person.names import proper, split_name
from roster.ingest.work.employers import discipline_of, kind_of_staff
from roster.ingest.work.periods import find_periods
from roster.read import (
    BirthYear,
    Contact,
    CountryExperience,
    DocumentText,
    ExtractedProfile,
    FactValue,
    KindOfExpert,
    LanguageSkill,
    Name,
    Nationality,
    Post,
    ProposedFact,
    Span,
    TopicExperience,
    Unavailability,
)
from roster.vocabulary import FactKind

SURE = 0.95
"""A value of a column that says what it holds."""
LIKELY = 0.8
YOUNGEST, OLDEST = 16, 95
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE_DIGITS = range(6, 16)


_discipline = lru_cache(maxsize=cells.MOST_KEPT)(discipline_of)
_staff = lru_cache(maxsize=cells.MOST_KEPT)(kind_of_staff)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing in a row that was not understood; `str()` is a full sentence."""

    row: int
    """As spreadsheet programs count, from 1."""
    column: str | None
    """What people call the column; None where it is about the whole row."""
    detail: str
    blocks: bool = False
    """Whether no person can be made of the row."""

    def __str__(self) -> str:
        where = f"Row {self.row}" + (f", column '{self.column}'" if self.column else "")
        return f"{where}: {self.detail}"


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row says about one person."""

    number: int
    """As spreadsheet programs count, from 1."""
    document: DocumentText
    """The mapped cells of the row, one "heading: cell" a line; spans of facts point into it."""
    profile: ExtractedProfile
    """Its form is "list"."""
    problems: tuple[RowProblem, ...]
    country: str | None = None
    """Of the administration, as the list gives it: ISO 3166-1 alpha-2."""

    @property
    def is_blocked(self) -> bool:
        """Whether no person can be made of it."""
        return any(problem.blocks for problem in self.problems)

    @property
    def name(self) -> str | None:
        """The name as people call the person."""
        named = next((fact.value for fact in self.profile.of(FactKind.NAME)), None)
        return named.display if isinstance(named, Name) else None


@dataclass(slots=True)
class _Reader:
    """One row in the making."""

    table: Table
    row: Row
    mapping: Mapping[int, Target]
    language: str | None
    today: date | None
    starts: dict[int, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    facts: list[ProposedFact] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    country: str | None = None

    def lay_out(self) -> None:
        """Write the row as text and keep where each cell begins."""
        at = 0
        for column, target in sorted(self.mapping.items()):
            if target.field is ListField.IGNORED or not self.cell(column):
                continue
            label = f"{self.table.label(column)}: "
            self.starts[column] = at + len(label)
            self.lines.append(label + self.cell(column))
            at += len(self.lines[-1]) + 1

    def cell(self, column: int) -> str:
        return self.row.cells[column] if column < len(self.row.cells) else ""

    def columns(self, *fields: ListField) -> Iterator[tuple[int, str]]:
        """Yield (column, words) of the filled cells of some fields."""
        for column, target in sorted(self.mapping.items()):
            if target.field in fields and not cells.says_nothing(self.cell(column)):
                yield column, self.cell(column)

    def first(self, which: ListField) -> tuple[int, str] | None:
        return next(self.columns(which), None)

    def words(self, which: ListField) -> tuple[int, str] | None:
        """Return free words of a cell, unless they are a formula."""
        found = self.first(which)
        if found is None:
            return None
        if cells.looks_like_formula(found[1]):
            self.problem(found[0], f"'{_short(found[1])}' looks like a formula; write the words")
            return None
        return found[0], found[1].replace(" ⏎ ", ", ")

    def note(
        self,
        kind: FactKind,
        value: FactValue,
        column: int,
        confidence: float = SURE,
        *,
        place: tuple[int, int] | None = None,
        period: Period | None = None,
        doubt: str | None = None,
    ) -> None:
        start, end = place or (0, len(self.cell(column)))
        base = self.starts[column]
        span = Span(base + start, base + end)
        self.facts.append(ProposedFact(kind, value, span, confidence, period or Period(), doubt))

    def problem(self, column: int | None, detail: str, *, blocks: bool = False) -> None:
        label = self.table.label(column) if column is not None else None
        self.problems.append(RowProblem(self.row.number, label, f"{detail}.", blocks))


def read_row(
    table: Table,
    row: Row,
    mapping: Mapping[int, Target],
    *,
    language: str | None = None,
    today: date | None = None,
) -> RowReading:
    """Read one row by a mapping; see `roster.ingest.lists.reading.rows_to_profiles`."""
    reader = _Reader(table, row, mapping, language, today)
    reader.lay_out()
    for step in _STEPS:
        step(reader)
    text = "\n".join(reader.lines)
    document = DocumentText(text, (), "text/plain", language, "list/1")
    facts = sorted(reader.facts, key=lambda fact: (fact.span.start, fact.span.end))
    profile = ExtractedProfile(tuple(facts), "list")
    return RowReading(row.number, document, profile, tuple(reader.problems), reader.country)


def _name(reader: _Reader) -> None:
    family = reader.words(ListField.FAMILY_NAME)
    given = reader.words(ListField.GIVEN_NAME)
    whole = reader.words(ListField.FULL_NAME)
    if family and given:
        parts = proper(given[1]), proper(family[1])
        first, last = sorted((family[0], given[0]))
        end = reader.starts[last] + len(reader.cell(last)) - reader.starts[first]
        place = (0, end if last - first == 1 else len(reader.cell(first)))
        name = Name(" ".join(parts), *parts)
        reader.note(FactKind.NAME, name, first, 0.97, place=place)
        return
    alone = whole or family or given
    if alone is None or not any(letter.isalpha() for letter in alone[1]):
        reader.problem(None, "it has no name, so no person can be made of it", blocks=True)
        return
    mail = _MAIL.search(" ".join(words for _, words in reader.columns(ListField.EMAIL)))
    name = split_name(alone[1], mail.group() if mail else None)
    doubt = None if name.family and name.given else "only a part of the name is given"
    reader.note(FactKind.NAME, name, alone[0], 0.9 if doubt is None else 0.6, doubt=doubt)


def _contacts(reader: _Reader) -> None:
    for column, words in reader.columns(ListField.EMAIL):
        found = list(_MAIL.finditer(words.replace("mailto:", " " * 7)))
        for each in found:
            address = Contact(each.group().strip("."))
            reader.note(FactKind.EMAIL, address, column, 0.97, place=each.span())
        if not found:
            reader.problem(column, f"'{_short(words)}' is no e-mail address")
    for column, words in reader.columns(ListField.TELEPHONE):
        for start, part in cells.parts_of_cell(words, re.compile(r"\s*(?:[;,|]|⏎|\s/\s)\s*")):
            if sum(sign.isdigit() for sign in part) in _PHONE_DIGITS:
                place = (start, start + len(part))
                reader.note(FactKind.TELEPHONE, Contact(part), column, place=place)
            else:
                reader.problem(column, f"'{_short(part)}' is no telephone number")


def _nationalities(reader: _Reader) -> None:
    for column, words in reader.columns(ListField.NATIONALITY):
        cell = cells.read_countries(words, reader.language)
        for each in cell.found:
            place = (each.start, each.end)
            reader.note(FactKind.NATIONALITY, Nationality(each.value), column, place=place)
        _unknown(reader, column, cell.unknown, "is no nationality or country that is known")


def _post(reader: _Reader) -> None:
    home = reader.first(ListField.COUNTRY)
    if home is not None:
        cell = cells.read_countries(home[1], reader.language)
        _unknown(reader, home[0], cell.unknown, "is no country that is known")
        reader.country = cell.found[0].value if len(cell.found) == 1 else None
    title, employer = reader.words(ListField.POSITION), reader.words(ListField.EMPLOYER)
    unit = reader.words(ListField.UNIT)
    shown = employer or title or unit
    if shown is None:
        return
    body = employer[1] if employer else None
    post = Post(
        title=title[1] if title else None,
        employer=body,
        administration=_discipline(body) if body else None,
        employer_kind=_staff(body, reader.country, reader.today) if body else None,
        country=reader.country,
        unit=unit[1] if unit else None,
    )
    # A list tells of the present and gives no dates.
    doubt = None if title and employer else "a part is missing"
    confidence = 0.92 if doubt is None else LIKELY
    reader.note(FactKind.POST, post, shown[0], confidence, period=Period(ongoing=True), doubt=doubt)


def _languages(reader: _Reader) -> None:
    found: dict[str, tuple[int, cells.Found[LanguageSkill]]] = {}
    for column, target in sorted(reader.mapping.items()):
        words = reader.cell(column)
        if not words:
            continue
        cell = _language_cell(reader, column, target, words)
        for each in cell.found:
            known = found.get(each.value.language)
            if known is None or known[1].value.level is None:
                found[each.value.language] = column, each
        ends = "is no language that is known"
        if target.field is ListField.LANGUAGE:
            ends = "is no level: write A1 to C2, or native"
        _unknown(reader, column, cell.unknown, ends)
    for column, each in found.values():
        weak = each.value.level is None
        doubt = "its level is not stated" if weak else None
        place = (each.start, each.end)
        confidence = 0.75 if weak else 0.92
        reader.note(FactKind.LANGUAGE, each.value, column, confidence, place=place, doubt=doubt)


def _language_cell(
    reader: _Reader, column: int, target: Target, words: str
) -> cells.Cell[LanguageSkill]:
    if target.field is ListField.LANGUAGE and target.language:
        return cells.read_one_level(target.language, words, reader.language)
    if target.field is ListField.MOTHER_TONGUE:
        return cells.read_native(words, reader.language)
    if target.field is not ListField.LANGUAGES:
        return cells.Cell()
    cell = cells.read_language_list(words, reader.language)
    beside = reader.mapping.get(column + 1)
    if len(cell.found) == 1 and beside is not None and beside.field is ListField.LEVEL:
        only = cell.found[0]
        level = reader.cell(column + 1)
        if level and only.value.level is None:
            skill = cells.skill_of(only.value.language, level, reader.language)
            if skill.level is None and not cells.says_nothing(level):
                reader.problem(column + 1, f"'{_short(level)}' is no level: write A1 to C2")
            return cells.Cell((cells.Found(skill, only.start, only.end),), cell.unknown)
    return cell


def _topics(reader: _Reader) -> None:
    seen: set[str] = set()
    for column, words in reader.columns(ListField.TOPICS):
        cell = cells.read_topics(words, reader.language)
        for each in cell.found:
            topic, strength = each.value
            if topic not in seen:
                seen.add(topic)
                weak = strength < 1.0
                reader.note(
                    FactKind.TOPIC,
                    TopicExperience(topic, strength),
                    column,
                    0.7 if weak else 0.9,
                    place=(each.start, each.end),
                    doubt="the words may mean something else" if weak else None,
                )
        _unknown(reader, column, cell.unknown, "is no topic that is known, and is left out")


def _countries(reader: _Reader) -> None:
    for column, words in reader.columns(ListField.COUNTRIES):
        cell = cells.read_countries(words, reader.language)
        for each in cell.found:
            value = CountryExperience(each.value)
            reader.note(FactKind.COUNTRY, value, column, 0.92, place=(each.start, each.end))
        _unknown(reader, column, cell.unknown, "is no country that is known, and is left out")


def _birth(reader: _Reader) -> None:
    found = reader.first(ListField.BIRTH)
    if found is None:
        return
    column, words = found
    when = _date(words, reader.language)
    if when is None:
        reader.problem(column, f"'{_short(words)}' is no year or date of birth")
    elif reader.today and not YOUNGEST <= reader.today.year - when.year <= OLDEST:
        reader.problem(column, f"{when.year} cannot be the year of birth of an expert")
    else:
        reader.note(FactKind.BIRTH_YEAR, BirthYear(when.year), column)


def _date(words: str, language: str | None) -> PartialDate | None:
    spans = find_periods(words, language) or find_periods(words)
    return spans[0].period.start if spans else None


def _kind(reader: _Reader) -> None:
    found = reader.first(ListField.KIND)
    if found is None:
        return
    kind = cells.read_kind(found[1])
    if kind is None:
        reader.problem(found[0], f"'{_short(found[1])}' is no kind of expert that is known")
        return
    reader.note(FactKind.EXPERT_KIND, KindOfExpert(kind), found[0], 0.9)


def _availability(reader: _Reader) -> None:
    for which in (ListField.AVAILABLE_UNTIL, ListField.AVAILABLE_FROM):
        found = reader.first(which)
        if found is None:
            continue
        column, words = found
        when = _date(words, reader.language)
        if when is None:
            reader.problem(column, f"'{_short(words)}' is no date: write it as 2027-06-30")
            continue
        if which is ListField.AVAILABLE_UNTIL:
            away = Period(PartialDate.of(when.last_day + timedelta(days=1)))
        else:
            away = Period(None, PartialDate.of(when.first_day - timedelta(days=1)))
        reader.note(FactKind.UNAVAILABILITY, Unavailability(), column, LIKELY, period=away)


def _unknown(reader: _Reader, column: int, unknown: tuple[str, ...], ends: str) -> None:
    for words in unknown:
        reader.problem(column, f"'{_short(words)}' {ends}")


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"


_STEPS: tuple[Callable[[_Reader], None], ...] = (
    _name,
    _contacts,
    _nationalities,
    _post,
    _languages,
    _topics,
    _countries,
    _birth,
    _kind,
    _availability,
)
