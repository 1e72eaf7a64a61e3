"""Facts out of the labelled lines that readers of structured CVs write: values, nothing guessed.

`roster.ingest.formats.field_lines` is the other half: it writes the fields first, one value a line,
and free text after them. Only the lines before the free text are read here, so nothing that a
person wrote into a description can pass for a field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from roster.dates import PartialDate, Period
from roster.ingest.formats.field_lines import (
    EDUCATION,
    GRID,
    LANGUAGES,
    PRESENT,
    SURE_READERS,
    UNKNOWN_LEVEL,
    WORK,
)
from roster.ingest.person.names import proper, split_name
from roster.ingest.sheet import Sheet
from roster.ingest.wording.lines import Line, Piece, lines_of
from roster.ingest.work.degrees import education_level
from roster.ingest.work.employers import discipline_of, kind_of_staff
from roster.ingest.work.employment import Stay
from roster.read import (
    BirthYear,
    Contact,
    DocumentText,
    Education,
    Headline,
    LanguageSkill,
    Name,
    Nationality,
    Post,
)
from roster.reference import countries, languages, levels
from roster.reference.nationality import find_nationalities
from roster.vocabulary import FactKind, LanguageLevel

SURE = 0.98
"""A field of a structured CV says what it is."""
YOUNGEST, OLDEST = 16, 95
_SKILLS = ("listening", "reading", "speaking", "speaking", "writing")
_HEADINGS = frozenset({LANGUAGES, WORK, EDUCATION})
_EQF = {"3": 3, "4": 3, "5": 5, "6": 6, "7": 7, "8": 8}
"""EQF level → ISCED 2011."""
_ISCED_1997 = {"3": 3, "4": 4, "5": 5, "6": 8}
"""ISCED 1997 level → ISCED 2011, of those that the reader of Europass hands over."""


@dataclass(slots=True)
class FormText:
    """The fields of a structured CV: labelled values, rows of languages, blocks of entries."""

    fields: list[tuple[str, Piece]] = field(default_factory=list)
    mother_tongues: list[Piece] = field(default_factory=list)
    languages: list[Line] = field(default_factory=list)
    work: list[dict[str, Piece]] = field(default_factory=list)
    education: list[dict[str, Piece]] = field(default_factory=list)
    end: int = 0
    """Where the free text begins."""

    def values(self, label: str) -> list[Piece]:
        """Return the values under one label, in order."""
        return [piece for name, piece in self.fields if name == label]


def is_form(text: DocumentText) -> bool:
    """Whether a text was written by a reader of structured CVs."""
    return text.reader in SURE_READERS


def read_form(sheet: Sheet, today: date | None) -> list[Stay]:
    """Note down what the fields say; return the entries of work.

    Parameters
    ----------
    sheet : a structured CV; the sections of its fields are taken out, free text stays
    today : the day of reading; None leaves open what has ended since
    """
    form = _parsed(sheet.document.text)
    _name(sheet, form)
    _contacts(sheet, form, today)
    _languages(sheet, form)
    stays = [stay for entry in form.work if (stay := _post(sheet, entry))]
    for entry in form.education:
        _education(sheet, entry, today or date.max)
    sheet.sections = [
        section
        for section in sheet.sections
        if section.lines and section.lines[0].start >= form.end
    ]
    return stays


def _parsed(text: str) -> FormText:
    form = FormText(end=len(text))
    section = ""
    for line in lines_of(text)[1:]:
        if line.apart and line.text in _HEADINGS:
            section = line.text
        elif len(line.cells) > 1:
            _add_row(form, section, line)
        elif ": " in line.text and section in {"", LANGUAGES}:
            label, value = _labelled(line)
            if label == "Mother tongue":
                form.mother_tongues.append(value)
            else:
                form.fields.append((label, value))
        else:
            form.end = line.start
            break
    return form


def _labelled(line: Line) -> tuple[str, Piece]:
    label, _, value = line.text.partition(": ")
    start = line.start + len(label) + 2
    return label, Piece(start, line.end, value)


def _add_row(form: FormText, section: str, line: Line) -> None:
    if section == LANGUAGES:
        form.languages.append(line)
        return
    entries = form.work if section == WORK else form.education
    if line.apart or not entries:
        entries.append({})
    entries[-1].setdefault(line.cells[0].text, line.cells[1])


def _name(sheet: Sheet, form: FormText) -> None:
    family, given = form.values("Family name"), form.values("First name")
    if family and given:
        parts = proper(given[0].text), proper(family[0].text)
        where = sheet.slice(family[0].start, given[0].end)
        sheet.note(FactKind.NAME, Name(" ".join(parts), *parts), where, SURE)
        return
    whole = next(iter([*form.values("Name"), *family, *given]), None)
    if whole is not None:
        mail = next((piece.text for piece in form.values("E-mail")), None)
        name = split_name(whole.text, mail)
        sheet.note(FactKind.NAME, name, whole, 0.95 if name.family and name.given else 0.7)


def _contacts(sheet: Sheet, form: FormText, today: date | None) -> None:
    for order, mail in enumerate(form.values("E-mail")):
        # The first is the one that the form prints on top.
        sheet.note(FactKind.EMAIL, Contact(mail.text), mail, SURE if order == 0 else 0.95)
    for phone in form.values("Telephone"):
        sheet.note(FactKind.TELEPHONE, Contact(phone.text), phone, SURE)
    for nationality in form.values("Nationality"):
        for code in _countries(nationality.text, sheet.language):
            sheet.note(FactKind.NATIONALITY, Nationality(code), nationality, SURE)
    for birth in form.values("Date of birth"):
        year = _partial(birth.text)
        if year and (today is None or YOUNGEST <= today.year - year.year <= OLDEST):
            sheet.note(FactKind.BIRTH_YEAR, BirthYear(year.year), birth, SURE)
    for headline in form.values("Headline"):
        sheet.note(FactKind.HEADLINE, Headline(headline.text), headline, 0.9)


def _countries(words: str, language: str | None) -> list[str]:
    """Return the countries that a label names; "Citizen of the world" names none."""
    code = countries.code_for(words)
    mentions = [] if code else find_nationalities(words, language)
    return [code] if code else list(dict.fromkeys(each.code for each in mentions))


def _languages(sheet: Sheet, form: FormText) -> None:
    seen: set[str] = set()
    for piece in form.mother_tongues:
        for code in language_codes(piece.text):
            if code not in seen:
                seen.add(code)
                skill = LanguageSkill(code, LanguageLevel.NATIVE, "mother tongue", "stated")
                sheet.note(FactKind.LANGUAGE, skill, piece, SURE)
    for line in form.languages:
        for code in language_codes(line.cells[0].text):
            if code not in seen:
                seen.add(code)
                skill, confidence, doubt = _skill(code, line, sheet.language)
                sheet.note(FactKind.LANGUAGE, skill, line.piece, confidence, doubt=doubt)


def language_codes(words: str) -> list[str]:
    """Return the languages that a label names, also two in one ("French and Arabic")."""
    code = languages.code_for(words)
    mentions = [] if code else languages.find_languages(words)
    return [code] if code else list(dict.fromkeys(each.code for each in mentions))


def _skill(code: str, line: Line, language: str | None) -> tuple[LanguageSkill, float, str | None]:
    """Read a row of five skills, or of one level in words."""
    cells = [cell.text for cell in line.cells[1:]]
    stated = "/".join(cell for cell in cells if cell != UNKNOWN_LEVEL) or None
    if len(cells) == len(GRID):
        by_skill = _by_skill(cells)
        level = levels.combine(by_skill)
        skill = LanguageSkill(code, level, stated, "stated", **by_skill)
    else:
        found = levels.read_level(cells[0], language) or levels.read_level(cells[0])
        basis = found.basis if found else "stated"
        skill = LanguageSkill(code, found.level if found else None, stated, basis)
    if skill.level is None:
        return skill, 0.75, "its level is not stated"
    worded = skill.basis != levels.STATED and skill.level is not LanguageLevel.NATIVE
    return skill, 0.8 if worded else SURE, "the level is a word" if worded else None


def _by_skill(cells: Iterable[str]) -> dict[str, LanguageLevel | None]:
    """Return the level of each skill; of spoken interaction and production the lower."""
    found: dict[str, LanguageLevel | None] = {}
    for name, cell in zip(_SKILLS, cells, strict=False):
        read = levels.read_level(cell) if cell != UNKNOWN_LEVEL else None
        if read is None or read.level is None:
            continue
        known = found.get(name)
        found[name] = min(known or read.level, read.level, key=lambda level: level.rank)
    return found


def _post(sheet: Sheet, entry: dict[str, Piece]) -> Stay | None:
    title, employer = entry.get("Position"), entry.get("Employer")
    if title is None and employer is None:
        return None
    period = _period(entry.get("Dates"))
    place, country = entry.get("Location"), _country_of(entry)
    on = period.end or period.start
    name = employer.text if employer is not None else None
    post = Post(
        title=title.text if title is not None else None,
        employer=name,
        administration=discipline_of(name) if name else None,
        employer_kind=kind_of_staff(name, country, on.last_day if on else None) if name else None,
        country=country,
        place=place.text[:120] if place is not None else None,
        duties=entry["Description"].text[:2000] if "Description" in entry else None,
    )
    confidence, doubt = _trust(period, post)
    shown = [piece for label, piece in entry.items() if label != "Description"]
    where = sheet.slice(min(each.start for each in shown), max(each.end for each in shown))
    sheet.note(FactKind.POST, post, where, confidence, period=period, doubt=doubt)
    return Stay(
        where=where,
        period=period,
        title=title,
        employer=employer,
        place=place,
        duties=entry.get("Description"),
    )


def _trust(period: Period, post: Post) -> tuple[float, str | None]:
    if period.start and period.end and period.end.last_day < period.start.first_day:
        return 0.6, "its end lies before its start"
    if period.start is None and period.end is None:
        return 0.8, "it has no dates"
    if post.title is None or post.employer is None:
        return 0.8, "a part is missing"
    return SURE, None


def _country_of(entry: dict[str, Piece]) -> str | None:
    """Return the country at the end of the place; else the one that the place or employer names."""
    place = entry.get("Location")
    if place is not None:
        code = countries.code_for(place.text.rpartition(", ")[2])
        if code is not None:
            return code
        named = [each for each in countries.find_countries(place.text) if each.kind != "demonym"]
        return named[-1].code if named else None
    employer = entry.get("Employer")
    tail = employer.text.rpartition(", ")[2].strip(" ().") if employer is not None else ""
    return countries.code_for(tail) if employer is not None and tail != employer.text else None


def _period(piece: Piece | None) -> Period:
    if piece is None:
        return Period()
    first, _, last = piece.text.partition(" – ")
    ongoing = last == PRESENT
    return Period(_partial(first), None if ongoing else _partial(last), ongoing)


def _partial(words: str) -> PartialDate | None:
    """Read an ISO date cut to its precision; a day that no calendar has keeps its month."""
    bare = words.strip()
    for length in (10, 7, 4):
        try:
            return PartialDate.parse(bare[:length])
        except ValueError:
            continue
    return None


def _education(sheet: Sheet, entry: dict[str, Piece], today: date) -> None:
    title, school = entry.get("Title of qualification awarded"), entry.get("Institution")
    period = _period(entry.get("Dates"))
    unfinished = period.ongoing or (period.end is not None and period.end.first_day > today)
    if unfinished or (title is None and school is None):
        return
    stated = entry.get("Level")
    level = _level(stated.text) if stated is not None else None
    level = level or (education_level(title.text) if title is not None else None)
    name = school.text if school is not None else None
    last = name.rpartition(", ")[2] if name else ""
    country = countries.code_for(last) if name and last != name else None
    value = Education(title.text if title is not None else None, level, name, country)
    start = min(piece.start for piece in entry.values())
    where = sheet.slice(start, max(piece.end for piece in entry.values()))
    doubt = None if level is not None else "the level of the degree is not clear"
    confidence = SURE if level is not None and title is not None else 0.7
    sheet.note(FactKind.EDUCATION, value, where, confidence, period=period, doubt=doubt)


def _level(words: str) -> int | None:
    digits = [sign for sign in words if sign.isdigit()]
    if words.startswith("ISCED 1997 "):
        return _ISCED_1997.get(words[11:12])
    if len(digits) == 1 and (len(words) <= 2 or "EQF" in words):
        return _EQF.get(digits[0])
    return education_level(words)
