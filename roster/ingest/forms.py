"""Labelled lines, as a filled form prints them, for sources that hold fields and no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import langcodes
from babel import Locale

from roster.ingest.raw import BREAK, CELL, RawLine, RawText

EU_COUNTRY_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that EU systems use in place of ISO 3166."""

GRID = ("Listening", "Reading", "Spoken interaction", "Spoken production", "Writing")
"""Columns of the Europass language grid, in its order."""


@dataclass(slots=True)
class Form:
    """Lines of a form in the making; empty values leave no line."""

    lines: list[str] = field(default_factory=list)

    def heading(self, words: str) -> None:
        """Begin a section."""
        self.lines += ["", words.strip().upper()]

    def field(self, label: str, value: str | None) -> None:
        """Add one labelled value."""
        if value and value.strip():
            self.lines.append(f"{label}: {flat(value)}")

    def row(self, *cells: str | None) -> None:
        """Add one table row, if any cell says something."""
        if any(cell and cell.strip() for cell in cells):
            self.lines.append(CELL.join(flat(cell or "") for cell in cells))

    def record(self, *fields: tuple[str, str | None]) -> None:
        """Add a block of labelled rows, set apart from the next."""
        for label, value in fields:
            if value and value.strip():
                self.lines.append(f"{label}{CELL}{flat(value)}")
        self.lines.append("")

    def paragraphs(self, text: str | None) -> None:
        """Add running text, line by line."""
        self.lines += [line.strip() for line in (text or "").splitlines() if line.strip()]

    def text(self, reader: str) -> RawText:
        """Return the lines as a reader hands them over."""
        return RawText(tuple(RawLine(line) for line in self.lines), reader)


def flat(value: str) -> str:
    """Return a value in one line."""
    parts = [" ".join(part.split()) for part in value.replace(CELL, " / ").splitlines()]
    return BREAK.join(part for part in parts if part)


def joined(*parts: str | None, by: str = ", ") -> str:
    """Join what is there."""
    return by.join(part.strip() for part in parts if part and part.strip())


def period(start: str | None, end: str | None, ongoing: bool) -> str:
    """Return "start – end"; "present" where the source says that it goes on."""
    last = "present" if ongoing else end or ""
    return f"{start or ''} – {last}".strip(" –") if start or last else ""


def country_name(code: str | None, label: str | None = None) -> str:
    """Return the English name of a country given by code (also UK, EL), else the label as given."""
    known = (code or "").strip().upper()
    known = EU_COUNTRY_CODES.get(known, known)
    return str(Locale("en").territories.get(known, "")) or (label or code or "").strip()


def language_name(code: str | None, label: str | None = None) -> str:
    """Return the English name of a language given by any ISO 639 code, else the label as given."""
    given = (code or "").strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}", given):
        return (label or code or "").strip()
    name = str(langcodes.get(given, normalize=True).display_name("en"))
    return (label or given).strip() if name.startswith("Unknown") else name
