"""Hostile files: each ends in a refusal in words while others go on being read."""

from __future__ import annotations

import io
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from roster.errors import FileRefused
from roster.ingest.reading import read_file
from roster.ingest.sandbox.apart import Limits
from roster.ingest.sandbox.pictures import page_picture
from roster.ingest.sandbox.pool import POOL
from tests.roster.ingest.documents import CV_LINES, deflate_bomb, docx_of, pdf_of

TIGHT = Limits(memory_bytes=600 * 1024 * 1024, cpu_s=4, wall_s=25.0, recognition_s=10.0)
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def pdf_parts(*objects: bytes, first: bytes = b"<</Type/Catalog/Pages 2 0 R>>") -> bytes:
    """Put objects, numbered from 2, into a PDF without regard for whether they make sense."""
    body, offsets = b"%PDF-1.7\n", []
    for number, part in enumerate((first, *objects), 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(offsets) + 1, len(body))
    return body + head + table + tail


def office(parts: dict[str, bytes], like: bytes | None = None) -> bytes:
    """Return an office file, another's parts replaced by these."""
    kept: dict[str, bytes] = {}
    if like is not None:
        with zipfile.ZipFile(io.BytesIO(like)) as given:
            kept = {name: given.read(name) for name in given.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def deep_docx() -> bytes:
    nested = b"<w:tbl><w:tr><w:tc>" * 20_000 + b"</w:tc></w:tr></w:tbl>" * 20_000
    body = WORD + b"<w:body>" + nested + b"</w:body></w:document>"
    return office({"word/document.xml": body}, docx_of())


def entity_docx() -> bytes:
    kinds = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
    )
    body = b'<?xml version="1.0"?>' + kinds + b"]>" + WORD + b"<w:body><w:p><w:r><w:t>&j;"
    end = b"</w:t></w:r></w:p></w:body></w:document>"
    return office({"word/document.xml": body + end}, docx_of())


def deep_odt() -> bytes:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    kind = b"application/vnd.oasis.opendocument.text"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", deep, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def page_tree_loop() -> bytes:
    return pdf_parts(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>")


def form_loop() -> bytes:
    stream = b"/F Do /F Do"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    return pdf_parts(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 4 0 R>>>>>>",
        form + b"/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    )


def nested_filters() -> bytes:
    packed = b"\0" * 50_000_000
    for _ in range(3):
        packed = zlib.compress(packed, 9)
    filters = b"/FlateDecode" * 3
    return pdf_parts(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(packed), filters, packed),
    )


def huge_picture_pdf() -> bytes:
    packed = zlib.compress(b"\xff" * 3_000_000, 9)
    return pdf_parts(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 5 0 R"
        b"/Resources<</XObject<</I 4 0 R>>>>>>",
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
        % (len(packed), packed),
        b"<</Length 30>>stream\n14400 0 0 14400 0 0 cm /I Do \nendstream",
    )


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 303))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * 300
    return pdf_parts(b"<</Type/Pages/Kids[%s]/Count 300>>" % kids, *pages)


def picture_bomb() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    return buffer.getvalue()


HOSTILE = [
    pytest.param(deflate_bomb, id="deflate bomb"),
    pytest.param(nested_filters, id="filters in filters"),
    pytest.param(page_tree_loop, id="pages that hold themselves"),
    pytest.param(form_loop, id="drawing that draws itself"),
    pytest.param(huge_picture_pdf, id="huge picture in a pdf"),
    pytest.param(many_pages, id="300 pages"),
    pytest.param(deep_docx, id="deep tables"),
    pytest.param(entity_docx, id="entities in docx"),
    pytest.param(deep_odt, id="deep odt"),
    pytest.param(picture_bomb, id="picture bomb"),
    pytest.param(lambda: b"[" * 3_000_000, id="deep json"),
    pytest.param(lambda: b'{"a":' * 500_000 + b"1" + b"}" * 500_000, id="deep closed json"),
    pytest.param(lambda: b"<?xml version='1.0'?>" + b"<a>" * 1_000_000, id="deep xml"),
    pytest.param(lambda: b"{\\rtf1 " + b"{\\b " * 500_000, id="deep rtf"),
    pytest.param(lambda: docx_of()[:-2_000] + b"\0" * 2_000, id="zip without its end"),
]


@pytest.mark.parametrize("build", HOSTILE)
def test_hostile_file_is_refused_in_words_and_the_next_is_read(build) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FileRefused) as refusal:
        read_file(build(), limits=TIGHT)
    assert refusal.value.detail.endswith(".")
    assert CV_LINES[0] in read_file(pdf_of()).text


def test_deep_html_ends_in_text_or_a_refusal() -> None:
    words = ""
    try:
        words = read_file(b"<html><body>" + b"<div>" * 300_000 + b"word", limits=TIGHT).text
    except FileRefused as refusal:
        words = refusal.detail
    assert words


def test_worker_survives_a_file_that_is_stopped_by_its_limits() -> None:
    read_file(pdf_of())
    before = set(POOL.pids())
    with pytest.raises(FileRefused):
        read_file(deflate_bomb(), limits=TIGHT)
    assert CV_LINES[0] in read_file(pdf_of()).text
    assert set(POOL.pids()) & before, "the copy ended, not the worker"


def test_others_are_read_while_a_hostile_file_is_stopped() -> None:
    def outcome(data: bytes) -> str:
        try:
            return read_file(data, limits=TIGHT).text
        except FileRefused:
            return "refused"

    files = [deflate_bomb(), pdf_of(), docx_of(), page_tree_loop(), pdf_of(), docx_of()]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(outcome, files))
    assert [text == "refused" for text in found] == [True, False, False, True, False, False]


@pytest.mark.parametrize(
    "build", [deflate_bomb, page_tree_loop, form_loop, huge_picture_pdf, nested_filters]
)
def test_picture_of_a_hostile_page_is_refused_or_bounded(build) -> None:  # type: ignore[no-untyped-def]
    widest, said = 0, "."
    try:
        picture = page_picture(build(), "pdf", 1, 800, TIGHT)
        widest = Image.open(io.BytesIO(picture)).width
    except FileRefused as refusal:
        said = refusal.detail
    assert widest <= 800
    assert said.endswith(".")
