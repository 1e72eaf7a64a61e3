"""LinkedIn profiles saved as PDF: known by their layout, and put in the order of a form.

The file prints a narrow column first (contact, skills, languages) and the person beside it. Its
letters have one size for each part, which tells employers, titles and dates apart. Headings are
in the language of the site, in part; dates, "Page 1 of 2" and levels often stay English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from roster.ingest.formats.linkedin_posts import courses, posts
from roster.ingest.formats.linkedin_words import ADDRESS, MAIN, PAGE, SIDE, Headings, heading_of
from roster.ingest.pdf.columns import rows_of
from roster.ingest.pdf.pages import PageContent
from roster.ingest.pdf.pieces import union
from roster.ingest.raw import Box, RawLine

READER = "linkedin/1"
NARROW = 0.42
"""Share of the page's width that the narrow column does not pass."""
LARGER = 1.2
"""Headings are so many times larger than what most letters are set in."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line of the profile."""

    text: str
    size: float
    page: int
    box: Box
    gap: float
    """Blank above it, in points; 0 at the top of a page."""

    def line(self, label: str = "", text: str | None = None, *, wraps: bool = False) -> RawLine:
        """Return it as a line of a form."""
        words = self.text if text is None else text
        shown = f"{label} | {words}" if label else words
        return RawLine(shown, self.page, self.box, wraps)


def linkedin_lines(contents: Sequence[PageContent]) -> list[RawLine] | None:
    """Return the lines of a LinkedIn profile in the order of a form; None for any other file."""
    split = _split(contents)
    if split is None:
        return None
    side = [line for content in contents for line in _column(content, 0, split)]
    main = [line for content in contents for line in _column(content, split, float("inf"))]
    parts = _sections(main, MAIN)
    if not {"experience", "education"} & {kind for kind, _ in parts}:
        return None
    lines = _person(parts[0][1])
    for kind, heading, found in _named(_sections(side, SIDE)):
        lines += [RawLine(""), *heading, *_beside(kind, found)]
    for kind, heading, found in _named(parts):
        lines += [RawLine(""), *heading, *_body(kind, found)]
    return lines


def _split(contents: Sequence[PageContent]) -> float | None:
    """Return where the wide column begins: at the name, in the largest letters."""
    pieces = contents[0].pieces if contents else []
    if not any(PAGE.match(piece.text.strip()) for piece in pieces):
        return None
    largest = max(pieces, key=lambda piece: piece.size, default=None)
    width = contents[0].page.width
    if largest is None or not 0.2 * width < largest.box[0] < NARROW * width:
        return None
    split = largest.box[0] - 2
    narrow = "".join(piece.text for piece in pieces if piece.box[2] < split + 4)
    return split if ADDRESS.search("".join(narrow.split())) else None


def _column(content: PageContent, left: float, right: float) -> list[Printed]:
    inside = [
        piece
        for piece in content.pieces
        if left <= piece.box[0] < right and not PAGE.match(piece.text.strip())
    ]
    printed: list[Printed] = []
    for row in rows_of(inside):
        box = reduce(union, (piece.box for piece in row))
        gap = max(0.0, box[1] - printed[-1].box[3]) if printed else 0.0
        words = " ".join(piece.text.strip() for piece in row)
        size = max(piece.size for piece in row)
        printed.append(Printed(words, size, content.page.number, box, gap))
    return printed


def _sections(lines: Sequence[Printed], words: Headings) -> list[tuple[str, list[Printed]]]:
    """Cut a column at its headings; the first part has none."""
    usual = min((line.size for line in lines), default=0.0)
    parts: list[tuple[str, list[Printed]]] = [("", [])]
    for line in lines:
        kind = heading_of(line.text, words) if line.size > LARGER * usual else None
        if kind is not None:
            parts.append((kind, [line]))
        else:
            parts[-1][1].append(line)
    return parts


def _named(
    parts: Sequence[tuple[str, list[Printed]]],
) -> list[tuple[str, list[RawLine], list[Printed]]]:
    return [
        (kind, [found[0].line()], found[1:]) for kind, found in parts if kind and len(found) > 1
    ]


def _person(found: Sequence[Printed]) -> list[RawLine]:
    """Name, headline over one or more lines, place."""
    if not found:
        return []
    largest = max(line.size for line in found)
    name = [line for line in found if line.size > 0.9 * largest]
    rest = [line for line in found if line.size <= 0.9 * largest]
    lines = [line.line(wraps=number < len(name) - 1) for number, line in enumerate(name)]
    headline, place = (rest[:-1], rest[-1:]) if len(rest) > 1 else (rest, [])
    lines += [line.line(wraps=number < len(headline) - 1) for number, line in enumerate(headline)]
    return [*lines, *(line.line("Address") for line in place)]


def _beside(kind: str, found: Sequence[Printed]) -> list[RawLine]:
    if kind == "contact":
        return _addresses(found)
    if kind == "languages":
        return _languages(found)
    return [line.line() for line in found]


def _addresses(found: Sequence[Printed]) -> list[RawLine]:
    """Join the address of the profile, which wraps in the narrow column."""
    lines: list[RawLine] = []
    for line in found:
        before = lines[-1].text if lines else ""
        cut = "linkedin.com" in before and not before.endswith(")")
        if cut or (before.endswith(("-", "@", ".")) and "@" in before + line.text):
            glue = " " if line.text.startswith("(") else ""
            box = union(lines[-1].box or line.box, line.box)
            lines[-1] = replace(lines[-1], text=before + glue + line.text, box=box)
        else:
            lines.append(line.line())
    return lines


def _languages(found: Sequence[Printed]) -> list[RawLine]:
    """Join a level in brackets with the language above it."""
    lines: list[RawLine] = []
    for line in found:
        open_bracket = bool(lines) and lines[-1].text.count("(") > lines[-1].text.count(")")
        if lines and (line.text.startswith("(") or open_bracket):
            box = union(lines[-1].box or line.box, line.box)
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {line.text}", box=box)
        else:
            lines.append(line.line())
    return lines


def _body(kind: str, found: Sequence[Printed]) -> list[RawLine]:
    if kind == "experience":
        return posts(found)
    if kind == "education":
        return courses(found)
    return [line.line(wraps=True) if _is_full(line, found) else line.line() for line in found]


def _is_full(line: Printed, found: Sequence[Printed]) -> bool:
    """Whether a line of running text reaches near its margin."""
    margin = max(other.box[2] for other in found)
    return line is not found[-1] and line.box[2] > margin - 60 and not re.search(r"@", line.text)
