"""Lines of a form as its tables meant them: bars cut, numbers dropped, flattened rows put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roster.ingest.forms.headings import find_form_heading
from roster.ingest.forms.rows import NOTE, heads_of, rows_under
from roster.ingest.wording.labels import LABELS, column, find_label
from roster.ingest.wording.lines import Line, Piece, lines_of, parts_of
from roster.ingest.wording.plain import plain

_NUMBER_ALONE = re.compile(r"^[\W_]*(?:\d{1,2}|[a-z])[\W_]*$", re.IGNORECASE)
_BARS = re.compile(r"\|")
_INLINE = frozenset(
    {"dates", "from", "to", "year", "place", "employer", "position", "client", "project"}
    | {"description", "country"}
)
_NOTE = r"(?: ?[\[(][^\[\]()]{0,40}[\])])?"
_NUMBER = r"(?:\d{1,2}[.)]|[a-h][.)])"
_MORE_LABELS = re.compile(
    rf"(?<=\s)(?:{'|'.join(LABELS[field] for field in sorted(_INLINE))}){_NOTE} ?:(?= |$)"
)
_BEFORE_VALUE = {
    field: re.compile(rf"^\W*?(?:{_NUMBER})? ?(?:{words}){_NOTE}\s+(?=\S)")
    for field, words in LABELS.items()
}
_NESTED = frozenset({"project", "year", "dates", "place", "client", "position", "description"})
_ITEM = re.compile(r"\d{1,2}[.)]")
_SAYS_NOTHING = re.compile(
    r"\d{1,2}[.)]|"
    r"\(?(?:month|mo\.?|mois|mes|monat)s? ?/ ?(?:year|yr\.?|annee|ano|jahr)\)?|"
    r"(?:starting|initial|inicial) ?/ ?(?:final)"
)
LEAST_BOXES = 2
LEAST_NESTED = 3
"""A cell with so many labelled lines holds a record of its own."""


def form_lines(text: str) -> list[Line]:
    """Return the lines of a form, each table row in one line with its cells.

    Parameters
    ----------
    text : of a document in one of `roster.ingest.forms.kinds.LABELLED_FORMS`; cells may stand
        between bars, one under the other, or behind the number of their item
    """
    lines = [_without_empty_end(_unnumbered(_unbarred(line))) for line in lines_of(text)]
    lines = [part for line in lines for part in _unnested(line)]
    lines = [part for line in lines for box in _boxes(line) for part in _cut_at_labels(box)]
    lines = [line for line in lines if not _SAYS_NOTHING.fullmatch(plain(line.text).strip())]
    return list(_unflattened(lines, text))


def _unbarred(line: Line) -> Line:
    """Cut "|Country|Dates|" into its cells."""
    words = line.text.strip()
    framed = words.startswith("|") and words.endswith("|") and len(words) > 1
    if not framed and (len(line.cells) > 1 or "|" not in words):
        return line
    edges = [found.start() for found in _BARS.finditer(line.text)]
    if framed:
        bounds = list(zip([edge + 1 for edge in edges], edges[1:], strict=False))
    else:
        bounds = list(
            zip([0, *(edge + 1 for edge in edges)], [*edges, len(line.text)], strict=True)
        )
    cells = tuple(_trimmed(line.piece, start, end) for start, end in bounds)
    return Line(line.start, line.end, line.text, cells, line.apart)


def _trimmed(piece: Piece, start: int, end: int) -> Piece:
    words = piece.text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = max(left, end - (len(words) - len(words.rstrip())))
    return Piece(piece.start + left, piece.start + right, piece.text[left:right])


def _unnumbered(line: Line) -> Line:
    """Drop a first cell that holds the number of the item and nothing else."""
    if len(line.cells) < 2 or not _NUMBER_ALONE.match(line.cells[0].text):
        return line
    if len(line.cells) > 2 and not find_label(line.cells[1].text):
        return line
    return _of_cells(line, line.cells[1:])


def _without_empty_end(line: Line) -> Line:
    """Drop the empty cells behind a heading that a table of the form prints in its first row."""
    cells = list(line.cells)
    while len(cells) > 1 and not cells[-1].text:
        cells.pop()
    if len(cells) in (len(line.cells), 0) or len(cells) > 2:
        return line
    return _of_cells(line, cells) if find_form_heading(cells[0].text) is not None else line


def _of_cells(line: Line, cells: Sequence[Piece]) -> Line:
    start, end = cells[0].start, max(cell.end for cell in cells)
    text = line.text[start - line.start : end - line.start]
    return Line(start, end, text, tuple(cells), line.apart)


def _cut_at_labels(line: Line) -> list[Line]:
    """Cut "From: 2001 To: 2006" and what a wrapped line joined before each label."""
    if len(line.cells) != 1:
        return [line]
    found = _MORE_LABELS.finditer(plain(line.text))
    cuts = [each.start() for each in found if line.text[each.start()].isupper()]
    bounds = zip([0, *cuts], [*cuts, len(line.text)], strict=True)
    pieces = [_trimmed(line.piece, start, end) for start, end in bounds]
    return [_alone(piece, line.apart) for piece in pieces] if cuts else [line]


def _alone(piece: Piece, apart: bool = False) -> Line:
    return Line(piece.start, piece.end, piece.text, (piece,), apart)


def _boxes(line: Line) -> Iterator[Line]:
    """Take a row apart whose cells each hold a label and its value, as boxes of a form do."""
    numbered = any(_ITEM.match(cell.text) for cell in line.cells)
    halves = [_label_and_value(cell, numbered) for cell in line.cells]
    if len(line.cells) < 2 or sum(half is not None for half in halves) < LEAST_BOXES:
        yield line
        return
    for cell, half in zip(line.cells, halves, strict=True):
        if half is not None:
            yield Line(cell.start, cell.end, cell.text, half, line.apart)
        elif cell.text:
            yield _alone(cell, line.apart)


def _label_and_value(cell: Piece, numbered: bool) -> tuple[Piece, Piece] | None:
    label = find_label(cell.text)
    end = label.end if label is not None and label.sure else _end_of_label(cell.text, numbered)
    if end is None or not cell.text[end:].strip(" ⏎"):
        return None
    return _trimmed(cell, 0, len(cell.text[:end].rstrip(" ⏎:"))), _trimmed(
        cell, end, len(cell.text)
    )


def _end_of_label(text: str, numbered: bool) -> int | None:
    """Return where the value begins behind a label that nothing but a blank sets off.

    A label of one word in small letters counts in a row of numbered boxes only.
    """
    low = plain(text)
    ends = [found.end() for each in _BEFORE_VALUE.values() if (found := each.match(low))]
    end = max(ends, default=0)
    if not end or not (text[end].isupper() or text[end].isdigit() or "@" in text[end:]):
        return None
    words = text[:end].strip()
    return end if words.isupper() or numbered or len(words.split()) > 1 else None


def _unnested(line: Line) -> Iterator[Line]:
    """Take a record out of the cell that holds all its labelled lines."""
    if len(line.cells) < 2:
        yield line
        return
    for cell in line.cells:
        parts = [part for piece in parts_of(cell) for part in _cut_at_labels(_alone(piece))]
        named = [label.field for part in parts if (label := find_label(part.text)) and label.sure]
        if len(_NESTED.intersection(named)) >= LEAST_NESTED:
            before = [other for other in line.cells if other.start < cell.start and other.text]
            yield from (_alone(each) for each in before)
            yield from parts
            return
    yield line


def _unflattened(lines: Sequence[Line], text: str) -> Iterator[Line]:
    """Put rows back whose cells stand one under the other, below the heads of their columns."""
    at = 0
    while at < len(lines):
        heads = heads_of(lines, at)
        if len(heads) < 2:
            yield lines[at]
            at += 1
            continue
        named = [lines[at + number] for number, head in enumerate(heads) if head != NOTE]
        yield _joined(named, text)
        at += len(heads)
        rows, used = rows_under(heads, lines[at:], text)
        yield from rows
        at += used


def _joined(lines: Sequence[Line], text: str) -> Line:
    start, end = lines[0].start, lines[-1].end
    return Line(start, end, text[start:end], tuple(line.piece for line in lines), lines[0].apart)


def is_row_of_heads(line: Line) -> bool:
    """Whether a line names the columns of a table."""
    names = [column(cell.text) for cell in line.cells]
    return len(names) > 1 and sum(name is not None for name in names) >= max(2, len(names) - 1)
