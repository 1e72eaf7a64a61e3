"""Which reader reads which format; each is loaded only when a file asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from roster.errors import FileRefused
from roster.ingest.ocr.scan_pages import with_scanned_pages
from roster.ingest.raw import RawText


class Reader(Protocol):
    """What a reader module offers."""

    def read(self, data: bytes, most_pages: int) -> RawText:
        """Return the lines of a file in reading order, or refuse it in words."""


READERS: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "roster.ingest.pdf.reader",
        "docx": "roster.ingest.formats.docx",
        "odt": "roster.ingest.formats.odt",
        "xml": "roster.ingest.formats.europass",
        "html": "roster.ingest.formats.html",
        "json": "roster.ingest.formats.json_text",
        "text": "roster.ingest.formats.plain_text",
        "image": "roster.ingest.formats.image",
        "rtf": "roster.ingest.formats.rtf",
        "doc": "roster.ingest.formats.doc",
        "xlsx": "roster.ingest.lists.book",
        "xls": "roster.ingest.lists.book",
        "ods": "roster.ingest.lists.book",
        "csv": "roster.ingest.lists.csv",
    }
)
"""Format name of `roster.ingest.sandbox.kinds` → module with `read`; lists come packed."""
SCANNED = "roster.ingest.ocr.scanned_pdf"
"""Module that recognises the pages of a PDF."""


def read_raw(data: bytes, format_name: str, *, most_pages: int = 200) -> RawText:
    """Read a file of a known format, in this process; `roster.ingest.sandbox.apart` does it apart.

    Raises
    ------
    roster.errors.FileRefused
        No reader for the format, or the reader refuses the file.
    """
    raw = read_letters(data, format_name, most_pages=most_pages)
    return with_scanned_pages(raw, lambda pages: read_scanned(data, pages))


def read_letters(data: bytes, format_name: str, *, most_pages: int = 200) -> RawText:
    """Read the letters that a file gives; pages of a PDF that are pictures are named only.

    Raises
    ------
    roster.errors.FileRefused
        No reader for the format, or the reader refuses the file.
    """
    module = READERS.get(format_name)
    if module is None:
        raise FileRefused(
            f"There is no reader for {format_name} files yet. Save the file as PDF or DOCX."
        )
    return cast(Reader, import_module(module)).read(data, most_pages)


def read_scanned(data: bytes, pages: Sequence[int]) -> RawText:
    """Recognise pages of a PDF by their numbers, in this process.

    Raises
    ------
    roster.errors.FileRefused
    """
    found = import_module(SCANNED).read_pages(data, pages)
    return cast(RawText, found)
