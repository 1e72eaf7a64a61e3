"""A paper as XLSX: a sheet for each table; whatever was typed stays text, never a formula."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import xlsxwriter

from web.papers.paper import Cell, Paper, Table, clean, script_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = tuple("=+-@\t\r\n")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME, _LONGEST_CELL = 31, 32_000
_WIDEST, _NARROWEST = 60, 8


def xlsx_of(paper: Paper) -> bytes:
    """Return a paper as a workbook: its facts first, then a sheet for each table.

    A cell that a spreadsheet program could take for a formula is marked as text, so it stays one
    when the file is saved as CSV and opened again.
    """
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {"title": clean(paper.title)[:255], "comments": clean(paper.mark)[:255]}
        )
        lines: list[tuple[Cell, ...]] = [(paper.title,)]
        lines += [(line,) for line in (paper.subject, paper.mark) if line]
        facts = Table(paper.facts_title, (), (*lines, (), *paper.facts, (), (paper.footer,)))
        names: set[str] = set()
        for table in (facts, *paper.tables):
            _sheet(book, table, _name(table.title, names))
    return file.getvalue()


def _sheet(book: Any, table: Table, name: str) -> None:
    sheet = book.add_worksheet(name)
    rows = table.rows or ((table.empty,),)
    start = 1 if table.heads else 0
    for column, words in enumerate(table.heads):
        _write(book, sheet, 0, column, words, head=True)
    for at, row in enumerate(rows, start):
        for column, value in enumerate(row):
            _write(book, sheet, at, column, value)
    for column in range(max(len(table.heads), *(len(row) for row in rows))):
        cells = [str(row[column]) for row in (table.heads, *rows) if len(row) > column]
        width = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
        sheet.set_column(column, column, min(max(width + 1, _NARROWEST), _WIDEST))
    if table.heads:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(table.heads) - 1)


def _write(
    book: Any, sheet: Any, row: int, column: int, value: Cell, *, head: bool = False
) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        shown = "0" if isinstance(value, int) else "0.0"
        sheet.write_number(row, column, value, _look(book, number=shown))
        return
    text = clean(value)[:_LONGEST_CELL]
    look = _look(book, head=head, rtl=script_of(text) == "rtl", quoted=text.startswith(_FORMULA))
    sheet.write_string(row, column, text, look)


def _look(
    book: Any, *, head: bool = False, rtl: bool = False, quoted: bool = False, number: str = ""
) -> Any:
    look = {"text_wrap": True, "valign": "top", "bold": head, "quote_prefix": quoted}
    if rtl:
        look["reading_order"] = 2
    if number:
        look["num_format"] = number
    return book.add_format(look)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other one has."""
    plain = _FORBIDDEN.sub(" ", clean(title)).strip()[:_LONGEST_NAME] or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: _LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
