"""PDF: a Europass file inside wins; else the text layer in reading order, with places."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.formats.europass import is_europass
from roster.ingest.formats.europass import read as read_europass
from roster.ingest.formats.linkedin import READER as LINKEDIN
from roster.ingest.formats.linkedin import linkedin_lines
from roster.ingest.pdf.letters import links_of
from roster.ingest.pdf.open_tables import set_open_tables
from roster.ingest.pdf.pages import PageContent, join_tables, page_lines, read_page
from roster.ingest.pdf.running import set_running_heads_apart
from roster.ingest.raw import Box, RawLine, RawText

MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024
LEAST_LETTERS = 10
"""A page with fewer letters than this says nothing."""
FEW_LETTERS = 60
"""A page with fewer may be a scan with a stamp or a watermark on it."""
LEAST_SHOWN = 0.5
"""Share of a page that a picture fills on a scan."""
LEAST_OUTLINES = 60
"""A page with so many drawn shapes and no letters may show words as outlines."""
MOST_OBJECTS = 2_000

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

    Pages that are pictures are named in `pages_without_text`, for `scanned_pdf` to recognise.

    Raises
    ------
    roster.errors.FileRefused
        Encrypted, damaged, or empty.
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
            if len(content) > MOST_ATTACHMENT_BYTES or not is_europass(content):
                continue
            with contextlib.suppress(FileRefused):  # The pages say the same, if less surely.
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
    links: list[list[tuple[str, Box]]] = []
    pictures: list[int] = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        content = read_page(page, number)
        if content.letters < FEW_LETTERS and _is_picture(page, content.letters):
            pictures.append(number)
            content = PageContent(content.page)
        contents.append(content)
        links.append(links_of(document, page))
        page.close()
    profile = linkedin_lines(contents)
    if profile is not None:
        pages = tuple(content.page for content in contents)
        return RawText(tuple(profile), LINKEDIN, pages)
    set_running_heads_apart(contents)
    set_open_tables(contents)
    join_tables(contents)
    lines = [
        line
        for content, targets in zip(contents, links, strict=True)
        for line in (RawLine("", content.page.number), *_with_links(page_lines(content), targets))
    ]
    lines += [RawLine(""), *(RawLine(field) for field in fields)] if fields else []
    if not pictures and not any(line.text.strip() for line in lines):
        raise FileRefused(_EMPTY)
    pages = tuple(content.page for content in contents)
    return RawText(tuple(lines), "pdf/2", pages, pages_without_text=tuple(pictures))


def _is_picture(page: Any, letters: int) -> bool:
    """Whether a page with few letters shows more than they say: a scan, or letters as outlines."""
    width, height = page.get_size()
    shown, paths = 0.0, 0
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH]
    for thing in islice(page.get_objects(filter=kinds, max_depth=3), MOST_OBJECTS):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            paths += 1
            continue
        left, bottom, right, top = thing.get_bounds()
        shown += (right - left) * (top - bottom) / (width * height)
    if letters < LEAST_LETTERS:
        return shown > 0 or paths >= LEAST_OUTLINES
    return shown > LEAST_SHOWN


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
