"""Why a file cannot be read, in words: what it is, told by its bytes, and what to send instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

import puremagic

HEAD_BYTES = 4096
OLE = b"\xd0\xcf\x11\xe0"
"""How Office files of before 2007, and messages of Outlook, begin."""
ZIP = b"PK\x03\x04"

_USUAL_ENDINGS = frozenset(
    {"pdf", "docx", "odt", "xml", "txt", "html", "json", "rtf", "doc", "png", "jpg", "jpeg", "tiff"}
)
_WHAT_TO_SEND = (
    "Send the CV as PDF, DOCX, DOC, ODT, RTF, plain text, Europass XML or a scan (PNG, JPEG, TIFF)."
)
_MAIL_HEAD = re.compile(
    rb"^(?:Received|Return-Path|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|X-[\w-]+|"
    rb"Content-Type|DKIM-Signature|Authentication-Results|Reply-To|Sender|Cc):[ \t]",
    re.MULTILINE | re.IGNORECASE,
)
_MAIL_SURE = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path):[ \t]", re.M | re.I)
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"})


def protected(what: str) -> str:
    """Say that a file of this kind asks for a password."""
    return (
        f"This {what} is protected by a password, so it cannot be read. "
        "Save a copy without the password and send that."
    )


def is_mail(data: bytes) -> bool:
    """Whether the file is an e-mail message, or a web page saved as one."""
    head = data[:HEAD_BYTES].lstrip()
    fields = _MAIL_HEAD.findall(head)
    return bool(
        len(fields) >= 3 and _MAIL_SURE.search(head) and _MAIL_HEAD.match(head.split(b"\n")[0])
    )


def why_unknown(data: bytes, name: str | None, zip_names: Set[str]) -> str:
    """Return why there is no reader for a file, and what to do.

    Parameters
    ----------
    data : the whole file
    name : the name it was sent under; only used to say what it pretends to be
    zip_names : the names inside, where it is an archive
    """
    for test, words in _KINDS:
        if test(data):
            return words
    if data.startswith(ZIP):
        return _why_zip(zip_names)
    ending = (name or "").rpartition(".")[2].lower()
    pretends = f" although its name ends in .{ending}" if ending in _USUAL_ENDINGS else ""
    return f"This is not a document that can be read here{pretends}. {_WHAT_TO_SEND}"


def _holds(data: bytes, stream: str) -> bool:
    return data.startswith(OLE) and stream.encode("utf-16-le") in data


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


def _is_picture(data: bytes) -> bool:
    try:
        found = puremagic.magic_string(data[:HEAD_BYTES])
    except (puremagic.PureError, ValueError, LookupError, OSError):
        return False
    return bool(found) and str(found[0].mime_type).startswith("image/")


def _why_zip(names: Set[str]) -> str:
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
        return (
            "This is a file of Apple's Pages, Numbers or Keynote, which cannot be read here. "
            "Open it there, choose Export to PDF or Word, and send that."
        )
    if "ppt/presentation.xml" in names:
        return "This is a presentation, not a CV. Save it as PDF and send that."
    return (
        "This archive is neither a DOCX nor an ODT document. "
        "Unpack it and send the CV itself, one file at a time."
    )


_Test = Callable[[bytes], bool]
_KINDS: tuple[tuple[_Test, str], ...] = (
    (
        lambda data: not data.strip(b"\0 \t\r\n"),
        "This file holds nothing but blanks. Check it on your side and send it again.",
    ),
    (lambda data: _holds(data, "EncryptedPackage"), protected("document")),
    (
        lambda data: _holds(data, "__substg1.0_") or data.startswith(b"\x78\x9f\x3e\x22"),
        "This is an e-mail message of Outlook, not a CV. Open it, save the CV attached to it, "
        "and send that file.",
    ),
    (
        is_mail,
        "This is an e-mail message or a web page saved as one, not a CV. Open it, save the CV "
        "attached to it (or save the page as PDF), and send that file.",
    ),
    (
        lambda data: data.startswith(OLE),
        "This is an old Office file (before 2007) that is not a Word document. "
        "Open it, save it as DOCX or PDF and send that.",
    ),
    (
        _is_heic,
        "This is a HEIC or AVIF picture, as telephones take them, which cannot be read here. "
        "Save it as JPEG or PDF and send that; a file with text is better still.",
    ),
    (
        lambda data: data.startswith(b"%!PS"),
        "This is a PostScript file. Save it as PDF and send that.",
    ),
    (
        _is_picture,
        "This is a picture of a kind that cannot be read here. "
        "Save it as PNG, JPEG or PDF, or send the file the picture was made from.",
    ),
)
"""Tried in this order."""
