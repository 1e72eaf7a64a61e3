"""What a file is, told by its bytes: nothing is unpacked, no file name is believed.

A format is one `Format` in `FORMATS`; `roster.ingest.text` names the reader of each.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.lists.columns import known_headings
from roster.ingest.lists.csv import SAMPLE_ROWS, evenly_cut
from roster.ingest.sandbox.encoding import decode, utf16_name
from roster.ingest.sandbox.unreadable import HEAD_BYTES, OLE, ZIP, is_mail, protected, why_unknown

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 150 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_RATIO = 200
"""Unpacked over packed bytes; office files stay below 30."""
RATIO_COUNTS_FROM = 10 * 1024 * 1024

TABLE_FORMATS = frozenset({"xlsx", "xls", "ods", "csv"})
"""Formats of lists of people; `roster.ingest.lists.reading` reads them."""
CSV_BYTES = 32 * 1024
"""Read of a text to tell whether it is a list."""
LONGEST_HEADING = 40
"""Letters of a heading of a list whose headings nobody knows."""
_RTF = b"{\\rtf"
_PNG, _JPEG, _TIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"II*\0", b"MM\0*")
_PICTURES = (_PNG, _JPEG, *_TIFF)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A file that a reader exists for."""

    format: str
    """Key of the reader: "pdf", "docx", "doc", "odt", "rtf", "xml", "html", "json", "image" or
    "text", or one of `TABLE_FORMATS`."""
    media_type: str
    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """One readable format and the test that knows it by its bytes."""

    name: str
    media_type: str
    matches: Callable[[bytes], bool]


def inspect(data: bytes, name: str | None = None, *, limit: int = MOST_BYTES) -> FileKind:
    """Tell what a file is, and refuse what cannot or must not be read.

    Parameters
    ----------
    data : the whole file
    name : the name it was sent under; only used to say what a refused file pretends to be
    limit : most bytes accepted

    Raises
    ------
    roster.errors.FileTooLarge
        More bytes than `limit`, or more than `MOST_UNPACKED_BYTES` once unpacked.
    roster.errors.FileRefused
        Empty, protected by a password, damaged, or of a format without a reader.
    """
    _refuse_by_size(len(data), limit)
    found = next((each for each in FORMATS if each.matches(data)), None)
    if found is None:
        raise FileRefused(why_unknown(data, name, _zip_names(data)))
    if found.name in {"docx", "odt", "xlsx", "ods"}:
        _refuse_bomb(data)
    return FileKind(found.name, found.media_type, hashlib.sha256(data).hexdigest(), len(data))


def _refuse_by_size(size: int, limit: int) -> None:
    if size > limit:
        raise FileTooLarge(
            f"This file has {size / 1_048_576:.1f} MB; {limit / 1_048_576:.0f} MB is the most that "
            "can be read. Leave out pictures and certificates, or send the CV alone."
        )
    if size == 0:
        raise FileRefused("This file is empty. Check the file on your side and send it again.")


def _refuse_bomb(data: bytes) -> None:
    with _open_zip(data) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused(protected("file"))
    inflated = unpacked > RATIO_COUNTS_FROM and unpacked / packed > MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or inflated:
        raise FileTooLarge(
            "This file unpacks to far more than a CV holds, so it was not opened. "
            "Save it again from the program it was written in, without embedded files."
        )


