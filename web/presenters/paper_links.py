"""Where a page is had as a file."""

from __future__ import annotations

from web.contexts.parts import Link
from web.tongues import Tongue


def paper_links(path: str, tongue: Tongue) -> tuple[Link, ...]:
    """Return the links to a page as a document and as a workbook."""
    return (
        Link(tongue.word("Word document (DOCX)"), f"{path}/export?format=docx"),
        Link(tongue.word("Workbook (XLSX)"), f"{path}/export?format=xlsx"),
    )
