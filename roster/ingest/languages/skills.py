"""Languages and levels: grids with their direction, lists, sentences; each skill where printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.ingest.languages.lines import language_lines, sentences
from roster.ingest.languages.phrases import (
    SHORTEST_NAME,
    Reading,
    confidence_of,
    doubt_of,
    language_of,
    read_words,
    shown,
)
from roster.ingest.languages.words import (
    ASKED,
    MARKS_OF_NATIVE,
    SKILLS,
    YES,
    header_of,
    is_legend,
    is_native,
)
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.read import LanguageSkill
from roster.reference import languages, levels
from roster.vocabulary import FactKind, LanguageLevel

_ASIDE = re.compile(
    r"(?<!\w)(?:translat\w+|document\w*|available|request|courses?|literatur\w*|studie[sd]|studying|"
    r"teach\w*|taught|teacher|programming|version|traduc\w+|cours de|curso de|interpret\w*|"
    r"philolog\w*|certified translator|keyboard|clavier)(?!\w)"
)
MOST_WORDS_OF_A_LIST = 14
_MOST_WORDS_OF_A_LEVEL = 5
_LEADING_LEVEL = re.compile(r"\W{0,3}[ABC][12](?!\w)")
"""A level at the start of a line counts even where another column runs into it."""


@dataclass(slots=True)
class _Grid:
    columns: list[str | None]
    scale: levels.Scale | None


def read_languages(sheet: Sheet) -> None:
    """Note down every language of the sections on languages, each once.

    Where a CV has none, its sentences on who the person is are asked; what they say is less sure.
    """
    found = _of_lines(sheet, language_lines(sheet))
    if not found:
        found = _of_sentences(sheet)
    for skill, where, confidence, doubt in found.values():
        sheet.note(FactKind.LANGUAGE, skill, where, confidence, doubt=doubt)


def _of_lines(sheet: Sheet, lines: Sequence[Line]) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    grid: _Grid | None = None
    scale = _scale_of(sheet)
    last: list[str] = []
    """Languages of the line above, to which a level or a skill alone in its line belongs."""
    for number, line in enumerate(lines):
        if is_legend(plain(line.text)):
            continue
        header = header_of(line)
        if header:
            grid = _Grid(_filled(header, grid), scale)
            last = []
            continue
        below = lines[number + 1] if number + 1 < len(lines) else None
        readings = _of_columns(line, below, sheet.language, scale)
        readings = readings or _read_line(sheet, line, grid, scale)
        if readings:
            last = [reading[0].language for reading in readings]
            for reading in readings:
                _keep(found, reading)
        else:
            _add_to_last(found, last, line, sheet.language, scale)
    return found


def _filled(header: list[str | None], grid: _Grid | None) -> list[str | None]:
    """Fill the gaps of the second row of a header from the first ("Writing" spans both)."""
    if grid is None or len(grid.columns) != len(header):
        return header
    return [own or above for own, above in zip(header, grid.columns, strict=True)]


def _keep(found: dict[str, Reading], reading: Reading) -> None:
    skill = reading[0]
    known = found.get(skill.language)
    if known is None or (known[0].level is None and skill.level is not None):
        found[skill.language] = reading


def _add_to_last(
    found: dict[str, Reading],
    last: Sequence[str],
    line: Line,
    language: str | None,
    scale: levels.Scale | None,
) -> None:
    """Give a level, or skills with levels, alone in a line to the language named above."""
    by_skill = _by_skill(line, language, scale)
    alone = None if by_skill else _alone(line.text, language, scale)
    if not by_skill and alone is None:
        return
    for code in last:
        skill, where, _, _ = found[code]
        if skill.level is not None and not (by_skill and _has_skills(skill)):
            continue
        words = " ".join(filter(None, (skill.stated, shown(line.text))))[:80]
        if alone is not None:
            skill = replace(skill, level=alone.level, stated=words, basis=alone.basis)
        else:
            known = {name: getattr(skill, name) for name in SKILLS}
            known |= {name: _lower(each.level, known[name]) for name, each in by_skill.items()}
            basis = next(iter(by_skill.values())).basis
            level = levels.combine(known)
            skill = replace(skill, level=level, stated=words, basis=basis, **known)
        found[code] = (skill, where, confidence_of(skill), doubt_of(skill))


def _lower(one: LanguageLevel | None, other: LanguageLevel | None) -> LanguageLevel | None:
    both = [level for level in (one, other) if level is not None]
    return min(both, key=lambda level: level.rank) if both else None


def _has_skills(skill: LanguageSkill) -> bool:
    return any(getattr(skill, name) is not None for name in SKILLS)


def _alone(text: str, language: str | None, scale: levels.Scale | None) -> levels.Level | None:
    if len(text.split()) > _MOST_WORDS_OF_A_LEVEL and not _LEADING_LEVEL.match(text):
        return None
    if is_native(text):
        return levels.Level(LanguageLevel.NATIVE, levels.STATED, text)
    found = levels.read_level(text, language, scale)
    return found if found is not None and found.level is not None else None


def _by_skill(
    line: Line, language: str | None, scale: levels.Scale | None
) -> dict[str, levels.Level]:
    """Read "Listening C1 Spoken production B2" or "Reading skills | good"."""
    low = plain(line.text)
    marks = sorted(
        (found.start(), found.end(), name)
        for name, words in SKILLS.items()
        for found in words.finditer(low)
    )
    values: dict[str, levels.Level] = {}
    for at, (_, end, name) in enumerate(marks):
        stop = marks[at + 1][0] if at + 1 < len(marks) else len(low)
        found = levels.read_level(line.text[end:stop], language, scale)
        if found is not None and found.level is not None:
            known = values.get(name)
            if known is None or known.level is None or found.level.rank < known.level.rank:
                values[name] = found
    return values


def _of_columns(
    line: Line, below: Line | None, language: str | None, scale: levels.Scale | None
) -> list[Reading]:
    """Read a row of languages over a row of levels."""
    if below is None or len(line.cells) < 2 or len(below.cells) != len(line.cells):
        return []
    codes = [language_of(cell.text, language) for cell in line.cells]
    found = [_alone(cell.text, language, scale) for cell in below.cells]
    readings: list[Reading] = []
    for code, level, cell in zip(codes, found, line.cells, strict=True):
        if code is None or level is None:
            return []
        skill = LanguageSkill(code, level.level, shown(level.stated), level.basis)
        readings.append((skill, cell, confidence_of(skill), doubt_of(skill)))
    return readings


def _of_sentences(sheet: Sheet) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for line in sentences(sheet):
        for clause in sentences_of(line.piece):
            for skill, where, _, _ in read_words(clause, sheet.language, None):
                if skill.level is not None:
                    _keep(found, (skill, where, 0.75, "read in running text"))
    return found


def _scale_of(sheet: Sheet) -> levels.Scale | None:
    for section in sheet.sections:
        if section.kind is not SectionKind.LANGUAGES:
            continue
        words = [section.heading.text] if section.heading else []
        words += [piece.text for piece in section.pieces if len(piece.text) > 20]
        for sentence in words:
            scale = levels.read_scale(sentence)
            if scale is not None:
                return scale
    return None


def _read_line(
    sheet: Sheet, line: Line, grid: _Grid | None, scale: levels.Scale | None
) -> list[Reading]:
    if len(line.cells) > 1:
        if _is_list_of_cells(line, sheet.language):
            each = (read_words(cell, sheet.language, scale) for cell in line.cells)
            return [reading for readings in each for reading in readings]
        code = language_of(line.cells[0].text, sheet.language)
        if code is not None:
            reading = _read_row(code, line, grid, scale, sheet.language)
            is_code = len(line.cells[0].text.strip(" :")) < SHORTEST_NAME
            return [] if is_code and reading[0].level is None else [reading]
    label = find_label(line.text)
    if label is not None and label.field == "mother_tongue":
        return _mother_tongues(line, label.end, sheet.language)
    readings = read_words(line.piece, sheet.language, scale)
    if len(line.text.split()) > MOST_WORDS_OF_A_LIST or _ASIDE.search(plain(line.text)):
        # A sentence may name a language that nobody claims to speak.
        aside = _ASIDE.search(plain(line.text)) is not None
        readings = [each for each in readings if each[0].level is not None or not aside]
    return readings


def _is_list_of_cells(line: Line, language: str | None) -> bool:
    """Whether bars part one language from the next: "French C1 | English B2", no row of a grid."""
    named = [languages.find_languages(cell.text, language) for cell in line.cells if cell.text]
    return len(named) > 1 and all(found and found[0].start <= 1 for found in named)


def _read_row(
    code: str,
    line: Line,
    grid: _Grid | None,
    scale: levels.Scale | None,
    language: str | None,
) -> Reading:
    cells = [cell for cell in line.cells[1:] if cell.text.strip(" -–—")]
    known = [(cell, _level_in(cell.text, language, scale)) for cell in cells]
    stated = "/".join(dict.fromkeys(c.text for c in cells)) if _alike(cells) else _slashed(cells)
    if _is_mother_tongue(line, grid):
        native = LanguageSkill(code, LanguageLevel.NATIVE, stated or None, "stated")
        return native, line.piece, confidence_of(native), doubt_of(native)
    by_skill = _by_column(line, grid, scale, language)
    level = levels.combine(by_skill) if by_skill else None
    firsts = [found for _, found in known if found is not None]
    if level is None and firsts:
        plain_levels = [found.level for found in firsts if found.level is not None]
        level = min(plain_levels, key=lambda each: each.rank) if plain_levels else None
    basis = firsts[0].basis if firsts else "stated"
    if level is LanguageLevel.NATIVE:
        by_skill = {}
    skill = LanguageSkill(code, level, stated or None, basis, **by_skill)
    return skill, line.piece, confidence_of(skill), doubt_of(skill)


def _is_mother_tongue(line: Line, grid: _Grid | None) -> bool:
    """Whether the column that asks for the mother tongue says yes."""
    if grid is None or ASKED not in grid.columns:
        return False
    at = grid.columns.index(ASKED)
    return at < len(line.cells) and YES.fullmatch(plain(line.cells[at].text)) is not None


def _level_in(text: str, language: str | None, scale: levels.Scale | None) -> levels.Level | None:
    if MARKS_OF_NATIVE.search(text):
        return levels.Level(LanguageLevel.NATIVE, levels.STATED, text.strip())
    return levels.read_level(text, language, scale)


def _alike(cells: Sequence[Piece]) -> bool:
    return len({cell.text.lower() for cell in cells}) == 1 and len(cells[0].text) > 2


def _slashed(cells: Sequence[Piece]) -> str:
    return "/".join(cell.text for cell in cells)


def _by_column(
    line: Line, grid: _Grid | None, scale: levels.Scale | None, language: str | None
) -> dict[str, LanguageLevel | None]:
    if grid is None or len(grid.columns) < len(line.cells):
        return {}
    values: dict[str, list[LanguageLevel]] = {}
    for name, cell in zip(grid.columns, line.cells, strict=False):
        found = _level_in(cell.text, language, scale) if name and cell.text else None
        if name is not None and name != ASKED and found is not None and found.level is not None:
            values.setdefault(name, []).append(found.level)
    return {name: min(each, key=lambda level: level.rank) for name, each in values.items()}


def _mother_tongues(line: Line, start: int, language: str | None) -> list[Reading]:
    words = line.text[start:]
    first = re.split(r"[;.]", words)[0]
    readings = read_words(line.piece, language, None) if len(words) > len(first) + 3 else []
    found = [
        (
            LanguageSkill(
                mention.code, LanguageLevel.NATIVE, line.text[:start].strip(" :⏎|"), "stated"
            ),
            line.piece,
            0.96,
            None,
        )
        for mention in languages.find_languages(first, language)
    ]
    if not found:
        code = language_of(first, language)
        if code is not None:
            native = LanguageSkill(code, LanguageLevel.NATIVE, first.strip(), "stated")
            found = [(native, line.piece, 0.9, None)]
    own = {skill.language for skill, _, _, _ in found}
    rest = [each for each in readings if each[0].language not in own]
    return [*found, *(_unless_native(each) for each in rest)]


def _unless_native(reading: Reading) -> Reading:
    """Keep the label "mother tongue" from reaching past the end of its sentence."""
    skill, where, confidence, doubt = reading
    if skill.level is LanguageLevel.NATIVE:
        return replace(skill, level=None, stated=None), where, 0.7, "its level is not stated"
    return skill, where, confidence, doubt
