"""Languages and levels: grids with their direction, lists, sentences; each skill where printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.ingest.headings import SectionKind
from roster.ingest.labels import find_label
from roster.ingest.lines import Line, Piece
from roster.ingest.plain import plain
from roster.ingest.sheet import Sheet
from roster.read import LanguageSkill
from roster.reference import languages, levels
from roster.vocabulary import FactKind, LanguageLevel

_SKILLS: dict[str, str] = {
    "listening": r"listening|ecoute\w*|comprension (?:auditiva|oral)|compreensao oral|horen|"
    r"horverst\w+|ascolto|ascultat|understand(?:ing)?|comprehension(?: orale)?|comprendre|"
    r"comprension|compreensao|verstehen|c\.?o\.?",
    "reading": r"read(?:ing)?|lire|lu\b|lecture|lectura|comprension de lectura|leitura|lesen|"
    r"leseverst\w+|gelesen|lettura|citit|comprehension ecrite|c\.?e\.?|lido|leido",
    "speaking": r"sp[eo]ak(?:ing)?|spoken|spoken (?:interaction|production)|oral(?: expression)?|"
    r"parle\w*|"
    r"parler|expression orale|s'exprimer.{0,30}|prendre part.{0,30}|hablado?|hablar|expresion oral|"
    r"interaccion oral|fala(?:r|do|da)|interacao oral|producao oral|sprechen|gesprochen|"
    r"an gesprachen.{0,20}|zusammenhangendes.{0,12}|parlato|produzione orale|"
    r"interazione(?: orale)?|"
    r"vorbit|e\.?o\.?|conversation",
    "writing": r"writ(?:ing|e|ten)|written|ecrit\w*|ecrire|ecriture|expression ecrite|escrito|"
    "escribir|"
    r"escritura|expresion escrita|escrita|escrever|schreiben|geschrieben|scritt[oa]|"
    r"produzione scritta|scris|e\.?e\.?",
}
_SKILL = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in _SKILLS.items()}
_LEGEND = re.compile(
    r"a1 ?(?:and|et|y|e|und|/|-) ?a2 ?:|common european framework|cadre europeen|"
    r"marco comun|quadro (?:europeu|comune)|referenzrahmen|basic user"
)
_NATIVE = re.compile(
    r"mother tongue|native|langues? maternelles?|lenguas? maternas?|nativ[oa]s?\b|idioma materno|"
    r"linguas? maternas?|muttersprach\w*|madrelingua|lingua madre|limba materna|maternelle|materna"
)
_JOINT = re.compile(r"^[\s,;/&+·•()-]*(?:and|et|y|e|und|si|i)?[\s,;/&+·•()-]*$")
_ABSENT = re.compile(r"(?<!\w)(?:no|not|aucune?|pas de|sin|ningun|nao|kein\w*|nessuna?)(?!\w)")


@dataclass(slots=True)
class _Grid:
    columns: list[str | None]
    scale: levels.Scale | None


def read_languages(sheet: Sheet) -> None:
    """Note down every language of the sections on languages, each once."""
    lines = sheet.lines(SectionKind.LANGUAGES)
    found: dict[str, tuple[LanguageSkill, Piece, float, str | None]] = {}
    grid: _Grid | None = None
    scale = _scale_of(sheet)
    for line in lines:
        if _LEGEND.search(plain(line.text)):
            continue
        header = _header(line)
        if header:
            grid = _Grid(header, scale)
            continue
        for skill, where, confidence, doubt in _read_line(sheet, line, grid, scale):
            known = found.get(skill.language)
            if known is None or (known[0].level is None and skill.level is not None):
                found[skill.language] = (skill, where, confidence, doubt)
    for skill, where, confidence, doubt in found.values():
        sheet.note(FactKind.LANGUAGE, skill, where, confidence, doubt=doubt)


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


def _header(line: Line) -> list[str | None] | None:
    """Return the skill of each column, if the row names at least two."""
    if len(line.cells) < 3:
        return None
    skills = [_skill_named(cell.text) for cell in line.cells]
    has_level = any(levels.read_level(cell.text) for cell in line.cells[1:] if cell.text)
    return skills if sum(skill is not None for skill in skills) >= 2 and not has_level else None


def _skill_named(text: str) -> str | None:
    low = plain(text)
    return next((name for name, words in _SKILL.items() if words.search(low)), None)


Reading = tuple[LanguageSkill, Piece, float, str | None]


def _read_line(
    sheet: Sheet, line: Line, grid: _Grid | None, scale: levels.Scale | None
) -> list[Reading]:
    if len(line.cells) > 1:
        code = _language_of(line.cells[0].text, sheet.language)
        if code is not None:
            return [_read_row(code, line, grid, scale, sheet.language)]
    label = find_label(line.text)
    if label is not None and label.field == "mother_tongue":
        return _mother_tongues(line, label.end, sheet.language)
    return _read_words(line.piece, sheet.language, scale)


def _language_of(text: str, language: str | None) -> str | None:
    mentions = languages.find_languages(text, language)
    if mentions and mentions[0].start < 12:
        return mentions[0].code
    bare = re.sub(r"\([^)]*\)", "", text).strip(" :.-")
    return languages.code_for(bare) if 1 < len(bare) < 40 else None


def _read_row(
    code: str,
    line: Line,
    grid: _Grid | None,
    scale: levels.Scale | None,
    language: str | None,
) -> Reading:
    cells = [cell for cell in line.cells[1:] if cell.text.strip(" -–—")]
    known = [(cell, levels.read_level(cell.text, language, scale)) for cell in cells]
    stated = "/".join(dict.fromkeys(c.text for c in cells)) if _alike(cells) else _slashed(cells)
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
    return skill, line.piece, _confidence(skill), _doubt(skill)


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
        found = levels.read_level(cell.text, language, scale) if name and cell.text else None
        if name is not None and found is not None and found.level is not None:
            values.setdefault(name, []).append(found.level)
    return {name: min(each, key=lambda level: level.rank) for name, each in values.items()}


def _mother_tongues(line: Line, start: int, language: str | None) -> list[Reading]:
    words = line.text[start:]
    first = re.split(r"[;.]", words)[0]
    readings = _read_words(line.piece, language, None) if len(words) > len(first) + 3 else []
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
        code = _language_of(first, language)
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


def _read_words(piece: Piece, language: str | None, scale: levels.Scale | None) -> list[Reading]:
    """Read languages in running words: what follows a name up to the next is about it."""
    mentions = languages.find_languages(piece.text, language)
    if not mentions:
        return _single(piece, language, scale)
    readings: list[Reading] = []
    group: list[str] = []
    for at, mention in enumerate(mentions):
        end = mentions[at + 1].start if at + 1 < len(mentions) else len(piece.text)
        after = piece.text[mention.end : end]
        group.append(mention.code)
        if _JOINT.match(after) and at + 1 < len(mentions):
            continue
        first = at + 1 - len(group)
        before = piece.text[mentions[first - 1].end if first else 0 : mentions[first].start]
        head = before if first == 0 else re.split(r"[,;.|)⏎]", before)[-1]
        skill = _skill_of(after, head, language, scale)
        where = piece.within(mention.start, end)
        for code in group:
            own = replace(skill, language=code)
            readings.append((own, where, _confidence(own), _doubt(own)))
        group = []
    return _unique(readings)


def _unique(readings: list[Reading]) -> list[Reading]:
    seen: dict[str, Reading] = {}
    for reading in readings:
        known = seen.get(reading[0].language)
        if known is None or (known[0].level is None and reading[0].level is not None):
            seen[reading[0].language] = reading
    return list(seen.values())


def _single(piece: Piece, language: str | None, scale: levels.Scale | None) -> list[Reading]:
    """Read "Pulaar: basic" whose language the list of running words does not carry."""
    head, colon, tail = piece.text.partition(":")
    code = _language_of(head, language) if colon and len(head) < 40 else None
    if code is None:
        return []
    skill = replace(_skill_of(tail, "", language, scale), language=code)
    return [(skill, piece, _confidence(skill), _doubt(skill))]


def _skill_of(
    after: str, before: str, language: str | None, scale: levels.Scale | None
) -> LanguageSkill:
    tail = re.split(r"(?<=[a-z)])\.\s|;", after)[0]
    by_skill = _by_words(tail, language, scale)
    if by_skill:
        return LanguageSkill("", levels.combine(by_skill), _shown(tail), "stated", **by_skill)
    if _NATIVE.search(plain(tail)):
        return LanguageSkill("", LanguageLevel.NATIVE, _shown(tail), "stated")
    found = None if _ABSENT.search(plain(tail)[:12]) else levels.read_level(tail, language, scale)
    if found is not None and found.level is not None:
        return LanguageSkill("", found.level, _shown(tail), found.basis)
    if _NATIVE.search(plain(before)):
        return LanguageSkill("", LanguageLevel.NATIVE, _shown(before), "stated")
    found = levels.read_level(before, language) if before.strip() else None
    if found is not None and found.level is not None and not tail.strip(" .,;:()"):
        return LanguageSkill("", found.level, _shown(before), found.basis)
    return LanguageSkill("", None, _shown(tail) or None)


def _shown(words: str) -> str:
    return words.strip(" \t:;,.()–-|⏎")[:80]


def _by_words(
    text: str, language: str | None, scale: levels.Scale | None
) -> dict[str, LanguageLevel | None]:
    """Read "citit C1, vorbit B2" or "CO C2, EO C1": a skill named beside each level."""
    values: dict[str, LanguageLevel | None] = {}
    for clause in re.split(r"[,;|]", text):
        low = plain(clause)
        named = [name for name, words in _SKILL.items() if words.search(low)]
        bare = clause
        for name in named:
            bare = re.sub(_SKILL[name].pattern, " ", plain(bare))
        found = levels.read_level(bare, language, scale) if named else None
        if found is not None and found.level is not None:
            values |= dict.fromkeys(named, found.level)
    return values if len(values) > 1 else {}


def _confidence(skill: LanguageSkill) -> float:
    if skill.level is None:
        return 0.75
    return {"stated": 0.95, "scale": 0.88}.get(skill.basis, 0.8)


def _doubt(skill: LanguageSkill) -> str | None:
    if skill.level is None:
        return "its level is not stated"
    if skill.basis == "word":
        return None if skill.level is LanguageLevel.NATIVE else "the level is a word"
    return "the level is a number on the form's scale" if skill.basis == "scale" else None
