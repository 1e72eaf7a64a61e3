"""Rows of a table that a converter printed cell under cell, told from what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from roster.ingest.forms.headings import find_form_heading, is_numbered
from roster.ingest.forms.records import heads_in
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_place, is_title
from roster.ingest.work.degrees import education_level
from roster.ingest.work.periods import find_periods
from roster.reference import languages

MOST_HEADS = 7
NOTE = "note"
"""Stands for a second line of a head, as "(Date from – Date to)"."""
EMPLOYER_AND_TITLE = "employer and position"
LONG_CELL = 90
_DATES = frozenset({"dates", "from", "year"})
_EMPLOYING = frozenset({"employer", EMPLOYER_AND_TITLE})
_COLUMNS = frozenset(
    {"dates", "from", "to", "year", "place", "country", "employer", "position", "description"}
    | {"institution", "degree", "client", "project", "language"}
)
_SKILL = re.compile(
    r"(?:read(?:ing)?|sp(?:eak|oken)(?:ing)?|writ(?:ing|ten|e)|listening|understand(?:ing)?|lu|"
    r"lire|lecture|parlee?|parler|oral|ecrite?|ecrire|ecriture|comprendre|comprehension|lectura|"
    r"leid[oa]|leer|hablad[oa]|hablar|expresion oral|escrit[oa]|escribir|escritura|"
    r"expresion escrita|"
    r"comprension|leitura|ler|falad[oa]|falar|expressao oral|escrita|escrever|expressao escrita|"
    r"compreensao|lesen|sprechen|schreiben|verstehen|lettura|parlato|scritt[oa]|scrittura|orale|"
    r"le|escreve|fala|lee|escribe|habla|comprende|compreende)"
)
_NOTE = re.compile(r"[(\[][^()\[\]]{3,60}[)\]]:?")
_PEOPLE = re.compile(r"@|\btel\b|phone|\+ ?\d{2}|referen|contact")


def heads_of(lines: Sequence[Line], at: int) -> list[str]:
    """Return the fields of consecutive lines that are heads of columns and nothing else."""
    found: list[str] = []
    for line in lines[at : at + MOST_HEADS]:
        name = _head(line)
        if name is None and found and _NOTE.fullmatch(line.text.strip()):
            name = NOTE
        if name is None or (name in found and name not in {"skill", NOTE}):
            break
        if found and line.apart:
            break
        found.append(name)
    if len(found) < 2 or found[0] not in {*_DATES, "country", "institution", "language"}:
        return []
    after = lines[at + len(found)] if at + len(found) < len(lines) else None
    return found if after is not None and len(after.cells) == 1 else []


def _head(line: Line) -> str | None:
    if len(line.cells) != 1:
        return None
    names = heads_in(line.text)
    if names == ("employer", "position"):
        return EMPLOYER_AND_TITLE
    if names and names[0] in _COLUMNS:
        return names[0]
    return "skill" if _SKILL.fullmatch(plain(line.text).strip(" :")) else None


def rows_under(heads: Sequence[str], lines: Sequence[Line], text: str) -> tuple[list[Line], int]:
    """Return the rows below some heads, and how many lines they took.

    Parameters
    ----------
    heads : fields of the columns, as `heads_of` returns them
    lines : what follows the heads
    text : of the whole document
    """
    heads = [head for head in heads if head != NOTE]
    used = next((at for at, line in enumerate(lines) if _ends_table(line)), len(lines))
    body = [line for line in lines[:used] if _head(line) is None]
    begins = _beginning(heads)
    rows: list[list[Line]] = []
    for line in body:
        if begins(line, rows[-1] if rows else []) or not rows:
            rows.append([])
        rows[-1].append(line)
    return [_row(heads, row, text) for row in rows], used


def _ends_table(line: Line) -> bool:
    if len(line.cells) > 1:
        return True
    if find_form_heading(line.text) is None:
        return False
    return is_numbered(line.text) or find_label(line.text) is None


def _beginning(heads: Sequence[str]) -> Callable[[Line, list[Line]], bool]:
    if heads[0] in _DATES:
        return lambda line, row: is_dated(line.text) and not _awaits_end(heads, row)
    if heads[0] == "country":
        return lambda line, _: not find_periods(line.text)
    if heads[0] == "language":
        return lambda line, _: _is_language(line.text)
    return lambda _, row: any(education_level(each.text) for each in row)


def _awaits_end(heads: Sequence[str], row: list[Line]) -> bool:
    return heads[0] == "from" and len(heads) > 1 and heads[1] == "to" and len(row) == 1


def is_dated(text: str) -> bool:
    """Whether words are dates, perhaps with a length in brackets, and nothing else."""
    spans = find_periods(text)
    if not spans or spans[0].start > 3:
        return False
    rest = re.sub(r"\([^()]*\)", "", text[spans[-1].end :])
    return not any(letter.isalpha() for letter in rest)


def _is_language(text: str) -> bool:
    mentions = languages.find_languages(text)
    return bool(mentions) and mentions[0].start < 3 and len(text) < 40


def _row(heads: Sequence[str], lines: Sequence[Line], text: str) -> Line:
    start, end = lines[0].start, lines[-1].end
    cells = tuple(_cells(heads, list(lines), text))
    return Line(start, end, text[start:end], cells, apart=True)


def _cells(heads: Sequence[str], lines: list[Line], text: str) -> list[Piece]:
    if heads[0] in _DATES and not _EMPLOYING.isdisjoint(heads):
        return _cells_of_work(heads, lines, text)
    if heads[0] == "institution":
        at = next((at for at, each in enumerate(lines) if at and education_level(each.text)), 1)
        groups = [lines[:at], lines[at:]]
    else:
        last = len(heads) - 1
        groups = [*([line] for line in lines[:last]), lines[last:]]
    return [_span(group, text, lines[-1].end) for group in groups]


def _cells_of_work(heads: Sequence[str], lines: list[Line], text: str) -> list[Piece]:
    """Tell the cells of a row of work apart by what each column holds."""
    rest = list(lines)
    cells: list[Piece] = []
    for number, head in enumerate(heads):
        others = len(heads) - number - 1
        count = _length(head, rest, others)
        cells.append(
            _span(rest[: 1 if head == "employer" and count else count], text, lines[-1].end)
        )
        rest = rest[count:]
    return cells


def _length(head: str, rest: list[Line], others: int) -> int:
    """Count the lines of one cell: those that only it can hold."""
    if not others:
        return len(rest)
    if head in _DATES or head == "to":
        return max(1, next((at for at, line in enumerate(rest) if not is_dated(line.text)), 1))
    if head in {"place", "country"}:
        return 1 if rest and (is_place(rest[0].text, None) or "," in rest[0].text) else 0
    if head == EMPLOYER_AND_TITLE:
        return next((at for at, each in enumerate(rest) if at > 1 and _goes_on(each.text)), 2)
    if head == "employer":
        title = next((at for at, each in enumerate(rest) if at and _can_be_title(each.text)), 1)
        return title if title < len(rest) else min(1, len(rest))
    return min(1, len(rest))


def _goes_on(text: str) -> bool:
    """Whether a line belongs to the column behind that of the employer."""
    return not _PEOPLE.search(plain(text))


def _can_be_title(text: str) -> bool:
    return len(text) < LONG_CELL and is_title(text) and not _PEOPLE.search(plain(text))


def _span(lines: Sequence[Line], text: str, end: int) -> Piece:
    if not lines:
        return Piece(end, end, "")
    start, end = lines[0].start, lines[-1].end
    return Piece(start, end, text[start:end])
