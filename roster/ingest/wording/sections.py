"""A CV cut into its sections, by the headings that it prints itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from roster.ingest.raw import CELL
from roster.ingest.wording.headings import SectionKind, find_heading
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece, lines_of, parts_of
from roster.ingest.wording.plain import plain
from roster.reference.languages import find_languages

_FIELDS_OF_PEOPLE = frozenset(
    {"family", "given", "name", "birth", "nationality", "email", "phone", "address", "marital"}
)
_ROWS = frozenset({SectionKind.PRESENT, SectionKind.LANGUAGES})
"""Kinds that a row of a table may hold whole."""
_ALSO_LABELS = frozenset(
    {
        SectionKind.MISSIONS,
        SectionKind.TRAININGS,
        SectionKind.TRAININGS_GIVEN,
        SectionKind.SKILLS,
        SectionKind.PUBLICATIONS,
        SectionKind.PROFILE,
        SectionKind.POSTS,
        SectionKind.OTHER,
        SectionKind.PROJECTS,
    }
)
"""Kinds whose headings are also labels of what was done in a post."""


_DATED = re.compile(r"\W{0,3}(?:\d{1,2}[./-])?(?:19|20)\d{2}\b")


@dataclass(slots=True)
class Section:
    """Lines under one heading; `rest` is what follows the heading on its own line."""

    kind: SectionKind
    heading: Piece | None
    rest: Piece | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """What follows the heading, then each line."""
        rest = [self.rest] if self.rest is not None and self.rest.text else []
        return [*rest, *(line.piece for line in self.lines)]


def split_sections(text: str) -> list[Section]:
    """Return the sections of a CV in order; the first has no heading."""
    sections = [Section(SectionKind.IDENTITY, None)]
    beside: Section | None = None
    lines = lines_of(text)
    repeated = _repeated(lines)
    if _is_title(lines):
        sections[0].lines.append(lines.pop(0))
    for line, after in zip_longest(lines, lines[1:]):
        pair = _pair_of_headings(line)
        if pair is not None:
            beside = pair[1]
            sections.append(pair[0])
            continue
        opened = _opened(line)
        if opened is not None and (
            _is_label_of_duties(opened, line, after, sections, repeated)
            or _goes_on_with_languages(opened, sections[-1])
        ):
            opened = None
        if opened is not None:
            beside = None
            sections.append(opened)
        elif beside is not None and _belongs_beside(line, beside):
            sections.append(beside)
            _add_beside(line, sections)
            beside = None
        elif _is_row_of_its_own(sections[-1], line) or (
            _ends_with_its_line(sections[-1]) and _names_a_person(line)
        ):
            sections.append(Section(SectionKind.IDENTITY, None, lines=[line]))
        else:
            sections[-1].lines.append(line)
    return sections


def _is_title(lines: Sequence[Line]) -> bool:
    """Whether the first line is the title of the whole, though it reads like a heading of work."""
    opened = _opened(lines[0]) if len(lines) > 1 else None
    if opened is None or opened.kind not in {SectionKind.POSTS, SectionKind.MISSIONS}:
        return False
    return opened.rest is None and _names_a_person(lines[1])


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Return the plain words that fill or begin several lines: labels of duties, not headings."""
    counts = Counter(_label(line.text) for line in lines if len(line.text) < 60)
    return frozenset(words for words, count in counts.items() if count > 1)


def _label(text: str) -> str:
    return plain(text.partition(":")[0]).strip(" .-–•*")


def _is_entry(line: Line | None) -> bool:
    """Whether a line begins with a year or a month: so do posts and missions, duties do not."""
    return line is not None and _DATED.match(line.text) is not None


def _is_label_of_duties(
    opened: Section,
    line: Line,
    after: Line | None,
    sections: Sequence[Section],
    repeated: frozenset[str],
) -> bool:
    """Whether words that could open a section only label duties: "Missions :" under a post."""
    current = sections[-1]
    if current.kind not in {SectionKind.POSTS, SectionKind.MISSIONS} or current.heading is None:
        return False
    if opened.kind not in _ALSO_LABELS or not current.lines or opened.heading is None:
        return False
    above, words = current.heading.text.strip(), opened.heading.text.strip()
    if _label(line.text) in repeated:
        return True
    if words.endswith(":") or line.text.strip().endswith(":") or opened.rest is not None:
        return not _ends_in_colon(sections) and not words[:1].isdigit()
    return above.isupper() and not words.isupper() and not _is_entry(after)