def _open_zip(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused(
            "This file is damaged: it starts as an office document but cannot be unpacked. "
            "It may have been cut off in sending. Open it on your side, save it and send it again."
        ) from error


def _zip_names(data: bytes) -> frozenset[str]:
    if not data.startswith(ZIP):
        return frozenset()
    with _open_zip(data) as archive:
        return frozenset(entry.filename for entry in archive.infolist()[: MOST_ENTRIES + 1])


def _is_odt(data: bytes) -> bool:
    return (
        data.startswith(ZIP)
        and b"application/vnd.oasis.opendocument.text" in data[:200]
        and "content.xml" in _zip_names(data)
    )


def _is_ods(data: bytes) -> bool:
    return (
        data.startswith(ZIP)
        and b"application/vnd.oasis.opendocument.spreadsheet" in data[:200]
        and "content.xml" in _zip_names(data)
    )


def _is_xlsx(data: bytes) -> bool:
    return bool({"xl/workbook.xml", "xl/workbook.bin"} & _zip_names(data))


def _is_xls(data: bytes) -> bool:
    """Tell a workbook of before 2007 by the names of its streams."""
    if not data.startswith(OLE) or "EncryptedPackage".encode("utf-16-le") in data:
        return False
    streams = [name.encode("utf-16-le") for name in ("Workbook", "Book", "WordDocument")]
    return any(name in data for name in streams[:2]) and streams[2] not in data


def _is_csv(data: bytes) -> bool:
    """Tell a list by even rows under a row that names two fields or more; prose has neither.

    A row of headings that nobody knows makes a list too where every row is cut alike: somebody
    says on screen what its columns hold.
    """
    if not _is_text(data):
        return False
    cut = data[:CSV_BYTES]
    if len(data) > CSV_BYTES:
        cut = cut[: cut.rfind(b"\n") + 1]
    rows = evenly_cut(decode(cut)[0])
    if len(rows) > 1 and any(_names_fields(cells) for cells in rows[:5]):
        return True
    lines = sum(1 for line in decode(cut)[0].splitlines() if line.strip())
    return len(rows) == min(lines, SAMPLE_ROWS) and len(rows) > 2 and _heads(rows[0])


def _names_fields(cells: Sequence[str]) -> bool:
    return known_headings(cells) >= 2 and not cells[-1].endswith(".")  # That ends a sentence.


def _heads(cells: Sequence[str]) -> bool:
    """Whether cells look like headings: three or more, short, distinct, words only."""
    plain = {cell.strip().casefold() for cell in cells}
    return (
        len(plain) == len(cells) > 2
        and all(0 < len(cell) <= LONGEST_HEADING for cell in plain)
        and not any(letter.isdigit() or letter == "." for cell in plain for letter in cell)
    )


def _head(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:HEAD_BYTES].decode("utf-16", errors="ignore").lstrip("\ufeff \r\n\t")
    return data[:HEAD_BYTES].decode("utf-8", errors="ignore").lstrip("\ufeff \r\n\t")


def _has_europass_root(head: str) -> bool:
    return bool(re.search(r"<(?:\w+:)?(?:SkillsPassport|learnerinfo|Candidate)[\s>]", head))


def _is_html(data: bytes) -> bool:
    """Tell a page; XML whose descriptions hold HTML is none."""
    head = _head(data)
    if _has_europass_root(head):
        return False
    head = head.lower()
    return head.startswith(("<!doctype html", "<html")) or (
        head.startswith("<") and ("<html" in head or "<body" in head)
    )


def _is_xml(data: bytes) -> bool:
    head = _head(data)
    return head.startswith("<?xml") or (head.startswith("<") and _has_europass_root(head))


def _is_json(data: bytes) -> bool:
    return _head(data)[:1] in {"{", "["} and not data.startswith(b"{\\rtf")


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF by its mark, which may follow junk but not the mark of another format."""
    return b"%PDF-" in data[:1024] and not data.startswith((ZIP, OLE, _RTF, *_PICTURES))


def _is_doc(data: bytes) -> bool:
    """Tell a Word document of before 2007 by the name of its stream."""
    is_locked = "EncryptedPackage".encode("utf-16-le") in data
    return data.startswith(OLE) and not is_locked and "WordDocument".encode("utf-16-le") in data


def _is_rtf(data: bytes) -> bool:
    return data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_RTF)


def _is_text(data: bytes) -> bool:
    if data.startswith((OLE, b"%!PS")) or is_mail(data):
        return False
    if utf16_name(data):
        return True
    sample = data[: 64 * 1024]
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13) for byte in sample)
    return b"\0" not in sample and control <= len(sample) // 200


FORMATS: tuple[Format, ...] = (
    Format("pdf", "application/pdf", _is_pdf),
    Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda data: "word/document.xml" in _zip_names(data),
    ),
    Format("odt", "application/vnd.oasis.opendocument.text", _is_odt),
    Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _is_xlsx),
    Format("ods", "application/vnd.oasis.opendocument.spreadsheet", _is_ods),
    Format("xls", "application/vnd.ms-excel", _is_xls),
    Format("doc", "application/msword", _is_doc),
    Format("rtf", "application/rtf", _is_rtf),
    Format("image", "image/png", lambda data: data.startswith(_PNG)),
    Format("image", "image/jpeg", lambda data: data.startswith(_JPEG)),
    Format("image", "image/tiff", lambda data: data.startswith(_TIFF)),
    Format("image", "image/webp", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
    Format("html", "text/html", _is_html),
    Format("xml", "application/xml", _is_xml),
    Format("json", "application/json", _is_json),
    Format("csv", "text/csv", _is_csv),
    Format("text", "text/plain", _is_text),
)
"""Tried in this order: the narrow tests first, plain text last."""
