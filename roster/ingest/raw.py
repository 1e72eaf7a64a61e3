"""What a reader hands over: printed lines in reading order, plain enough to travel as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]

BREAK = " ⏎ "
"""Stands for a line break inside a table cell."""
CELL = " | "
"""Stands between the cells of one table row."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as printed, or one table row."""

    text: str
    page: int | None = None
    """Counted from 1."""
    box: Box | None = None
    """(left, top, right, bottom) in points from the page's top left."""
    wraps: bool = False
    """Whether the next line goes on where this one ends, for want of room."""
    clearness: float | None = None
    """How surely the least clear word of a scan was recognised, 0 to 1; None where the file itself
    gives the letters."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """Size of one page in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class RawText:
    """All that a reader found in one file."""

    lines: tuple[RawLine, ...]
    reader: str
    """Name and version, for example "pdf/1"."""
    pages: tuple[RawPage, ...] = ()
    notes: tuple[str, ...] = field(default=())
    pages_without_text: tuple[int, ...] = ()
    """Numbers of the pages, counted from 1, that hold a picture and no letters."""
    language: str | None = None
    """ISO 639-1, where the file itself says in which language it is."""

    def to_json(self) -> bytes:
        """Return what `from_json` reads back."""
        return json.dumps(
            {
                "lines": [
                    [line.text, line.page, line.box, line.wraps, line.clearness]
                    for line in self.lines
                ],
                "reader": self.reader,
                "pages": [[page.number, page.width, page.height] for page in self.pages],
                "notes": self.notes,
                "pages_without_text": self.pages_without_text,
                "language": self.language,
            },
            ensure_ascii=True,
        ).encode("ascii")

    @classmethod
    def from_json(cls, data: bytes) -> RawText:
        """Read what `to_json` wrote, checking every type: the writer is not trusted.

        Raises
        ------
        ValueError
            For anything else.
        """
        try:
            given = json.loads(data)
            return cls(
                lines=tuple(
                    RawLine(str(text), _page(page), _box(box), bool(wraps), _share(clearness))
                    for text, page, box, wraps, clearness in given["lines"]
                ),
                reader=str(given["reader"]),
                pages=tuple(
                    RawPage(int(number), float(width), float(height))
                    for number, width, height in given["pages"]
                ),
                notes=tuple(str(note) for note in given["notes"]),
                pages_without_text=tuple(int(page) for page in given["pages_without_text"]),
                language=_code(given["language"]),
            )
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not the output of a reader") from error


def _page(given: object) -> int | None:
    return None if given is None else int(str(given))


def _code(given: object) -> str | None:
    code = str(given or "")
    return code if len(code) == 2 and code.isascii() and code.islower() else None


def _share(given: object) -> float | None:
    return None if given is None else min(1.0, max(0.0, float(str(given))))


def _box(given: object) -> Box | None:
    if given is None:
        return None
    if not isinstance(given, list):
        raise TypeError("a box is a list of four numbers")
    left, top, right, bottom = (float(edge) for edge in given)
    return left, top, right, bottom
