"""Labelled lines, as a filled form prints them, for sources that hold fields and no text.

Fields come first, one value a line, and free text after them: `roster.ingest.forms.profile` reads
the fields back as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from babel import Locale

from roster.ingest.formats.html import visible_lines
from roster.ingest.raw import BREAK, CELL, RawLine, RawText
from roster.ingest.wording.headings import SectionKind, find_heading
from roster.ingest.wording.plain import plain
from roster.reference import countries, languages

EU_COUNTRY_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that EU systems use in place of ISO 3166."""

GRID = ("Listening", "Reading", "Spoken interaction", "Spoken production", "Writing")
"""Columns of the Europass language grid, in its order."""

LANGUAGES, WORK, EDUCATION = "LANGUAGES", "WORK EXPERIENCE", "EDUCATION AND TRAINING"
"""Headings of the fields."""
PRESENT = "present"
"""End of what goes on."""
OPEN_END = "?"
"""End that the source does not say."""
UNKNOWN_LEVEL = "-"
SURE_READERS = frozenset({"europass/2", "json-resume/2", "hr-open/1"})
"""Readers that write such lines."""


_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_FIELDS_ONLY = frozenset({SectionKind.IDENTITY, SectionKind.LANGUAGES, SectionKind.PRESENT})
"""Sections that free text of the person's own title does not open: their fields are known."""
_ABROAD = re.compile(
    r"mission|assignment|deploy|twinning|taiex|einsatz|misi(?:on|uni)|missao|missoes|misj|"
    r"projec?t|projet|proyect|progett|proiect|αποστολ|мисии|проект"
)
MOST_CHARACTERS = 60_000
"""Of one free text; more is no description of a job."""
_HOUSE = re.compile(r"(?<!\w)(?:[A-Z]{1,2}-)?\d{1,5}[a-zA-Z]?(?!\w)")
_BAR = re.compile(r"(?<!\S)\|(?!\S)")


@dataclass(slots=True)
class Form:
    """Lines of a form in the making; empty values leave no line."""

    lines: list[str] = field(default_factory=list)

    def heading(self, words: str) -> None:
        """Begin a section."""
        self.lines += ["", flat(words).upper()]

    def language(self, name: str, *cells: str) -> None:
        """Add one language with its levels; the row of column headings stands before the first."""
        columns = CELL.join(("Language", *GRID))
        if len(cells) == len(GRID) and columns not in self.lines:
            self.lines.append(columns)
        if name.strip():
            self.row(name, *(cell.strip() or UNKNOWN_LEVEL for cell in cells))

    def titled(self, title: str, text: str) -> None:
        """Add free text under a title of the person's own; one that opens no section is text."""
        found = find_heading(title)
        if found is not None and found[0] not in _FIELDS_ONLY:
            self.heading(title)
        else:
            self.heading("Missions" if _ABROAD.search(plain(title)) else "Skills")
            self.paragraphs(title)
        self.paragraphs(text)

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

    def text(self, reader: str, locale: str = "") -> RawText:
        """Return the lines as a reader hands them over; `locale` as the file gives it: "it_IT"."""
        said = locale.strip().lower()[:2]
        language = said if said.isalpha() and len(said) == 2 else None
        return RawText(tuple(RawLine(line) for line in self.lines), reader, language=language)


def flat(value: str) -> str:
    """Return a value in one line, in which nothing looks like the edge of a cell."""
    parts = [_BAR.sub("/", " ".join(part.split())) for part in value.splitlines()]
    return BREAK.join(part for part in parts if part)


def addresses_in(words: Iterable[str]) -> list[str]:
    """Return the e-mail addresses of some values, each once whatever its case."""
    found: dict[str, str] = {}
    for each in (each for one in words for each in _MAIL.finditer(one)):
        found.setdefault(each.group().lower(), each.group())
    return list(found.values())


def plain_lines(html: str) -> list[str]:
    """Return the lines that escaped HTML shows, without blank ones."""
    if not html:
        return []
    shown = (" ".join(line.split()) for line in visible_lines(html[:MOST_CHARACTERS]))
    return [line for line in shown if line]


def without_address(words: str) -> tuple[str, str]:
    """Cut the address off an employer that is printed with it: (name, the rest).

    The name ends with its line, or before the part that holds a digit, as streets and codes do.
    """
    lines = [line.strip(" ,;") for line in words.splitlines() if line.strip(" ,;")]
    if not lines:
        return "", ""
    parts = [part.strip() for part in lines[0].split(",")]
    cut = next((at for at, part in enumerate(parts) if at and _HOUSE.search(part)), len(parts))
    if cut > 2 and countries.code_for(parts[cut - 1].strip(" ().")):
        cut -= 2  # A town and its country; a country alone may belong to the name.
    rest = joined(", ".join(parts[cut:]), *lines[1:])
    return ", ".join(parts[:cut]), rest


def joined(*parts: str | None, by: str = ", ") -> str:
    """Join what is there."""
    return by.join(part.strip() for part in parts if part and part.strip())


def period(start: str | None, end: str | None, ongoing: bool) -> str:
    """Return "start – end"; `PRESENT` or `OPEN_END` where the source says so, or does not say."""
    if not start and not end and not ongoing:
        return ""
    return f"{start or OPEN_END} – {PRESENT if ongoing else end or OPEN_END}"


def country_name(code: str | None, label: str | None = None) -> str:
    """Return the English name of a country given by code (also UK, EL), else the label as given."""
    known = (code or "").strip().upper()
    known = EU_COUNTRY_CODES.get(known, known)
    return str(Locale("en").territories.get(known, "")) or (label or code or "").strip()


def language_name(code: str | None, label: str | None = None) -> str:
    """Return the English name of a language given by any ISO 639 code, else the label as given."""
    given = (code or "").strip()
    known = languages.code_for(given) if re.fullmatch(r"[A-Za-z]{2,3}", given) else None
    return languages.name_of(known) if known else (label or given).strip()
