"""A form cut into its items: only its own headings open one, whatever else looks like them."""

from __future__ import annotations

from collections.abc import Sequence

from roster.ingest.forms.headings import find_form_heading, is_numbered
from roster.ingest.forms.lines import form_lines, is_row_of_heads
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.sections import Section

LEAST_NUMBERED = 5
"""With so many numbered headings, one without a number is a word of the text."""
_OF_PEOPLE = frozenset(
    {"family", "given", "name", "birth", "nationality", "email", "phone", "address"}
)
_OF_THE_HEAD = _OF_PEOPLE | {
    "firm",
    "profession",
    "sex",
    "marital",
    "birthplace",
    "middle",
    "maiden",
}
_OF_RECORDS = frozenset(
    {"dates", "from", "to", "place", "employer", "employer_address", "business", "position"}
    | {"description", "client", "project", "country", "supervisor", "staff", "salary", "reason"}
    | {"institution", "degree", "study", "level", "year", "firm", "years_of_experience"}
)
_OF_A_POST = frozenset({"dates", "from", "position", "employer", "salary"})
_ONE_LINE = frozenset(
    {SectionKind.FUTURE, SectionKind.PRESENT, SectionKind.SKILLS, SectionKind.MEMBERSHIPS}
)
_OF_OTHERS = frozenset({SectionKind.REFERENCES, SectionKind.PRIVATE, SectionKind.SENSITIVE})
_WORK = frozenset({SectionKind.POSTS, SectionKind.MISSIONS})


def split_form(text: str) -> list[Section]:
    """Return the items of a form in order; the first has no heading."""
    lines = form_lines(text)
    numbered = _is_numbered(lines)
    sections = [Section(SectionKind.IDENTITY, None)]
    beside = False
    for line in lines:
        if _heads_two_columns(line):
            sections += _pair(line)
            beside = True
        elif beside and _goes_beside(line, sections):
            continue
        elif (opened := _opened(line, sections[-1], numbered)) is not None:
            sections.append(opened)
            beside = False
        elif _is_about_the_person(line, sections[-1]):
            sections.append(Section(SectionKind.IDENTITY, None, lines=[line]))
        else:
            sections[-1].lines.append(line)
    for section in sections:
        if section.kind is SectionKind.PRESENT and _holds_a_record(section):
            section.kind = SectionKind.POSTS
    return sections


def _holds_a_record(section: Section) -> bool:
    """Whether "Present post" heads the labelled fields of that post and not its name."""
    rest = section.rest.text.strip(" -–|:") if section.rest is not None else ""
    label = find_label(section.lines[0].cells[0].text) if section.lines and not rest else None
    return label is not None and label.field in _OF_A_POST


def _is_numbered(lines: Sequence[Line]) -> bool:
    headed = (line for line in lines if find_form_heading(line.cells[0].text) is not None)
    return sum(is_numbered(line.text) for line in headed) >= LEAST_NUMBERED


def _opened(line: Line, current: Section, numbered: bool) -> Section | None:
    if is_row_of_heads(line):
        return None
    head = line.cells[0]
    found = find_form_heading(head.text)
    if found is None or len(line.cells) > 2:
        return None
    kind, end = found
    if not _counts(line, kind, end, current, numbered):
        return None
    if len(line.cells) == 2:
        value = line.cells[1]
        if end < len(head.text) or find_form_heading(value.text) or not parts_of(value):
            return None
        return Section(kind, head, value)
    rest = line.piece.within(end, len(line.text))
    return Section(kind, line.piece.within(0, end), rest if rest.text else None)


def _counts(line: Line, kind: SectionKind, end: int, current: Section, numbered: bool) -> bool:
    """Whether what looks like a heading is one here."""
    if is_numbered(line.text):
        return True
    label = find_label(line.cells[0].text)
    field = label.field if label is not None else None
    if field in _OF_RECORDS or (field in _OF_PEOPLE and kind is not SectionKind.IDENTITY):
        return False
    whole = end >= len(line.cells[0].text)
    if field == "referee" or kind in _OF_OTHERS:
        return whole and (kind is not SectionKind.REFERENCES or current.kind not in _WORK)
    if numbered or current.kind in _WORK:
        return whole or kind in {SectionKind.IDENTITY, SectionKind.LANGUAGES}
    return True


def _heads_two_columns(line: Line) -> bool:
    """Whether a row heads tasks to come and the work that shows the capacity for them."""
    if len(line.cells) != 2:
        return False
    found = [find_form_heading(cell.text) for cell in line.cells]
    return [each[0] for each in found if each] == [SectionKind.FUTURE, SectionKind.MISSIONS]


def _pair(line: Line) -> tuple[Section, Section]:
    left, right = line.cells
    return Section(SectionKind.MISSIONS, right), Section(SectionKind.FUTURE, left)


def _goes_beside(line: Line, sections: list[Section]) -> bool:
    """Put a line below two heads where it belongs; False where it belongs to neither."""
    if _opened(line, sections[-1], numbered=False) is not None and len(line.cells) == 1:
        return False
    label = find_label(line.text) if len(line.cells) == 1 else None
    if len(line.cells) == 2:
        sections.append(Section(SectionKind.FUTURE, None, lines=[_alone(line.cells[0])]))
        lines = [_alone(part) for part in parts_of(line.cells[1])]
        sections.append(Section(SectionKind.MISSIONS, None, lines=lines))
    elif label is not None and label.field == "project":
        sections.append(Section(SectionKind.MISSIONS, None, lines=[line]))
    elif sections[-1].kind is SectionKind.MISSIONS and label is None and not _goes_on(sections[-1]):
        sections.append(Section(SectionKind.FUTURE, None, lines=[line]))
    else:
        sections[-1].lines.append(line)
    return True


def _goes_on(section: Section) -> bool:
    """Whether the last line of a record may go on below."""
    return bool(section.lines) and find_label(section.lines[-1].text) is not None


def _alone(piece: Piece) -> Line:
    return Line(piece.start, piece.end, piece.text, (piece,))


def _is_about_the_person(line: Line, current: Section) -> bool:
    if current.kind not in _ONE_LINE or current.lines:
        return False
    label = find_label(line.cells[0].text)
    return label is not None and label.field in _OF_THE_HEAD
