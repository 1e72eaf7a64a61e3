"""Plain text in any usual encoding, line by line."""

from __future__ import annotations

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText

MOST_CHARACTERS = 3_000_000


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - plain text has no pages
    """Return the lines of a text file.

    Raises
    ------
    roster.errors.FileRefused
        Nothing but blanks in it.
    """
    text, note = decode(data)
    if not text.strip():
        raise FileRefused("This text file has no words in it. Check it and send it again.")
    lines = tuple(RawLine(line) for line in text[:MOST_CHARACTERS].splitlines())
    return RawText(lines, "text/1", notes=(note,) if note else ())


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode by byte-order mark, then UTF-8, then Windows-1252, which reads anything.

    Returns
    -------
    tuple of the text and, where the encoding was a guess, a note for people.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").lstrip("\ufeff"), None
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        note = "The encoding was guessed (Windows-1252); check accented letters."
        return data.decode("cp1252", errors="replace"), note