def _goes_on_with_languages(opened: Section, above: Section) -> bool:
    """Whether it is "Other: English" under the mother tongue, which opens no section."""
    if above.kind is not SectionKind.LANGUAGES or opened.kind is SectionKind.LANGUAGES:
        return False
    mentions = find_languages(opened.rest.text) if opened.rest is not None else []
    return bool(mentions) and mentions[0].start == 0


def _ends_in_colon(sections: Sequence[Section]) -> bool:
    """Whether the headings of this CV end in a colon."""
    own = [each for each in sections if each.heading is not None]
    return any(each.heading.text.strip().endswith(":") or each.rest for each in own if each.heading)


def _pair_of_headings(line: Line) -> tuple[Section, Section] | None:
    """Read a row that heads two columns, as the older World Bank form has it."""
    if len(line.cells) != 2:
        return None
    found = [find_heading(cell.text) for cell in line.cells]
    if any(each is None for each in found):
        return None
    first, second = (
        Section(each[0], cell) for each, cell in zip(found, line.cells, strict=True) if each
    )
    return (first, second) if first.kind is SectionKind.FUTURE else None


def _belongs_beside(line: Line, beside: Section) -> bool:
    if beside.kind is not SectionKind.MISSIONS:
        return False
    if len(line.cells) == 2:
        return True
    label = find_label(line.text)
    return label is not None and label.field == "project"


def _add_beside(line: Line, sections: list[Section]) -> None:
    if len(line.cells) < 2:
        sections[-1].lines.append(line)
        return
    left, right = line.cells[0], line.cells[1]
    sections[-2].lines.append(Line(left.start, left.end, left.text, (left,)))
    sections[-1].lines += [
        Line(part.start, part.end, part.text, (part,), apart=False) for part in parts_of(right)
    ]


def _ends_with_its_line(section: Section) -> bool:
    return section.rest is not None and section.kind is SectionKind.FUTURE


def _is_row_of_its_own(section: Section, below: Line) -> bool:
    """Whether a row says all of a section: "Present post | Head of Unit, Ministry of …"."""
    if section.kind not in _ROWS or section.heading is None or section.rest is None:
        return False
    if section.lines or section.rest.start - section.heading.end != len(CELL):
        return False
    return section.kind is SectionKind.PRESENT or (
        len(below.cells) == 2 and find_label(below.cells[0].text) is not None
    )


def _names_a_person(line: Line) -> bool:
    label = find_label(line.text)
    return label is not None and label.field in _FIELDS_OF_PEOPLE


def _opened(line: Line) -> Section | None:
    if len(line.cells) > 1:
        return _opened_by_row(line)
    found = find_heading(line.text)
    if found is None:
        return None
    kind, end = found
    rest = line.piece.within(end, len(line.text))
    if _is_label_of_a_person(line, kind):
        return None
    return Section(kind, line.piece.within(0, end), rest if rest.text else None)


def _is_label_of_a_person(line: Line, kind: SectionKind) -> bool:
    label = find_label(line.text)
    if label is None or kind not in {SectionKind.OTHER, SectionKind.IDENTITY}:
        return False
    return label.field in _FIELDS_OF_PEOPLE and label.end < len(line.text)


def _opened_by_row(line: Line) -> Section | None:
    """Read a row whose first cell is a heading, as old Europass prints them in the left column."""
    found = find_heading(line.cells[0].text)
    if found is None or len(line.cells) > 2 or found[1] < len(line.cells[0].text):
        return None
    kind, value = found[0], line.cells[1]
    if kind is SectionKind.SKILLS or (kind is SectionKind.PRESENT and not value.text):
        return None
    label = find_label(line.cells[0].text)
    if label is not None and kind not in {SectionKind.PRESENT, SectionKind.LANGUAGES}:
        return None
    if value.text and find_heading(value.text):
        return None
    parts = parts_of(value)
    return Section(kind, line.cells[0], value if parts else None)
