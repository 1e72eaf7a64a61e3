"""Lines of a file of JSON objects; what is wrong is told by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roster.errors import FieldError, FileRefused, InvalidInput

MOST_BYTES = 2_000_000_000
"""Larger files than this are refused: everything is held in memory."""


@dataclass(frozen=True)
class Line:
    """One object of a file, and where it stands."""

    file: str
    number: int
    """Counted from 1."""
    fields: Mapping[str, object]
    notes: list[str] = field(default_factory=list)
    """For people: what was left out, and why."""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}, line {self.number}"

    def wrong(self, name: str, detail: str) -> InvalidInput:
        """Return the refusal of a field."""
        pointer = f"/{name}" if name else ""
        return InvalidInput(
            f"{self.place}, field '{name}': {detail}" if name else f"{self.place}: {detail}",
            (FieldError(pointer, detail),),
        )

    def note(self, name: str, detail: str) -> None:
        """Keep what people should know of a field that is left out."""
        self.notes.append(f"{self.place}, field '{name}': {detail}")

    def key(self) -> str:
        """Return the id, a number as its digits.

        Raises
        ------
        InvalidInput
        """
        given = self.fields.get("id")
        if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
            raise self.wrong("id", "Give each line its id, as text or as a whole number.")
        return str(given)

    def text(self, name: str = "text", *, needed: bool = True) -> str:
        """Return a text field; None counts as empty where the field may be left out.

        Raises
        ------
        InvalidInput
        """
        given = self.fields.get(name)
        if given is None and not needed:
            return ""
        if not isinstance(given, str):
            raise self.wrong(name, "Give a text in quotes; an empty one where there is none.")
        return given.encode("utf-8", "replace").decode("utf-8")

    def items(self, name: str) -> list[tuple[str, object]] | None:
        """Return the items of a list, each with its name; None where the field is not given.

        A single item may stand without the list around it.

        Raises
        ------
        InvalidInput
            The field is neither text nor object nor list.
        """
        given = self.fields.get(name)
        if given is None:
            return None
        if isinstance(given, str | dict):
            return [(name, given)] if given else []
        if not isinstance(given, list):
            raise self.wrong(name, "Give a list.")
        return [(f"{name}/{at}", item) for at, item in enumerate(given)]


def read_lines(path: Path) -> Iterator[Line]:
    """Read a file of one JSON object a line; blank lines are passed over.

    Raises
    ------
    FileRefused
        The file is not there, too large or no UTF-8.
    InvalidInput
        A line is no JSON object, or an id stands twice.
    """
    seen: dict[str, int] = {}
    found = 0
    for number, raw in enumerate(raw_lines(path), start=1):
        if not raw.strip():
            continue
        line = line_of(path.name, number, raw)
        key = line.key()
        if key in seen:
            raise line.wrong("id", f"The id {key} stands on line {seen[key]} too.")
        seen[key] = number
        found += 1
        yield line
    if not found:
        raise InvalidInput(f"{path.name} has no line. Give one JSON object with id and text each.")


def line_of(file: str, number: int, raw: str) -> Line:
    """Return one line of a file.

    Raises
    ------
    InvalidInput
        It is no JSON object.
    """
    return Line(file, number, object_of(file, number, raw))


def raw_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file as they are.

    Raises
    ------
    FileRefused
        The file is not there, too large or no UTF-8.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused(f"{path} has more than {MOST_BYTES / 1e9:.0f} GB. Split it.")
        # Only a line feed ends a line: JSON text may hold other separators as they are.
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from error
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{path} cannot be opened: {reason}.") from error


def object_of(file: str, number: int, raw: str) -> Mapping[str, object]:
    """Return the object of one line.

    Raises
    ------
    InvalidInput
        It is no JSON object.
    """
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError) as error:
        at = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidInput(f"{file}, line {number}{at}: this is not JSON.") from error
    if not isinstance(given, dict):
        raise InvalidInput(f"{file}, line {number}: give an object with id and text.")
    return given
