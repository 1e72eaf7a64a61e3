r"""One value of a row as text, alike from both databases: the text form of PostgreSQL's COPY.

A line is a row, a tab stands between values, `\N` is nothing; tabs, line ends and backslashes
within a value are written with a backslash. PostgreSQL reads and writes it by itself; for SQLite it
is done here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CHAR,
    JSON,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Uuid,
)
from sqlalchemy.types import TypeEngine

NOTHING = r"\N"


class Kind(StrEnum):
    """What a column holds, whichever database it is in."""

    TRUTH = "truth"
    ID = "id"
    MOMENT = "moment"
    DAY = "day"
    JSON = "json"
    BYTES = "bytes"
    REAL = "real"
    WHOLE = "whole"
    TEXT = "text"


_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind.TRUTH),
    (Uuid, Kind.ID),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DAY),
    (JSON, Kind.JSON),
    (LargeBinary, Kind.BYTES),
    (Float, Kind.REAL),
    (Integer, Kind.WHOLE),
    (String, Kind.TEXT),
)
_DIGITS_OF_AN_ID = 32


def kind_of(declared: TypeEngine[Any]) -> Kind:
    """Return what a column holds by the type that the database says it has.

    Raises
    ------
    TypeError
        A type that no released schema uses: it would have to be taught here first.
    """
    if isinstance(declared, CHAR) and declared.length == _DIGITS_OF_AN_ID:
        return Kind.ID  # SQLite has no type for them.
    for held, kind in _KINDS:
        if isinstance(declared, held):
            return kind
    raise TypeError(f"no backup knows how to keep a column of type {declared!r}")


# --- From SQLite ----------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\\b\f\n\r\t\v]")
_WRITTEN = {
    "\\": r"\\", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v",
}  # fmt: skip


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _WRITTEN[found.group()], text)


def _moment_said(value: str) -> str:
    return datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat(sep=" ")


def _json_said(value: Any) -> str:
    # SQLite turns the text of a bare number into a number.
    return _escaped(value if isinstance(value, str) else json.dumps(value))


def _id_said(value: str) -> str:
    # As `str(UUID(value))` says it, in a tenth of the time: rows have three or four of them.
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


_SAID: dict[Kind, Callable[[Any], str]] = {
    Kind.TRUTH: lambda value: "t" if value else "f",
    Kind.ID: _id_said,
    Kind.MOMENT: _moment_said,
    Kind.DAY: str,
    Kind.JSON: _json_said,
    Kind.BYTES: lambda value: r"\\x" + bytes(value).hex(),
    Kind.REAL: repr,
    Kind.WHOLE: str,
    Kind.TEXT: lambda value: _escaped(str(value)),
}


def line_of(kinds: Sequence[Kind], row: Sequence[Any]) -> bytes:
    """Write a row of SQLite as a line.

    Parameters
    ----------
    kinds : of the columns
    row : what the driver gave for each
    """
    said = [
        NOTHING if value is None else _SAID[kind](value)
        for kind, value in zip(kinds, row, strict=True)
    ]
    return ("\t".join(said) + "\n").encode()


# --- To SQLite ------------------------------------------------------------------------------------

_MARKED = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {written[1]: meant for meant, written in _WRITTEN.items()}


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _MARKED.sub(lambda found: _MEANT.get(found.group(1), found.group(1)), text)


def _moment_held(text: str) -> str:
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


_HELD: dict[Kind, Callable[[str], Any]] = {
    Kind.TRUTH: lambda text: int(text == "t"),
    Kind.ID: lambda text: text.replace("-", ""),
    Kind.MOMENT: _moment_held,
    Kind.DAY: str,
    Kind.JSON: _plain,
    Kind.BYTES: lambda text: bytes.fromhex(text.removeprefix(r"\\x")),
    Kind.REAL: float,
    Kind.WHOLE: int,
    Kind.TEXT: _plain,
}


def row_of(kinds: Sequence[Kind], line: bytes) -> list[Any]:
    """Read a line as what SQLite is given for each column.

    Raises
    ------
    ValueError
        It is not a line of this table.
    """
    said = line.decode().removesuffix("\n").split("\t")
    return [
        None if text == NOTHING else _HELD[kind](text)
        for kind, text in zip(kinds, said, strict=True)
    ]
