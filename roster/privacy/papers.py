"""A paper about data protection as sections and rows, and the ways it is written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import docx


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A word and what is said to it; None: nobody said it yet."""

    label: str
    value: str | None
    unknown: str = ""
    """What stands where nothing was said."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One section: sentences, points of a list, rows."""

    title: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    rows: tuple[PaperRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivacyPaper:
    """A whole paper."""

    title: str
    lead: str
    sections: tuple[PaperSection, ...]
    missing: tuple[str, ...] = ()
    """Names of what the facility did not say, as in its configuration."""
    state: str = ""
    """One sentence: complete, or how much is missing."""


def to_markdown(paper: PrivacyPaper) -> str:
    """Return a paper as Markdown."""
    lines = [f"# {paper.title}", "", paper.lead, ""]
    if paper.state:
        lines += [f"**{paper.state}**", ""]
    for section in paper.sections:
        lines += [f"## {section.title}", ""]
        for sentence in section.sentences:
            lines += [sentence, ""]
        lines += [f"- {point}" for point in section.points]
        lines += [f"- **{row.label}:** {_said(row)}" for row in section.rows]
        lines += [""] if section.points or section.rows else []
    return "\n".join(lines).rstrip() + "\n"


def to_docx(paper: PrivacyPaper) -> bytes:
    """Return a paper as a DOCX file."""
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.add_heading(paper.title, level=0)
    document.add_paragraph(paper.lead)
    if paper.state:
        document.add_paragraph().add_run(paper.state).bold = True
    for section in paper.sections:
        document.add_heading(section.title, level=1)
        for sentence in section.sentences:
            document.add_paragraph(sentence)
        for point in section.points:
            document.add_paragraph(point, style="List Bullet")
        if section.rows:
            _table(document, section.rows)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def to_values(paper: PrivacyPaper) -> dict[str, Any]:
    """Return a paper as JSON values; what was not said is null."""
    return asdict(paper)


def _table(document: Any, rows: Sequence[PaperRow]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        label, value = table.add_row().cells
        label.text, value.text = row.label, _said(row)


def _said(row: PaperRow) -> str:
    return row.value if row.value else f"[{row.unknown}]"
