"""CSV of any usual encoding and separator; every cell is text, nothing is ever calculated."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.formats.cleaning import clean_line
from roster.ingest.lists.raw_table import (
    MOST_CELL_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    RawSheet,
    RawTable,
)
from roster.ingest.raw import BREAK, RawText
from roster.ingest.sandbox.encoding import decode

SEPARATORS = (";", ",", "\t", "|")
"""In order of preference where two cut the rows alike."""
SAMPLE_ROWS = 60
LEAST_SHARE = 0.6
"""Of rows with the usual number of cells in what is a list and no prose."""
_NAMED_SEPARATOR = re.compile(r"\A\s*sep=(.)\r?\n", re.IGNORECASE)


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - a list has no pages
    """Return the rows of a CSV file, packed.

    Raises
    ------
    roster.errors.FileRefused
        As `read_table` does.
    """
    return read_table(data).packed()


def read_table(data: bytes) -> RawTable:
    """Return the rows of a CSV file.

    Raises
    ------
    roster.errors.FileRefused
        A quotation mark is never closed, or it holds no row.
    roster.errors.FileTooLarge
        More rows or columns than a list of people has.
    """
    text, note = decode(data)
    separator, text = separator_of(text)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for number, cells in _records(text, separator):
            if any(cells):
                rows.append((number, cells))
            refuse_size(len(rows), len(cells))
    except csv.Error as error:
        raise FileRefused(
            "This CSV file is damaged: a quotation mark is opened and never closed, or a line is "
            "far too long. Open it in a spreadsheet program, save it as XLSX and send that."
        ) from error
    if not rows:
        raise FileRefused("This list holds no row. Check the file on your side and send it again.")
    return RawTable((RawSheet("", tuple(rows)),), "csv/1", (note,) if note else ())


def refuse_size(rows: int, columns: int) -> None:
    """Refuse what is longer or wider than a list of people.

    Raises
    ------
    roster.errors.FileTooLarge
        More than `MOST_ROWS` rows or `MOST_COLUMNS` columns.
    """
    if rows > MOST_ROWS:
        raise FileTooLarge(f"This list has more than {MOST_ROWS} rows. Send it in parts.")
    if columns > MOST_COLUMNS:
        raise FileTooLarge(
            f"This list has more than {MOST_COLUMNS} columns. Leave out those that say nothing "
            "about people and send it again."
        )


def cell_text(words: str) -> str:
    """Return a cell in one line: lines of it are kept apart by a sign, blanks are evened out."""
    lines = (clean_line(line) for line in words[:MOST_CELL_CHARACTERS].splitlines())
    return BREAK.join(line for line in lines if line)


def separator_of(text: str) -> tuple[str, str]:
    """Return the separator of a CSV text, and the text without the line that names it."""
    named = _NAMED_SEPARATOR.match(text)
    if named:
        return named.group(1), text[named.end() :]
    ranked = [(_evenness(text, sign), -place, sign) for place, sign in enumerate(SEPARATORS)]
    return max(ranked)[2], text


def evenly_cut(text: str) -> list[list[str]]:
    """Return the first rows that have the usual number of cells; [] where most rows differ."""
    separator, rest = separator_of(text)
    rows = [cells for cells in _sample(rest, separator) if any(cells)]
    usual, share = _usual(rows)
    return [cells for cells in rows if len(cells) == usual] if share >= LEAST_SHARE else []


def _evenness(text: str, separator: str) -> float:
    """Return the usual number of cells times the share of rows that have it; 0 where it is one."""
    usual, share = _usual([cells for cells in _sample(text, separator) if any(cells)])
    return usual * share


def _usual(rows: list[list[str]]) -> tuple[int, float]:
    """Return the usual number of cells, if over one, and the share of rows that have it."""
    counts = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not counts:
        return 0, 0.0
    usual, found = max(counts.items(), key=lambda item: (item[1], item[0]))
    return usual, found / len(rows)


def _sample(text: str, separator: str) -> list[list[str]]:
    try:
        return [list(cells) for _, cells in islice(_records(text, separator), SAMPLE_ROWS)]
    except csv.Error:
        return []


def _records(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (row as spreadsheets number it, cells); line breaks inside quotes make no new row."""
    source = io.StringIO(text.replace("\0", ""), newline="")
    reader = csv.reader(source, delimiter=separator, strict=False)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cell_text(cell) for cell in cells)
