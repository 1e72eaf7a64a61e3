"""PDF: a Europass file inside wins; else the text layer in reading order, with places."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.pdf_letters import links_of
from roster.ingest.pdf_pages import PageContent, join_tables, page_lines, read_page
from roster.ingest.pdf_running import without_running_heads
from roster.ingest.raw import Box, RawLine, RawText
from roster.ingest.text_europass import is_europass
from roster.ingest.text_europass import read as read_europass

MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024
LEAST_LETTERS = 10
"""A page with fewer letters than this says nothing."""

_PICTURE = (
    "This PDF is a picture: it has no text layer, so nothing can be read in it. "
    "Send the file it was made from (DOCX or a PDF saved from it), or run text recognition on it."
)
_EMPTY = (
    "This PDF has no text in it. If its letters were turned into outlines, "
    "send the file it was made from, as DOCX or as a PDF with text."
)
_DAMAGED = (
    "This PDF is damaged and cannot be opened; it may have been cut off in sending. "
    "Open it on your side, save or print it as a new PDF, and send that."
)
_LOCKED = (
    "This PDF is protected by a password, so it cannot be read. "
    "Save a copy without the password and send that."
)
_ADDRESS = re.compile(
    r"(?:mailto:(?P<mail>)|https?://)(?P<address>(?(mail)[^?@\s]+@[^?@\s]+|"
    r"(?:[a-z]{2,3}\.)?linkedin\.com/in/[^?\s]+))",
    re.IGNORECASE,
)


def read(data: bytes, most_pages: int) -> RawText:
    """Return the lines of a PDF in reading order.

    Raises
    ------
    roster.errors.FileRefused
        Encrypted, damaged, or without a text layer.
    roster.errors.FileTooLarge
        More than `most_pages` pages.
    """
    attached, fields = _from_structure(data, most_pages)
    if attached is not None:
        return attached
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise FileRefused(_LOCKED if "password" in str(error).lower() else _DAMAGED) from error
    _refuse_length(len(document), most_pages)
    return _text_layer(document, fields)


def _refuse_length(pages: int, most: int) -> None:
    if pages > most:
        raise FileTooLarge(
            f"This PDF has {pages} pages; {most} is the most that is read. "
            "Send the CV alone, without annexes."
        )


def _from_structure(data: bytes, most_pages: int) -> tuple[RawText | None, list[str]]:
    """Return a Europass file attached to the PDF, and the values of its form fields."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileRefused(_LOCKED)
        _refuse_length(len(reader.pages), most_pages)
        return _europass_inside(reader), _form_fields(reader)
    except (FileRefused, MemoryError):
        raise
    except Exception:
        # Any fault here leaves the text layer, which PDFium judges by itself.
        return None, []


def _europass_inside(reader: pypdf.PdfReader) -> RawText | None:
    for contents in reader.attachments.values():
        for content in contents if isinstance(contents, list) else [contents]:
            if len(content) <= MOST_ATTACHMENT_BYTES and is_europass(content):
                return read_europass(content, 0)
    return None


def _form_fields(reader: pypdf.PdfReader) -> list[str]:
    fields = reader.get_form_text_fields(full_qualified_name=True) or {}
    return [
        f"{name.rpartition('.')[2].partition('[')[0]}: {' '.join(str(value).split())}"
        for name, value in fields.items()
        if value and str(value).strip()
    ]


def _text_layer(document: Any, fields: list[str]) -> RawText:
    contents: list[PageContent] = []
    links: dict[int, list[tuple[str, Box]]] = {}
    pictures: list[int] = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        content = read_page(page, number)
        if content.letters < LEAST_LETTERS:
            pictures += [number] if _holds_picture(page) else []
            content = PageContent(content.page)
        contents.append(content)
        links[number] = links_of(document, page)
        page.close()
    join_tables(contents)
    lines: list[RawLine] = []
    for content in contents:
        found = page_lines(content)
        lines += [RawLine("", content.page.number), *_with_links(found, links[content.page.number])]
    pages = [content.page for content in contents]
    lines = without_running_heads(lines, pages)
    lines += [RawLine(""), *(RawLine(field) for field in fields)] if fields else []
    if not any(line.text.strip() for line in lines) and not pictures:
        raise FileRefused(_EMPTY)
    return RawText(tuple(lines), "pdf/2", tuple(pages), (), tuple(pictures))


def _holds_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _with_links(lines: list[RawLine], links: Sequence[tuple[str, Box]]) -> list[RawLine]:
    """Add addresses that stand only behind the words of a link, below these words."""
    shown = "".join("".join(line.text.split()) for line in lines).lower()
    added: dict[int, list[RawLine]] = {}
    for target, box in links:
        found = _ADDRESS.match(target)
        address = found.group("address") if found else ""
        if not address or address.lower() in shown or not lines:
            continue
        shown += address.lower()
        at = min(range(len(lines)), key=lambda index: _distance(lines[index], box))
        added.setdefault(at, []).append(RawLine(address, lines[at].page, box))
    return [each for at, line in enumerate(lines) for each in (line, *added.get(at, ()))]


def _distance(line: RawLine, box: Box) -> float:
    if line.box is None:
        return float("inf")
    return abs(line.box[1] - box[1]) + abs(line.box[3] - box[3]) + abs(line.box[0] - box[0]) / 50
