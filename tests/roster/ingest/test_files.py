import contextlib
import io
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.sandbox.kinds import FileKind, inspect


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        pytest.param(b"\n\n%PDF-1.7\n", "pdf", id="pdf after junk"),
        pytest.param(zipped({"word/document.xml": b"<x/>"}), "docx", id="docx"),
        pytest.param(b"<?xml version='1.0'?><SkillsPassport/>", "xml", id="xml"),
        pytest.param(b"<!DOCTYPE html><html><body>x</body></html>", "html", id="html"),
        pytest.param(b'{"basics": {}}', "json", id="json"),
        pytest.param("Né à Lomé".encode("cp1252"), "text", id="text in windows-1252"),
        pytest.param("Élan".encode("utf-16"), "text", id="text in utf-16"),
        pytest.param("Élan vital de Lomé".encode("utf-16-le"), "text", id="utf-16 without mark"),
        pytest.param("Élan vital de Lomé".encode("utf-16-be"), "text", id="utf-16 big end first"),
        pytest.param(b"{\\rtf1 hello", "rtf", id="rtf"),
        pytest.param(b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "doc", id="doc"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "image", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"%PDF-1.4", "image", id="jpeg that says pdf"),
        pytest.param(b"II*\0" + b"\0" * 64, "image", id="tiff"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "image", id="webp"),
        pytest.param(b"From: the start\nTo: the end\nA poem", "text", id="text like a mail"),
    ],
)
def test_type_is_told_by_content_whatever_the_name(data: bytes, wanted: str) -> None:
    assert inspect(data, "photo.exe").format == wanted


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"GIF89a" + b"\0" * 64, "picture of a kind", id="gif"),
        pytest.param(b"\0\0\0\x18ftypheic" + b"\0" * 64, "Save it as JPEG", id="heic"),
        pytest.param(b"\0" * 5_000, "nothing but blanks", id="zeros"),
        pytest.param(
            b"Received: by x\r\nFrom: a@b.example\r\nSubject: CV\r\nMIME-Version: 1.0\r\n\r\nHi",
            "save the CV attached",
            id="mail",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0" + "__substg1.0_0037".encode("utf-16-le"), "Outlook", id="msg"
        ),
        pytest.param(zipped({"Index/Document.iwa": b"x"}), "Apple's Pages", id="pages"),
        pytest.param(zipped({"ppt/presentation.xml": b"x"}), "presentation", id="pptx"),
        pytest.param(b"%!PS-Adobe-3.0\n", "PostScript", id="postscript"),
        pytest.param(b"MZ" + b"\0" * 300, "not a document", id="program"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office file", id="doc"),
        pytest.param(
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password", id="locked"
        ),
        pytest.param(b"PK\x03\x04 cut off", "damaged", id="broken zip"),
        pytest.param(zipped({"notes.txt": b"x"}), "neither a DOCX nor an ODT", id="plain zip"),
    ],
)
def test_refusal_says_why_and_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refusal:
        inspect(data, "cv.pdf")
    assert refusal.value.detail.endswith(".")


class Huge(bytes):
    """Claims 200 MB without holding them."""

    def __len__(self) -> int:
        return 200 * 1024 * 1024


def test_huge_file_is_refused_by_size_before_it_is_looked_at() -> None:
    with pytest.raises(FileTooLarge, match=r"200\.0 MB"):
        inspect(Huge(b"%PDF-1.7"), "cv.pdf")


def test_zip_bomb_is_never_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"\0" * (160 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(FileTooLarge, match="unpacks to far more"):
        inspect(bomb, "cv.docx")


def test_same_bytes_have_the_same_hash() -> None:
    data = os.urandom(8).hex().encode()
    assert inspect(data) == FileKind("text", "text/plain", inspect(data).sha256, 16)


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"<?xml", b"{"]))
def test_any_bytes_are_told_or_refused(tail: bytes, head: bytes) -> None:
    kind = None
    with contextlib.suppress(FileRefused):
        kind = inspect(head + tail)
    assert kind is None or kind.size == len(head + tail)
