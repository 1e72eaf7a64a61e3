"""Files of an exchange: CSV, XLSX and JSON, written and read back as rows.

A sheet is read in a process of its own, like every file. What a spreadsheet program could take for
a formula is written behind an apostrophe, which is taken away again when it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

import orjson
import xlsxwriter

from roster.errors import FileRefused, FileTooLarge
from roster.exchange_format.fields import FIELDS, LOCALES, SHEETS, headings_of, kind_of
from roster.ingest.lists.csv import cell_text
from roster.ingest.lists.raw_table import MOST_CELL_CHARACTERS, MOST_ROWS, RawSheet, RawTable
from roster.ingest.raw import BREAK
from roster.ingest.sandbox.apart import Limits, read_apart
from roster.ingest.sandbox.kinds import TABLE_FORMATS, inspect
from roster.naming import fold
from roster.read.exchange import ExchangeKind, ExchangeRow

_FORMULA = tuple("=+-@\t\r")
_HEADER_WITHIN = 10
_LEAST_HEADINGS = 2
_NO_TABLE = (
    "No table of requests, Actions or activities was found in this file. The first row holds the "
    "headings: Code and Title for requests, Code and Name for Actions, Action and Number for "
    "activities."
)


class ExchangeFormat(StrEnum):
    """What an exchange is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA_TYPES = {
    ExchangeFormat.CSV: "text/csv; charset=utf-8",
    ExchangeFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExchangeFormat.JSON: "application/json",
}
Rows = Mapping[ExchangeKind, Sequence[ExchangeRow]]


# --- Writing ------------------------------------------------------------------------------------


def written(rows: Rows, format: ExchangeFormat, locale: str = "en") -> bytes:  # noqa: A002 -- as in the address.
    """Return rows as a file; a CSV file holds one kind.

    Parameters
    ----------
    locale : language of the headings; JSON has the names of the fields
    """
    if format is ExchangeFormat.JSON:
        return _json(rows)
    if format is ExchangeFormat.XLSX:
        return _workbook(rows, locale)
    ((kind, held),) = rows.items()
    words = io.StringIO()
    table = csv.writer(words)
    table.writerow(_headings(kind, locale))
    table.writerows(_cells(kind, one) for one in held)
    return b"\xef\xbb\xbf" + words.getvalue().encode()


