"""PNG, JPEG, TIFF and WEBP: pictures of pages, recognised letter by letter."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.ocr.scans import RESOLUTION, ScannedPage, grey, recognise, size_in_points
from roster.ingest.raw import RawLine, RawPage, RawText
from roster.ingest.sandbox.drawing import page_of_picture


def read(data: bytes, most_pages: int) -> RawText:
    """Return the lines recognised in a picture file, page by page.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, without a word in it, or tesseract is not installed.
    roster.errors.FileTooLarge
        More than `most_pages` pages, or more pixels than can be opened.
    """
    count, dpi = _looked_at(data)
    if count > most_pages:
        raise FileTooLarge(
            f"This file has {count} pages; {most_pages} is the most that is read. "
            "Send the CV alone, without annexes."
        )
    sizes: dict[int, tuple[float, float]] = {}
    found = recognise(_pages(data, count, dpi, sizes), count)
    lines: list[RawLine] = []
    for number, told in found.lines.items():
        lines += [RawLine("", number), *told]
    if not any(line.text.strip() for line in lines):
        raise FileRefused(
            "No words were recognised in this picture. Scan the page upright, in black on white "
            "and with 300 dots per inch, or send the file it was made from."
        )
    pages = tuple(RawPage(number, *size) for number, size in sizes.items())
    return RawText(tuple(lines), "scan/1", pages, tuple(found.notes))


def _looked_at(data: bytes) -> tuple[int, tuple[float, float] | None]:
    """Return the number of pages and the resolution that the file states."""
    page_of_picture(data, 1)
    with Image.open(io.BytesIO(data)) as opened:
        stated = opened.info.get("dpi")
        count = int(getattr(opened, "n_frames", 1))
    if isinstance(stated, tuple) and len(stated) == 2:
        return count, (float(stated[0]), float(stated[1]))
    return count, None


def _pages(
    data: bytes,
    count: int,
    dpi: tuple[float, float] | None,
    sizes: dict[int, tuple[float, float]],
) -> Iterator[ScannedPage]:
    for number in range(1, count + 1):
        picture = page_of_picture(data, number)
        size = size_in_points(picture, dpi)
        sizes[number] = size
        pixels = round(size[0] / 72 * RESOLUTION), round(size[1] / 72 * RESOLUTION)
        fitted = picture.resize((max(1, pixels[0]), max(1, pixels[1])), Image.Resampling.LANCZOS)
        yield ScannedPage(number, grey(fitted), size)
