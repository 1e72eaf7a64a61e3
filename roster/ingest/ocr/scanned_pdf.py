"""Recognises pages of a PDF that are pictures; runs only inside the sandbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from roster.ingest.ocr.scans import RESOLUTION, ScannedPage, grey, recognise
from roster.ingest.raw import RawLine, RawText
from roster.ingest.sandbox.drawing import fitted


def read_pages(data: bytes, wanted: Sequence[int]) -> RawText:
    """Return the lines recognised on some pages of a PDF, and notes about it.

    Parameters
    ----------
    data : the whole file
    wanted : numbers of pages, counted from 1

    Raises
    ------
    roster.errors.FileRefused
        tesseract is missing.
    """
    found = recognise(_pages(data, wanted), len(wanted))
    lines = [line for number, told in found.lines.items() for line in (RawLine("", number), *told)]
    left = tuple(number for number in wanted if number not in found.lines)
    return RawText(tuple(lines), "scan/1", (), tuple(found.notes), left)


def _pages(data: bytes, wanted: Sequence[int]) -> Iterator[ScannedPage]:
    document = pdfium.PdfDocument(data)
    for number in wanted:
        page: Any = document[number - 1]
        size = page.get_size()
        width, _ = fitted(size, max(1, round(size[0] / 72 * RESOLUTION)))
        scale = width / max(size[0], 0.01)
        picture = grey(page.render(scale=scale, grayscale=True).to_pil(), scale * 72)
        yield ScannedPage(number, picture, size)
