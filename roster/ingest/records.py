"""Labelled blocks and headed tables, read as records of fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from roster.ingest.labels import column, find_label
from roster.ingest.lines import Line, Piece

_OPENING = frozenset({"dates", "from", "position", "employer", "project", "year", "degree"})
MOST_BETWEEN = 4
"""Characters between a value and the line that goes on with it: a break, not a heading."""
_CONTINUED = frozenset({"description", "employer", "place"})


@dataclass(slots=True)
class Record:
    """Fields of one entry, by the name of their label."""

    fields: dict[str, Piece] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Offset of its first value."""
        return min(piece.start for piece in self.fields.values())

    @property
    def end(self) -> int:
        """Offset of the end of its last value."""
        return max(piece.end for piece in self.fields.values())

    def get(self, *names: str) -> Piece | None:
        """Return the first of some fields that holds words."""
        for name in names:
            piece = self.fields.get(name)
            if piece is not None and piece.text.strip(" -–—|"):
                return piece
        return None


def labelled_fields(lines: Iterable[Line]) -> list[tuple[str | None, Piece]]:
    """Return (field, value) in order; the field is None where no label stands before the words."""
    found: list[tuple[str | None, Piece]] = []
    waiting: str | None = None
    for line in lines:
        pairs = _pairs(line)
        if len(pairs) == 1 and pairs[0][0] is None and waiting:
            pairs = [(waiting, pairs[0][1])]
            waiting = None
        else:
            waiting = None
        for name, value in pairs:
            if name is not None and not value.text:
                waiting = name
            else:
                found.append((name, value))
    return found


def _pairs(line: Line) -> list[tuple[str | None, Piece]]:
    cells = line.cells
    if len(cells) == 2 and (name := column(cells[0].text)) and not _is_labelled(cells[1]):
        return [(name, cells[1])]
    pairs: list[tuple[str | None, Piece]] = []
    for cell in cells:
        label = find_label(cell.text)
        if label is None:
            pairs.append((None, cell))
        else:
            pairs.append((label.field, _value(cell, label.end)))
    return pairs


def _value(cell: Piece, start: int) -> Piece:
    words = cell.text[start:]
    left = start + len(words) - len(words.lstrip())
    return Piece(cell.start + left, cell.end, cell.text[left:])


def _is_labelled(cell: Piece) -> bool:
    label = find_label(cell.text)
    return label is not None and label.sure


def block_records(lines: Sequence[Line], text: str) -> list[Record]:
    """Group labelled values into entries: one begins where a label comes again.

    Parameters
    ----------
    lines : of one section
    text : of the whole document, to join what goes on over several lines
    """
    records = [Record()]
    last: str | None = None
    for name, value in labelled_fields(lines):
        current = records[-1].fields
        if name is None:
            joined = current.get(last or "") if last in _CONTINUED else None
            if joined is not None and last and value.start - joined.end <= MOST_BETWEEN:
                current[last] = Piece(joined.start, value.end, text[joined.start : value.end])
            continue
        if name in current and name in _OPENING:
            records.append(Record())
            current = records[-1].fields
        current.setdefault(name, value)
        last = name
    return [record for record in records if record.fields]


def is_labelled_block(lines: Sequence[Line]) -> bool:
    """Whether entries are printed as label and value, one under the other."""
    names = [name for name, _ in labelled_fields(lines) if name is not None]
    held = {"position", "employer", "project"} & set(names)
    dated = {"dates", "from", "year"} & set(names)
    return bool(held and dated) and len(names) >= 3


def table_records(lines: Sequence[Line]) -> list[tuple[Record, Line]]:
    """Read the rows under a row of column headings, each as a record with its line."""
    header: list[str | None] = []
    found: list[tuple[Record, Line]] = []
    for line in lines:
        names = [column(cell.text) for cell in line.cells]
        if len(names) > 1 and sum(name is not None for name in names) >= max(2, len(names) - 1):
            header = names
        elif header and len(line.cells) >= 2 and len(line.cells) <= len(header):
            fields = {
                name: cell
                for name, cell in zip(header, line.cells, strict=False)
                if name is not None and cell.text
            }
            if fields:
                found.append((Record(fields), line))
        elif len(line.cells) < 2 and line.apart:
            header = []
    return found
