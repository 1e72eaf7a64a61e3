"""XLSX, XLSB, XLS and ODS by their bytes: the values that the sheets show, as text.

Formulas are never run: the value that the program last stored is read. Hidden sheets are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from roster.errors import FileRefused
from roster.ingest.lists.csv import cell_text, refuse_size
from roster.ingest.lists.raw_table import (
    MOST_CELL_CHARACTERS,
    MOST_ROWS,
    MOST_SHEETS,
    RawSheet,
    RawTable,
)
from roster.ingest.raw import RawText

Value = int | float | str | bool | time | date | datetime | timedelta


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - a list has no pages
    """Return the visible sheets of a workbook, packed.

    Raises
    ------
    roster.errors.FileRefused
        As `read_table` does.
    """
    return read_table(data).packed()


def read_table(data: bytes) -> RawTable:
    """Return the visible sheets of a workbook.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, protected by a password, or without any filled cell.
    roster.errors.FileTooLarge
        More rows or columns than a list of people has.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            about.name
            for about in book.sheets_metadata[:MOST_SHEETS]
            if about.visible is SheetVisibleEnum.Visible and about.typ is SheetTypeEnum.WorkSheet
        ]
        hidden = len(book.sheets_metadata) - len(shown)
        sheets = list(_sheets(book, shown))
    except PasswordError as error:
        raise FileRefused(
            "This spreadsheet is protected by a password, so it cannot be read. "
            "Save a copy without the password and send that."
        ) from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused(
            "This spreadsheet is damaged and cannot be opened. Save it again as XLSX or CSV."
        ) from error
    if not sheets:
        raise FileRefused("This list holds no row. Check the file on your side and send it again.")
    note = f"Sheets that are hidden or hold no cells were not read: {hidden}."
    return RawTable(tuple(sheets), "book/1", (note,) if hidden else ())


def _sheets(book: CalamineWorkbook, names: list[str]) -> Iterator[RawSheet]:
    taken = 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        refuse_size(taken, sheet.width)
        rows = tuple(_rows(sheet, MOST_ROWS - taken))
        taken += len(rows)
        if rows:
            yield RawSheet(name, rows)


def _rows(sheet: CalamineSheet, most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield filled rows with their numbers; `iter_rows` begins with the first row of the sheet."""
    found = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        words = tuple(_text(cell) for cell in cells)
        if any(words):
            found += 1
            refuse_size(found + MOST_ROWS - most, len(words))
            yield number, words


def _text(value: Value) -> str:
    """Return a value as the sheet shows it; a day without an hour is a day."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        bare = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if bare else value.isoformat(" ")
    if isinstance(value, str):
        return cell_text(value)
    return str(value)[:MOST_CELL_CHARACTERS]
