"""Plain text in any usual encoding, line by line."""

from __future__ import annotations

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText
from roster.ingest.sandbox.encoding import decode

__all__ = ["decode", "read"]

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
