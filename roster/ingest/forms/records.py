"""Labelled blocks and headed tables, read as records of fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from roster.ingest.wording.labels import column, find_label
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_employer, is_title

_OPENING = frozenset({"dates", "from", "position", "employer", "project", "year", "degree"})
MOST_BETWEEN = 4
"""Characters between a value and the line that goes on with it: a break, not a heading."""
_CONTINUED = frozenset({"description", "employer", "place"})
_BETWEEN_HEADS = re.compile(r"\s*(?:/|&|⏎|;|,|\band\b|\bet\b|\bund\b|\by\b|\be\b)\s*")
_EMPLOYER_TOO = re.compile(
    r"employ|employeur|organi[sz]a|emplead|empregad|entidad|arbeitgeber|datore|societe|company|firm"
)
_TITLE_TOO = re.compile(
    r"(?:employ|organi[sz]a|emplead|empregad|entidad|arbeitgeber|datore|societe|company|firm)"
    r".{0,40}(?:title|titre|titulo|position|poste|cargo|puesto|funcao|fonction|funktion|qualifica)"
)
_REFEREE = re.compile(
    r"\s(?:(?:person(?:ne|a)?|pessoa) d[ei] )?(?:referen[ct]\w*|riferimento|contact\w*|tel|"
    r"phone|telephone|telefon[eo]?|e-?mail)(?: person)?(?: ?\([^()]{0,30}\))? ?[.:]"
)
_WITH_REFEREE = frozenset({"employer", "position", "client"})


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


def _own(name: str, piece: Piece) -> Piece:
    """Cut off the referee that a form asks for behind the employer."""
    if name not in _WITH_REFEREE:
        return piece
    found = _REFEREE.search(plain(piece.text))
    first = piece.within(0, found.start()) if found is not None else piece
    return first if first.text else piece


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
        current.setdefault(name, _own(name, value))
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
    header: list[tuple[str, ...]] = []
    found: list[tuple[Record, Line]] = []
    for line in lines:
        names = [heads_in(cell.text) for cell in line.cells]
        if len(names) > 1 and sum(map(bool, names)) >= max(2, len(names) - 1):
            header = names
        elif header and len(line.cells) >= 2 and len(line.cells) <= len(header):
            fields = dict(_filled(header, line.cells))
            if fields:
                found.append((Record({n: _own(n, piece) for n, piece in fields.items()}), line))
        elif len(line.cells) < 2 and line.apart:
            header = []
    return found


def heads_in(text: str) -> tuple[str, ...]:
    """Return the fields that a column heading names: one, several ("Position / Tasks") or none."""
    low = plain(text)
    if _TITLE_TOO.search(low) and (column(text) == "employer" or _EMPLOYER_TOO.search(low)):
        return ("employer", "position")
    name = column(text)
    if name is not None:
        return (name,)
    parts = [column(part.strip()) for part in _BETWEEN_HEADS.split(text) if part.strip()]
    named = tuple(dict.fromkeys(part for part in parts if part is not None))
    return named if len(parts) > 1 and len(parts) == len(named) else ()


def _filled(
    header: Sequence[tuple[str, ...]], cells: Sequence[Piece]
) -> Iterator[tuple[str, Piece]]:
    for names, cell in zip(header, cells, strict=False):
        if len(names) == 1 and cell.text:
            yield names[0], cell
        elif len(names) > 1:
            yield from _shared(names, cell)


def _shared(names: tuple[str, ...], cell: Piece) -> Iterator[tuple[str, Piece]]:
    """Share the lines of one cell out among the fields that its column names."""
    parts = parts_of(cell)
    if names == ("employer", "position") and parts:
        pair = _employer_and_title(_own("employer", cell))
        if pair is None:
            yield "employer", parts[0]
            return
        first, second = pair
        if is_title(first.text) and is_employer(second.text) and not is_employer(first.text):
            first, second = second, first
        yield from (("employer", first), ("position", second))
        return
    labels = [find_label(part.text) for part in parts]
    for number, (name, part) in enumerate(zip(names, parts, strict=False)):
        label = labels[number]
        value = _value(part, label.end) if label is not None and label.sure else part
        if number == len(names) - 1:
            last = parts[-1]
            words = cell.text[value.start - cell.start : last.end - cell.start]
            value = Piece(value.start, last.end, words)
        if value.text:
            yield name, value


def _employer_and_title(cell: Piece) -> tuple[Piece, Piece] | None:
    """Part an employer from the title printed below or right behind it."""
    parts = parts_of(cell)
    below = next((part for part in parts[1:] if is_title(part.text)), None)
    if below is not None:
        return parts[0], below
    words = parts[0]
    for found in re.finditer(r"[\s,;–-]+(?=[^\W\d_a-zà-ÿ])", words.text):
        left, right = words.within(0, found.start()), words.within(found.end(), len(words.text))
        if is_employer(left.text) and is_title(right.text.split(maxsplit=1)[0]):
            return left, right
    return (parts[0], parts[1]) if len(parts) > 1 else None