def _json(rows: Rows) -> bytes:
    told = {
        kind.value: [{name: text for name, text in one.cells.items() if text} for one in held]
        for kind, held in rows.items()
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def _workbook(rows: Rows, locale: str) -> bytes:
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        for kind, held in rows.items():
            sheet = book.add_worksheet(SHEETS[kind][LOCALES.index(locale)])
            for at, cells in enumerate((_headings(kind, locale), *(_cells(kind, x) for x in held))):
                for column, text in enumerate(cells):
                    sheet.write_string(at, column, text)
            sheet.freeze_panes(1, 0)
    return file.getvalue()


def _headings(kind: ExchangeKind, locale: str) -> list[str]:
    at = LOCALES.index(locale)
    return [one.headings[at] for one in FIELDS[kind] if not one.only_json]


def _cells(kind: ExchangeKind, row: ExchangeRow) -> list[str]:
    return [_harmless(row.cells.get(one.name, "")) for one in FIELDS[kind] if not one.only_json]


def _harmless(text: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if _is_risky(text) else text


def _is_risky(text: str) -> bool:
    return text.lstrip("' \n").startswith(_FORMULA)


def _plain(text: str) -> str:
    """Return what `_harmless` was given."""
    return text[1:] if text.startswith("'") and _is_risky(text) else text


# --- Reading ------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Return a text as it comes back through a sheet: lines and blanks evened out."""
    return cell_text(text).replace(BREAK, "\n")


def read_file(
    data: bytes, name: str | None = None, *, most_bytes: int, limits: Limits | None = None
) -> tuple[ExchangeRow, ...]:
    """Read the rows of a file; its kind is told by its content.

    Raises
    ------
    FileRefused
        It is neither CSV, a workbook nor JSON, or holds no table that is understood.
    FileTooLarge
    """
    if data.lstrip()[:1] in {b"{", b"["}:
        if len(data) > most_bytes:
            raise FileTooLarge(f"This file is larger than {most_bytes // 1_000_000} MB.")
        return from_json(data)
    kind = inspect(data, name, limit=most_bytes)
    reader = "csv" if kind.format == "text" else kind.format
    if reader not in TABLE_FORMATS:
        raise FileRefused("This file is no table. Send CSV, XLSX or JSON.")
    try:
        raw = RawTable.unpacked(read_apart(data, reader, limits))
    except (ValueError, TypeError) as error:
        raise FileRefused("This table could not be read. Save it anew as XLSX or CSV.") from error
    rows = [row for sheet in raw.sheets for row in _rows_of(sheet)]
    if not rows:
        raise FileRefused(_NO_TABLE)
    return tuple(rows)


def _rows_of(sheet: RawSheet) -> Iterable[ExchangeRow]:
    """Yield the rows under the header of a sheet: the row that names most fields."""
    best: tuple[int, int, ExchangeKind] | None = None
    for at, (_, header) in enumerate(sheet.rows[:_HEADER_WITHIN]):
        kind = kind_of(header, sheet.name)
        if kind is None:
            continue
        named = sum(fold(cell) in headings_of(kind) for cell in header)
        if named >= _LEAST_HEADINGS and (best is None or named > best[0]):
            best = (named, at, kind)
    if best is None:
        return
    _, at, kind = best
    fields = [headings_of(kind).get(fold(cell)) for cell in sheet.rows[at][1]]
    columns = {
        name: cell for name, cell in zip(fields, sheet.rows[at][1], strict=True) if name is not None
    }
    below = sheet.rows[at + 1 :]
    unread = _unread(fields, sheet.rows[at][1], [cells for _, cells in below])
    for number, cells in below:
        said = {
            name: _plain(text.replace(BREAK, "\n"))
            for name, text in zip(fields, cells, strict=False)
            if name is not None and text
        }
        if said:
            _refuse_cut(number, said, columns)
            yield ExchangeRow(kind, number, said, columns, unread)


def _unread(
    fields: Sequence[str | None], header: Sequence[str], below: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Return the headings that name no field, of columns that hold something."""
    return tuple(
        heading
        for at, (name, heading) in enumerate(zip(fields, header, strict=True))
        if name is None
        and heading.strip()
        and any(len(cells) > at and cells[at].strip() for cells in below)
    )


def _refuse_cut(number: int, said: Mapping[str, str], columns: Mapping[str, str]) -> None:
    for name, text in said.items():
        if len(text) >= MOST_CELL_CHARACTERS - len(BREAK):
            raise FileTooLarge(
                f"Row {number}, column {columns[name]}: the cell is too long for a sheet. Send "
                "this record as JSON."
            )


def from_json(data: bytes) -> tuple[ExchangeRow, ...]:
    """Read rows from JSON: an object with the lists `requests`, `actions` and `activities`.

    An Action may hold its activities as a list of its own.

    Raises
    ------
    FileRefused
    """
    try:
        given = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise FileRefused(f"This is no JSON: {error}.") from error
    if not isinstance(given, dict) or not set(given) & {kind.value for kind in ExchangeKind}:
        raise FileRefused(
            "This JSON holds no exchange. Give an object with the lists requests, actions, "
            "activities."
        )
    rows: list[ExchangeRow] = []
    for kind in ExchangeKind:
        held = given.get(kind.value, [])
        if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
            raise FileRefused(f"“{kind.value}” has to be a list of objects.")
        for number, one in enumerate(held, 1):
            rows += _json_rows(kind, number, one)
    if len(rows) > MOST_ROWS:
        raise FileTooLarge(f"More than {MOST_ROWS} rows. Send them in several files.")
    parts = [one for one in rows if one.kind is ExchangeKind.ACTIVITIES]
    others = [one for one in rows if one.kind is not ExchangeKind.ACTIVITIES]
    return (*others, *(replace(one, number=at) for at, one in enumerate(parts, 1)))


def _json_rows(kind: ExchangeKind, number: int, given: Mapping[str, Any]) -> Iterable[ExchangeRow]:
    inner = given.get("activities") if kind is ExchangeKind.ACTIONS else None
    known = {one.name for one in FIELDS[kind]}
    unknown = sorted(set(given) - known - ({"activities"} if inner is not None else set()))
    if unknown:
        raise FileRefused(
            f"{kind.value}, {number}: the field “{unknown[0]}” is not known. Known are: "
            f"{', '.join(sorted(known))}."
        )
    yield ExchangeRow(
        kind, number, {name: _text(value) for name, value in given.items() if name in known}
    )
    if inner is None:
        return
    if not isinstance(inner, list) or not all(isinstance(one, dict) for one in inner):
        raise FileRefused(f"actions, {number}: “activities” has to be a list of objects.")
    for one in inner:
        yield from _json_rows(
            ExchangeKind.ACTIVITIES, number, {**one, "action": given.get("code", "")}
        )


def _text(value: object) -> str:
    """Return a JSON value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return value if isinstance(value, str) else str(value)
