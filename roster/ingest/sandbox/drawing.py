"""Draws one page of a PDF or picture as PNG; runs only inside the sandbox."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from roster.errors import FileRefused, FileTooLarge

LEAST_WIDTH = 50
MOST_WIDTH = 2_400
MOST_PIXELS = 10_000_000
"""A page of any shape is drawn with no more pixels than this."""
MOST_PIXELS_GIVEN = 120_000_000
"""A picture with more pixels than this is not opened."""

_DAMAGED = "This page cannot be shown: the file is damaged. The text beside it is what was read."


def draw(data: bytes, format_name: str, page: int, width: int) -> bytes:
    """Return one page as PNG.

    Parameters
    ----------
    data : the whole file
    format_name : "pdf" or "image"
    page : counted from 1
    width : wanted width in pixels; kept within `LEAST_WIDTH` and `MOST_WIDTH`, and smaller
        where the page would have more than `MOST_PIXELS`

    Raises
    ------
    roster.errors.FileRefused
        No such page, a format without pages, or a damaged file.
    """
    width = max(LEAST_WIDTH, min(MOST_WIDTH, width))
    if format_name == "pdf":
        drawn = page_of_pdf(data, page, width)
    elif format_name == "image":
        drawn = page_of_picture(data, page)
        drawn = drawn.resize(fitted(drawn.size, width), Image.Resampling.LANCZOS)
    else:
        raise FileRefused("There is no picture of this page: a file of this kind has no pages.")
    buffer = io.BytesIO()
    drawn.convert("RGB").save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def fitted(size: tuple[float, float], width: int) -> tuple[int, int]:
    """Return width and height in pixels for a page of that shape, within `MOST_PIXELS`."""
    ratio = max(size[1], 0.01) / max(size[0], 0.01)
    if width * width * ratio > MOST_PIXELS:
        width = max(1, int((MOST_PIXELS / ratio) ** 0.5))
    return width, max(1, min(round(width * ratio), MOST_PIXELS // width))


def page_of_pdf(data: bytes, page: int, width: int) -> Image.Image:
    """Return a page of a PDF with its annotations, on white.

    Raises
    ------
    roster.errors.FileRefused
    """
    try:
        document = pdfium.PdfDocument(data)
        found: Any = document[_index(page, len(document))]
        pixels = fitted(found.get_size(), width)
        scale = pixels[0] / max(found.get_width(), 0.01)
        if scale * max(found.get_height(), 0.01) > pixels[1] * 1.5 + 2:
            raise FileRefused(_DAMAGED)
        drawn: Image.Image = found.render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise FileRefused(_DAMAGED) from error
    # PDFium rounds up, so a page may come out a pixel too wide.
    return drawn.crop((0, 0, min(drawn.width, pixels[0]), min(drawn.height, pixels[1])))


def page_of_picture(data: bytes, page: int = 1) -> Image.Image:
    """Return a page of a picture file, turned as its camera says.

    Raises
    ------
    roster.errors.FileTooLarge
        More than `MOST_PIXELS_GIVEN` pixels.
    roster.errors.FileRefused
        Damaged, or no such page.
    """
    Image.MAX_IMAGE_PIXELS = None  # Judged below, in words.
    try:
        opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "WEBP"))
        opened.seek(_index(page, getattr(opened, "n_frames", 1)))
        if opened.width * opened.height > MOST_PIXELS_GIVEN:
            raise FileTooLarge(
                f"This picture has {opened.width} x {opened.height} pixels, more than can be "
                "opened. Scan the page with 300 dots per inch and send that."
            )
        opened.draft("RGB", (MOST_WIDTH * 2, MOST_WIDTH * 2))
        return flattened(ImageOps.exif_transpose(opened))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileRefused(
            "This picture is damaged and cannot be opened; it may have been cut off in sending. "
            "Save it again and send that."
        ) from error


def flattened(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB, what is transparent made white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        return ground.convert("RGB")
    if picture.mode.startswith(("I", "F")):
        least, most = picture.getextrema()
        span = (float(str(most)) - float(str(least))) or 1.0
        picture = picture.point(lambda value: (value - least) * (255.0 / span))
        return picture.convert("L").convert("RGB")
    return picture.convert("RGB")


def _index(page: int, count: int) -> int:
    if not 1 <= page <= count:
        raise FileRefused(f"There is no page {page} in this file; it has {count}.")
    return page - 1
