"""Pictures of pages: drawn apart, of bounded size, refused in words where there is none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.sandbox.drawing import MOST_PIXELS, draw, fitted
from roster.ingest.sandbox.pictures import has_pictures, page_picture
from tests.roster.ingest.documents import docx_of, locked_pdf, pdf_of


def picture_of(size: tuple[int, int] = (60, 40), kind: str = "PNG", mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return buffer.getvalue()


def opened(png: bytes) -> Image.Image:
    assert png.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("kind", ["pdf", "application/pdf"])
def test_page_of_a_pdf_is_drawn_in_the_width_asked_for(kind: str) -> None:
    picture = opened(page_picture(pdf_of(), kind, 1, 700))
    assert picture.width == 700
    assert abs(picture.height - 700 * 842 / 595) <= 2
    assert picture.convert("1").getcolors(2) is not None, "letters stand on white"


def test_picture_is_never_wider_than_the_bound() -> None:
    assert opened(page_picture(pdf_of(), "pdf", 1, 90_000)).width == 2_400


@pytest.mark.parametrize("page", [0, 2, -1, 10_000_000])
def test_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(FileRefused, match="no page"):
        page_picture(pdf_of(), "pdf", page)


@pytest.mark.parametrize(
    "kind",
    [
        "docx",
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "never/seen",
    ],
)
def test_format_without_pages_is_refused(kind: str) -> None:
    assert not has_pictures(kind)
    with pytest.raises(FileRefused, match="no picture"):
        page_picture(docx_of(), kind, 1)


@pytest.mark.parametrize(
    "data",
    [pytest.param(pdf_of()[:500], id="cut off"), pytest.param(locked_pdf(), id="locked")],
)
def test_file_that_cannot_be_drawn_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused, match="cannot be shown"):
        page_picture(data, "pdf", 1)


@pytest.mark.parametrize("shape", [(1.0, 1e9), (1e9, 1.0), (0.0, 0.0), (1e-9, 14_400.0)])
def test_page_of_any_shape_has_bounded_pixels(shape: tuple[float, float]) -> None:
    width, height = fitted(shape, 2_400)
    assert 1 <= width * height <= MOST_PIXELS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_picture_file_is_drawn_too(kind: str) -> None:
    assert opened(draw(picture_of(kind=kind), "image", 1, 120)).size == (120, 80)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_picture_of_any_colours_is_drawn(mode: str) -> None:
    assert opened(draw(picture_of(mode=mode), "image", 1, 120)).size == (120, 80)


def test_picture_is_turned_as_its_camera_says() -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", exif=exif)
    assert opened(draw(buffer.getvalue(), "image", 1, 80)).size == (80, 120)


def test_each_page_of_a_tiff_is_drawn() -> None:
    buffer = io.BytesIO()
    pages = [Image.new("L", (60, 40), shade) for shade in (0, 200)]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    second = opened(draw(buffer.getvalue(), "image", 2, 60)).convert("L")
    assert second.getpixel((5, 5)) == 200


def test_decompression_bomb_is_not_opened() -> None:
    bomb = picture_of((20_000, 20_000), mode="1")
    assert len(bomb) < 200_000
    with pytest.raises(FileTooLarge, match="20000 x 20000 pixels"):
        draw(bomb, "image", 1, 100)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", picture_of((900, 900))[:60]])
def test_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        draw(data, "image", 1, 100)
