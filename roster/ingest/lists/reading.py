"""Lists of people, one a row: XLSX, XLS, ODS or CSV → tables of text → facts or problems per row.

Everything here is pure and touches no database::

    tables = read_list(data, name="experts.xlsx").tables      # parsed in a process of its own
    table = tables[0]                                         # the sheet that looks most like it
    mapping = propose_mapping(table.header, table.cells())    # {column from 0: Target}
    for row in rows_to_profiles(table, mapping, today=today):
        row.number, row.profile.facts, row.problems           # facts quote `row.document.text`

A mapping travels through a form as `{column: str(target)}` and comes back by `Target.parse`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from roster.errors import FileRefused
from roster.ingest.assembly import detect_language
from roster.ingest.lists.columns import (
    SINGLE_FIELDS,
    ListField,
    Target,
    known_headings,
    propose_mapping,
)
from roster.ingest.lists.raw_table import RawSheet, RawTable
from roster.ingest.lists.rows import RowProblem, RowReading, read_row
from roster.ingest.lists.table import Row, Table
from roster.ingest.sandbox.apart import Limits, read_apart
from roster.ingest.sandbox.kinds import MOST_BYTES, TABLE_FORMATS, inspect

__all__ = [
    "SINGLE_FIELDS",
    "ListField",
    "ListFile",
    "Row",
    "RowProblem",
    "RowReading",
    "Table",
    "Target",
    "is_list",
    "propose_mapping",
    "read_list",
    "rows_to_profiles",
]

HEADER_WITHIN = 25
"""Filled rows among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """All sheets of a list that hold rows under a header."""

    tables: tuple[Table, ...]
    """The sheet with the most columns that are understood first."""
    media_type: str
    sha256: str
    size: int
    """In bytes."""
    notes: tuple[str, ...] = ()
    """For people: what was not read, what was guessed."""


def is_list(data: bytes, name: str | None = None) -> bool:
    """Whether a file is a list of people by its content: a workbook, or CSV with a known header.

    Raises
    ------
    roster.errors.FileRefused
        As `roster.ingest.sandbox.kinds.inspect` does.
    """
    return inspect(data, name).format in TABLE_FORMATS


def read_list(
    data: bytes,
    *,
    name: str | None = None,
    limit: int = MOST_BYTES,
    limits: Limits | None = None,
    header: tuple[str, int] | None = None,
) -> ListFile:
    """Read a list of people in a process of its own.

    Parameters
    ----------
    data : the whole file
    name : the name it was sent under; only used in what people are told
    limit : most bytes accepted
    limits : memory and time; the defaults are `Limits()`
    header : (sheet, row as spreadsheet programs count) where a person says where a header stands;
        elsewhere it is looked for

    Raises
    ------
    roster.errors.FileRefused
        No list, damaged, protected, or without a row under a header.
    roster.errors.FileTooLarge
        More bytes, rows or columns than allowed.
    """
    kind = inspect(data, name, limit=limit)
    format_name = "csv" if kind.format == "text" else kind.format
    if format_name not in TABLE_FORMATS:
        raise FileRefused(
            "This file is no list: a list is a spreadsheet (XLSX, XLS, ODS) or a CSV file with "
            "one person a row under a row of headings."
        )
    try:
        raw = RawTable.unpacked(read_apart(data, format_name, limits))
    except (ValueError, TypeError) as error:
        raise FileRefused(
            "This list could not be read. Save it again as XLSX or CSV and send that."
        ) from error
    chosen = dict([header]) if header else {}
    tables = [table for sheet in raw.sheets if (table := table_of(sheet, chosen.get(sheet.name)))]
    if not tables:
        raise FileRefused(
            "No row of headings with people under it was found in this list. Put headings such as "
            "Surname, First name, E-mail, Languages into one row and a person into each row below."
        )
    tables.sort(key=lambda table: -known_headings(table.header))
    digest = hashlib.sha256(data).hexdigest()
    return ListFile(tuple(tables), kind.media_type, digest, kind.size, raw.notes)


def table_of(sheet: RawSheet, header_row: int | None = None) -> Table | None:
    """Find the header of a sheet and the rows under it; None where nothing stands under one.

    Where nobody says its row, the header is the row among the first `HEADER_WITHIN` that names
    most fields; where none names two, the first row that fills the usual number of columns.
    """
    if len(sheet.rows) < 2:
        return None
    at = _header_at(sheet) if header_row is None else _place_of(sheet, header_row)
    if at is None:
        return None
    number, header = sheet.rows[at]
    below = sheet.rows[at + 1 :]
    width = max(len(cells) for _, cells in sheet.rows[at:])
    rows = tuple(
        Row(each, _padded(cells, width)) for each, cells in below if cells[: len(header)] != header
    )
    return Table(sheet.name, number, _padded(header, width), rows) if rows else None


def _header_at(sheet: RawSheet) -> int:
    first = sheet.rows[:HEADER_WITHIN]
    named = [known_headings(cells) for _, cells in first]
    at = named.index(max(named))
    if named[at] < 2:
        widths = [sum(bool(cell) for cell in cells) for _, cells in first]
        at = next(at for at, width in enumerate(widths) if width * 2 > max(widths))
    return at


def _place_of(sheet: RawSheet, header_row: int) -> int | None:
    return next((at for at, (number, _) in enumerate(sheet.rows) if number == header_row), None)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def rows_to_profiles(
    table: Table, mapping: Mapping[int, Target], *, today: date | None = None
) -> Iterator[RowReading]:
    """Yield what each row says, in order; a cell that is not understood becomes a problem.

    Parameters
    ----------
    table : one of `ListFile.tables`
    mapping : column, counted from 0 → target; columns that are absent are left out of everything
    today : the day of reading, by which a birth year must leave a person grown up; None skips that

    Returns
    -------
    rows : one per row with something in a mapped column
        `RowReading.profile` holds the facts, each quoting its cell in `RowReading.document`;
        `RowReading.problems` names row and column. A row with a problem that `blocks` has no name
        and cannot become a person.
    """
    words = " ".join(cell for row in table.rows[:200] for cell in row.cells)
    language = detect_language(" ".join((*table.header, words)))
    for row in table.rows:
        if any(row.cells[at] for at in mapping if at < len(row.cells)):
            yield read_row(table, row, mapping, language=language, today=today)
