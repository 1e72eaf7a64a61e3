"""Labelled values about the person: in rows, several in one line, under headed columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roster.ingest.forms.kinds import LABELLED_FORMS
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.labels import LABELS, find_label
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.plain import plain

_NAMES = ("family", "given", "middle", "name")
_OTHERS = (
    "maiden",
    "birth",
    "birthplace",
    "nationality_birth",
    "nationality",
    "sex",
    "marital",
    "email",
    "phone",
    "address",
    "mother_tongue",
)
_NUMBER = r"^\W*(?:\d{1,2}[.)]|[a-h][.)])? ?"
_SET_OFF = re.compile(r"[:：⏎|?]")
"""What ends a label inside a line; most lines hold none."""
_MOST_APART = 3
"""Lines between a label and its value where a page prints labels and values apart."""


@dataclass(frozen=True, slots=True)
class PersonalField:
    """A value, the name of its field and the words of its label."""

    field: str
    label: Piece
    value: Piece


def personal_fields(lines: Sequence[Line]) -> list[PersonalField]:
    """Return what is labelled as the person's name, birth, nationality, address and the like.

    Each value is given once, in order of place.
    """
    found: dict[int, PersonalField] = {}
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        for field in (
            *_headed(line, below),
            *_beside(line),
            *_marked(line),
            *_waiting(line, below),
        ):
            known = found.get(field.value.start)
            if not field.value.text or _whole_label(field.value) is not None:
                continue  # The head of the next column is no value.
            if known is None or len(known.value.text) > len(field.value.text):
                found[field.value.start] = field
    return [found[start] for start in sorted(found)]


def _headed(line: Line, below: Line | None) -> Iterator[PersonalField]:
    """Read "Surname | First name" over "NIELSEN | Mette"."""
    if below is None or len(line.cells) < 2 or len(below.cells) != len(line.cells):
        return
    labels = [_whole_label(cell) for cell in line.cells]
    if sum(label is not None for label in labels) < 2 or any(
        _whole_label(cell) is not None for cell in below.cells
    ):
        return
    for label, head, cell in zip(labels, line.cells, below.cells, strict=True):
        if label is not None and cell.text:
            yield PersonalField(label, head, cell)


def _beside(line: Line) -> Iterator[PersonalField]:
    """Read a label in one cell whose value stands in the other."""
    if len(line.cells) != 2 or (label := _whole_label(line.cells[0])) is None:
        return
    value = next(iter(parts_of(line.cells[1])), None)
    if value is not None and find_label(value.text) is None:
        yield PersonalField(label, line.cells[0], value)


def _whole_label(cell: Piece) -> str | None:
    label = find_label(cell.text)
    if label is None or label.end < len(cell.text):
        return None
    return label.field if label.field in (*_NAMES, *_OTHERS) else None


def _marked(line: Line) -> Iterator[PersonalField]:
    """Read "Born: … Nationality: …", each up to the next label or the edge of a cell."""
    low = plain(line.text)
    marks = list(_inline().finditer(low)) if _SET_OFF.search(low) else []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        end = after.start() if after else len(low)
        edge = re.search(r" \|(?= )| · |(?<=\S) • ", low[mark.end() : end])
        cut = mark.end() + edge.start() if edge and edge.start() > 1 else end
        label = line.piece.within(mark.start(), mark.end())
        yield PersonalField(str(mark.lastgroup), label, _first_part(line, mark.end(), cut))
    yield from _unmarked(line, [mark.start() + line.start for mark in marks])


def _first_part(line: Line, start: int, end: int) -> Piece:
    value = line.piece.within(start, end)
    parts = parts_of(value)
    return parts[0] if len(parts) > 1 and len(parts[0].text) > 2 else value


def _unmarked(line: Line, marks: Sequence[int]) -> Iterator[PersonalField]:
    """Read "Date of birth 19/12/1986" and "Nationality German", set off by nothing."""
    for cell in line.cells:
        words = plain(cell.text)
        if any(cell.start <= mark < cell.end for mark in marks) or _whole_label(cell):
            continue
        for field in ("birth", "nationality_birth", "nationality", "email"):
            found = _leading(field).match(words)
            if found and len(words) - found.end() < 70:
                yield PersonalField(
                    field, cell.within(0, found.end()), cell.within(found.end(), len(words))
                )
                break


def _waiting(line: Line, below: Line | None) -> Iterator[PersonalField]:
    """Read a label alone in its line, whose value stands in the next."""
    if below is None or len(line.cells) != 1 or below.apart:
        return
    label = _whole_label(line.cells[0])
    if label is None or find_label(below.cells[0].text) is not None:
        return
    yield PersonalField(label, line.cells[0], below.cells[0])


@lru_cache(maxsize=1)
def _inline() -> re.Pattern[str]:
    groups = [
        rf"(?P<{field}>(?:{LABELS[field]}))"
        for field in ("nationality_birth", "birthplace", "nationality", "birth", *_NAMES)
    ]
    groups += [rf"(?P<{field}>(?:{LABELS[field]}))" for field in _OTHERS if field not in _GIVEN]
    return re.compile(
        rf"(?<![\w'-])(?:{'|'.join(groups)}) ?(?:\([^()]{{0,60}}\) ?)?(?:\s*[:：⏎|?])+"
    )


_GIVEN = frozenset({"nationality_birth", "birthplace", "nationality", "birth"})


@lru_cache(maxsize=8)
def _leading(field: str) -> re.Pattern[str]:
    return re.compile(rf"{_NUMBER}(?:{LABELS[field]})(?: ?\([^()]*\))?\s+(?![:⏎|])(?=\S)")


_SECTIONS = (
    SectionKind.IDENTITY,
    SectionKind.PROFILE,
    SectionKind.OTHER,
    SectionKind.PRIVATE,
    SectionKind.SENSITIVE,
    SectionKind.SKILLS,
)
_TOP = 30


def own_lines(sheet: Sheet) -> list[Line]:
    """Return the lines that may state who the person is, in order.

    These are the sections about the person, and the first lines of any but the referees', since a
    title above the name can look like a heading.
    """
    if sheet.form in LABELLED_FORMS:  # They ask for dependants and relatives as well.
        return sheet.lines(SectionKind.IDENTITY)
    lines = {line.start: line for line in sheet.lines(*_SECTIONS)}
    top = sorted(
        (
            line
            for section in sheet.sections
            if section.kind is not SectionKind.REFERENCES
            for line in section.lines
        ),
        key=lambda line: line.start,
    )
    lines |= {line.start: line for line in top[:_TOP]}
    return [lines[start] for start in sorted(lines)]
