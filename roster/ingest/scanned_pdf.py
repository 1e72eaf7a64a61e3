"""The pages of a PDF that are pictures, recognised and put among those that have letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from roster.errors import FileRefused
from roster.ingest.drawing import fitted
from roster.ingest.raw import RawLine, RawText
from roster.ingest.scans import RESOLUTION, ScannedPage, grey, recognise

_NOTHING = (
    "This PDF is a picture of pages, and no words could be recognised in it. Scan it again, "
    "upright and with 300 dots per inch, or send the file it was made from."
)


def with_scanned_pages(raw: RawText, data: bytes) -> RawText:
    """Return what a PDF says, the pages without letters recognised.

    Parameters
    ----------
    raw : what the reader of PDF found, with the numbers of those pages
    data : the whole file

    Raises
    ------
    roster.errors.FileRefused
        Nothing could be read on any page, or nothing else was read and tesseract is missing.
    """
    wanted = raw.pages_without_text
    if not wanted:
        return raw
    has_words = any(line.text.strip() for line in raw.lines)
    try:
        found = recognise(_pages(data, wanted), len(wanted))
    except FileRefused as refusal:
        if not has_words:
            raise
        pages = ", ".join(map(str, wanted))
        note = f"Nothing was read on page {pages}: {refusal.detail}"
        return RawText(raw.lines, raw.reader, raw.pages, (*raw.notes, note), wanted)
    lines = _merged(raw.lines, found.lines)
    if not any(line.text.strip() for line in lines):
        raise FileRefused(_NOTHING)
    left = tuple(number for number in wanted if number not in found.lines)
    reader = raw.reader if has_words else "scan/1"
    return RawText(lines, reader, raw.pages, (*raw.notes, *found.notes), left)


def _merged(given: Sequence[RawLine], read: dict[int, list[RawLine]]) -> tuple[RawLine, ...]:
    """Put recognised pages where they belong; lines without a page keep their neighbours."""
    keyed: list[tuple[int, RawLine]] = []
    page = 0
    for line in given:
        page = line.page or (1_000_000 if page else 0)
        keyed.append((page, line))
    for number, lines in read.items():
        keyed += [(number, line) for line in (RawLine("", number), *lines)]
    keyed.sort(key=lambda pair: pair[0])
    return tuple(line for _, line in keyed)


def _pages(data: bytes, wanted: Sequence[int]) -> Iterator[ScannedPage]:
    document = pdfium.PdfDocument(data)
    for number in wanted:
        page: Any = document[number - 1]
        size = page.get_size()
        width, _ = fitted(size, max(1, round(size[0] / 72 * RESOLUTION)))
        scale = width / max(size[0], 0.01)
        picture = grey(page.render(scale=scale, grayscale=True).to_pil(), scale * 72)
        yield ScannedPage(number, picture, size)
